#!/usr/bin/env python3
"""Lights and cameras in a real window, and a view of one's own: what it shows and what it exports is what the command
line makes of the saved design.

    views_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS"""

import math
import os
import subprocess

import window

STAMP_PIXELS = 60  # at the lower edge of a written picture


class Views(window.Case):
    def test_lights_and_cameras_and_an_own_view(self):
        desktop, opened = self.dir / "bin" / "xdg-open", self.dir / "opened"
        desktop.parent.mkdir()
        desktop.write_text("#!/bin/sh\nexit 3\n")
        desktop.chmod(0o755)
        studio = self.open(PATH=f"{desktop.parent}:{os.environ['PATH']}")
        self.save(studio)
        before = self.viewport_at_rest(studio)
        for light in ("clinic", "harsh-top"):
            studio.click("light")
            if light == "clinic":
                self.shot(studio, "1-lights")
            studio.click(f"light.{light}")
            self.assertEqual(studio.probe()["light"], light)
            after = self.viewport_at_rest(studio)
            self.assertGreater(after.changed(before), 0.3, light)
            before = after
        for camera in ("back", "macro", "front"):
            if "camera" in studio.probe()["controls"]:
                studio.click("camera")
            studio.click(f"camera.{camera}")
            self.assertEqual(studio.probe()["camera"], camera)
            after = self.viewport_at_rest(studio)
            self.assertGreater(after.changed(before), 0.1, camera)
            before = after
        # Neither is the design's.
        self.assertEqual((studio.probe()["undoSteps"], studio.probe()["title"]), (0, "client.json"))

        # A view of one's own, by hand: its still is the command line's with the same eye and target.
        studio.click("light")
        studio.click("light.daylight")
        studio.drag("viewport", (0.5, 0.3), (0.62, 0.42))
        studio.display.do("click 4")
        studio.drag("viewport", (0.5, 0.5), (0.47, 0.54), button=3)
        self.viewport_at_rest(studio)
        self.assertEqual(studio.probe()["camera"], "")
        still, render = self.dir / "still.png", self.dir / "render.png"
        studio.keys("ctrl+e")
        studio.click("export.choose")
        studio.type(str(still))
        studio.rest()
        self.shot(studio, "2-own-view")
        # The note leads to the folder, and tells where the desktop cannot.
        studio.click("offer:Open folder")
        studio.wait(lambda probe: "The folder could not be opened" in self.notes(studio))
        self.dismiss_notes(studio)
        desktop.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
        studio.keys("ctrl+e")
        studio.click("export.choose")
        studio.type(str(still))
        studio.click("files.accept")
        studio.rest()
        studio.click("offer:Open folder")
        studio.wait(lambda probe: opened.exists() and opened.read_text() == f"{self.dir}\n")
        self.assertEqual(self.notes(studio), "")
        own, place = studio.probe()["own"], lambda name: ",".join(map(repr, own[name]))
        self.assertFalse(any(math.isclose(x, 0) for x in own["eye-mm"]), own)
        rendered = [window.STUBBLE, "render", self.dir / "client.json", "--light", "daylight",
                    "--eye-mm=" + place("eye-mm"), "--target-mm=" + place("target-mm"), "--up=" + place("up"),
                    "--field-of-view", repr(own["field-of-view"])]
        run = lambda *more: subprocess.run([*rendered, *more], check=True, timeout=120, stderr=subprocess.PIPE)
        run("-o", render, "--size", "1920x1080")
        self.assertEqual(window.png_pixels(still), window.png_pixels(render))

        # And what the window shows is that picture, pixel by pixel, where nothing lies on it.
        self.dismiss_notes(studio)
        shown = self.viewport_at_rest(studio)
        run("-o", render, "--size", f"{shown.width}x{shown.height}")
        rendered = window.png_rows(render)
        ours = shown.rows()
        tools = max(studio.at(chip)[3] for chip in ("Brush", "Scalp map")) - studio.at("viewport")[1] + 10
        self.assertGreater(shown.height, 400)
        self.assertEqual(ours[tools : -STAMP_PIXELS], rendered[tools : -STAMP_PIXELS])


if __name__ == "__main__":
    window.main()
