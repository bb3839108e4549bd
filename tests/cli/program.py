"""Runs the real stubble in an empty folder. A test file ends with program.main()."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

STUBBLE = None
SOURCE = pathlib.Path(__file__).resolve().parents[2]


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="stubble-cli-"))
        self.addCleanup(shutil.rmtree, self.dir)
        self.env = dict(os.environ, STUBBLE_CACHE_DIR=str(CACHE))

    def write(self, name, content):
        path = self.dir / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def run_stubble(self, *args, **kwargs):
        kwargs.setdefault("stdout", subprocess.PIPE)
        return subprocess.run([STUBBLE, *args], cwd=self.dir, env=self.env, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=120, **kwargs)

    def files(self):
        return sorted(str(p.relative_to(self.dir)) for p in self.dir.rglob("*"))

    def assert_refused(self, args, code, message, **kwargs):
        """The program ends with the code, says exactly the message, prints no data and leaves no file."""
        before = self.files()
        done = self.run_stubble(*args, **kwargs)
        self.assertEqual(done.stderr.decode(), f"stubble: {message}\n")
        self.assertEqual(done.returncode, code)
        self.assertIn(done.stdout, (b"", None))
        self.assertEqual(self.files(), before)

    def assert_output(self, args):
        done = self.run_stubble(*args)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))
        return done.stdout.decode()


def main():
    global STUBBLE, CACHE
    STUBBLE = os.path.abspath(sys.argv.pop(1))
    with tempfile.TemporaryDirectory(prefix="stubble-cache-") as CACHE:
        unittest.main(module="__main__", exit=True)
