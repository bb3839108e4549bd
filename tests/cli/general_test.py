"""Usage, presets, schema and info."""

import json

import program


class Usage(program.ProgramTest):
    def test_no_command(self):
        self.assert_refused([], 2, "expected a command\nSee stubble --help.")

    def test_unknown_command(self):
        self.assert_refused(["shave"], 2, "shave: unknown command\nSee stubble --help.")
        self.assert_refused(["preset"], 2,
                            "preset: unknown command, did you mean presets?\nSee stubble --help.")

    def test_unknown_option(self):
        self.assert_refused(["schema", "--xml"], 2,
                            "The following argument was not expected: --xml\nSee stubble schema --help.")

        self.assert_refused(["--xml", "schema"], 2,
                            "The following argument was not expected: --xml\nSee stubble --help.")

    def test_help_and_version_are_data(self):
        self.assertIn("SUBCOMMAND", self.assert_output(["--help"]))
        self.assertRegex(self.assert_output(["--version"]), r"^stubble \d+\.\d+\.\d+\n$")
        for command in ("render", "place", "presets", "schema", "info"):
            self.assertIn("Options:", self.assert_output([command, "--help"]))

    def test_full_standard_output(self):
        message = "standard output: cannot be written: No space left on device"
        with open("/dev/full", "wb") as full:
            for args in (["--help"], ["--version"], ["schema"], ["presets"], ["info"]):
                self.assert_refused(args, 74, message, stdout=full)


class Presets(program.ProgramTest):
    def test_list(self):
        names = [line.split()[0] for line in self.assert_output(["presets"]).splitlines()]
        self.assertEqual(names, sorted(names))
        self.assertIn("buzz-norwood6", names)
        listed = json.loads(self.assert_output(["presets", "--json"]))
        self.assertEqual([entry["name"] for entry in listed], names)
        self.assertTrue(all(entry["title"] and entry["description"] for entry in listed))

    def test_one(self):
        design = json.loads(self.assert_output(["presets", "defined-edge-up"]))
        self.assertEqual(design["stubble"], "design")
        self.assertEqual(design["hairline"]["style"], "edgeUp")

    def test_unknown(self):
        self.assert_refused(["presets", "buz-norwood6"], 2,
                            "buz-norwood6: unknown preset, did you mean buzz-norwood6?"
                            " (`stubble presets` lists them)")

    def test_control_characters_do_not_reach_the_terminal(self):
        self.assert_refused(["presets", "a\x1b[31mb"], 2,
                            "a?[31mb: unknown preset (`stubble presets` lists them)")


class Schema(program.ProgramTest):
    def test_every_preset_keeps_to_the_schema(self):
        """A small reading of JSON Schema: known keys, enums, ranges, null and choices between these."""
        schema = json.loads(self.assert_output(["schema"]))

        def fits(value, rule):
            if "enum" in rule:
                return value in rule["enum"]
            if value is None:
                return "null" in rule["type"]
            return isinstance(value, (int, float)) and rule["minimum"] <= value <= rule["maximum"]

        def check(value, rule, path):
            if rule.get("type") == "object":
                for key, inner in value.items():
                    self.assertIn(key, rule["properties"], path)
                    check(inner, rule["properties"][key], f"{path}.{key}")
            if "anyOf" in rule:
                self.assertTrue(any(fits(value, option) for option in rule["anyOf"]), path)
            if "enum" in rule or "minimum" in rule:
                self.assertTrue(fits(value, rule), path)

        for entry in json.loads(self.assert_output(["presets", "--json"])):
            check(json.loads(self.assert_output(["presets", entry["name"]])), schema, entry["name"])

    def test_markdown(self):
        self.assertIn("| `smp.depthMm` |", self.assert_output(["schema", "--markdown"]))


class Info(program.ProgramTest):
    def test_json_says_the_same_as_text(self):
        info = json.loads(self.assert_output(["info", "--json"]))
        text = self.assert_output(["info"])
        self.assertIn(info["version"], text)
        self.assertIn(info["dataDir"], text)
        self.assertEqual(info["cacheDir"], program.CACHE)
        self.assertIn(program.CACHE, text)
        self.assertIn("OpenGL: " + (info["openGl"]["version"] if info["openGl"]["works"] else "none"), text)

    def test_without_a_place_for_a_cache(self):
        self.env["STUBBLE_CACHE_DIR"] = "/dev/null/none"
        self.assertIsNone(json.loads(self.assert_output(["info", "--json"]))["cacheDir"])

    def test_wrong_data_folder(self):
        self.env["STUBBLE_DATA_DIR"] = str(self.dir)
        self.assert_refused(["presets"], 65, f"STUBBLE_DATA_DIR={self.dir}: has no folder 'shaders'")


if __name__ == "__main__":
    program.main()
