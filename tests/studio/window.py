"""A studio in a real window on a display of its own, worked by mouse and keys. Python's own library, Xvfb and
xdotool are all it needs.

    with Studio(program, folder) as studio:
        studio.drag("hairline.heightMm:track", 0.5, 0.7)
        studio.keys("ctrl+z")
        studio.rest()
        studio.picture("viewport").save(shots / "undone.png")

The studio tells where its controls are in a probe file (tools/studio/probe.h); pixels are read from the display.
"""

import json
import mmap
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

SIZE = (1280, 800)
FRAMES_TO_SETTLE = 6  # until a field that was clicked takes what is typed


def needed():
    """What is missing to open a window, or None."""
    missing = [tool for tool in ("Xvfb", "xdotool") if not shutil.which(tool)]
    return f"needs {' and '.join(missing)}" if missing else None


class Ended(AssertionError):
    """The studio is no more."""


class Picture:
    """Part of the screen: rows of blue, green, red and an unused byte a pixel."""

    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    def __eq__(self, other):
        return (self.width, self.height, self.pixels) == (other.width, other.height, other.pixels)

    def changed(self, other):
        """The share of pixels that differ, from every seventh."""
        assert (self.width, self.height) == (other.width, other.height)
        ours, theirs = (memoryview(picture.pixels).cast("I")[::7] for picture in (self, other))
        return sum(a != b for a, b in zip(ours, theirs)) / len(ours)

    def rgb(self):
        rgb = bytearray(3 * self.width * self.height)
        for channel in range(3):
            rgb[channel::3] = self.pixels[2 - channel :: 4]
        return bytes(rgb)

    def rows(self):
        """Red, green and blue of each row, uppermost first."""
        rgb, stride = self.rgb(), 3 * self.width
        return [rgb[y * stride : (y + 1) * stride] for y in range(self.height)]

    def save(self, path):
        rows = b"".join(b"\0" + row for row in self.rows())
        chunks = [(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)),
                  (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks))


class Display:
    """A virtual screen whose pixels lie in a file."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", folder],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        assert number, "Xvfb did not start"
        self.name = f":{number}"
        with open(folder / "Xvfb_screen0", "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self.memory[:100])
        self.width, self.height, self.stride = header[4], header[5], header[12]
        self.first = header[0] + 12 * header[19]
        assert header[11] == 32, "expected 32 bits a pixel"
        self.hand = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                     env=self.environment())

    def environment(self):
        return {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"} | {"DISPLAY": self.name}

    def do(self, *commands):
        self.hand.stdin.write("".join(command + "\n" for command in commands).encode())
        self.hand.stdin.flush()

    def picture(self, left=0, top=0, right=SIZE[0], bottom=SIZE[1]):
        begin = [self.first + y * self.stride + 4 * left for y in range(top, bottom)]
        return Picture(right - left, bottom - top,
                       b"".join(self.memory[b : b + 4 * (right - left)] for b in begin))

    def close(self):
        self.hand.kill()
        self.hand.wait()
        self.hand.stdin.close()
        self.memory.close()
        self.server.terminate()
        self.server.wait()


class Studio:
    """`folder` holds the state, settings and cache of the run; another one in the same folder finds them."""

    def __init__(self, program, folder, *arguments, cache=None, display=None, size=SIZE, stderr=None, **more):
        """`more` goes to the environment."""
        self.folder = pathlib.Path(folder)
        self.owns_display = display is None
        self.display = display or Display(self.folder / "display")
        self.probe_file = self.folder / f"probe-{time.monotonic_ns()}.json"
        self.marks, self.size = 0, size
        environment = self.display.environment() | {
            "STUBBLE_STUDIO_PROBE": str(self.probe_file),
            "STUBBLE_STATE_DIR": str(self.folder / "state"),
            "STUBBLE_CONFIG_DIR": str(self.folder / "config"),
            "STUBBLE_CACHE_DIR": str(cache or os.environ.get("STUBBLE_CACHE_DIR") or self.folder / "cache")} | more
        self.process = subprocess.Popen(
            [program, "--scale", "1", "--size", f"{size[0]}x{size[1]}", *map(str, arguments)],
            env=environment, cwd=self.folder, stderr=stderr)
        try:
            self.wait(lambda probe: True)
        except AssertionError:
            self.__exit__()
            raise
        self.display.do("search --onlyvisible --name Stubble windowmove 0 0 windowfocus")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        if self.owns_display:
            self.display.close()

    def kill(self, number=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait()

    # What it says

    def probe(self):
        try:
            return json.loads(self.probe_file.read_text())
        except FileNotFoundError:
            return None

    def wait(self, fits, seconds=180):
        end = time.monotonic() + seconds
        while True:
            probe = self.probe()
            if probe and fits(probe):
                return probe
            if self.process.poll() is not None:
                raise Ended(f"exit status {self.process.returncode}")
            if time.monotonic() > end:
                raise AssertionError(f"after {seconds} s still not there: " +
                                     str({k: v for k, v in (probe or {}).items() if k != "controls"}))
            time.sleep(0.01)

    def settle(self, rests=False, made=True, frames=FRAMES_TO_SETTLE):
        """Until all that was done has arrived and, with `made`, is in the picture; with `rests` until that is
        refined, too."""
        self.display.do("key --delay 0 Pause")
        self.marks += 1

        def settled(probe):
            if probe["marks"] < self.marks or (made and probe.get("busy", True)):
                return False
            return probe["rests"] or (not rests and probe["framesSinceInput"] >= frames)

        return self.wait(settled)

    def rest(self):
        return self.settle(True)

    def at(self, name):
        """Left, top, right, bottom in pixels; in the inspector it is scrolled to."""
        for _ in range(30):
            probe = self.probe()
            rect = probe["controls"].get(name)
            assert rect, f"no control {name} among {sorted(probe['controls'])}"
            left, top, right, bottom = rect
            if right - left >= 2 and bottom - top >= 8:
                return tuple(round(v) for v in rect)
            width, height = self.size
            self.display.do(f"mousemove {width - 20} {height // 2}",
                            f"click --delay 0 {5 if bottom > height // 2 else 4}")
            self.settle()
        raise AssertionError(f"{name} cannot be seen: {rect}")

    def picture(self, name=None):
        return self.display.picture(*(self.at(name) if name else ()))

    # What a hand does

    def point(self, name, across=0.5, down=0.5):
        left, top, right, bottom = self.at(name)
        return round(left + across * (right - left)), round(top + down * (bottom - top))

    def click(self, name, button=1):
        x, y = self.point(name)
        self.display.do(f"mousemove {x} {y}", f"mousedown {button}", f"mouseup {button}")
        return self.settle()

    def drag(self, name, start, end, steps=6, button=1):
        """From one place of a control to another, each a share of its width or a pair of shares."""
        pair = lambda share: share if isinstance(share, tuple) else (share, 0.5)
        (x0, y0), (x1, y1) = self.point(name, *pair(start)), self.point(name, *pair(end))
        self.display.do(f"mousemove {x0} {y0}", f"mousedown {button}")
        for i in range(1, steps + 1):
            self.settle()
            self.display.do(f"mousemove {round(x0 + (x1 - x0) * i / steps)} {round(y0 + (y1 - y0) * i / steps)}")
        self.settle()
        self.display.do(f"mouseup {button}")
        return self.settle()

    def keys(self, *names):
        for name in names:  # one by one: the same key twice in a millisecond counts once
            self.display.do(f"key --delay 0 {name}")
            probe = self.settle()
        return probe

    def type(self, text, enter=True):
        self.display.do(f"type --delay 1 {text}", *(["key --delay 0 Return"] if enter else []))
        return self.settle()

    def menu(self, menu, item):
        self.click(menu)
        return self.click(item)

    def park(self):
        """The pointer goes where it lights up nothing."""
        self.display.do(f"mousemove 500 {self.size[1] - 4}")
        return self.settle()


class Case(unittest.TestCase):
    """A test in a folder and on a display of its own; `main` fills in the programs."""

    def setUp(self):
        if needed():
            self.skipTest(needed())
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="stubble-studio-"))
        self.addCleanup(shutil.rmtree, self.dir)
        self.display = Display(self.dir / "display")
        self.addCleanup(self.display.close)

    def open(self, *arguments, **more):
        studio = Studio(STUDIO, self.dir, *arguments, display=self.display, **more)
        self.addCleanup(studio.kill)
        return studio

    def shot(self, studio, name):
        """A screenshot among the test's output, named after the test's file."""
        studio.picture().save(SHOTS / f"{pathlib.Path(sys.argv[0]).stem.removesuffix('_test')}-{name}.png")

    def save(self, studio):
        """The design, as its file holds it after Ctrl+S."""
        file = self.dir / "client.json"
        studio.keys("ctrl+s")
        if "files.accept" in studio.probe()["controls"]:
            studio.type(str(file))
        self.assertEqual(studio.probe()["title"], file.name)
        return json.loads(file.read_text())

    def notes(self, studio):
        """All that the notes in the window say."""
        return "\n".join(studio.probe()["notes"])

    def dismiss_notes(self, studio):
        while notes := [name for name in studio.probe()["controls"] if name.startswith("note:")]:
            studio.click(notes[0])

    def viewport_at_rest(self, studio):
        studio.park()
        studio.rest()
        return studio.picture("viewport")


def main():
    global STUDIO, STUBBLE, SHOTS
    STUDIO, STUBBLE, SHOTS = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
    del sys.argv[1:4]
    unittest.main(module="__main__")


def chosen(design, path):
    """What a design holds under a dotted key."""
    for key in path.split("."):
        design = design[key]
    return design


def png_pixels(path):
    """Size and filtered rows of a PNG: equal where the pixels are, for files by one writer."""
    data, place, parts = path.read_bytes(), 8, []
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        if kind in (b"IHDR", b"IDAT"):
            parts.append((kind, data[place + 8 : place + 8 + size]))
        place += 12 + size
    return parts[0][1], zlib.decompress(b"".join(part for kind, part in parts if kind == b"IDAT"))


def png_rows(path):
    """Red, green and blue of each row of a PNG of 8 bits a channel, uppermost first."""
    header, filtered = png_pixels(path)
    width, height, depth, kind = struct.unpack(">IIBB", header[:10])
    assert (depth, kind) == (8, 2), "expected 8 bits a channel and no alpha"
    stride, rows = 3 * width, []
    above = bytes(stride)
    for y in range(height):
        how, row = filtered[y * (stride + 1)], bytearray(filtered[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for i in range(stride):
            a, b, c = (row[i - 3], above[i], above[i - 3]) if i >= 3 else (0, above[i], 0)
            if how == 4:
                guess = a + b - c
                pa, pb, pc = abs(guess - a), abs(guess - b), abs(guess - c)
                row[i] = row[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c) & 255
            elif how:
                row[i] = row[i] + (a, b, (a + b) // 2)[how - 1] & 255
        above = bytes(row)
        rows.append(above)
    return rows


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
