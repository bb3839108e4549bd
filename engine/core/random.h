#pragma once
// Random numbers that depend on (seed, stream, counter) alone, never on call order or thread:
// the SplitMix64 finaliser (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).

#include <cstdint>

namespace stubble {

constexpr std::uint64_t mixBits(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ull;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

/// A hash of a seed and up to two counters.
constexpr std::uint64_t hashCounters(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
    return mixBits(mixBits(mixBits(seed) ^ a) ^ (b * 0xd6e8feb86659fd93ull));
}

/// Uniform in [0, 1) with 24 bits, exact in float.
constexpr float unitFloat(std::uint64_t bits) {
    return static_cast<float>(bits >> 40) * 0x1.0p-24f;
}
/// Uniform in [0, 1) with 53 bits.
constexpr double unitDouble(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

/// A sequential stream for serial code.
class RandomStream {
  public:
    explicit constexpr RandomStream(std::uint64_t seed, std::uint64_t stream = 0)
        : state_(hashCounters(seed, stream)) {}
    constexpr std::uint64_t bits() { return mixBits(state_++ * 0x2545f4914f6cdd1dull); }
    constexpr float uniform() { return unitFloat(bits()); }
    constexpr double uniformDouble() { return unitDouble(bits()); }

  private:
    std::uint64_t state_;
};

/// Standard normal deviate from two uniforms in [0, 1), by Box and Muller (1958).
float normalDeviate(float u1, float u2);

}  // namespace stubble
