#!/usr/bin/env python3
"""A long day in the window: edits by mouse and keys, one after the other, now and then taken back and done again.
Memory stays, and undo leads back to the first design exactly, redo to the last.

    edits_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS
    STUBBLE_EDITS=10000 edits_test.py …    as many changes of the design (half an hour); else a hundred

Memory is what is resident (/proc/PID/statm) while the window rests on one and the same design and nothing is
left to do. What the allocator gets back it is told to give back to the system at once (ALLOCATOR): else the order
in which threads happen to run tells more than what edits leave behind. Until the first look, pools and caches fill."""

import json
import os
import random
import time

import window
from window import chosen

EDITS = int(os.environ.get("STUBBLE_EDITS", "100"))
LOOKS = min(1000, EDITS // 3)  # from one to the next
# A short session is still filling pools, but would show a scene left behind by every edit many times over.
MOST_GROWTH = 0.01 if LOOKS == 1000 else 0.05
ALLOCATOR = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}  # bytes: glibc's defaults, fixed
BY_HAND, BACK = 12, 36  # edits by hand; then so many steps back, and forth again
RESTS = 2  # of a look; the least counts: what a bake before it has left to be used again differs
MOST_CPU = 0.02  # seconds of it in a second, of a studio that has nothing left to do
FRAMES = 2  # that a click takes: down and up
WINDOW = (960, 600)
DESIGN = {"stubble": "design", "version": 1, "smp": {"densityPerCm2": 30},
          "hair": {"norwood": "VII", "densityPerCm2": 40}}  # little to draw

COLOURS = ("black", "darkBrown", "brown", "blond", "red")
# Swatches, and what each sets.
CLICKS = [(f"monk:{tone}", "skin.monk", tone) for tone in range(1, 11)] + [
    (f"hair:{i}", "hair.colour", colour) for i, colour in enumerate(COLOURS, 1)]
TYPED = {"smp.densityPerCm2": (20, 40), "hairline.heightMm": (70, 100)}
DRAGGED = "hairline.featherMm"
MOST = {"smp.densityPerCm2": 40, "hairline.heightMm": 70}  # dots: room for them is kept
AT_A_LOOK = {"smp.densityPerCm2": 35, "hairline.heightMm": 85}


class Edits(window.Case):
    def type(self, key, value):
        self.studio.click(f"{key}:figure")
        self.studio.type(str(value))
        self.expected[key] = value

    def edit(self):
        """One thing that a person does by hand; the design becomes another by it."""
        studio, kind = self.studio, self.random.randrange(60)
        if kind == 0:
            key = self.random.choice(sorted(TYPED))
            values = [v for v in range(*TYPED[key]) if v != self.expected.get(key)]
            return self.type(key, self.random.choice(values))
        if kind == 1:
            start, end = self.random.sample([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 2)
            return studio.drag(f"{DRAGGED}:track", start, end, steps=3)
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
        least = float("inf")
        for _ in range(RESTS):
            self.studio.keys("ctrl+z", "ctrl+shift+z")
            self.viewport_at_rest(self.studio)
            self.studio.wait(lambda probe: probe["surveyed"])
            pid, used = self.studio.process.pid, 0
            while (now := window.cpu_seconds(pid)) > used + MOST_CPU:
                used = now
                time.sleep(1)
            least = min(least, window.resident_mb(pid))
        return least

    def save_as(self, name):
        self.studio.keys("ctrl+shift+s")
        self.studio.type(str(self.dir / name))
        return (self.dir / name).read_bytes()

    def press(self, key, count):
        for first in range(0, count, 100):
            # The same key twice in a millisecond counts once.
            self.display.do("key --delay 4 " + " ".join([key] * min(100, count - first)))
            self.studio.settle(made=False, frames=FRAMES)

    def all(self, key, count):
        self.press(key, count)
        return self.viewport_at_rest(self.studio)

    def test_memory_stays_and_undo_leads_back(self):
        self.random, self.expected = random.Random(5), {}
        design = self.dir / "first.json"
        design.write_text(json.dumps(DESIGN))
        self.studio = studio = self.open(design, size=WINDOW, **ALLOCATOR)
        x, y = studio.point("viewport")
        self.display.do(f"mousemove {x} {y}", "click --repeat 20 --delay 5 5")  # a small head is quick to draw
        first, saved = self.viewport_at_rest(studio), self.save_as("first-saved.json")
        for key, value in MOST.items():
            self.type(key, value)
        for share in (0.05, 0.95):
            studio.drag(f"{DRAGGED}:track", 0.5, share)
            self.viewport_at_rest(studio)
        begun, by_hand, edits, looks = time.monotonic(), 0, 0, []
        while edits < EDITS:
            for _ in range(BY_HAND):
                self.edit()
            steps = studio.probe()["undoSteps"]
            self.press("ctrl+z", BACK)
            self.assertEqual(studio.probe()["undoSteps"], max(0, steps - BACK))
            self.press("ctrl+shift+z", BACK)
            self.assertEqual(studio.probe()["undoSteps"], steps)
            by_hand += BY_HAND
            edits += BY_HAND + 2 * min(BACK, steps)
            if edits >= LOOKS * (len(looks) + 1):
                looks.append(self.look())
                print(f"{edits} edits, {by_hand} of them by hand, {time.monotonic() - begun:.0f} s: resident "
                      f"{looks[-1]:.1f} MB, in use {studio.probe()['heapBytes'] / 2**20:.1f}", flush=True)
        last, steps = studio.picture("viewport"), studio.probe()["undoSteps"]
        self.assertGreaterEqual(steps, by_hand)
        edited = json.loads(self.save_as("last.json"))
        self.assertEqual({key: chosen(edited, key) for key in self.expected}, self.expected)
        self.shot(studio, "last")

        self.assertEqual(self.all("ctrl+z", steps), first)
        self.assertEqual(studio.probe()["undoSteps"], 0)
        self.assertEqual(self.save_as("undone.json"), saved)
        self.assertEqual(self.all("ctrl+shift+z", steps), last)
        self.assertEqual(studio.probe()["undoSteps"], steps)
        self.assertEqual(json.loads(self.save_as("redone.json")), edited)
        print(f"memory after {EDITS} edits against {LOOKS}: {100 * (looks[-1] / looks[0] - 1):+.2f} %")
        self.assertLessEqual(looks[-1], (1 + MOST_GROWTH) * looks[0])


if __name__ == "__main__":
    window.main()
