// stubble: the command line. Data goes to stdout, messages to stderr; only this file ends the process.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <sstream>

#include "engine/core/suggest.h"
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
    for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
        command = command->get_subcommands().front();
        help += ' ' + command->get_name();
    }
    return report(fail(ExitCode::usage, "{}\nSee {} --help.", error.what(), help).value());
}

/// Faults that are left for after CLI11: nothing asked for, or a word that is no command.
Result<void> checkWords(const CLI::App& app) {
    const std::vector<std::string> words = app.remaining();
    if (!words.empty() && !app.get_subcommands().empty())
        return fail(ExitCode::usage, "The following argument was not expected: {}\nSee stubble --help.",
                    words.front());
    if (!words.empty()) {
        std::vector<std::string> names;
        for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
            names.push_back(command->get_name());
        const std::vector<std::string_view> known(names.begin(), names.end());
        return fail(ExitCode::usage, "{}: unknown command{}\nSee stubble --help.", words.front(),
                    didYouMean(words.front(), known));
    }
    if (app.get_subcommands().empty())
        return fail(ExitCode::usage, "expected a command\nSee stubble --help.");
    return {};
}

int run(int argc, char** argv) {
    CLI::App app(kAbout, "stubble");
    app.set_version_flag("--version", "stubble " STUBBLE_VERSION);
    Command command;
    addRenderCommand(app, command);
    addPlaceCommand(app, command);
    addSampleCommand(app, command);
    addMismatchCommand(app, command);
    addPlanCommand(app, command);
    addPairCommand(app, command);
    addTurntableCommand(app, command);
    addBoardCommand(app, command);
    addBatchCommand(app, command);
    addPresetsCommand(app, command);
    addSchemaCommand(app, command);
    addInfoCommand(app, command);
    app.allow_extras();  // a misspelt command gets a better message than CLI11's; commands allow none
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return reportParse(app, error);
    }
    const auto known = checkWords(app);
    const auto done = known ? command() : known;
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
    } catch (const std::exception& error) {
        std::fprintf(stderr, "stubble: %s\n", error.what());
        return static_cast<int>(stubble::ExitCode::io);
    }
}
