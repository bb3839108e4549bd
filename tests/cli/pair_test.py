"""stubble pair: both halves are what render gives for the same view; the page needs nothing else; faults exact."""

import base64
import json
import re

import program
from render_test import text_chunks
from stills_test import png_rows

FAST = ["--set", "smp.densityPerCm2=30", "--set", "hair.densityPerCm2=60", "--samples", "1", "--size", "180x200",
        "--quiet"]


class Refusals(program.ProgramTest):
    def test_options(self):
        self.assert_refused(["pair"], 2, "expected --output\nSee stubble pair --help.")
        self.assert_refused(["pair", "-o", "p.jpg"], 2,
                            "p.jpg: unknown kind of output, expected a name that ends in .html or .png")
        self.assert_refused(["pair", "-o", "p.png", "--size", "10"], 2,
                            "--size 10: expected WIDTHxHEIGHT, each from 1 to 16384 pixels")
        self.assert_refused(["pair", "-o", "p.png", "--samples", "0"], 2,
                            "--samples 0: expected a whole number from 1 to 4096")
        self.assert_refused(["pair", "-o", "p.png", "--light", "disco"], 2,
                            "--light disco: unknown, expected one of studio, clinic, daylight, harsh-top")

    def test_full_device(self):
        self.assert_refused(["pair", *FAST, "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")


class Pictures(program.ProgramTest):
    def rendered(self, *args):
        """Rows of what render makes of the same view."""
        self.assert_output(["render", *FAST, "-o", "still.png", *args])
        return png_rows((self.dir / "still.png").read_bytes())[1]

    def test_halves_are_stills(self):
        self.assert_output(["pair", *FAST, "-o", "pair.png", "--camera", "top", "--light", "clinic"])
        data = (self.dir / "pair.png").read_bytes()
        rows = png_rows(data)[1]
        self.assertGreater(len(rows), 200)  # and a line of words
        same = ["--camera", "top", "--light", "clinic"]
        before, after = self.rendered(*same, "--set", "smp.enabled=false"), self.rendered(*same)
        self.assertNotEqual(before, after)
        width, gap = 180 * 3, 4 * 3
        for y in range(200):
            self.assertEqual(rows[y][:width], before[y], y)
            self.assertEqual(rows[y][width + gap:], after[y], y)
        text = text_chunks(data)
        self.assertEqual(json.loads(text["Design"])["smp"]["densityPerCm2"], 30)
        self.assertIn("not a photograph", text["Description"])
        self.assertEqual(text["View"], "camera top, light clinic, 1 samples")

    def test_page(self):
        self.write("design.json", json.dumps({"stubble": "design", "version": 1, "name": "</script><b>"}))
        self.assert_output(["pair", "design.json", *FAST, "-o", "pair.html"])
        first = (self.dir / "pair.html").read_bytes()
        text = first.decode()
        self.assertNotIn("{{", text)
        pictures = [base64.b64decode(p) for p in re.findall(r'src="data:image/png;base64,([^"]*)"', text)]
        self.assertEqual(len(pictures), 2)
        for picture, more in zip(pictures, (["--set", "smp.enabled=false"], [])):
            self.assertEqual(png_rows(picture)[1], self.rendered(*more))
        # Nothing is fetched, and the policy says so, too.
        self.assertNotRegex(text, r"https?://|@import|url\(")
        self.assertIn("default-src 'none'", text)
        self.assertNotIn("<b>", text)
        self.assertIn('alt="Before the treatment, three-quarter view, studio light"', text)
        design = re.search(r'<script type="application/json" id="design">(.*?)</script>', text, re.S)[1]
        self.assertEqual(json.loads(design)["name"], "</script><b>")
        self.assert_output(["pair", "design.json", *FAST, "-o", "pair.html"])
        self.assertEqual((self.dir / "pair.html").read_bytes(), first)


if __name__ == "__main__":
    program.main()
