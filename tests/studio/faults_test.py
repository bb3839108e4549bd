#!/usr/bin/env python3
"""What goes wrong around the window: a full disk, a folder that nobody may write to, broken designs, a scan that is
gone, a graphics driver that was reset. Each is told with what to do about it, and nothing is lost.

    faults_test.py STUBBLE-STUDIO STUBBLE FOLDER-FOR-SCREENSHOTS
    STUBBLE_LOST_CONTEXT names the library of tests/support/window_with_lost_context.cpp."""

import errno
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import unittest

import window

HEAD = pathlib.Path(__file__).resolve().parents[2] / "assets/heads/mannequin.ply"
OWN_MOUNTS = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
LOST_CONTEXT = os.environ.get("STUBBLE_LOST_CONTEXT")


def can_mount():
    return shutil.which("unshare") and subprocess.run(
        [*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"], stderr=subprocess.DEVNULL).returncode == 0


def minimal(**more):
    """A design that is quick to bake."""
    return {"stubble": "design", "version": 1, "smp": {"densityPerCm2": 40},
            "hair": {"norwood": "VII", "densityPerCm2": 40}} | more


class Faults(window.Case):
    def design(self, folder=None, name="client.json", **more):
        file = (folder or self.dir) / name
        file.write_text(json.dumps(minimal(**more)))
        return file

    def monk(self, file):
        return json.loads(file.read_text())["skin"]["monk"]

    def said(self, studio, *words):
        """Waits until notes say all of it."""
        studio.wait(lambda probe: all(word in "\n".join(probe["notes"]) for word in words), 60)

    def save_as(self, studio, file):
        studio.keys("ctrl+shift+s")
        studio.type(str(file))

    def disk(self):
        """A disk of one mebibyte."""
        folder = self.dir / "disk"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], check=True)
        self.addCleanup(subprocess.run, ["umount", "--lazy", folder], check=True)
        return folder

    def fill(self, folder):
        """Leaves no byte."""
        file = os.open(folder / "full", os.O_WRONLY | os.O_CREAT)
        with self.assertRaises(OSError) as full:
            while True:
                os.write(file, bytes(1024))
        os.close(file)
        self.assertEqual(full.exception.errno, errno.ENOSPC)

    @unittest.skipUnless(can_mount(), "may not mount")
    def test_a_full_disk(self):
        disk = self.disk()
        file = self.design(disk)
        studio = self.open(file, STUBBLE_STATE_DIR=str(disk / "state"))
        studio.settle()
        self.fill(disk)
        before, names = file.read_bytes(), sorted(disk.rglob("*"))

        # No safety copy: told without being asked.
        studio.click("monk:7")
        self.said(studio, "No safety copy can be written", "No space left on device", "free some space")
        # Nor a save: the file stays what it was, the design stays open.
        studio.keys("ctrl+s")
        self.said(studio, "The design could not be saved", "client.json", "No space left on device",
                  "Nothing is lost", "another folder")
        self.shot(studio, "1-full")
        self.assertEqual(file.read_bytes(), before)
        self.assertEqual((studio.probe()["title"], studio.probe()["undoSteps"]), ("client.json*", 1))
        # Nor a picture: no half of one is left.
        self.dismiss_notes(studio)
        studio.keys("ctrl+e")
        studio.click("export.choose")
        studio.type(str(disk / "still.png"))
        self.said(studio, "The export failed", "still.png", "No space left on device",
                  "No half file is left behind")
        self.assertEqual(sorted(disk.rglob("*")), names)
        # Closing asks; the design can go elsewhere.
        studio.display.do("key --delay 0 ctrl+q")
        studio.settle()
        self.assertIn("unsaved.save", studio.probe()["controls"])
        studio.click("unsaved.keep")
        elsewhere = self.dir / "elsewhere.json"
        self.save_as(studio, elsewhere)
        self.assertEqual((self.monk(elsewhere), studio.probe()["title"]), (7, "elsewhere.json"))

        # With space again, safety copies and saves go on by themselves.
        (disk / "full").unlink()
        studio.click("monk:8")
        end = time.monotonic() + 30
        while not list((disk / "state").glob("recovery-*.stubble")) and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(len(list((disk / "state").glob("recovery-*.stubble"))), 1)
        studio.keys("ctrl+shift+s")
        studio.type(str(file))
        studio.click("files.accept")  # yes, in its place
        self.assertEqual((self.monk(file), studio.probe()["title"]), (8, "client.json"))

    @unittest.skipUnless(can_mount(), "may not mount")
    def test_a_folder_that_nobody_may_write_to(self):
        disk = self.disk()
        file = self.design(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        studio = self.open(file, STUBBLE_CONFIG_DIR=str(disk), STUBBLE_STATE_DIR=str(disk))
        self.said(studio, "Settings cannot be kept", "All else works")
        studio.click("monk:7")
        self.said(studio, "No safety copy can be written", "Read-only file system")
        studio.keys("ctrl+s")
        self.said(studio, "The design could not be saved", "Read-only file system", "another folder")
        self.shot(studio, "2-read-only")
        # The note leads to another folder.
        studio.click("offer:Save as…")
        self.assertIn("files.accept", studio.probe()["controls"])
        elsewhere = self.dir / "elsewhere.json"
        studio.type(str(elsewhere))
        self.assertEqual((self.monk(elsewhere), studio.probe()["title"]), (7, "elsewhere.json"))
        self.assertNotIn("skin", json.loads(file.read_text()))

    def test_broken_designs(self):
        good, other, broken = self.design(), self.design(name="other.json"), self.dir / "broken.json"
        broken.write_text('{"stubble": "design", "version": 1,\n "smp": {"depthMm": 9}}')
        done = subprocess.run([window.STUDIO, broken], capture_output=True, text=True, timeout=60,
                              env=self.display.environment())
        self.assertEqual(done.returncode, 65)
        for word in ("broken.json", "smp.depthMm", "9"):
            self.assertIn(word, done.stderr)

        studio = self.open(other)
        studio.keys("ctrl+o")
        studio.type(str(good))
        studio.click("monk:7")
        studio.keys("ctrl+s")
        before = self.viewport_at_rest(studio)
        # By the dialog.
        studio.keys("ctrl+o")
        studio.type(str(broken))
        self.said(studio, "The design could not be opened", "broken.json", "smp.depthMm", "stays")
        self.shot(studio, "3-broken")
        self.dismiss_notes(studio)
        # By the list of recent files, after one of them was cut off.
        other.write_text(other.read_text()[:40])
        studio.click("menu.file")
        studio.click("menu.recent")
        studio.click("recent:other.json")
        self.said(studio, "The design could not be opened", "other.json", "stays")
        self.dismiss_notes(studio)
        # One that is gone cannot be chosen.
        other.unlink()
        studio.click("menu.file")
        studio.click("menu.recent")
        studio.click("recent:other.json")
        studio.keys("Escape", "Escape", "Escape")
        self.assertEqual(self.notes(studio), "")
        self.assertEqual((studio.probe()["title"], studio.probe()["undoSteps"]), ("client.json", 1))
        self.assertEqual(self.viewport_at_rest(studio), before)
        self.assertEqual(self.monk(good), 7)

    def test_a_scan_that_is_gone(self):
        scan = self.dir / "scan.ply"
        file = self.design(head="scan.ply")
        studio = self.open(file)
        self.said(studio, "The head of this design was not found", str(scan), "a drive missing")
        self.shot(studio, "4-gone")
        # Work goes on, and the design keeps its head's name.
        studio.click("monk:7")
        studio.keys("ctrl+s")
        self.assertEqual((self.monk(file), json.loads(file.read_text())["head"]), (7, "scan.ply"))
        # The note leads to where it is now.
        moved = self.dir / "moved" / "scan.ply"
        moved.parent.mkdir()
        shutil.copy(HEAD, moved)
        studio.click("offer:Locate…")
        studio.type(str(moved))
        studio.settle()
        self.assertNotIn("not found", self.notes(studio))
        self.assertGreater(studio.probe()["dots"], 1000)
        studio.keys("ctrl+s")
        self.assertEqual(json.loads(file.read_text())["head"], "moved/scan.ply")
        # It goes while it is shown: the picture stays, an export tells.
        moved.unlink()
        studio.click("monk:3")
        studio.settle()
        self.dismiss_notes(studio)
        studio.keys("ctrl+e")
        studio.click("export.choose")
        studio.type(str(self.dir / "still.png"))
        self.said(studio, "The export failed", "scan.ply")
        self.assertFalse((self.dir / "still.png").exists())
        studio.keys("ctrl+s")
        self.assertEqual((self.monk(file), studio.probe()["title"]), (3, "client.json"))

    @unittest.skipUnless(LOST_CONTEXT, "STUBBLE_LOST_CONTEXT names no library")
    def test_a_graphics_driver_that_was_reset(self):
        file, lost, words = self.design(), self.dir / "lost", self.dir / "words"
        with open(words, "w") as stderr:
            studio = self.open(file, stderr=stderr, LD_PRELOAD=LOST_CONTEXT, STUBBLE_LOSES_CONTEXT=str(lost))
        studio.settle()
        studio.click("monk:7")
        studio.settle()
        lost.touch()
        studio.display.do("mousemove 300 300")
        self.assertEqual(studio.process.wait(60), 69)
        self.assertIn("stubble-studio: the graphics driver was reset and lost the window's contents; unsaved work is "
                      "kept: start the studio again", words.read_text())
        self.assertNotIn("skin", json.loads(file.read_text()))
        studio = self.open(file)
        studio.settle()
        self.shot(studio, "5-reset")
        studio.click("rescue.rescue")
        self.assertEqual(studio.probe()["title"], "client.json*")
        studio.keys("ctrl+s")
        self.assertEqual(self.monk(file), 7)
        self.assertEqual(list((self.dir / "state").glob("recovery-*.stubble")), [])


if __name__ == "__main__":
    # In a namespace of its own, mounts go with the test, however it ends.
    if can_mount() and os.environ.get("STUBBLE_OWN_MOUNTS") is None:
        os.environ["STUBBLE_OWN_MOUNTS"] = "1"
        os.execvp(OWN_MOUNTS[0], [*OWN_MOUNTS, sys.executable, *sys.argv])
    window.main()
