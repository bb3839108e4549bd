// stubble schema: the design file for other programs and for people.

#include "engine/scene/design_schema.h"
#include "tools/stubble/command.h"
#include "tools/stubble/output.h"

namespace stubble {

void addSchemaCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("schema", "Print the design file's JSON Schema");
    auto markdown = std::make_shared<bool>(false);
    command->add_flag("--markdown", *markdown, "Print a page with a table of all keys instead");
    command->callback([markdown, &run] {
        run = [markdown] { return writeStandardOutput(*markdown ? designMarkdown() : designSchema()); };
    });
}

}  // namespace stubble
