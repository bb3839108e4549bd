#pragma once
// Asks for a file: a folder's files to choose from and a name to type.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace stubble {

class FileDialog {
  public:
    struct Question {
        const char* title = "";   ///< as shown
        const char* accept = "";  ///< the button's word
        std::string suffix;       ///< ".json": of what is listed and, when saving, added to a bare name
        bool saving = false;      ///< the file need not exist; one that does is asked about
        std::function<void(const std::filesystem::path&)> answer;
        /// Whether a file is listed; null: by the suffix.
        bool (*lists)(const std::filesystem::path&) = nullptr;
    };
    /// `suggested` names folder and file to begin with; relative or empty: the working directory.
    void ask(Question question, const std::filesystem::path& suggested);
    [[nodiscard]] bool isOpen() const { return open_; }
    void close() { open_ = false; }
    void draw();

  private:
    void enter(const std::filesystem::path& folder);
    void accept();

    Question question_;
    std::filesystem::path folder_;
    struct Entry {
        std::string name;
        bool folder;
    };
    std::vector<Entry> entries_;
    std::string name_;
    bool open_ = false, appearing_ = false, confirming_ = false;
};

}  // namespace stubble
