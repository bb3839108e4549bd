#pragma once
// Short messages over the picture that stay until they are read.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubble {

class Notes {
  public:
    enum class Kind { hint, fault };
    /// A way out that a note offers; it is dismissed by it.
    struct Offer {
        std::string label;  ///< empty: none
        std::function<void()> then;
    };
    /// One that is shown already is counted, as the newest.
    void add(Kind kind, std::string title, std::string message, Offer offer = {});
    /// Takes back those that make this offer.
    void withdraw(std::string_view offer);
    /// Draws them above the lower left corner that is given, newest lowest.
    void draw(float left, float bottom, float width);
    [[nodiscard]] bool empty() const { return notes_.empty(); }
    /// What they say, oldest first.
    [[nodiscard]] std::vector<std::string> all() const;

  private:
    struct Note {
        Kind kind;
        std::string title, message;
        int id;
        Offer offer;
        int times = 1;

        [[nodiscard]] std::string heading() const;
    };
    std::vector<Note> notes_;
    int nextId_ = 0;
};

}  // namespace stubble
