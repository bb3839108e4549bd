#!/usr/bin/env python3
"""A client's scan in a real window: opened, its landmarks guessed, then placed by hand with the guide, kept beside the
scan, and found again by the next start.

    scan_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS"""

import json
import math
import pathlib
import struct

import window

HEAD = pathlib.Path(__file__).resolve().parents[2] / "assets/heads/mannequin.ply"
VERTEX = struct.Struct("<6f3B")  # place, normal, colour
ORDER = ["nasion", "glabella", "canthusRight", "canthusLeft", "tragusRight", "tragusLeft", "inion", "vertex"]
PULLED = {"inion": (0, -15), "vertex": (0, 14)}  # pixels from where it was guessed
METRES = 0.001


def in_scan(x, y, z):
    """A scanner's frame: metres, up is z, the face looks along -y, the floor is below."""
    return METRES * x + 0.3, METRES * -z - 0.1, METRES * y + 1.2


def write_scan(path):
    """The built-in head as a scanner would give it: no landmarks, no normals, no colours."""
    data = HEAD.read_bytes()
    end = data.index(b"end_header\n") + len(b"end_header\n")
    lines = data[:end].decode().splitlines()
    count = int(next(line for line in lines if line.startswith("element vertex")).split()[2])
    faces = next(line for line in lines if line.startswith("element face"))
    points = end + count * VERTEX.size
    vertices = b"".join(struct.pack("<3f", *in_scan(*vertex[:3])) for vertex in VERTEX.iter_unpack(data[end:points]))
    header = ("ply\nformat binary_little_endian 1.0\n" + f"element vertex {count}\n" +
              "".join(f"property float {axis}\n" for axis in "xyz") + faces +
              "\nproperty list uchar int vertex_indices\nend_header\n")
    path.write_bytes(header.encode() + vertices + data[points:])


def truth(name):
    return in_scan(*json.loads(HEAD.with_suffix(".landmarks.json").read_text())[name])


class Scan(window.Case):
    def open_head(self, studio, file):
        studio.menu("menu.file", "menu.openHead")
        studio.type(str(file))
        studio.settle()

    def test_files_are_dropped(self):
        try:
            import drop
        except ImportError:
            self.skipTest("needs python3-xlib")
        scan, other = self.dir / "a client's scan.ply", self.dir / "letter.txt"
        write_scan(scan)
        other.write_text("Dear client")
        studio = self.open()
        before = self.viewport_at_rest(studio)
        drop.drop(self.display.name, [other], studio.point("viewport"))
        studio.wait(lambda probe: "This kind of file cannot be used" in self.notes(studio))
        self.assertIn("letter.txt", self.notes(studio))
        self.dismiss_notes(studio)
        self.assertEqual(self.viewport_at_rest(studio), before)
        # Of several the one that can be used.
        drop.drop(self.display.name, [other, scan], studio.point("viewport"))
        studio.wait(lambda probe: "Its landmarks were guessed" in self.notes(studio))
        self.assertIn("a client's scan.ply", self.notes(studio))
        self.assertEqual(studio.settle()["undoSteps"], 1)
        self.shot(studio, "0-dropped")
        self.dismiss_notes(studio)
        self.assertGreater(self.viewport_at_rest(studio).changed(before), 0.001)

    def test_a_scan_and_its_landmarks(self):
        scan, design = self.dir / "scan.ply", self.dir / "client.json"
        landmarks = self.dir / "scan.ply.landmarks.json"
        write_scan(scan)
        studio = self.open()
        builtin = self.viewport_at_rest(studio)

        # Something that is no head leaves all as it was, and says what to do.
        broken = self.dir / "broken.ply"
        broken.write_bytes(scan.read_bytes()[:5000])
        self.open_head(studio, broken)
        self.assertIn("This head could not be read", self.notes(studio))
        self.assertIn("The head shown before stays", self.notes(studio))
        self.assertEqual(studio.probe()["undoSteps"], 0)
        self.dismiss_notes(studio)
        self.assertEqual(self.viewport_at_rest(studio), builtin)

        self.open_head(studio, scan)
        self.assertEqual(studio.probe()["undoSteps"], 1)
        self.assertIn("Its landmarks were guessed", self.notes(studio))
        self.assertFalse(landmarks.exists())
        guessed = self.viewport_at_rest(studio)
        self.shot(studio, "1-guessed")
        dots = studio.probe()["dots"]
        self.assertGreater(dots, 10000)

        # The guide: what was guessed well is confirmed by a click, the rest is pulled to its place.
        studio.click("offer:Place landmarks…")
        for step, name in enumerate(ORDER):
            studio.rest()
            self.assertEqual(studio.probe()["landmark"], name)
            if name in PULLED:
                right, down = PULLED[name]
                studio.drag(f"mark:{name}", 0.5, (0.5 + right / 22, 0.5 + down / 22))
            else:
                studio.click(f"mark:{name}")
            if step >= 6:
                self.shot(studio, f"2-guide-{name}")
            if step + 1 < len(ORDER):
                studio.click("guide.next")
        studio.click("guide.finish")
        studio.settle()
        self.assertNotIn("landmark", studio.probe())
        self.assertIn("The landmarks are kept", self.notes(studio))
        self.assertEqual(studio.probe()["undoSteps"], 1)

        # They are in the scan's own coordinates, near where they are; what was pulled went that way.
        placed = json.loads(landmarks.read_text())
        self.assertEqual(set(placed) - {"frame"}, set(ORDER))
        for name in ORDER:
            self.assertLess(math.dist(placed[name], truth(name)), 0.006, name)
        studio.keys("0")
        self.dismiss_notes(studio)
        placed_picture = self.viewport_at_rest(studio)
        self.shot(studio, "3-placed")
        self.assertGreater(placed_picture.changed(guessed), 0.001)
        self.assertNotEqual(studio.probe()["dots"], dots)

        # The design names its scan; the next start finds both.
        studio.keys("ctrl+s")
        studio.type(str(design))
        self.assertEqual(json.loads(design.read_text())["head"], "scan.ply")
        studio.display.do("key --delay 0 ctrl+q")
        self.assertEqual(studio.process.wait(60), 0)
        studio = self.open(design)
        studio.settle()
        self.assertIn("found or are given", self.notes(studio))
        self.dismiss_notes(studio)
        self.assertEqual(self.viewport_at_rest(studio), placed_picture)
        # One of them placed anew, and thought better of: nothing changes.
        before = landmarks.read_bytes()
        studio.menu("menu.file", "menu.landmarks")
        studio.rest()
        studio.drag("mark:nasion", 0.5, (0.5, 2))
        studio.click("guide.cancel")
        self.assertEqual(landmarks.read_bytes(), before)
        self.assertEqual(studio.probe()["title"], "client.json")

        # Back to the built-in head, which is a step like any other.
        studio.menu("menu.file", "menu.builtinHead")
        studio.settle()
        self.assertEqual(studio.probe()["undoSteps"], 1)
        studio.keys("0")
        self.assertGreater(self.viewport_at_rest(studio).changed(placed_picture), 0.001)
        studio.keys("ctrl+z")
        studio.settle()
        self.dismiss_notes(studio)
        self.assertEqual(self.viewport_at_rest(studio), placed_picture)


if __name__ == "__main__":
    window.main()
