#pragma once
// What is found out about a scene once it is shown: advice at once, measures that take longer at rest.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "engine/jobs/lint.h"
#include "engine/jobs/session_figures.h"
#include "tools/studio/mailbox.h"

namespace stubble {

struct Survey {
    std::shared_ptr<const Scene> scene;  ///< that it is of
    std::vector<LintNote> advice;
    std::vector<SessionFigures> sessions;
    std::optional<double> treatedCm2;  ///< unset until it has been measured
};

/// Looks at scenes on a thread of its own, so that neither the picture nor the next edit waits.
class Surveyor {
  public:
    /// `wake` is called from the thread when there is something to take.
    explicit Surveyor(std::function<void()> wake, std::chrono::milliseconds rest = kRest);
    ~Surveyor();
    Surveyor(const Surveyor&) = delete;
    Surveyor& operator=(const Surveyor&) = delete;

    /// The newest scene counts.
    void look(std::shared_ptr<const Scene> scene) { called_.post(std::move(scene)); }
    /// What has been found since the last call: after a pause without the area, once more with it after a
    /// rest.
    std::optional<Survey> take() { return found_.take(); }

  private:
    /// Without a new scene for so long, advice is sought: until then the picture has the processor to itself.
    static constexpr std::chrono::milliseconds kPause{150};  // two pictures of a drag without a graphics card
    /// Without one for so long after that, the area is measured. Working default.
    static constexpr std::chrono::milliseconds kRest{600};
    void work();

    std::function<void()> wake_;
    const std::chrono::milliseconds rest_;
    Mailbox<std::shared_ptr<const Scene>> called_;
    Mailbox<Survey> found_;
    std::thread worker_;
};

}  // namespace stubble
