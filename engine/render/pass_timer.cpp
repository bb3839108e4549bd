#include "engine/render/pass_timer.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gpu/context.h"

namespace stubble {

PassTimer::PassTimer()
    : software_(isSoftwareRenderer(reinterpret_cast<const char*>(glGetString(GL_RENDERER)))) {}

PassTimer::~PassTimer() {
    for (const Mark& mark : marks_) glDeleteQueries(1, &mark.query);
}

PassTime& PassTimer::timeOf(std::string_view pass) {
    const auto found = std::ranges::find(times_, pass, &PassTime::name);
    return found != times_.end() ? *found : times_.emplace_back(PassTime{std::string(pass), 0, 0});
}

void PassTimer::begins(std::string_view pass) {
    using Clock = std::chrono::steady_clock;
    if (!software_) {
        Mark& mark = marks_.emplace_back(Mark{std::string(pass), 0});
        glCreateQueries(GL_TIMESTAMP, 1, &mark.query);
        glQueryCounter(mark.query, GL_TIMESTAMP);
        return;
    }
    glFinish();
    if (!current_.empty()) {
        PassTime& time = timeOf(current_);
        time.ms += std::chrono::duration<double, std::milli>(Clock::now() - start_).count();
        time.cpuMs += 1e3 * static_cast<double>(std::clock() - cpuStart_) / CLOCKS_PER_SEC;
    }
    current_ = pass;
    start_ = Clock::now();
    cpuStart_ = std::clock();
}

std::vector<PassTime> PassTimer::take() {
    for (std::size_t i = 0; i + 1 < marks_.size(); ++i) {
        if (marks_[i].pass.empty()) continue;
        GLuint64 from = 0, to = 0;
        glGetQueryObjectui64v(marks_[i].query, GL_QUERY_RESULT, &from);
        glGetQueryObjectui64v(marks_[i + 1].query, GL_QUERY_RESULT, &to);
        timeOf(marks_[i].pass).ms += 1e-6 * static_cast<double>(to - from);
    }
    for (const Mark& mark : marks_) glDeleteQueries(1, &mark.query);
    marks_.clear();
    return std::exchange(times_, {});
}

std::string passTable(const std::vector<PassTime>& times, int frames) {
    std::string table;
    double sum = 0;
    for (const PassTime& time : times) {
        table += fmt::format("{:<20}{:8.2f} ms\n", time.name, time.ms / frames);
        sum += time.ms / frames;
    }
    return table + fmt::format("{:<20}{:8.2f} ms\n", "all passes", sum);
}

}  // namespace stubble
