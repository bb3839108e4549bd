"""stubble place: outputs good and bad, and signals."""

import json
import os
import signal
import subprocess
import time
import unittest

import program

# Few dots on little skin: these tests are about files, not about treatments.
SPARSE = ["--set", "smp.densityPerCm2=2", "--set", "hair.densityPerCm2=2"]
COLUMNS = "x_mm,y_mm,z_mm,nx,ny,nz,diameter_mm,depth_mm,load_percent,session,zone"

ZONES = ("front edge", "transition", "forelock", "mid-scalp", "crown", "temples", "sides", "nape", "scar")


class Outputs(program.ProgramTest):
    def test_no_output(self):
        self.assert_refused(["place"], 2, "expected --output, --stats or --json\nSee stubble place --help.")

    def test_unknown_suffix(self):
        for name in ("dots.txt", "dots", ".ply"):
            self.assert_refused(["place", "-o", name], 2,
                                f"{name}: unknown kind of output, expected a name that ends in .ply or .csv or .json")

    def test_missing_folder(self):
        self.assert_refused(["place", "-o", "none/dots.ply"], 74,
                            "none/dots.ply: cannot be written: none is not a folder")

    def test_folder(self):
        (self.dir / "dots.ply").mkdir()
        self.assert_refused(["place", "-o", "dots.ply"], 74, "dots.ply: cannot be written: is a folder")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_folder_without_permission(self):
        (self.dir / "locked").mkdir(mode=0o555)
        self.assert_refused(["place", "-o", "locked/dots.ply"], 74,
                            "locked/dots.ply: cannot be written: Permission denied")

    def test_folder_that_takes_no_files(self):
        done = self.run_stubble("place", *SPARSE, "--quiet", "-o", "/proc/self/dots.ply")
        self.assertEqual((done.returncode, done.stdout), (74, b""))
        self.assertTrue(done.stderr.startswith(b"stubble: /proc/self/dots.ply: cannot be written: "))

    def test_output_that_is_an_input(self):
        self.write("head.ply", "ply\n")
        os.symlink("head.ply", self.dir / "other.ply")
        for name in ("head.ply", "other.ply"):
            self.assert_refused(["place", "--head", "head.ply", "-o", name], 2,
                                f"{name}: is an input too, choose another name for the output")

    def test_full_device(self):
        self.assert_refused(["place", *SPARSE, "--quiet", "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")

    def test_full_standard_output(self):
        with open("/dev/full", "wb") as full:
            self.assert_refused(["place", *SPARSE, "--quiet", "-o", "-"], 74,
                                "standard output: cannot be written: No space left on device", stdout=full)

    def test_json_needs_standard_output(self):
        self.assert_refused(["place", "-o", "-", "--json"], 2,
                            "--json prints on standard output, which -o - takes already")

    def test_csv(self):
        text = self.assert_output(["place", *SPARSE, "--quiet", "-o", "-"])
        lines = text.splitlines()
        self.assertEqual(lines[0], COLUMNS)
        self.assertGreater(len(lines), 100)
        for line in lines[1:]:
            *numbers, zone = line.split(",")
            x, y, z, nx, ny, nz, diameter, depth, load, session = map(float, numbers)
            self.assertIn(zone, ZONES)
            self.assertLess(max(abs(x), abs(y), abs(z)), 300)
            self.assertAlmostEqual(nx * nx + ny * ny + nz * nz, 1, places=3)
            self.assertTrue(0.03 <= diameter <= 0.8 and 0.05 <= depth <= 1.5 and 0.05 <= load <= 2)
            self.assertIn(session, (1, 2, 3))
        self.assert_output(["place", *SPARSE, "--quiet", "-o", "dots.csv"])
        self.assertEqual((self.dir / "dots.csv").read_text(), text)
        self.assertEqual(self.files(), ["dots.csv"])

    def test_ply_and_report(self):
        report = json.loads(self.assert_output(["place", *SPARSE, "--quiet", "--json", "-o", "dots.PLY"]))
        header, body = (self.dir / "dots.PLY").read_bytes().split(b"end_header\n", 1)
        self.assertIn(b"element vertex %d\n" % report["impressions"], header)
        self.assertEqual(len(body), report["impressions"] * 38)
        self.assertEqual(len(report["impressionsPerSession"]), 3)
        self.assertEqual(sum(report["impressionsPerSession"]), report["impressions"])

    def test_json_file_holds_what_csv_holds(self):
        self.assert_output(["place", *SPARSE, "--quiet", "-o", "dots.json"])
        data = json.loads((self.dir / "dots.json").read_text())
        self.assertEqual((data["stubble"], data["version"], data["head"], data["count"]),
                         ("impressions", 1, "builtin:mannequin", len(data["dots"])))
        rows = [dict(zip(COLUMNS.split(","), line.split(",")))
                for line in self.assert_output(["place", *SPARSE, "--quiet", "-o", "-"]).splitlines()[1:]]
        self.assertEqual(len(rows), data["count"])
        for row, dot in zip(rows, data["dots"]):
            self.assertEqual(list(row), list(dot))
            self.assertEqual(row.pop("zone"), dot.pop("zone"))
            self.assertEqual({k: float(v) for k, v in row.items()}, dot)

    def test_stats(self):
        treatment = ["--set", "smp.densityPerCm2=40", "--set", "hair.densityPerCm2=2", "--set",
                     "hair.norwood=VII", "--quiet", "--stats"]
        report = json.loads(self.assert_output(["place", *treatment, "--json"]))
        stats = report["stats"]
        self.assertEqual(stats["dots"], report["impressions"])
        self.assertEqual(stats["dotsPerSession"], report["impressionsPerSession"])
        self.assertEqual(sum(zone["dots"] for zone in stats["zones"].values()), stats["dots"])
        self.assertAlmostEqual(sum(zone["areaCm2"] for zone in stats["zones"].values()), stats["areaCm2"],
                               delta=0.01 * stats["areaCm2"])
        # The top of the head is bald all over: its density is what was asked for.
        self.assertAlmostEqual(stats["zones"]["mid-scalp"]["dotsPerCm2"], 40, delta=2)
        self.assertAlmostEqual(stats["localSpacingMm"], 1.7, delta=0.17)
        self.assertTrue(0.4 < stats["relativeNearestNeighbour"]["fifthPercentile"] < 0.9)
        self.assertTrue(0 < stats["fullyTreatedAreaCm2"] < stats["areaCm2"])
        self.assertTrue(0.5 * 1.7 < stats["largestGapMm"] < 2 * 1.7)
        text = self.assert_output(["place", *treatment])
        self.assertTrue(text.startswith("treated "))
        self.assertIn("\n  mid-scalp ", text)
        self.assertEqual(self.files(), [])
        self.assert_refused(["place", *treatment, "-o", "-"], 2,
                            "--stats prints on standard output, which -o - takes already")

    def test_stats_of_no_treatment(self):
        report = json.loads(self.assert_output(
            ["place", "--set", "smp.enabled=false", "--quiet", "--stats", "--json"]))
        self.assertEqual((report["stats"]["dots"], report["stats"]["zones"]), (0, {}))

    def test_same_bytes_cold_and_warm(self):
        runs = []
        for cache in ("a", "a", "b", "/dev/null/none"):
            self.env["STUBBLE_CACHE_DIR"] = cache if cache[0] == "/" else str(self.dir / cache)
            runs.append(self.assert_output(["place", *SPARSE, "--quiet", "-o", "-"]))
        self.assertEqual(len(set(runs)), 1)
        damaged = 0
        for entry in (self.dir / "a").iterdir():
            entry.write_bytes(entry.read_bytes()[:-1] + b"?")
            damaged += 1
        self.assertGreater(damaged, 0)
        self.env["STUBBLE_CACHE_DIR"] = str(self.dir / "a")
        self.assertEqual(self.assert_output(["place", *SPARSE, "--quiet", "-o", "-"]), runs[0])

    def test_seed_changes_the_dots(self):
        one = self.assert_output(["place", *SPARSE, "--quiet", "-o", "-"])
        two = self.assert_output(["place", *SPARSE, "--quiet", "-o", "-", "--seed", "2"])
        self.assertEqual(two, self.assert_output(["place", *SPARSE, "--quiet", "-o", "-", "--set", "seed=2"]))
        self.assertNotEqual(one, two)

    def test_no_treatment(self):
        text = self.assert_output(["place", *SPARSE, "--set", "smp.enabled=false", "--quiet", "-o", "-"])
        self.assertEqual(text, COLUMNS + "\n")

    def test_unknown_head(self):
        done = self.run_stubble("place", "--head", "builtin:manekin", "-o", "dots.csv")
        self.assertEqual((done.returncode, done.stdout, self.files()), (65, b"", []))

    def test_design_names_a_head_beside_itself(self):
        (self.dir / "inner").mkdir()
        self.write("inner/d.json", '{"stubble": "design", "version": 1, "head": "none.ply"}')
        done = self.run_stubble("place", "inner/d.json", "-o", "dots.csv")
        self.assertEqual(done.returncode, 65)
        self.assertIn("inner/none.ply", done.stderr.decode())


class Signals(program.ProgramTest):
    def test_stopped(self):
        """A pipe that nobody reads holds the program in its last step for as long as it takes."""
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            os.mkfifo(self.dir / "dots.csv")
            process = subprocess.Popen([program.STUBBLE, "place", *SPARSE, "-o", "dots.csv"], cwd=self.dir,
                                       env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(1)
            self.assertIsNone(process.poll())
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out), (code, b""))
            self.assertEqual(self.files(), ["dots.csv"])
            os.unlink(self.dir / "dots.csv")


if __name__ == "__main__":
    program.main()
