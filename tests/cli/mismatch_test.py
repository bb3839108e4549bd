"""stubble mismatch: bad options are refused before any work, and what it finds is written whole."""

import csv
import json

import program
from render_test import text_chunks

# Few hairs and dots: these tests are about files. The finding is that such a treatment is told.
FAST = ["--set", "smp.densityPerCm2=5", "--set", "hair.densityPerCm2=150", "--quiet"]


class Options(program.ProgramTest):
    def assert_bad(self, option, value, message):
        self.assert_refused(["mismatch", option, value], 2, f"{option} {value}: {message}")

    def test_distance(self):
        for distance in ("0", "-75", "nan", "inf", "19", "501"):
            self.assert_bad("--distance-cm", distance, "expected a number from 20 to 500")

    def test_length(self):
        for length in ("-1", "25.5", "nan"):
            self.assert_bad("--length-mm", length, "expected a number from 0 to 25")

    def test_names(self):
        self.assert_bad("--camera", "fornt", "unknown, did you mean front?")
        self.assert_bad("--light", "disco", "unknown, expected one of studio, clinic, daylight, harsh-top")

    def test_outputs(self):
        for option, name, suffix in (("-o", "map.jpg", ".png"), ("--report", "report.txt", ".json"),
                                     ("--curve", "curve.png", ".csv")):
            self.assert_refused(["mismatch", option, name], 2,
                                f"{name}: unknown kind of output, expected a name that ends in {suffix}")
            self.assert_refused(["mismatch", option, f"none/a{suffix}"], 74,
                                f"none/a{suffix}: cannot be written: none is not a folder")

    def test_same_file_twice(self):
        self.write("design.json", '{"stubble": "design", "version": 1}')
        self.assert_refused(["mismatch", "design.json", "--report", "design.json"], 2,
                            "design.json: is an input too, choose another name for the output")


class Findings(program.ProgramTest):
    def test_nothing_lost(self):
        self.assert_refused(["mismatch", *FAST, "--set", "hair.norwood=none", "--report", "r.json"], 65,
                            "no hair was lost behind the hairline: nothing to compare, expected a stage of hair loss,"
                            " such as hair.norwood=VI")

    def test_nothing_in_sight(self):
        self.assert_refused(["mismatch", *FAST, "--set", "hair.norwood=III", "--camera", "back", "-o", "m.png"], 65,
                            "camera back: sees 0.0 cm² of treated skin, expected at least 1.6: choose another camera")

    def test_json_instead_of_the_sentence(self):
        found = json.loads(self.assert_output(["mismatch", *FAST, "--json"]))
        self.assertTrue(found["blending"]["toldAtRazorLength"])
        self.assertIsNone(found["blending"]["clipEveryDays"])
        self.assertNotIn("byTurnOfTheEye", found)

    def test_everything(self):
        args = ["mismatch", *FAST, "--camera", "top", "--length-mm", "3", "--distance-cm", "90", "-o", "map.png",
                "--report", "report.json"]
        sentence = self.assert_output(args)
        self.assertRegex(sentence, r"^is told even at razor length \(0\.05 mm\) at 90 cm: d' \d+\.\d, most by \w+\n$")
        report = json.loads((self.dir / "report.json").read_text())
        self.assertEqual(report["sentence"] + "\n", sentence)
        self.assertEqual((report["lengthMm"], report["distanceCm"], report["camera"]), (3, 90, "top"))
        self.assertGreater(report["window"]["dPrime"], 1)
        self.assertGreater(report["allInSight"]["mapToldShare"], 0.5)
        self.assertGreater(report["relief"]["natural"]["rmsMm"], report["relief"]["treated"]["rmsMm"])
        self.assertTrue(report["blending"]["toldAtRazorLength"])
        for turned in ("byTurnOfTheEye", "byTurnOfTheLamps"):
            self.assertEqual(len(report[turned]["points"]), 3)
        self.assertEqual(report["naturalDesign"]["hair"]["norwood"], "none")
        picture = (self.dir / "map.png").read_bytes()
        text = text_chunks(picture)
        self.assertEqual(text["Finding"] + "\n", sentence)
        self.assertIn("not a photograph", text["Description"])
        self.assertEqual(json.loads(text["Design"]), report["design"])
        self.assertEqual(self.files(), ["map.png", "report.json"])
        first = (self.dir / "report.json").read_bytes()
        self.assert_output(args)
        self.assertEqual((self.dir / "report.json").read_bytes(), first, "the same input gives the same bytes")
        self.assertEqual((self.dir / "map.png").read_bytes(), picture)

    def test_curve(self):
        self.assert_output(["mismatch", *FAST, "--curve", "curve.csv"])
        with open(self.dir / "curve.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        for key, count in (("lengthMm", 9), ("distanceCm", 4), ("turnDegrees", 3)):
            self.assertEqual(len({row[key] for row in rows}), count)
        self.assertEqual(len(rows), 9 * 4 * 3)
        self.assertTrue(all(float(row["dPrime"]) >= 0 for row in rows))

    def test_full_device(self):
        self.assert_refused(["mismatch", *FAST, "--report", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")


if __name__ == "__main__":
    program.main()
