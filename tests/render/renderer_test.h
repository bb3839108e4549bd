#pragma once
// A test with a context and a renderer of its own.

#include <gtest/gtest.h>

#include <optional>

#include "engine/gpu/context.h"
#include "engine/render/renderer.h"

namespace stubble {

class RendererTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto context = GlContext::createHeadless();
        ASSERT_TRUE(context) << context.error().message;
        context_.emplace(*std::move(context));
        auto renderer = Renderer::create();
        ASSERT_TRUE(renderer) << renderer.error().message;
        renderer_.emplace(*std::move(renderer));
    }
    void TearDown() override {
        renderer_.reset();
        context_.reset();
    }

    std::optional<GlContext> context_;
    std::optional<Renderer> renderer_;
};

}  // namespace stubble
