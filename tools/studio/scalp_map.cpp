#include "tools/studio/scalp_map.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/scalp/skull.h"
#include "tools/studio/edit_desk.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

constexpr ImU32 kSkinColour = IM_COL32(58, 58, 58, 255), kZoneColour = IM_COL32(255, 255, 255, 70),
                kHairlineColour = IM_COL32(244, 240, 228, 200), kMarkColour = IM_COL32(200, 200, 200, 255);
constexpr std::size_t kLineStep = 4;  // of the hairline's places, 0.5 mm apart
constexpr float kLegendHeight = 86, kMargin = 14;

ImVec2 im(glm::vec2 v) {
    return {v.x, v.y};
}

}  // namespace

MapMaker::MapMaker(std::function<void()> wake) : wake_(std::move(wake)), worker_([this] { work(); }) {}

MapMaker::~MapMaker() {
    asked_.close();
    worker_.join();
}

MapContent MapMaker::make(const LoadedScene& scene) {
    const Head& head = scene.head->head;
    if (scene.head != head_) {
        cells_ = chartCells(head);
        zoneCells_ = chartCells(head, kMapSide / 2);
        head_ = scene.head;
        line_.reset();
        hairCover_.clear();
    }
    // Most edits leave the hair alone.
    if (const auto& hairMm = scene.scene->follicles.positionsMm; hairCover_.empty() || hairMm_ != hairMm) {
        hairMm_ = hairMm;
        hairCover_ = hairCover(densityPerCm2(cells_, head.chart, hairMm), cells_.side);
    }
    // The smooth line: the edge's waves would make ragged borders.
    HairlineDesign line = scene.scene->design.hairline;
    line.irregularityMm = 0;
    if (line_ != line) {
        line_ = line;
        auto hairline = Hairline::build(head, line, 0);
        hairline_ = hairline ? std::make_shared<const Hairline>(*std::move(hairline)) : nullptr;
        hairlineChart_.clear();
        if (hairline_)
            for (std::size_t i = 0; i < hairline_->lineMm().size(); i += kLineStep)
                hairlineChart_.push_back(head.chart.chartFromMm(hairline_->lineMm()[i]));
        zones_ = hairline_ ? zoneBorders(zoneCells_, *hairline_) : std::vector<ZoneBorder>();
    }
    MapContent content;
    content.of = scene;
    content.densities = densityPerCm2(cells_, head.chart, scene.scene->impressions.positionsMm);
    content.full = densityScale(content.densities);
    content.image = densityImage(content.densities, hairCover_, content.full);
    content.zones = zones_;
    content.hairline = hairline_;
    content.line = hairlineChart_;
    return content;
}

void MapMaker::work() {
    while (const auto scene = asked_.fetch()) {
        ready_.post(make(*scene));
        wake_();
    }
}

void ScalpMap::takeContent(const LoadedScene& scene) {
    if (scene.scene != asked_) {
        asked_ = scene.scene;
        maker_.request(scene);
    }
    auto content = maker_.take();
    if (!content) return;
    content_ = std::move(content);
    if (!texture_) {
        texture_ = makeTexture("scalp map", GL_RGBA8, kMapSide, kMapSide);
        glTextureParameteri(texture_.name(), GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTextureParameteri(texture_.name(), GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    }
    glTextureSubImage2D(texture_.name(), 0, 0, 0, kMapSide, kMapSide, GL_RGBA, GL_UNSIGNED_BYTE,
                        content_->image.data());
}

void ScalpMap::drawHead(const MapSurface& surface, float unit) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 middle = im(surface.at({0, 0}));
    // Ears and nose around the line from nasion over the ears to the inion.
    for (const float side : {-1.0f, 1.0f}) {
        const ImVec2 ear = im(surface.at({side * 1.05f, -0.02f}));
        list.AddCircleFilled(ear, 0.11f * unit, kSkinColour, 32);
    }
    const std::array<ImVec2, 3> nose = {im(surface.at({-0.1f, 0.98f})), im(surface.at({0, 1.12f})),
                                        im(surface.at({0.1f, 0.98f}))};
    list.AddTriangleFilled(nose[0], nose[1], nose[2], kSkinColour);
    list.AddCircleFilled(middle, unit, kSkinColour, 128);
}

std::string ScalpMap::readingAt(glm::vec2 chart) const {
    const float perUnit = kMapSide / (2 * kMapReach);
    const int column = static_cast<int>(std::floor((chart.x + kMapReach) * perUnit)),
              row = static_cast<int>(std::floor((kMapReach - chart.y) * perUnit));
    if (!content_ || column < 0 || row < 0 || column >= kMapSide || row >= kMapSide) return {};
    const float density = content_->densities[static_cast<std::size_t>(row * kMapSide + column)];
    const auto skull = skullOf(content_->of.head->head);
    const auto positionMm = skull->tracer().positionMm(chart);
    if (std::isnan(density) || !positionMm || !content_->hairline) return {};
    const Zone zone = zoneAt(chart, content_->hairline->signedDistanceMm(*positionMm));
    return fmt::format("{}   {:.0f} {}", text(fmt::format("map.zone.{}", zoneKey(zone))), density,
                       text("unit.dots/cm²"));
}

void ScalpMap::drawLegend(glm::vec2 corner, float width, const std::string& reading) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImFont* const font = fonts().small;
    const float size = px(metric::kSmallSize), height = px(8), top = corner.y + px(24);
    const auto words = [&](float x, float y, ImU32 shade, const std::string& shown, float align) {
        const float wide = font->CalcTextSizeA(size, 1e6f, 0, shown.c_str()).x;
        list.AddText(font, size, {std::round(x - align * wide), std::round(y)}, shade, shown.c_str());
    };
    words(corner.x, corner.y, colour::kMuted, text("map.density"), 0);
    if (!reading.empty()) words(corner.x + width, corner.y, colour::kText, reading, 1);
    constexpr int kSteps = 48;
    for (int i = 0; i < kSteps; ++i) {
        const Rgb8 c = densityColour((static_cast<float>(i) + 0.5f) / kSteps);
        const float from = corner.x + width * static_cast<float>(i) / kSteps,
                    to = corner.x + width * static_cast<float>(i + 1) / kSteps;
        list.AddRectFilled({from, top}, {to, top + height}, IM_COL32(c.r, c.g, c.b, 255));
    }
    const float full = content_ ? content_->full : 0;
    if (full <= 0) return;
    for (int i = 0; i <= 4; ++i) {
        const float share = static_cast<float>(i) / 4;
        words(corner.x + share * width, top + height + px(4), colour::kMuted,
              fmt::format("{:.0f}", full * share), share);
    }
    const float row = top + height + px(27), box = px(10);
    list.AddRectFilled({corner.x, row}, {corner.x + box, row + box},
                       IM_COL32(kHairLayer.r, kHairLayer.g, kHairLayer.b, 255), px(2));
    words(corner.x + box + px(7), row + (box - size) / 2 - px(0.5f), colour::kMuted, text("map.hair"), 0);
}

float ScalpMap::width(float room) {
    room_ = room;
    return shown_ ? std::round(share_ * room) : 0;
}

void ScalpMap::drawSplitter() {
    const ImVec2 low = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton("splitter", {px(7), size.y});
    probe::control("splitter");
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (ImGui::IsItemActive() && room_ > 0)
        share_ = std::clamp((low.x + size.x - ImGui::GetIO().MousePos.x) / room_, kMinMapShare, kMaxMapShare);
    ImGui::GetWindowDrawList()->AddRectFilled(low, {low.x + px(lit ? 3 : 1), low.y + size.y},
                                              lit ? colour::kAccent : colour::kLine);
}

void ScalpMap::draw(const LoadedScene& scene, EditDesk& desk) {
    const probe::Scope scope("map");
    takeContent(scene);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    drawSplitter();
    ImGui::SetCursorScreenPos({start.x + px(7), start.y});
    const ImVec2 low = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float side =
        std::max(std::min(room.x - 2 * px(kMargin), room.y - px(kLegendHeight + kMargin)), 1.0f);
    const float unit = side / (2 * kMapReach);
    const glm::vec2 size(side, side),
        corner(std::round(low.x + (room.x - side) / 2),
               std::round(low.y + std::max((room.y - px(kLegendHeight) - side) / 2, 0.0f)));
    const auto skull = skullOf(scene.head->head);
    const MapSurface surface(corner + 0.5f * size, unit, kMapReach, skull->tracer());

    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton("map", {room.x, std::max(room.y, 1.0f)},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    probe::control("skin");
    const Pointer pointer = readPointer(ImGui::IsItemHovered());
    desk.point(surface, pointer);

    ImDrawList& list = *ImGui::GetWindowDrawList();
    drawHead(surface, unit);
    if (content_) {
        list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture_.name())), im(corner),
                      im(corner + size));
        for (const ZoneBorder& piece : content_->zones)
            list.AddLine(im(surface.at(piece.from)), im(surface.at(piece.to)), kZoneColour, 1);
    }
    if (content_ && !desk.drawsHairline()) {
        for (const glm::vec2 place : content_->line) list.PathLineTo(im(surface.at(place)));
        list.PathStroke(kHairlineColour, 0, px(1.5f));
    }
    const Landmarks& landmarks = scene.head->head.landmarks;
    for (const Landmark mark : {Landmark::glabella, Landmark::vertex, Landmark::inion}) {
        const ImVec2 at = im(surface.at(scene.head->head.chart.chartFromMm(landmarks[mark])));
        list.AddCircleFilled(at, px(4), IM_COL32(0, 0, 0, 120));
        list.AddCircleFilled(at, px(2.5f), kMarkColour);
    }
    const auto word = [&](const char* shown, glm::vec2 chart) {
        const ImVec2 wide = ImGui::CalcTextSize(shown), at = im(surface.at(chart));
        list.AddText({std::round(at.x - wide.x / 2), std::round(at.y - wide.y / 2)}, colour::kMuted, shown);
    };
    word(text("map.right"), {1.07f, -0.2f});
    word(text("map.left"), {-1.07f, -0.2f});
    desk.draw(surface, list);

    const glm::vec2 away = (pointer.at - corner - 0.5f * size) / unit;
    drawLegend({corner.x, corner.y + side + px(kMargin)}, side,
               pointer.over ? readingAt({away.x, -away.y}) : std::string());
}

}  // namespace stubble
