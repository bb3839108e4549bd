#pragma once
// Values that are computed from inputs, and computed anew only when those have changed.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "engine/core/bytes.h"
#include "engine/core/hash.h"
#include "engine/core/result.h"

namespace stubble {

/// An immutable value; copies share it.
template <typename T>
class Shared {
  public:
    Shared() : Shared(T{}) {}
    Shared(T value) : value_(std::make_shared<const Numbered>(std::move(value))) {}

    const T& operator*() const { return value_->value; }
    const T* operator->() const { return &value_->value; }
    bool operator==(const Shared& other) const {
        return value_ == other.value_ || value_->value == other.value_->value;
    }
    /// Of this value and its copies, no other one's of this type in this process.
    [[nodiscard]] std::uint64_t id() const { return value_->id; }

  private:
    struct Numbered {
        explicit Numbered(T v) : value(std::move(v)) {}
        T value;
        std::uint64_t id = ++made_;
    };
    static inline std::atomic<std::uint64_t> made_ = 0;
    std::shared_ptr<const Numbered> value_;
};

/// Remembers the value for the inputs that it was last asked for.
template <typename T>
class Stage {
  public:
    /// The value for these inputs; compute() makes it, a T, when they are others than the last time.
    template <typename Compute>
    const Shared<T>& of(const ByteWriter& inputs, const Compute& compute) {
        const ContentHash key = hashBytes(inputs.bytes());
        if (!value_ || key != key_) value_ = Shared<T>(compute());
        key_ = key;
        return *value_;
    }
    /// The same where compute() makes a Result<T>; a failure is passed on and what was there is kept.
    template <typename Compute>
    Result<Shared<T>> tryOf(const ByteWriter& inputs, const Compute& compute) {
        const ContentHash key = hashBytes(inputs.bytes());
        if (value_ && key == key_) return *value_;
        Result<T> value = compute();
        if (!value) return tl::unexpected(std::move(value).error());
        value_ = Shared<T>(*std::move(value));
        key_ = key;
        return *value_;
    }

  private:
    ContentHash key_;
    std::optional<Shared<T>> value_;
};

}  // namespace stubble
