// stubble: the command line. Data goes to stdout, messages to stderr; only this file ends the process.

#include <algorithm>
#include <cstdio>
#include <new>
#include <sstream>

#include "tools/stubble/command.h"
#include "tools/stubble/output.h"
#include "tools/stubble/signals.h"

namespace stubble {
namespace {

constexpr const char* kAbout =
    "Simulates and renders scalp micropigmentation.\n"
    "Exit codes: 0 done, 2 usage, 65 bad or missing input, 69 no OpenGL, 74 I/O, 75 try again,\n"
    "130 and 143 stopped by a signal.";

/// Messages quote files and arguments: control characters in them must not reach the terminal.
int report(const Error& error) {
    std::string message = error.message;
    std::ranges::replace_if(
        message, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }, '?');
    std::fprintf(stderr, "stubble: %s\n", message.c_str());
    return static_cast<int>(error.code);
}

/// What CLI11 throws: help and version, which are data, or a usage error.
int reportParse(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
        std::ostringstream text;
        app.exit(error, text, text);
        const auto written = writeStandardOutput(text.str());
        return written ? 0 : report(written.error());
    }
    std::string help = "stubble";
    for (const CLI::App* command : app.get_subcommands()) help += ' ' + command->get_name();
    return report({ExitCode::usage, std::string(error.what()) + "\nSee " + help + " --help."});
}

int run(int argc, char** argv) {
    CLI::App app(kAbout, "stubble");
    app.set_version_flag("--version", "stubble " STUBBLE_VERSION);
    app.require_subcommand(1);
    Command command;
    addPresetsCommand(app, command);
    addSchemaCommand(app, command);
    addInfoCommand(app, command);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return reportParse(app, error);
    }
    const auto done = command();
    return done ? static_cast<int>(ExitCode::done) : report(done.error());
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    stubble::endCleanlyOnSignals();
    try {
        return stubble::run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fputs("stubble: not enough memory\n", stderr);
        return static_cast<int>(stubble::ExitCode::tryAgain);
    }
}
