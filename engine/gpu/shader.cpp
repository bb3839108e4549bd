#include "engine/gpu/shader.h"

#include <set>
#include <sstream>
#include <vector>

#include "engine/core/file.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxShaderBytes = 1u << 20;

/// Appends a file with its includes to `text`. `files` collects names: a line directive's second number
/// indexes it.
Result<void> appendFile(const std::filesystem::path& root, const std::string& name,
                        std::vector<std::string>& files, std::string& text) {
    for (const std::string& seen : files)
        if (seen == name) return {};
    STUBBLE_TRY(const std::string source, readTextFile(root / name, kMaxShaderBytes));
    const std::size_t index = files.size();
    files.push_back(name);
    text += fmt::format("#line 1 {}\n", index);
    std::istringstream lines(source);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        constexpr std::string_view kInclude = "#include \"";
        if (line.starts_with(kInclude)) {
            const std::size_t end = line.find('"', kInclude.size());
            STUBBLE_CHECK(appendFile(root, line.substr(kInclude.size(), end - kInclude.size()), files, text));
            text += fmt::format("#line {} {}\n", number + 1, index);
        } else if (!line.starts_with("#pragma once")) {
            text += line + '\n';
        }
    }
    return {};
}

GLenum stageOf(std::string_view name) {
    if (name.ends_with(".vert")) return GL_VERTEX_SHADER;
    if (name.ends_with(".frag")) return GL_FRAGMENT_SHADER;
    return GL_COMPUTE_SHADER;
}

std::string fileTable(const std::vector<std::string>& files) {
    std::string table;
    for (std::size_t i = 0; i < files.size(); ++i)
        table += fmt::format("{}{} = {}", i ? ", " : "", i, files[i]);
    return table;
}

}  // namespace

Result<GlProgram> loadProgram(std::initializer_list<std::string_view> files, std::string_view defines) {
    STUBBLE_TRY(const auto data, dataDir());
    const std::filesystem::path root = data / "shaders";
    GlProgram program(glCreateProgram());
    std::vector<GlShader> shaders;
    std::string label;
    for (const std::string_view file : files) {
        std::string text = "#version 450 core\n" + std::string(defines);
        std::vector<std::string> included;
        STUBBLE_CHECK(appendFile(root, std::string(file), included, text));
        const GlShader& shader = shaders.emplace_back(glCreateShader(stageOf(file)));
        const char* pointer = text.c_str();
        glShaderSource(shader.name(), 1, &pointer, nullptr);
        glCompileShader(shader.name());
        GLint good = 0;
        glGetShaderiv(shader.name(), GL_COMPILE_STATUS, &good);
        if (!good) {
            char log[4096] = "";
            glGetShaderInfoLog(shader.name(), sizeof log, nullptr, log);
            return fail(ExitCode::badInput, "{}: does not compile (files: {}):\n{}", (root / file).string(),
                        fileTable(included), log);
        }
        glAttachShader(program.name(), shader.name());
        label += (label.empty() ? "" : " + ") + std::string(file);
    }
    glLinkProgram(program.name());
    GLint good = 0;
    glGetProgramiv(program.name(), GL_LINK_STATUS, &good);
    if (!good) {
        char log[4096] = "";
        glGetProgramInfoLog(program.name(), sizeof log, nullptr, log);
        return fail(ExitCode::badInput, "{}: does not link:\n{}", label, log);
    }
    glObjectLabel(GL_PROGRAM, program.name(), static_cast<GLsizei>(label.size()), label.data());
    return program;
}

}  // namespace stubble
