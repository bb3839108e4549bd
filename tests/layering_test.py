#!/usr/bin/env python3
"""An include may only point down the house; only gpu and render see OpenGL, only the studio GLFW and ImGui."""

import pathlib
import re
import sys
import tempfile

# Each floor with the floors that it may include, itself aside. Siblings do not see one another.
BELOW = {"core": set()}
BELOW["geometry"] = {"core"}
BELOW["scalp"] = BELOW["geometry"] | {"geometry"}
for sibling in ("treatment", "hair", "optics"):
    BELOW[sibling] = BELOW["scalp"] | {"scalp"}
BELOW["scene"] = BELOW["scalp"] | {"scalp", "treatment", "hair", "optics"}
BELOW["gpu"] = {"core"}
BELOW["render"] = BELOW["scene"] | {"scene", "gpu"}
BELOW["perception"] = {"core"}
BELOW["jobs"] = BELOW["render"] | {"render", "perception"}

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
WINDOW_HEADERS = ("GLFW/", "imgui")
GL_HEADERS = ("glad/",)
MESH_PARSER_HEADERS = ("assimp/",)


def faults_of(root):
    faults = []
    for folder in ("engine", "tools"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            place = path.relative_to(root)
            floor = place.parts[1]
            for number, line in enumerate(path.read_text().splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                header = match.group(1)
                where = f"{place}:{number}: {header}"
                if folder == "engine":
                    if floor not in BELOW:
                        faults.append(f"{where}: engine/{floor} is no floor of the house")
                    elif header.startswith("engine/"):
                        target = header.split("/")[1]
                        if target != floor and target not in BELOW[floor]:
                            faults.append(f"{where}: {floor} must not include {target}")
                    elif header.startswith("tools/"):
                        faults.append(f"{where}: the engine must not include a tool")
                    if header.startswith(GL_HEADERS) and floor not in ("gpu", "render"):
                        faults.append(f"{where}: OpenGL belongs to gpu and render")
                elif header.startswith("tools/") and header.split("/")[1] != floor:
                    faults.append(f"{where}: a tool must not include another")
                if header.startswith(WINDOW_HEADERS) and place.parts[:2] != ("tools", "studio"):
                    faults.append(f"{where}: windows belong to tools/studio")
                if header.startswith(MESH_PARSER_HEADERS) and place.parts[:2] != ("tools", "mesh_reader"):
                    faults.append(f"{where}: mesh parsers belong to the reading process")
    return faults


def check_the_check():
    """The rule must bite: a planted fault of each kind is found."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        planted = {
            "engine/core/a.h": '#include "engine/scene/scene.h"',
            "engine/hair/b.h": '#include "engine/treatment/smp.h"',
            "engine/scene/c.cpp": "#include <glad/gl.h>",
            "engine/render/d.cpp": "#include <GLFW/glfw3.h>",
            "tools/stubble/e.cpp": "#include <assimp/Importer.hpp>",
        }
        for name, text in planted.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        found = faults_of(root)
        assert len(found) == len(planted), found


def main():
    check_the_check()
    faults = faults_of(pathlib.Path(__file__).resolve().parent.parent)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
