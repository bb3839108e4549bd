#pragma once
// Errors as values. Only main() turns one into a process exit.

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
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

/// An error ready to be returned from a function that returns Result<T>: `return fail(ExitCode::io, "…{}…",
/// x);`
template <typename... Args>
[[nodiscard]] tl::unexpected<Error> fail(ExitCode code, fmt::format_string<Args...> format, Args&&... args) {
    return tl::unexpected(Error{code, fmt::format(format, std::forward<Args>(args)...)});
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
