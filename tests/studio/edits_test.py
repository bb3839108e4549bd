#!/usr/bin/env python3
"""A long day in the window: edits by mouse and keys, one after the other. Memory stays, and undo leads back to the
first design exactly, redo to the last.

    edits_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS
    STUBBLE_EDITS=10000 edits_test.py …    as many edits; else a few hundred

Memory is what is resident (/proc/PID/statm) while the window rests on one and the same design, some seconds after
the last edit; until the first look, pools and caches fill."""

import json
import os
import random
import time

import window
from window import chosen

EDITS = int(os.environ.get("STUBBLE_EDITS", "300"))
FIRST_LOOK = min(1000, EDITS // 3)
MOST_GROWTH = 0.01 if FIRST_LOOK == 1000 else 0.05  # a short session is still filling pools
SECONDS_AT_A_LOOK = 5  # longer than safety copies wait
FRAMES = 2  # that a click takes: down and up
WINDOW = (960, 600)
DESIGN = {"stubble": "design", "version": 1, "smp": {"densityPerCm2": 60},
          "hair": {"norwood": "VII", "densityPerCm2": 40}}  # few hairs: quick to draw

COLOURS = ("black", "darkBrown", "brown", "blond", "red")
# Swatches, and what each sets.
CLICKS = [(f"monk:{tone}", "skin.monk", tone) for tone in range(1, 11)] + [
    (f"hair:{i}", "hair.colour", colour) for i, colour in enumerate(COLOURS, 1)]
TYPED = {"smp.densityPerCm2": (40, 90), "hairline.heightMm": (70, 100)}
DRAGGED = "hairline.featherMm"
AT_A_LOOK = {"smp.densityPerCm2": 65, "hairline.heightMm": 85}


class Edits(window.Case):
    def type(self, key, value):
        self.studio.click(f"{key}:figure")
        self.studio.type(str(value))
        self.expected[key] = value

    def edit(self):
        """One thing that a person does; the design becomes another by it."""
        studio, kind = self.studio, self.random.randrange(80)
        if kind == 0:
            key = self.random.choice(sorted(TYPED))
            values = [v for v in range(*TYPED[key]) if v != self.expected.get(key)]
            return self.type(key, self.random.choice(values))
        if kind == 1:
            start, end = self.random.sample([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 2)
            return studio.drag(f"{DRAGGED}:track", start, end, steps=3)
        if kind == 2:
            return studio.keys("ctrl+z", "ctrl+z", "ctrl+shift+z", "ctrl+shift+z")
        name, key, value = self.random.choice([c for c in CLICKS if self.expected.get(c[1]) != c[2]])
        x, y = studio.point(name)
        self.display.do(f"mousemove {x} {y}", "mousedown 1", "mouseup 1")
        studio.settle(made=False, frames=FRAMES)
        self.expected[key] = value

    def look(self):
        """Resident bytes on the design that all looks are taken on."""
        for key, value in AT_A_LOOK.items():
            self.type(key, value)
        self.studio.click("monk:4")
        self.expected["skin.monk"] = 4
        self.studio.drag(f"{DRAGGED}:track", 0.3, 0.5)
        self.studio.click("hair:1")
        self.expected["hair.colour"] = "black"
        self.viewport_at_rest(self.studio)
        time.sleep(SECONDS_AT_A_LOOK)
        return window.resident_mb(self.studio.process.pid)

    def save(self, name):
        self.studio.keys("ctrl+shift+s")
        self.studio.type(str(self.dir / name))
        return (self.dir / name).read_bytes()

    def all(self, key, count):
        for first in range(0, count, 100):
            # The same key twice in a millisecond counts once.
            self.display.do("key --delay 4 " + " ".join([key] * min(100, count - first)))
            self.studio.settle(made=False)
        return self.viewport_at_rest(self.studio)

    def test_memory_stays_and_undo_leads_back(self):
        self.random, self.expected = random.Random(5), {}
        design = self.dir / "first.json"
        design.write_text(json.dumps(DESIGN))
        self.studio = studio = self.open(design, size=WINDOW)
        first, saved = self.viewport_at_rest(studio), self.save("first-saved.json")
        self.shot(studio, "first")
        begun, early, tries = time.monotonic(), None, 0
        while (steps := studio.probe()["undoSteps"]) < EDITS:
            if steps >= FIRST_LOOK and early is None:
                early = self.look()
            self.edit()
            tries += 1
            self.assertLess(tries, 2 * EDITS)
        seconds = time.monotonic() - begun
        late = self.look()
        last, steps = studio.picture("viewport"), studio.probe()["undoSteps"]
        edited = json.loads(self.save("last.json"))
        self.assertEqual({key: chosen(edited, key) for key in self.expected}, self.expected)
        self.shot(studio, "last")
        print(f"{steps} steps in {seconds:.0f} s; resident {early:.1f} MB after {FIRST_LOOK}, {late:.1f} MB at the "
              f"end: {100 * (late / early - 1):+.2f} %", flush=True)

        undone = self.all("ctrl+z", steps)
        self.shot(studio, "undone")
        self.assertEqual(undone, first)
        self.assertEqual(studio.probe()["undoSteps"], 0)
        self.assertEqual(self.save("undone.json"), saved)
        self.assertEqual(self.all("ctrl+shift+z", steps), last)
        self.assertEqual(studio.probe()["undoSteps"], steps)
        self.assertEqual(json.loads(self.save("redone.json")), edited)
        self.assertLessEqual(late, (1 + MOST_GROWTH) * early)


if __name__ == "__main__":
    window.main()
