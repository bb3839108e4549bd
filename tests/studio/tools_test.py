#!/usr/bin/env python3
"""The tools that work on the skin, in the picture and on the scalp map, in a real window. What they do is seen in the
saved design, in the picture and on the map.

    tools_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS"""

import window


class Tools(window.Case):
    TINTS = {"Remove": (255, 138, 118), "Fill": (140, 226, 150), "Smooth": (138, 190, 255)}

    def tints(self, studio):
        """Which brush's colour is seen about the pointer in the middle of the picture."""
        x, y = studio.point("viewport")
        studio.display.do(f"mousemove {x} {y}")
        studio.settle()
        rows = studio.display.picture(x - 80, y - 80, x + 80, y + 80).rows()
        pixels = {row[i : i + 3] for row in rows for i in range(0, len(row), 3)}
        return [name for name, tint in self.TINTS.items() if bytes(tint) in pixels]

    def test_map_and_brush(self):
        studio = self.open()
        self.save(studio)
        # A point of the hairline, dragged on the map, is another in the picture, too.
        studio.keys("t", "7", "e")
        self.assertEqual(studio.probe()["camera"], "top")
        studio.park()
        studio.rest()
        before, map_before = studio.picture("viewport"), studio.picture("map:skin")
        points = sorted(name for name in studio.probe()["controls"] if name.startswith("map:hairline.points:"))
        self.assertGreater(len(points), 4)
        number = len(points) // 2
        self.shot(studio, "1-map")
        studio.drag(f"map:hairline.points:{number}", 0.5, (0.5, 2.5))
        studio.park()
        self.assertEqual(studio.probe()["undoSteps"], 1)
        self.assertGreater(studio.picture("map:skin").changed(map_before), 0.002)
        self.assertGreater(studio.picture("viewport").changed(before), 0.0005)
        self.shot(studio, "2-map-dragged")
        line = self.save(studio)["hairline"]["points"]
        self.assertEqual(len(line), len(points))
        studio.keys("ctrl+z")
        studio.settle()
        self.assertEqual(self.save(studio)["hairline"]["points"], [])
        studio.keys("ctrl+shift+z", "e")

        # The cursor tells which brush it is.
        self.assertEqual(self.tints(studio), [])
        studio.keys("b")
        for brush in self.TINTS:
            studio.click(brush)
            self.assertEqual(self.tints(studio), [brush])
        studio.click("Remove")
        studio.display.do("keydown ctrl")
        self.assertEqual(self.tints(studio), ["Fill"])
        studio.display.do("keyup ctrl")

        # The brush takes dots away, and puts some back at half its strength.
        whole = studio.rest()["dots"]
        map_before = studio.picture("map:skin")
        studio.drag("viewport", (0.4, 0.5), (0.6, 0.5))
        studio.park()
        erased = studio.rest()["dots"]
        self.assertLess(erased, 0.995 * whole)
        self.assertEqual(studio.probe()["undoSteps"], 2)
        studio.click("Fill")
        studio.click("strength:figure")
        studio.type("50")
        studio.drag("viewport", (0.4, 0.5), (0.6, 0.5))
        studio.park()
        added = studio.rest()["dots"]
        self.assertTrue(erased < added < whole, (erased, added, whole))
        self.assertGreater(studio.picture("map:skin").changed(map_before), 0.002)
        self.shot(studio, "3-brushed")
        strokes = self.save(studio)["smp"]["strokes"]
        self.assertEqual([stroke["strength"] < 0 for stroke in strokes], [True, False])
        self.assertEqual(strokes[1]["strength"], 0.5)
        for stroke in strokes:
            self.assertGreater(len(stroke["points"]), 3)
        # It softens the border of what was taken away: between its dabs' levels and full.
        studio.click("Smooth")
        studio.drag("viewport", (0.35, 0.5), (0.45, 0.5))
        studio.park()
        studio.rest()
        dabs = self.save(studio)["smp"]["strokes"][2:]
        self.assertGreater(len(dabs), 1)
        for dab in dabs:
            self.assertEqual((len(dab["points"]), dab["strength"]), (1, 0.5))
        self.assertTrue(any(0.1 < dab["level"] < 0.9 for dab in dabs), [dab["level"] for dab in dabs])
        self.assertEqual(studio.probe()["undoSteps"], 4)
        studio.keys("ctrl+z")
        self.assertEqual(studio.rest()["dots"], added)
        # And on the map.
        studio.click("Remove")
        studio.drag("map:skin", (0.45, 0.4), (0.55, 0.4))
        self.assertLess(studio.rest()["dots"], added)
        self.assertEqual(len(self.save(studio)["smp"]["strokes"]), 3)
        studio.keys(*["ctrl+z"] * 3)
        self.assertEqual(studio.rest()["dots"], whole)
        self.assertEqual(self.save(studio)["smp"]["strokes"], [])

        # The map is there again, as wide as it was made, at the next start.
        studio.drag("map:splitter", 0.5, -10)
        wide = studio.at("map:skin")
        studio.display.do("key --delay 0 ctrl+q")
        self.assertEqual(studio.process.wait(30), 0)
        studio = self.open()
        studio.wait(lambda probe: "map:skin" in probe["controls"])
        self.assertEqual(studio.at("map:skin"), wide)


if __name__ == "__main__":
    window.main()
