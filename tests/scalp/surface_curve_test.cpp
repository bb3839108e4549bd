#include "engine/scalp/surface_curve.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/scalp/chart_curve.h"
#include "engine/scalp/scalp_region.h"
#include "engine/scalp/skull_guides.h"
#include "tests/scalp/synthetic_head.h"

namespace stubble {
namespace {

/// A ball around the chart's own centre, where the chart is an exact azimuthal map.
struct Ball {
    static constexpr float kRadiusMm = 90;
    TriMesh mesh;
    ScalpChart chart;
    float boundary = std::acos(-0.25f);  // polar angle of radius 1
    std::vector<glm::vec2> chartPositions;

    Ball() {
        test::addEllipsoid(mesh, {0, 0, 0}, glm::vec3(kRadiusMm), 160);
        const float level = -0.25f * kRadiusMm, out = kRadiusMm * std::sqrt(1 - 0.0625f);
        Landmarks l;
        l[Landmark::vertex] = {0, kRadiusMm, 0};
        l[Landmark::tragusLeft] = {out, level, 0};
        l[Landmark::tragusRight] = {-out, level, 0};
        l[Landmark::nasion] = {0, level, out};
        l[Landmark::inion] = {0, level, -out};
        chart = *ScalpChart::fit(l);
        for (const glm::vec3& p : mesh.positionsMm) chartPositions.push_back(chart.chartFromMm(p));
    }
};

std::vector<glm::vec2> circle(float radius, int count) {
    std::vector<glm::vec2> points;
    for (int i = 0; i < count; ++i) {
        const float a = 2 * std::acos(-1.0f) * static_cast<float>(i) / static_cast<float>(count);
        points.push_back(radius * glm::vec2(std::sin(a), std::cos(a)));
    }
    return points;
}

TEST(SurfaceCurve, ChartCircleOnBallHasItsLengthAndArea) {
    const Ball ball;
    ASSERT_LT(glm::length(ball.chart.centreMm()), 1e-4f);
    const SkullTracer tracer(ball.mesh, ball.chart);
    for (const float radius : {0.15f, 0.5f, 0.9f}) {
        const float polar = radius * ball.boundary;
        const std::vector<glm::vec2> region = circle(radius, 180);
        const double length = lengthMm(tracer.trace(region, true));
        EXPECT_NEAR(length / (2 * M_PI * Ball::kRadiusMm * std::sin(polar)), 1, 0.005) << radius;
        const double area = regionAreaCm2(ball.mesh, tracer, ball.chartPositions, region);
        const double cap = 2 * M_PI * Ball::kRadiusMm * Ball::kRadiusMm * (1 - std::cos(polar)) / 100;
        EXPECT_NEAR(area / cap, 1, 0.005) << radius;
    }
}

TEST(SurfaceCurve, StepsAreFine) {
    const Ball ball;
    const SkullTracer tracer(ball.mesh, ball.chart);
    const std::vector<glm::vec3> line = tracer.trace(circle(0.8f, 12), true);
    for (std::size_t i = 1; i < line.size(); ++i) EXPECT_LT(glm::distance(line[i - 1], line[i]), 0.6f);
    EXPECT_LT(glm::distance(line.front(), line.back()), 1e-4f);
}

TEST(SurfaceCurve, DistanceFollowsTheSkin) {
    const Ball ball;
    const SkullTracer tracer(ball.mesh, ball.chart);
    const PolylineDistance line(tracer.trace(circle(0.5f, 360), true), Ball::kRadiusMm);
    for (float degrees = 20; degrees <= 90; degrees += 5) {
        const float polar = degrees * std::acos(-1.0f) / 180;
        const float expected = Ball::kRadiusMm * std::abs(polar - 0.5f * ball.boundary);
        const auto near = line.nearest(Ball::kRadiusMm * glm::vec3(std::sin(polar), std::cos(polar), 0));
        ASSERT_TRUE(near);
        EXPECT_NEAR(near->distanceMm, expected, 0.005f * expected + 0.05f) << degrees;
    }
    EXPECT_FALSE(line.nearest({0, 200, 0}, 20).has_value());
}

TEST(SurfaceCurve, ArcUpTheEllipsoidsForehead) {
    const Head& head = test::ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const SkullGuides guides(head.landmarks, head.chart, tracer);
    // The ellipse's arc by fine steps of its parameter, from the glabella upwards.
    const double b = test::kHalfAxesMm.y, c = test::kHalfAxesMm.z;
    double t = std::asin((38.0 - test::kCentreMm.y) / b), arc = 0;
    for (const float wanted : {40.0f, 65.0f, 80.0f, 100.0f}) {
        for (const double step = 1e-5; arc < wanted; t += step)
            arc += step * std::hypot(b * std::cos(t), c * std::sin(t));
        const auto place = tracer.positionMm(guides.aboveGlabella(wanted));
        ASSERT_TRUE(place);
        EXPECT_NEAR(place->y, test::kCentreMm.y + b * std::sin(t), 0.005 * wanted);
        EXPECT_NEAR(guides.arcAboveGlabellaMm(guides.aboveGlabella(wanted).y), wanted, 0.01);
    }
}

TEST(SurfaceCurve, PassesAuriclesBy) {
    const Head& head = test::ellipsoidHead();
    const SkullTracer tracer(head.mesh, head.chart);
    const auto hit = tracer.positionMm(head.chart.chartFromMm(test::kEarCentreMm));
    ASSERT_TRUE(hit);
    const glm::vec3 unit = (*hit - test::kCentreMm) / test::kHalfAxesMm;
    EXPECT_NEAR(glm::length(unit), 1, 0.002);
}

TEST(SurfaceCurve, AreaIsCutInsideTriangles) {
    TriMesh mesh;
    mesh.positionsMm = {{0, 0, 0}, {10, 0, 0}, {0, 10, 0}};
    mesh.triangles = {{0, 1, 2}};
    const std::vector<float> x = {0, 1, 0};
    EXPECT_NEAR(areaCm2Above(mesh, x, 0.5f), 0.125, 1e-9);
    EXPECT_NEAR(areaCm2Above(mesh, x, -1), 0.5, 1e-9);
    EXPECT_EQ(areaCm2Above(mesh, x, 2), 0);
    EXPECT_NEAR(integralOverCm2(mesh, x), 0.5 / 3, 1e-9);
    EXPECT_NEAR(areaCm2Above(mesh, x, 0.5f, x), 0.125 * 2 / 3, 1e-6);
}

TEST(ChartCurve, RunsThroughItsPointsWithoutLoops) {
    const std::vector<glm::vec2> points = {{0.9f, 0}, {0.7f, 0.4f}, {0.1f, 0.45f}, {0, 0.4f}, {-0.6f, 0.5f}};
    const std::vector<glm::vec2> curve = smoothCurve(points, false, 10);
    ASSERT_EQ(curve.size(), 41u);
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_LT(glm::distance(curve[10 * i], points[i]), 1e-5f);
}

TEST(ChartCurve, WhatLiesBehindALine) {
    const std::vector<glm::vec2> line = {{1, 0.1f}, {0.3f, 0.6f}, {-0.3f, 0.6f}, {-1, 0.1f}};
    const std::vector<glm::vec2> region = regionBehind(line);
    for (const glm::vec2 inside : {glm::vec2(0, 0), {0, 0.55f}, {0, -1.5f}, {1.4f, 0}, {-1.4f, -0.2f}})
        EXPECT_TRUE(isInside(region, inside)) << inside.x << " " << inside.y;
    for (const glm::vec2 outside : {glm::vec2(0, 0.65f), {0, 1.6f}, {1.2f, 0.4f}, {-0.8f, 0.6f}})
        EXPECT_FALSE(isInside(region, outside)) << outside.x << " " << outside.y;
}

}  // namespace
}  // namespace stubble
