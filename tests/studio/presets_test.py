#!/usr/bin/env python3
"""A preset, picked in the gallery of a real window: the design becomes it, the client stays who he is.

    presets_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS"""

import json
import pathlib
import time

import window
from window import chosen

PRESETS = pathlib.Path(__file__).resolve().parents[2] / "assets/presets"
PRESET = "crown-thickening"


def leaves(value, path=()):
    """(dotted key, value) of all that stands in a design's objects."""
    if not isinstance(value, dict):
        yield ".".join(path), value
        return
    for key, inner in value.items():
        yield from leaves(inner, (*path, key))


class Presets(window.Case):
    def test_a_preset_is_picked(self):
        studio = self.open()
        first = self.viewport_at_rest(studio)
        studio.menu("menu.file", "menu.presets")
        card = f"preset:{PRESET}"
        name = studio.picture(card)
        self.assertGreaterEqual(sum(c.startswith("preset:") for c in studio.probe()["controls"]), 30)
        # The first pictures are drawn while one looks.
        end = time.monotonic() + 180
        while studio.picture(card).changed(name) < 0.2 and time.monotonic() < end:
            time.sleep(0.2)
        self.shot(studio, "1-presets")
        self.assertGreater(studio.picture(card).changed(name), 0.2)
        studio.click(card)
        self.assertNotIn("presets.close", studio.probe()["controls"])
        self.assertEqual(studio.probe()["undoSteps"], 1)
        picked = self.viewport_at_rest(studio)
        self.shot(studio, "2-preset")
        self.assertGreater(picked.changed(first), 0.05)
        preset, design = json.loads((PRESETS / f"{PRESET}.json").read_text()), self.save(studio)
        kept = ("head", "name", "description")  # of the client
        for key, value in leaves({k: v for k, v in preset.items() if k not in kept}):
            self.assertEqual(chosen(design, key), value, key)
        studio.keys("ctrl+z")
        self.assertEqual(self.viewport_at_rest(studio), first)


if __name__ == "__main__":
    window.main()
