#include "tools/studio/probe.h"

#include <imgui.h>
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace stubble::probe {
namespace {

using Clock = std::chrono::steady_clock;

struct State {
    std::string file, scope;
    Json controls = Json::object(), facts = Json::object(), way = Json::array(), lastWay = Json::array();
    long marks = 0, frames = 0, frameOfInput = 0, pictures = 0, picturesBefore = 0;
    bool waits = false;  ///< for the picture that shows what a hand did
    Clock::time_point inputAt;
    double latencyMs = 0;
};

State& state() {
    static State one = [] {
        State made;
        const char* const file = std::getenv("STUBBLE_STUDIO_PROBE");
        if (file) made.file = file;
        return made;
    }();
    return one;
}

double sinceInputMs() {
    return std::chrono::duration<double, std::milli>(Clock::now() - state().inputAt).count();
}

}  // namespace

bool on() {
    static const bool is = !state().file.empty();
    return is;
}

void place(std::string_view name, float left, float top, float right, float bottom) {
    if (!on()) return;
    const std::string& scope = state().scope;
    state().controls[scope.empty() ? std::string(name) : scope + ':' + std::string(name)] = {left, top, right,
                                                                                             bottom};
}

void control(std::string_view name) {
    if (!on()) return;
    // What is scrolled out of sight cannot be clicked: only what is seen of a control counts.
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    const ImDrawList* const list = ImGui::GetWindowDrawList();
    const ImVec2 clipLow = list->GetClipRectMin(), clipHigh = list->GetClipRectMax();
    place(name, std::max(low.x, clipLow.x), std::max(low.y, clipLow.y), std::min(high.x, clipHigh.x),
          std::min(high.y, clipHigh.y));
}

Scope::Scope(std::string_view name) {
    if (!on()) return;
    outer_ = state().scope;
    state().scope = name;
}

Scope::~Scope() {
    if (on()) state().scope = outer_;
}

void input() {
    if (!on()) return;
    State& s = state();
    s.frameOfInput = s.frames;
    if (std::exchange(s.waits, true)) return;
    s.inputAt = Clock::now();
    s.way.clear();
}

void mark() {
    if (!on()) return;
    State& s = state();
    s.frameOfInput = s.frames;
    ++s.marks;
}

void reached(const char* what) {
    if (!on()) return;
    State& s = state();
    if (s.waits) s.way.push_back({what, sinceInputMs()});
    if (what == std::string_view("drawn")) ++s.pictures;
}

void facts(Json facts) {
    if (on()) state().facts = std::move(facts);
}

void shown(long frames, bool rests) {
    if (!on()) return;
    State& s = state();
    if (s.waits && s.pictures != s.picturesBefore) {
        s.latencyMs = sinceInputMs();
        s.lastWay = std::exchange(s.way, Json::array());
        s.waits = false;
    }
    s.picturesBefore = s.pictures;
    s.frames = frames;
    Json report = std::exchange(s.facts, Json::object());
    if (rests && !report.value("busy", false)) s.waits = false;  // it changed nothing in the picture
    report["controls"] = std::exchange(s.controls, Json::object());
    report["frames"] = frames;
    report["framesSinceInput"] = frames - s.frameOfInput;
    report["rests"] = rests;
    report["marks"] = s.marks;
    report["pictures"] = s.pictures;
    report["latencyMs"] = s.latencyMs;
    report["latencyOf"] = s.lastWay;
    report["heapBytes"] = mallinfo2().uordblks + mallinfo2().hblkhd;
    // Not through the engine's own atomic writing, which waits for the disk.
    const std::string begun = s.file + ".new";
    std::ofstream(begun) << report.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::rename(begun.c_str(), s.file.c_str());
}

}  // namespace stubble::probe
