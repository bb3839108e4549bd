#pragma once
// How far a long job is.

#include <optional>
#include <string>
#include <string_view>

namespace stubble {

/// Told by a job, drawn by a program.
class Progress {
  public:
    virtual ~Progress() = default;
    /// `done` of the whole job, 0 to 1, never falling; `stage` names what begins now, in a few words.
    virtual void report(double done, std::string_view stage) = 0;
};

/// A part of a longer job, from `begin` to `end` of the whole. `whole` may be null: then nobody is told.
class ProgressPart : public Progress {
  public:
    ProgressPart(Progress* whole, double begin, double end) : whole_(whole), begin_(begin), end_(end) {}
    void report(double done, std::string_view stage) override {
        if (whole_) whole_->report(begin_ + done * (end_ - begin_), stage);
    }

  private:
    Progress* whole_;
    double begin_, end_;
};

/// Seconds left when `done` of a job took `elapsedSeconds` and the rest goes on as fast; nothing before 2 %
/// or half a second, when it would be a guess.
std::optional<double> secondsLeft(double done, double elapsedSeconds);

/// " 42 %  placing impressions  (8 s left)"
std::string progressLine(double done, std::string_view stage, double elapsedSeconds);

}  // namespace stubble
