#!/usr/bin/env python3
"""The window's program from outside: help, exit codes, and on a virtual display that it rests when nothing moves."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

STUDIO = sys.argv[1]
del sys.argv[1:]


def run(*arguments, **environment):
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")} | environment
    return subprocess.run([STUDIO, *arguments], env=env, capture_output=True, text=True, timeout=60)


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Start(unittest.TestCase):
    def test_help(self):
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--head", "--size", "--scale"):
            self.assertIn(option, done.stdout)

    def test_no_display(self):
        done = run()
        self.assertEqual(done.returncode, 69)
        self.assertIn("stubble-studio: no window", done.stderr)

    def test_usage(self):
        for arguments in (["--size", "3x"], ["--scale", "9"], ["--bogus"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(arguments[0], done.stderr)

    def test_bad_design(self):
        self.assertEqual(run("/no/such/design.json").returncode, 65)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"stubble": "design", "version": 1, "smp": {"depthMm": 9}}')
            file.flush()
            done = run(file.name)
        self.assertEqual(done.returncode, 65)
        self.assertIn("smp.depthMm", done.stderr)


@unittest.skipUnless(shutil.which("Xvfb"), "needs Xvfb")
class OnADisplay(unittest.TestCase):
    def display(self):
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
                                  pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        self.addCleanup(lambda: (server.terminate(), server.wait()))
        with os.fdopen(read) as display:
            return display.readline().strip()

    def test_a_signal_ends_it_and_keeps_unsaved_work(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            design = folder / "client.json"
            design.write_text('{"stubble": "design", "version": 1, "head": "gone.ply"}')
            env = os.environ | {"DISPLAY": f":{self.display()}", "STUBBLE_STATE_DIR": str(folder / "state"),
                                "STUBBLE_CONFIG_DIR": str(folder / "config")}
            for sent, expected, arguments in ((signal.SIGTERM, 143, ["--head", "builtin:mannequin"]),
                                              (signal.SIGINT, 130, [])):
                shutil.rmtree(folder / "state", ignore_errors=True)
                studio = subprocess.Popen([STUDIO, str(design), *arguments], env=env)
                begun = time.monotonic()
                while not (folder / "config" / "studio.json").exists() and time.monotonic() - begun < 60:
                    time.sleep(0.1)
                time.sleep(2)
                studio.send_signal(sent)
                try:
                    self.assertEqual(studio.wait(timeout=60), expected)
                finally:
                    studio.kill()
                left = list((folder / "state").glob("recovery-*.stubble"))
                # The second one had nothing unsaved.
                self.assertEqual(len(left), 1 if arguments else 0, left)
                (folder / "config" / "studio.json").unlink(missing_ok=True)

    def test_rests_when_nothing_moves(self):
        number = self.display()
        studio = None
        try:
            studio = subprocess.Popen([STUDIO], env=os.environ | {"DISPLAY": f":{number}"})
            # Opened and refined once its processor time has stood still for two seconds.
            used, since = 0.0, time.monotonic()
            begun = since
            while time.monotonic() - begun < 200:
                time.sleep(0.25)
                self.assertIsNone(studio.poll(), "it ended by itself")
                now = cpu_seconds(studio.pid)
                if now - used > 0.02:
                    used, since = now, time.monotonic()
                elif used > 1 and time.monotonic() - since > 2:
                    break
            else:
                self.fail("it never came to rest")
            before = cpu_seconds(studio.pid)
            time.sleep(3)
            self.assertLessEqual(cpu_seconds(studio.pid) - before, 0.06)
        finally:
            if studio:
                studio.terminate()
                studio.wait()


if __name__ == "__main__":
    unittest.main()
