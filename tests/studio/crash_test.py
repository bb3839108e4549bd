#!/usr/bin/env python3
"""A studio that is killed at any moment: the next start offers what was unsaved, at most ten seconds old, and no file
is ever half written.

    crash_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS
    STUBBLE_CRASHES=100 crash_test.py …    as many kills (a quarter of an hour); else a few"""

import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time
import unittest

import window

STUDIO, STUBBLE, SHOTS = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
del sys.argv[1:]

KILLS = int(os.environ.get("STUBBLE_CRASHES", "5"))
SEED = int(os.environ.get("STUBBLE_CRASH_SEED", "7"))
LONGEST_SECONDS = 12  # more than may be lost, so that a loss of more can be seen
MAY_BE_LOST_SECONDS = 10
FIRST, LAST = 60, 580  # of the densities that are typed one after the other


def density(design):
    return design["smp"]["densityPerCm2"]


@unittest.skipIf(window.needed(), window.needed())
class Crash(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="stubble-crash-"))
        self.addCleanup(shutil.rmtree, self.dir)
        self.file = self.dir / "client.json"
        self.display = window.Display(self.dir / "display")
        self.addCleanup(self.display.close)
        self.random = random.Random(SEED)
        self.seen = {}  # what was typed, to when it was seen to be in the design

    def rescues(self):
        """The densities of the safety copies, newest first; each must be whole."""
        found = []
        for file in (self.dir / "state").glob("recovery-*.stubble"):
            head, _, design = file.read_text().partition("\n")
            found.append((json.loads(head)["timeMs"], density(json.loads(design))))
        return [value for _, value in sorted(found, reverse=True)]

    def saved(self):
        return density(json.loads(self.file.read_text()))

    def edit(self, studio):
        """Types one density after the other and saves now and then, until the studio dies."""
        x, y = studio.point("smp.densityPerCm2:figure")
        for value in range(max(self.seen) + 1, LAST):
            studio.display.do(f"mousemove {x} {y}", "mousedown 1", "mouseup 1")
            studio.settle(made=False)
            studio.display.do(f"type --delay 1 {value}", "key --delay 0 Return")
            studio.settle(made=False)
            self.seen[value] = time.monotonic()
            if value % 8 == 0:
                studio.keys("ctrl+s")
        self.fail("it should have been killed")

    def test_killed_at_any_moment(self):
        self.seen[FIRST] = time.monotonic()
        studio = window.Studio(STUDIO, self.dir, display=self.display)
        self.addCleanup(lambda: studio.kill())
        studio.settle()
        studio.click("smp.densityPerCm2:figure")
        studio.type(str(FIRST))
        studio.keys("ctrl+s")
        studio.type(str(self.file))
        self.assertEqual(self.saved(), FIRST)
        lost, offered = [], 0
        for kill in range(KILLS):
            # Longer and shorter sessions in turn, from the answer to the question on.
            seconds = LONGEST_SECONDS * (kill % 5 + self.random.random()) / 5
            died = []
            timer = threading.Timer(seconds, lambda s=studio: (died.append(time.monotonic()), s.kill()))
            timer.start()
            with self.assertRaises(window.Ended):
                if "rescue.rescue" in studio.probe()["controls"]:
                    studio.click("rescue.rescue")
                self.edit(studio)
            timer.join()

            # What is on disk is whole, and the newest of it is what the next start has or offers.
            saved, rescues = self.saved(), self.rescues()
            best = max([saved, *rescues])
            unseen = [when for value, when in self.seen.items() if value > best]
            lost.append(max([died[0] - when for when in unseen], default=0))
            self.assertLessEqual(lost[-1], MAY_BE_LOST_SECONDS, (kill, seconds, saved, rescues))
            studio = window.Studio(STUDIO, self.dir, self.file, display=self.display)
            probe = studio.settle()
            if best > saved:
                self.assertTrue("rescue.rescue" in probe["controls"], (kill, saved, rescues))
                if offered == 0:
                    studio.rest()
                    studio.picture().save(SHOTS / "crash-rescue.png")
                    # All but the question is dark, the tools over the picture, too.
                    for name in ("Front", "Brush"):
                        self.assertLess(max(studio.picture(name).rgb()), 150, name)
                offered += 1
            else:
                self.assertFalse("rescue.rescue" in probe["controls"], (kill, saved, rescues))
            # What is lost is typed again.
            self.seen = {value: when for value, when in self.seen.items() if value <= best}

        if best > saved:
            studio.click("rescue.rescue")
            studio.keys("ctrl+s")
            self.assertEqual(self.saved(), best)
            self.assertEqual(studio.probe()["title"], "client.json")
        print(f"{KILLS} kills, recovery offered {offered} times, at most {max(lost):.1f} s lost, "
              f"{density(json.loads(self.file.read_text())) - FIRST} edits")
        self.assertGreater(offered, 0)


if __name__ == "__main__":
    unittest.main()
