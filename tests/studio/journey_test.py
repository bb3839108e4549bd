#!/usr/bin/env python3
"""A practitioner's way through the studio, by mouse and keys in a real window: from the start to a saved design and
an exported still. What the window shows, what the file holds and what `stubble render` makes of it must agree.

    journey_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS"""

import json
import subprocess

import window
from window import chosen


class Journey(window.Case):
    def test_a_pair_in_eight_actions(self):
        studio = self.open()
        studio.rest()
        studio.click("monk:7")
        studio.click("hair.ancestry:African")
        # Hair of this type is seldom brown.
        self.assertEqual(self.save(studio)["hair"]["colour"], "black")
        studio.click("hair.norwood:IV")
        studio.drag("hairline.heightMm:track", 0.33, 0.4)
        studio.keys("ctrl+e")
        studio.click("Before and after")
        studio.click("export.choose")
        studio.type(str(self.dir / "client.png"))
        studio.rest()
        self.shot(studio, "0-pair")
        before, after = self.dir / "client-before.png", self.dir / "client.png"
        self.assertTrue(before.exists() and after.exists())
        self.assertNotEqual(window.png_pixels(before), window.png_pixels(after))

    def test_from_start_to_still(self):
        studio = self.open()
        first = self.viewport_at_rest(studio)
        self.shot(studio, "1-start")
        probe = studio.probe()
        self.assertEqual((probe["title"], probe["undoSteps"]), ("Untitled", 0))
        self.assertGreater(probe["dots"], 10000)

        # Each change is one step, a drag included, and is seen in the picture.
        changes = [
            lambda: studio.click("monk:6"),
            lambda: studio.drag("hairline.heightMm:track", 0.4, 0.8),
            lambda: studio.drag("smp.densityPerCm2:track", 0.4, 0.7),
            lambda: (studio.click("smp.diameterMm:figure"), studio.type("0.2")),
        ]
        before = first
        for steps, change in enumerate(changes, 1):
            change()
            studio.park()
            self.assertEqual(studio.probe()["undoSteps"], steps)
            after = studio.picture("viewport")
            self.assertGreater(after.changed(before), 0.002, steps)
            before = after
        self.assertEqual(studio.probe()["title"], "Untitled*")
        typed = self.viewport_at_rest(studio)
        self.shot(studio, "2-changed")

        # Undo by keys, redo by keys and menu: the picture is the same to the byte.
        studio.keys(*["ctrl+z"] * 4)
        self.assertEqual(studio.probe()["undoSteps"], 0)
        self.assertEqual(studio.probe()["title"], "Untitled")
        self.assertEqual(self.viewport_at_rest(studio), first)
        studio.keys(*["ctrl+shift+z"] * 3)
        studio.menu("menu.edit", "menu.redo")
        self.assertEqual(studio.probe()["undoSteps"], 4)
        studio.menu("menu.edit", "menu.undo")
        self.assertEqual(studio.probe()["undoSteps"], 3)
        studio.menu("menu.edit", "menu.redo")
        self.assertEqual(self.viewport_at_rest(studio), typed)

        # Advice is followed by a click, which is a step.
        studio.wait(lambda probe: probe.get("surveyed"))
        studio.click("advice")
        self.shot(studio, "2-advice")
        studio.click("advice:dots.dense")
        studio.wait(lambda probe: probe.get("surveyed") and not probe["busy"])
        self.assertEqual(studio.probe()["undoSteps"], 5)
        self.assertNotIn("advice:dots.dense", studio.settle()["controls"])
        studio.keys("ctrl+z")
        studio.wait(lambda probe: "advice:dots.dense" in probe["controls"])
        studio.click("advice")
        self.assertEqual(self.viewport_at_rest(studio), typed)

        # Longer hair by a clipper's guard.
        studio.click("guards:2")
        studio.park()
        self.assertGreater(studio.picture("viewport").changed(typed), 0.01)

        # Saved where the dialog is told.
        file = self.dir / "client.json"
        studio.keys("ctrl+s")
        self.assertIn("files.accept", studio.probe()["controls"])
        self.shot(studio, "3-dialog")
        studio.type(str(file))
        self.assertNotIn("files.accept", studio.probe()["controls"])
        self.assertEqual(studio.probe()["title"], "client.json")
        design = json.loads(file.read_text())
        expected = {"skin.monk": 6, "smp.diameterMm": 0.2, "hair.lengthMm": 6}
        self.assertEqual({key: chosen(design, key) for key in expected}, expected)
        ranges = {"hairline.heightMm": (80, 120), "smp.densityPerCm2": (200, 500)}
        for key, (least, most) in ranges.items():
            self.assertTrue(least < chosen(design, key) < most, (key, chosen(design, key)))
        saved = self.viewport_at_rest(studio)
        self.shot(studio, "4-saved")

        # Nothing is unsaved: it ends without a question, and opens again as it was.
        studio.display.do("key --delay 0 ctrl+q")
        self.assertEqual(studio.process.wait(30), 0)
        studio = self.open(file)
        self.assertEqual(self.viewport_at_rest(studio), saved)
        self.assertEqual((studio.probe()["title"], studio.probe()["undoSteps"]), ("client.json", 0))

        # A hairline's point moves under the hand, and its partner with it.
        studio.keys("e")
        points = sorted(name for name in studio.probe()["controls"] if name.startswith("hairline.points:"))
        self.assertGreater(len(points), 2)
        before = studio.picture("viewport")
        point = points[len(points) // 2]
        studio.drag(point, 0.5, (0.5, 3))
        studio.park()
        self.assertGreater(studio.picture("viewport").changed(before), 0.0005)
        self.assertEqual(studio.probe()["undoSteps"], 1)
        self.shot(studio, "5-hairline")
        studio.keys("e", "ctrl+s")
        self.assertGreater(len(json.loads(file.read_text())["hairline"]["points"]), 2)
        # It is called what it is, and the style's own line is a click away.
        self.assertIn("hairline.style:Natural, by hand", studio.probe()["controls"])
        studio.click("hairline.style:×")
        self.assertNotIn("hairline.style:Natural, by hand", studio.probe()["controls"])
        studio.keys("ctrl+s")
        self.assertEqual(json.loads(file.read_text())["hairline"]["points"], [])
        studio.keys("ctrl+z", "ctrl+s")
        self.assertGreater(len(json.loads(file.read_text())["hairline"]["points"]), 2)

        # Before and after the treatment, side by side: only the left half is another.
        whole = self.viewport_at_rest(studio)
        studio.keys("d")
        split = self.viewport_at_rest(studio)
        self.shot(studio, "6-compared")
        self.assertGreater(split.changed(whole), 0.005)
        studio.keys("d")
        self.assertEqual(self.viewport_at_rest(studio), whole)

        # The still is what the command line makes of the saved design.
        still = self.dir / "still.png"
        studio.keys("ctrl+e")
        studio.click("export.choose")
        studio.type(str(still))
        probe = studio.rest()
        self.assertTrue(still.exists())
        self.shot(studio, "7-exported")
        subprocess.run([window.STUBBLE, "render", file, "-o", self.dir / "render.png", "--camera", probe["camera"],
                        "--light", probe["light"], "--size", "1920x1080"], check=True, timeout=120,
                       stderr=subprocess.PIPE)
        self.assertEqual(window.png_pixels(still), window.png_pixels(self.dir / "render.png"))


if __name__ == "__main__":
    window.main()
