#pragma once
// Errors as values. Only main() turns one into a process exit.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace stubble {

/// Process exit codes, after BSD sysexits where one fits.
enum class ExitCode : int {
    done = 0,
    usage = 2,
    badInput = 65,
    noOpenGl = 69,
    io = 74,
    tryAgain = 75,
};

/// What went wrong, in one sentence that names the file, the place in it, and what was expected.
struct Error {
    ExitCode code = ExitCode::badInput;
    std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// The text with a ? for each control character (C0, DEL, and C1 in UTF-8), so that a quoted file name, key
/// or value neither splits a message nor steers a terminal.
inline std::string oneLine(std::string_view text) {
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        const bool isC1 = byte == 0xc2 && next >= 0x80 && next < 0xa0;
        line += byte < 0x20 || byte == 0x7f || isC1 ? '?' : text[i];
        if (isC1) ++i;
    }
    return line;
}

/// What stands in a message for an argument: text on one line, anything else as it is.
template <typename Arg>
decltype(auto) forMessage(const Arg& arg) {
    if constexpr (std::is_convertible_v<const Arg&, std::string_view>)
        return oneLine(arg);
    else
        return (arg);
}

/// An error ready to be returned from a function that returns Result<T>: `return fail(ExitCode::io, "…{}…",
/// x);` Control characters in arguments become "?".
template <typename... Args>
[[nodiscard]] tl::unexpected<Error> fail(ExitCode code, fmt::format_string<Args...> format, Args&&... args) {
    const auto message = [&](const auto&... shown) {
        return fmt::vformat(format, fmt::make_format_args(shown...));
    };
    return tl::unexpected(Error{code, message(forMessage(args)...)});
}

}  // namespace stubble

#define STUBBLE_CONCAT_IMPL(a, b) a##b
#define STUBBLE_CONCAT(a, b) STUBBLE_CONCAT_IMPL(a, b)

/// `STUBBLE_TRY(auto mesh, readMesh(path));` declares mesh, or returns the error from the calling function.
#define STUBBLE_TRY(declaration, expression)                                         \
    auto STUBBLE_CONCAT(result_, __LINE__) = (expression);                           \
    if (!STUBBLE_CONCAT(result_, __LINE__))                                          \
        return tl::unexpected(std::move(STUBBLE_CONCAT(result_, __LINE__)).error()); \
    declaration = *std::move(STUBBLE_CONCAT(result_, __LINE__))

/// The same for a Result<void>.
#define STUBBLE_CHECK(expression)                                   \
    do {                                                            \
        if (auto stubbleCheck = (expression); !stubbleCheck)        \
            return tl::unexpected(std::move(stubbleCheck).error()); \
    } while (false)
