"""stubble sample: even samples of any mesh, in its own coordinates."""

import json
import math
import os
import struct
import unittest

import program

# Two triangles on x = 1e3 … of 40 × 30: off the origin, tilted, and of no head's size.
CORNERS = [(1000, -7, 2), (1040, -7, 2), (1040, 17, 20), (1000, 17, 20)]  # 40 × 30, normal (0, -0.6, 0.8)
SQUARE = "".join(f"v {x} {y} {z}\n" for x, y, z in CORNERS) + "f 1 2 3\nf 1 3 4\n"
AREA = 1200


class Samples(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("square.obj", SQUARE)

    def test_csv_lies_on_the_mesh_where_the_file_has_it(self):
        text = self.assert_output(["sample", "square.obj", "--count", "500", "--quiet", "-o", "-"])
        lines = text.splitlines()
        self.assertEqual(lines[0], "x,y,z,nx,ny,nz")
        self.assertEqual(len(lines), 501)
        points = [tuple(map(float, line.split(","))) for line in lines[1:]]
        for x, y, z, nx, ny, nz in points:
            self.assertTrue(1000 <= x <= 1040 and -7.001 <= y <= 17.001)
            self.assertAlmostEqual(z, 2 + (y + 7) * 0.75, places=3)
            self.assertAlmostEqual(nx, 0, places=5)
            self.assertAlmostEqual(ny, -0.6, places=5)
            self.assertAlmostEqual(nz, 0.8, places=5)
        nearest = min(math.dist(p[:3], q[:3]) for i, p in enumerate(points) for q in points[:i])
        self.assertGreater(nearest, 0.6 * math.sqrt(2 * AREA / (math.sqrt(3) * 500)))
        self.assert_output(["sample", "square.obj", "--count", "500", "--quiet", "-o", "points.csv"])
        self.assertEqual((self.dir / "points.csv").read_text(), text)
        other = self.assert_output(["sample", "square.obj", "--count", "500", "--seed", "2", "--quiet", "-o", "-"])
        self.assertNotEqual(other, text)

    def test_ply_holds_the_same_numbers(self):
        text = self.assert_output(["sample", "square.obj", "--count", "77", "--ranked", "--quiet", "-o", "-"])
        self.assert_output(["sample", "square.obj", "--count", "77", "--ranked", "--quiet", "-o", "p.ply"])
        header, body = (self.dir / "p.ply").read_bytes().split(b"end_header\n", 1)
        self.assertEqual(header.decode().splitlines()[:4],
                         ["ply", "format binary_little_endian 1.0",
                          "comment ranked: every first part of the vertices is well spread by itself",
                          "element vertex 77"])
        self.assertEqual(len(body), 77 * 24)
        expected = [float(v) for line in text.splitlines()[1:] for v in line.split(",")]
        for value, other in zip(struct.unpack("<462f", body), expected):
            self.assertAlmostEqual(value, other, places=4)

    def test_report(self):
        report = json.loads(self.assert_output(["sample", "square.obj", "--count", "2000", "--quiet", "--json",
                                                "--stats", "-o", "p.ply"]))
        self.assertEqual((report["count"], report["triangles"], report["ranked"]), (2000, 2, False))
        self.assertAlmostEqual(report["area"], AREA, places=3)
        stats = report["stats"]
        spacing = math.sqrt(2 * AREA / (math.sqrt(3) * 2000))
        self.assertAlmostEqual(stats["hexagonalSpacing"], spacing, places=3)
        self.assertGreater(stats["relativeSmallestDistance"], 0.6)
        self.assertLess(stats["relativeLargestGap"], 1.1)
        self.assertGreaterEqual(stats["largestGapAtMost"], stats["largestGap"])
        self.assertEqual(len(stats["pairCorrelation"]["values"]), 80)
        self.assertLess(stats["pairCorrelation"]["peak"], 2.2)
        self.assertLess(stats["anisotropy"], 5 * stats["anisotropyByChance"])
        self.assertEqual(self.files(), ["p.ply", "square.obj"])

    def test_stats_for_people(self):
        text = self.assert_output(["sample", "square.obj", "--count", "300", "--quiet", "--stats"])
        self.assertTrue(text.startswith("hexagonal spacing 2.149\nsmallest distance "))

    def test_builtin_head(self):
        report = json.loads(self.assert_output(
            ["sample", "builtin:mannequin", "--count", "100", "--quiet", "--json"]))
        self.assertGreater(report["area"], 100_000)

    def test_bad_counts(self):
        for count in ("0", "-3", "16000001", "1e3", "", "99999999999999999999"):
            self.assert_refused(["sample", "square.obj", "--count", count, "-o", "-"], 2,
                                f"--count {count}: expected a whole number from 1 to 16000000")
        self.assert_refused(["sample", "square.obj", "-o", "-"], 2,
                            "--count is required\nSee stubble sample --help.")
        self.assert_refused(["sample", "square.obj", "--count", "9", "--seed", "x", "-o", "-"], 2,
                            "--seed x: expected a whole number from 0 to 18446744073709551615")

    def test_bad_meshes(self):
        self.assert_refused(["sample", "none.ply", "--count", "9", "-o", "-"], 65,
                            "none.ply: there is no such file")
        self.write("line.obj", "v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n")
        self.assert_refused(["sample", "line.obj", "--count", "9", "-o", "-"], 65,
                            "line.obj: none of its 1 triangles has an area")
        done = self.run_stubble("sample", "builtin:manekin", "--count", "9", "-o", "-")
        self.assertEqual((done.returncode, done.stdout), (65, b""))

    def test_bad_outputs(self):
        sample = ["sample", "square.obj", "--count", "9"]
        self.assert_refused(sample, 2, "expected --output, --stats or --json\nSee stubble sample --help.")
        for flag in ("--json", "--stats"):
            self.assert_refused([*sample, flag, "-o", "-"], 2,
                                f"{flag} prints on standard output, which -o - takes already")
        self.assert_refused([*sample, "-o", "p.txt"], 2,
                            "p.txt: unknown kind of output, expected a name that ends in .ply or .csv")
        self.assert_refused([*sample, "-o", "none/p.ply"], 74,
                            "none/p.ply: cannot be written: none is not a folder")
        self.assert_refused([*sample, "--quiet", "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")
        os.rename(self.dir / "square.obj", self.dir / "square.ply")
        self.assert_refused(["sample", "square.ply", "--count", "9", "-o", "square.ply"], 2,
                            "square.ply: is an input too, choose another name for the output")


if __name__ == "__main__":
    program.main()
