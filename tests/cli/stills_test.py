"""stubble render: kinds of file, what they say of themselves, full disks and signals."""

import json
import os
import pty
import resource
import select
import shutil
import signal
import struct
import subprocess
import time
import zlib

import program
from render_test import FAST, text_chunks


def png_chunks(data):
    place = 8
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place:place + 8])
        yield kind, data[place + 8:place + 8 + size]
        place += 12 + size


def png_rows(data):
    """The rows of a PNG of RGB whose rows are filtered by sub, up or not at all."""
    width, height, bits = struct.unpack(">IIB", data[16:25])
    raw = zlib.decompress(b"".join(body for kind, body in png_chunks(data) if kind == b"IDAT"))
    step = 3 * bits // 8
    above, rows = bytes(width * step), []
    for y in range(height):
        line = raw[y * (width * step + 1):(y + 1) * (width * step + 1)]
        row = bytearray(line[1:])
        for i in range(len(row)):
            before = {0: 0, 1: row[i - step] if i >= step else 0, 2: above[i]}[line[0]]
            row[i] = (row[i] + before) & 255
        above = bytes(row)
        rows.append(above)
    return bits, rows


def tiff_tags(data):
    """The tags of a little-endian TIFF's only directory, numbers as tuples, text and bytes as bytes."""
    assert data[:4] == b"II*\0"
    place = struct.unpack("<I", data[4:8])[0]
    kinds = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 7: "s"}
    tags = {}
    for i in range(struct.unpack("<H", data[place:place + 2])[0]):
        entry = data[place + 2 + 12 * i:place + 14 + 12 * i]
        tag, kind, count = struct.unpack("<HHI", entry[:8])
        form = f"<{count}s" if kinds[kind] == "s" else "<" + count * kinds[kind]
        size = struct.calcsize(form)
        at = struct.unpack("<I", entry[8:])[0]
        values = struct.unpack(form, entry[8:8 + size] if size <= 4 else data[at:at + size])
        tags[tag] = values[0].rstrip(b"\0") if kinds[kind] == "s" else values
    assert data[place + 2 + 12 * (i + 1):place + 6 + 12 * (i + 1)] == b"\0\0\0\0", "one directory"
    return tags


def tiff_rows(data):
    """The rows of a deflated RGB TIFF with the horizontal predictor, as tuples of numbers."""
    tags = tiff_tags(data)
    width, height, bits = tags[256][0], tags[257][0], tags[258][0]
    rows = []
    for offset, size in zip(tags[273], tags[279]):
        raw = zlib.decompress(data[offset:offset + size])
        strip = struct.unpack(f"<{8 * len(raw) // bits}{'H' if bits == 16 else 'B'}", raw)
        for y in range(len(strip) // (3 * width)):
            row = list(strip[3 * width * y:3 * width * (y + 1)])
            for i in range(3, len(row)):
                row[i] = (row[i] + row[i - 3]) & ((1 << bits) - 1)
            rows.append(tuple(row))
    assert len(rows) == height
    return rows


def exr_attributes(data):
    """The attributes of an OpenEXR header: name to kind and bytes."""
    assert struct.unpack("<II", data[:8]) == (20000630, 2)
    place, attributes = 8, {}
    while data[place]:
        name, kind, rest = data[place:].split(b"\0", 2)
        size = struct.unpack("<I", rest[:4])[0]
        attributes[name.decode()] = (kind.decode(), rest[4:4 + size])
        place += len(name) + len(kind) + 6 + size
    return attributes


class Files(program.ProgramTest):
    def render(self, name, *args):
        self.assert_output(["render", *FAST, "-o", name, *args])
        return (self.dir / name).read_bytes()

    def test_png(self):
        plain, deep = self.render("a.png"), self.render("b.PNG", "--bits", "16", "--dpi", "300")
        self.assertNotIn(b"pHYs", dict(png_chunks(plain)))
        chunks = dict(png_chunks(deep))
        self.assertEqual(struct.unpack(">IIB", chunks[b"pHYs"]), (11811, 11811, 1))
        self.assertIn(b"sRGB", chunks)
        self.assertEqual(text_chunks(plain), text_chunks(deep))
        (bits, rows), (deep_bits, deep_rows) = png_rows(plain), png_rows(deep)
        self.assertEqual((bits, deep_bits), (8, 16))
        fine = [struct.unpack(f">{len(row) // 2}H", row) for row in deep_rows]
        for row, fine_row in zip(rows, fine):
            for value, fine_value in zip(row, fine_row):
                self.assertLess(abs(value - fine_value / 257), 1.1, "the display's dither is a level wide")
        self.assertGreater(len({value & 255 for row in fine for value in row}), 200, "more than 8 bits of detail")

    def test_tiff(self):
        eight, sixteen = self.render("a.tif", "--dpi", "254"), self.render("b.tiff", "--bits", "16")
        tags, deep = tiff_tags(eight), tiff_tags(sixteen)
        self.assertEqual((tags[256], tags[257], tags[258]), ((96,), (64,), (8, 8, 8)))
        self.assertEqual(deep[258], (16, 16, 16))
        self.assertEqual(tags[259], (8,), "deflate")
        self.assertEqual(tags[317], (2,), "horizontal predictor")
        x, over = tags[282]
        self.assertEqual((x / over, tags[282], tags[296]), (254, tags[283], (2,)))
        self.assertEqual(deep[296], (1,), "no unit of length without --dpi")
        self.assertTrue(tags[305].startswith(b"stubble "))
        text = tags[270].decode()
        self.assertIn("Description: Simulated scalp micropigmentation; not a photograph\n", text)
        design = text.split("Design: ", 1)[1].split("\nView: ")[0]
        self.assertEqual(json.loads(design)["stubble"], "design")
        self.assertEqual(tags[34675][36:40], b"acsp", "an ICC profile")
        self.assertNotIn(306, tags, "a date would make equal pictures unequal files")
        rows = [tuple(row) for row in png_rows(self.render("c.png"))[1]]
        self.assertEqual(tiff_rows(eight), rows)
        fine = png_rows(self.render("d.png", "--bits", "16"))[1]
        self.assertEqual(tiff_rows(sixteen), [struct.unpack(f">{len(row) // 2}H", row) for row in fine])
        self.assertEqual(self.render("e.tif", "--dpi", "254"), eight)

    def test_exr(self):
        data = self.render("a.exr")
        attributes = exr_attributes(data)
        self.assertEqual(attributes["compression"], ("compression", b"\3"), "ZIP")
        self.assertEqual(attributes["dataWindow"][1], struct.pack("<iiii", 0, 0, 95, 63))
        channels = attributes["channels"][1]
        self.assertEqual(channels.count(struct.pack("<I", 1) + bytes(4) + struct.pack("<II", 1, 1)), 3, "halves")
        primaries = struct.unpack("<8f", attributes["chromaticities"][1])
        for value, expected in zip(primaries, (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290)):
            self.assertAlmostEqual(value, expected, 5)
        self.assertTrue(attributes["software"][1].startswith(b"stubble "))
        self.assertEqual(json.loads(attributes["design"][1])["stubble"], "design")
        self.assertIn(b"not a photograph", attributes["description"][1])
        self.assertTrue(attributes["values"][1].startswith(b"linear light x exposure "))
        self.assertEqual(self.render("b.exr"), data)

    def test_bits(self):
        for bits in ("0", "12", "-8"):
            self.assert_refused(["render", "-o", "a.png", "--bits", bits], 2, f"--bits {bits}: expected 8 or 16")
        for bits in ("8", "16"):
            self.assert_refused(["render", "-o", "a.exr", "--bits", bits], 2,
                                "a.exr: OpenEXR holds half floats, --bits is for PNG and TIFF")

    def test_dpi(self):
        for dpi in ("0", "-1", "10001"):
            self.assert_refused(["render", "-o", "a.png", "--dpi", dpi], 2,
                                f"--dpi {dpi}: expected a whole number from 1 to 10000")
        self.assert_refused(["render", "-o", "a.exr", "--dpi", "300"], 2,
                            "a.exr: OpenEXR holds no size in print, --dpi is for PNG and TIFF")
        for dpi, per_metre in (("1", 39), ("10000", 393701)):
            chunks = dict(png_chunks(self.render("a.png", "--dpi", dpi)))
            self.assertEqual(struct.unpack(">IIB", chunks[b"pHYs"]), (per_metre, per_metre, 1))


class Failures(program.ProgramTest):
    def test_full_disk(self):
        """Writing more than 3000 bytes to a file fails, as on a full disk; the old file stays."""
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))
        self.assert_output(["render", *FAST, "-o", "warm.png"])  # caches are written without a limit
        for name in ("a.png", "a.tif", "a.exr"):
            for old in (False, True):
                if old:
                    self.write(name, "old")
                self.assert_refused(["render", *FAST, "-o", name], 74, f"{name}: cannot be written: File too large",
                                    preexec_fn=limit)
            self.assertEqual((self.dir / name).read_text(), "old")

    def test_full_device(self):
        self.assert_refused(["render", *FAST, "--bits", "16", "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")

    def test_folder_that_cannot_be_written(self):
        for suffix in (".png", ".tif", ".exr"):
            self.assert_refused(["render", *FAST, "-o", f"none/a{suffix}"], 74,
                                f"none/a{suffix}: cannot be written: none is not a folder")
        # Nobody, the superuser included, makes files in /proc.
        for suffix in (".png", ".tif", ".exr"):
            done = self.run_stubble("render", *FAST, "-o", f"/proc/a{suffix}")
            self.assertRegex(done.stderr.decode(), rf"^stubble: /proc/a\{suffix}: cannot be written: .+\n$")
            self.assertEqual(done.returncode, 74)

    def test_pipes_take_png_alone(self):
        for name, fits in (("pipe.png", True), ("pipe.tif", False), ("pipe.exr", False)):
            os.mkfifo(self.dir / name)
            with subprocess.Popen(["cat", self.dir / name], stdout=subprocess.PIPE) as reader:
                done = self.run_stubble("render", *FAST, "-o", name)
                data = reader.communicate()[0]
            if fits:
                self.assertEqual((done.returncode, data[:4]), (0, b"\x89PNG"))
            else:
                self.assertEqual((done.returncode, done.stderr.decode()),
                                 (74, f"stubble: {name}: cannot be written: Illegal seek\n"))


class Signals(program.ProgramTest):
    LARGE = ["--set", "smp.densityPerCm2=5", "--set", "hair.densityPerCm2=5", "--size", "2000x1500"]
    LONG = [*LARGE, "--samples", "500", "-o", "a.png"]

    def setUp(self):
        super().setUp()
        self.cache = self.dir / "cache"
        self.env["STUBBLE_CACHE_DIR"] = str(self.cache)

    def temporaries(self):
        return [name for name in self.files() if name.endswith(".tmp")]

    def start(self, *args, **kwargs):
        return subprocess.Popen([program.STUBBLE, "render", *args], cwd=self.dir, env=self.env,
                                stdin=subprocess.DEVNULL, **kwargs)

    def test_stopped_at_any_time(self):
        """Early on, in the bake and its cache, while rendering."""
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            for seconds in (0.05, 0.2, 0.5, 1.0):
                shutil.rmtree(self.cache, ignore_errors=True)
                with self.start(*self.LONG, "--quiet") as running:
                    time.sleep(seconds)
                    running.send_signal(number)
                    if seconds > 0.1:
                        self.assertEqual(running.wait(), code)
                self.assertNotIn("a.png", self.files())
                self.assertEqual(self.temporaries(), [])

    def test_stopped_while_it_writes(self):
        for number, code, name in ((signal.SIGINT, 130, "a.png"), (signal.SIGTERM, 143, "a.tif"),
                                   (signal.SIGINT, 130, "a.exr")):
            self.write(name, "old")
            bits = [] if name == "a.exr" else ["--bits", "16"]
            with self.start(*self.LARGE, *bits, "--samples", "1", "-o", name, "--quiet") as running:
                while running.poll() is None and not any(t.startswith(name) for t in self.temporaries()):
                    pass
                running.send_signal(number)
                self.assertEqual(running.wait(), code, "stopped before it was done")
            self.assertEqual((self.dir / name).read_text(), "old")
            self.assertEqual(self.temporaries(), [])

    def test_the_bar_keeps_its_line(self):
        """On a terminal the bar says how far and how long; what follows a signal stands on a line of its own."""
        master, slave = pty.openpty()
        with self.start(*self.LONG, stderr=slave) as running:
            os.close(slave)
            shown = b""
            while b"rendering" not in shown and select.select([master], [], [], 60)[0]:
                shown += os.read(master, 1000)
            running.send_signal(signal.SIGINT)
            self.assertEqual(running.wait(), 130)
        try:
            while select.select([master], [], [], 1)[0]:
                shown += os.read(master, 1000)
        except OSError:
            pass  # the terminal is closed
        os.close(master)
        self.assertRegex(shown, rb"\d+ %  rendering")
        self.assertTrue(shown.endswith(b"\r\n"), shown[-40:])


if __name__ == "__main__":
    program.main()
