"""Bad designs and settings, each refused before any work is done."""

import program

LENGTHS = ("a number from 0 to 25 mm,"
           " or one of razor, foil, none, #1/2, #1, #1.5, #2, #3, #4, #5, #6, #7, #8")
HEADER = '{"stubble": "design", "version": 1'


class DesignFile(program.ProgramTest):
    def assert_bad(self, content, message):
        self.write("d.json", content)
        self.assert_refused(["place", "d.json", "-o", "dots.csv"], 65, "d.json: " + message)

    def test_missing(self):
        self.assert_refused(["place", "none.json", "-o", "dots.csv"], 65,
                            "none.json: cannot be read: No such file or directory")

    def test_folder(self):
        (self.dir / "d.json").mkdir()
        self.assert_refused(["place", "d.json", "-o", "dots.csv"], 65, "d.json: is not a regular file")

    def test_too_large(self):
        with open(self.dir / "d.json", "wb") as file:
            file.truncate(1 << 40)
        self.assert_refused(["place", "d.json", "-o", "dots.csv"], 65,
                            f"d.json: has {1 << 40} bytes, at most {16 << 20} are accepted")

    def test_empty(self):
        self.assert_bad("", "is empty, expected a JSON object")

    def test_cut_short(self):
        self.assert_bad(HEADER, "line 1, column 35: not valid JSON")

    def test_nested_brackets(self):
        self.assert_bad("[" * 1_000_000, "line 1, column 65: more than 64 nested brackets")

    def test_invalid_utf8(self):
        self.assert_bad(HEADER.encode() + b', "name": "\xff"}', "line 1, column 46: not valid JSON")

    def test_binary(self):
        self.assert_bad(bytes(range(256)), "line 1, column 1: not valid JSON")

    def test_header(self):
        self.assert_bad("[]", "found an array, expected an object")
        self.assert_bad("{}", 'stubble: found nothing, expected "design"')
        self.assert_bad('{"stubble": "design"}', "version: found nothing, expected the whole number 1")
        self.assert_bad('{"stubble": "design", "version": 2}',
                        "version: found 2, this program reads versions up to 1: a newer stubble is needed")

    def test_unknown_key(self):
        self.assert_bad(HEADER + ', "smp": {"depthmm": 1}}',
                        "smp.depthmm: unknown key, did you mean smp.depthMm?")

    def test_wrong_type(self):
        self.assert_bad(HEADER + ', "smp": {"depthMm": "deep"}}',
                        'smp.depthMm: found the string "deep", expected a number from 0.05 to 1.5 mm')
        self.assert_bad(HEADER + ', "smp": []}', "smp: found an array, expected an object")

    def test_out_of_range(self):
        self.assert_bad(HEADER + ', "skin": {"monk": 11}}',
                        "skin.monk: found the number 11, expected a whole number from 1 to 10")

    def test_pigment_time_and_skin(self):
        for keys, message in (
                ('"smp": {"pigment": "henna"}', 'smp.pigment: found the string "henna",'
                 " expected one of carbon, warmBlack, coolGrey, brown"),
                ('"time": {"laserSessions": 11}',
                 "time.laserSessions: found the number 11, expected a whole number from 0 to 10"),
                ('"time": {"sessionGapDays": "3 weeks"}', 'time.sessionGapDays: found the string "3 weeks",'
                 " expected a number from 7 to 30 days"),
                ('"skin": {"melaninPercent": 0.2}',
                 "skin.melaninPercent: found the number 0.2, expected 0, or from 0.5 to 45 %"),
                ('"skin": {"bloodPercent": 6}',
                 "skin.bloodPercent: found the number 6, expected a number from 0 to 5 %"),
                ('"skin": {"scars": [{"points": [[0, 0]], "reliefMm": -3}]}',
                 "skin.scars[0].reliefMm: found the number -3, expected a number from -2 to 3 mm")):
            self.write("d.json", HEADER + ", " + keys + "}")
            self.assert_refused(["render", "d.json", "-o", "x.png"], 65, "d.json: " + message)

    def test_hair(self):
        for keys, message in (
                ('"densityPerCm2": 1000000', "densityPerCm2: found the number 1000000,"
                 " expected a number from 0 to 400 hairs/cm², or null"),
                ('"lengthMm": "#9"', f'lengthMm: found the string "#9", expected {LENGTHS}'),
                ('"norwood": "VIa"', 'norwood: found the string "VIa", expected one of none, I, II, IIa, III,'
                 " IIIa, IIIVertex, IV, IVa, V, Va, VI, VII"),
                ('"ludwig": -1', "ludwig: found the number -1, expected a number from 0 to 3"),
                ('"whorlSideMm": null', "whorlSideMm: found null, expected a number from -30 to 30 mm")):
            self.assert_bad(HEADER + ', "hair": {' + keys + "}}", "hair." + message)

    def test_grafts_and_concealers(self):
        for keys, message in (
                ('"grafts": {"count": 10001}',
                 "grafts.count: found the number 10001, expected a whole number from 0 to 10000"),
                ('"grafts": {"hairline": "doll"}',
                 'grafts.hairline: found the string "doll", expected one of natural, pluggy'),
                ('"concealer": {"amount": 2}',
                 "concealer.amount: found the number 2, expected a number from 0 to 1"),
                ('"hair": {"colour": 3}', "hair.colour: found the number 3,"
                 " expected one of black, darkBrown, brown, blond, red")):
            self.assert_bad(HEADER + ", " + keys + "}", message)

    def test_not_finite(self):
        self.assert_bad(HEADER + ', "time": {"days": NaN}}', "line 1, column 54: not valid JSON")
        self.assert_bad(HEADER + ', "time": {"days": 1e999}}',
                        "not valid JSON: number overflow parsing '1e999'")

    def test_key_twice(self):
        self.assert_bad(HEADER + ', "seed": 1, "seed": 2}', "line 1, column 48: the key seed stands twice")
        self.assert_bad(HEADER + ',\n"smp": {"strokes": [{"points": [], "points": []}]}}',
                        "line 2, column 36: the key smp.strokes[0].points stands twice")

    def test_lists(self):
        stroke = '{"points": [[0, 0.2], [0.1, 0.3]]}'
        self.assert_bad(HEADER + f', "smp": {{"strokes": [{stroke}, {{"points": [[0, 0], [2, 0]]}}]}}}}',
                        "smp.strokes[1].points[1]: found [2,0], expected [x, y], each from -1.6 to 1.6")
        self.assert_bad(HEADER + ', "skin": {"scars": [{"widthMm": 3}]}}',
                        "skin.scars[0].points: found nothing,"
                        " expected a list of 1 to 2000 points [x, y]")

    def test_hairline_course(self):
        """What only the points together show is told with the file's name, too."""
        self.assert_bad(HEADER + ', "hairline": {"points": [[0.5, 0.3], [0.5, 0.3], [0, 0.5], [-0.5, 0.3]]}}',
                        "hairline.points[1]: the same place as the point before it")

    def test_line_breaks(self):
        self.assert_bad(HEADER + ', "a\\nb": 1}', "a?b: unknown key")
        self.write("a\nb.json", "[]")
        self.assert_refused(["place", "a\nb.json", "-o", "dots.csv"], 65,
                            "a?b.json: found an array, expected an object")


class Settings(program.ProgramTest):
    def assert_bad(self, setting, message):
        self.assert_refused(["place", "--set", setting, "-o", "dots.csv"], 2, "--set " + message)

    def test_syntax(self):
        self.assert_bad("smp.depthMm", "smp.depthMm: expected KEY=VALUE")

    def test_unknown_key(self):
        self.assert_bad("smp.dephtMm=1", "smp.dephtMm: unknown key, did you mean smp.depthMm?")

    def test_not_a_number(self):
        for value in ("nan", "inf", "-inf", "1e999", "0.3mm", ""):
            self.assert_bad(f"smp.depthMm={value}",
                            f'smp.depthMm: found the string "{value}", expected a number from 0.05 to 1.5 mm')

    def test_pigment_time_and_skin(self):
        for setting, message in (
                ("smp.pigment=ink", 'smp.pigment: found the string "ink",'
                 " expected one of carbon, warmBlack, coolGrey, brown"),
                ("time.laserSessions=nan", 'time.laserSessions: found the string "nan",'
                 " expected a whole number from 0 to 10"),
                ("time.sessionGapDays=31",
                 "time.sessionGapDays: found the number 31, expected a number from 7 to 30 days"),
                ("skin.bloodPercent=0.04",
                 "skin.bloodPercent: found the number 0.04, expected 0, or from 0.05 to 5 %"),
                ('skin.scars=[{"points":[[0,0]],"gloss":2}]',
                 "skin.scars[0].gloss: found the number 2, expected a number from 0 to 1")):
            self.assert_refused(["render", "--set", setting, "-o", "x.png"], 2, "--set " + message)

    def test_grafts_and_concealers(self):
        for setting, message in (
                ("grafts.count=10001",
                 "grafts.count: found the number 10001, expected a whole number from 0 to 10000"),
                ("grafts.method=plucked", 'grafts.method: found the string "plucked", expected one of FUE, strip'),
                ("concealer.kind=hat",
                 'concealer.kind: found the string "hat", expected one of none, fibres, powder'),
                ("hair.colour=green", 'hair.colour: found the string "green",'
                 " expected one of black, darkBrown, brown, blond, red")):
            self.assert_bad(setting, message)

    def test_hair(self):
        for setting, message in (
                ("densityPerCm2=1e6", "densityPerCm2: found the number 1000000.0,"
                 " expected a number from 0 to 400 hairs/cm², or null"),
                ("lengthMm=nan", f'lengthMm: found the string "nan", expected {LENGTHS}'),
                ("hoursSinceShave=-1",
                 "hoursSinceShave: found the number -1, expected a number from 0 to 336 h"),
                ("lossAsymmetry=nan",
                 'lossAsymmetry: found the string "nan", expected a number from -1 to 1'),
                ("ancestry=elf",
                 'ancestry: found the string "elf", expected one of european, african, eastAsian')):
            self.assert_bad("hair." + setting, "hair." + message)

    def test_choice(self):
        self.assert_bad("hairline.style=elf", 'hairline.style: found the string "elf",'
                        " expected one of natural, broken, defined, feathered, receded, faded, edgeUp,"
                        " rounded, straight, widowsPeak, winged")

    def test_lists(self):
        self.assert_bad('smp.strokes=[{"points":[[0,0]],"radiusMm":0}]',
                        "smp.strokes[0].radiusMm: found the number 0, expected a number from 0.5 to 40 mm")
        self.assert_bad("skin.scars=3", "skin.scars: found the number 3, expected a list of at most 2000 objects")

    def test_line_breaks(self):
        self.assert_bad("a\nb=3", "a?b: unknown key")
        self.assert_refused(["place", "--tw\nist", "-o", "dots.csv"], 2,
                            "The following argument was not expected: --tw?ist\nSee stubble place --help.")

    def test_takes_one_value(self):
        """A design file after --set is the design, not a second setting."""
        self.assert_refused(["place", "--set", "seed=2", "none.json", "-o", "dots.csv"], 65,
                            "none.json: cannot be read: No such file or directory")

    def test_unknown_preset(self):
        self.assert_refused(["place", "--preset", "widow-peak", "-o", "dots.csv"], 2,
                            "widow-peak: unknown preset, did you mean widows-peak?"
                            " (`stubble presets` lists them)")

    def test_preset_and_file(self):
        self.assert_refused(["place", "d.json", "--preset", "widows-peak", "-o", "dots.csv"], 2,
                            "DESIGN.json excludes --preset\nSee stubble place --help.")

    def test_seed(self):
        for value in ("-1", "1.5", "18446744073709551616", "x"):
            self.assert_refused(["place", "--seed", value, "-o", "dots.csv"], 2,
                                f'--seed: found the string "{value}", expected a whole number'
                                " from 0 to 18446744073709551615")


class HeadOptions(program.ProgramTest):
    def test_units(self):
        for value in ("ell", "0", "-1", "nan", "1e99"):
            self.assert_refused(["place", "--head-units", value, "-o", "dots.csv"], 2,
                                f"--head-units {value}: expected mm, cm, m, in,"
                                " or a positive number of mm per unit")

    def test_up(self):
        self.assert_refused(["place", "--head-up", "W", "-o", "dots.csv"], 2,
                            "--head-up W: expected one of +X, -X, +Y, -Y, +Z, -Z")


if __name__ == "__main__":
    program.main()
