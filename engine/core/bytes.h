#pragma once
// Values and arrays as plain bytes, for hashing and for cache files of this machine.

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace stubble {

/// Appends values; an array is preceded by its length.
class ByteWriter {
  public:
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void operator()(const T& value) { append(std::as_bytes(std::span(&value, 1))); }
    template <typename T>
    void operator()(const std::vector<T>& values) {
        (*this)(std::span<const T>(values));
    }
    template <typename T>
    void operator()(std::span<const T> values) {
        (*this)(values.size());
        append(std::as_bytes(values));
    }
    void operator()(std::string_view text) {
        (*this)(text.size());
        append(std::as_bytes(std::span(text)));
    }
    [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }

  private:
    void append(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    std::vector<std::byte> bytes_;
};

/// Takes back what a ByteWriter wrote, in the same order. Too short input sets failed() and yields empty
/// values.
class ByteReader {
  public:
    explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void operator()(T& value) { take(std::as_writable_bytes(std::span(&value, 1))); }
    template <typename T>
    void operator()(std::vector<T>& values) {
        std::size_t size = 0;
        (*this)(size);
        failed_ = failed_ || size > rest_.size() / sizeof(T);
        values.resize(failed_ ? 0 : size);
        take(std::as_writable_bytes(std::span(values)));
    }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool atEnd() const { return !failed_ && rest_.empty(); }

  private:
    void take(std::span<std::byte> target) {
        failed_ = failed_ || target.size() > rest_.size();
        if (failed_ || target.empty()) return;
        std::memcpy(target.data(), rest_.data(), target.size());
        rest_ = rest_.subspan(target.size());
    }
    std::span<const std::byte> rest_;
    bool failed_ = false;
};

}  // namespace stubble
