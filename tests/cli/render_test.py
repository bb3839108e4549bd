"""stubble render: every bad option is refused before any work is done, and a picture is a function of its design."""

import json
import struct
import zlib

import program

FAST = ["--set", "smp.densityPerCm2=5", "--set", "hair.densityPerCm2=5", "--size", "96x64", "--samples", "1", "--quiet"]


def text_chunks(png):
    """The text chunks of a PNG, whose every checksum must hold."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, text = 8, {}
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place:place + 8])
        body = png[place + 8:place + 8 + size]
        assert struct.unpack(">I", png[place + 8 + size:place + 12 + size])[0] == zlib.crc32(kind + body)
        if kind == b"iTXt":  # key, two bytes of compression, language, translated key, text
            key, rest = body.split(b"\0", 1)
            text[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[2].decode()
        place += 12 + size
    return text


class Options(program.ProgramTest):
    def assert_bad(self, option, value, message):
        self.assert_refused(["render", option, value, "-o", "out.png"], 2, f"{option} {value}: {message}")

    def test_camera(self):
        self.assert_bad("--camera", "forehead", "unknown, expected one of front, back, left, right, top,"
                        " three-quarter, hairline, macro")
        self.assert_bad("--camera", "fornt", "unknown, did you mean front?")

    def test_light(self):
        self.assert_bad("--light", "disco", "unknown, expected one of studio, clinic, daylight, harsh-top")

    def test_size(self):
        for size in ("1920", "1920x", "x1080", "0x10", "10x-1", "1920x1080x3", "16385x10", "99999999999x1", "axb"):
            self.assert_bad("--size", size, "expected WIDTHxHEIGHT, each from 1 to 16384 pixels")

    def test_distance(self):
        for distance in ("0", "nan", "inf", "4"):
            self.assert_bad("--distance-cm", distance, "expected a number from 25 to 1000 for a whole head")
            self.assert_refused(["render", "--camera", "macro", "--distance-cm", distance, "-o", "out.png"], 2,
                                f"--distance-cm {distance}: expected a number from 5 to 1000")

    def test_samples(self):
        for samples in ("0", "-1", "5000"):
            self.assert_bad("--samples", samples, "expected a whole number from 1 to 4096")

    def test_own_camera(self):
        eye, target, up = "--eye-mm=-100,50,700", "--target-mm=0,40,0", "--up=0,1,0"
        self.assert_refused(["render", eye, target, up, "-o", "out.png"], 2,
                            "--eye-mm, --target-mm, --up, --field-of-view: a camera of its own needs all four")
        blind = ("--eye-mm, --target-mm, --up: expected places up to 100000 mm away, and an up that is not the line"
                 " of sight")
        for bad in ((eye, "--target-mm=-100,50,700", up), (eye, target, "--up=0,0,0"),
                    ("--eye-mm=0,900,0", "--target-mm=0,0,0", up), ("--eye-mm=nan,0,0", target, up),
                    ("--eye-mm=1e6,0,0", target, up)):
            self.assert_refused(["render", *bad, "--field-of-view", "20", "-o", "out.png"], 2, blind)
        for field in ("-1", "0.01", "121", "nan"):
            self.assert_refused(["render", eye, target, up, "--field-of-view", field, "-o", "out.png"], 2,
                                f"--field-of-view {field}: expected a number from 0.1 to 120")
        self.assert_refused(["render", eye, target, up, "--field-of-view", "20", "--distance-cm", "75", "-o", "out.png"],
                            2, "--distance-cm 75: a camera of its own has its place by --eye-mm")

    def test_output(self):
        self.assert_refused(["render", "-o", "out.jpg"], 2,
                            "out.jpg: unknown kind of output, expected a name that ends in .png or .tif or"
                            " .tiff or .exr")


class Pictures(program.ProgramTest):
    def test_picture(self):
        report = json.loads(self.assert_output(["render", *FAST, "--json", "-o", "a.png"]))
        self.assertGreater(report["impressions"], 0)
        self.assert_output(["render", *FAST, "-o", "b.png"])
        first, second = ((self.dir / name).read_bytes() for name in ("a.png", "b.png"))
        self.assertEqual(first, second)
        self.assertEqual(struct.unpack(">II", first[16:24]), (96, 64))
        text = text_chunks(first)
        self.assertIn("stubble", text["Software"])
        self.write("same.json", text["Design"])
        self.assert_output(["render", "same.json", *FAST[4:], "-o", "c.png"])
        self.assertEqual((self.dir / "c.png").read_bytes(), first, "the picture's own design gives it again")
        self.assertEqual(self.files(), ["a.png", "b.png", "c.png", "same.json"])

    def test_own_camera(self):
        own = ["--eye-mm=-100,50,700", "--target-mm=0,40,0", "--up=0,1,0", "--field-of-view", "20"]
        self.assert_output(["render", *FAST, *own, "-o", "a.png"])
        self.assert_output(["render", *FAST, *own[:3], "--field-of-view", "25", "-o", "b.png"])
        first, second = ((self.dir / name).read_bytes() for name in ("a.png", "b.png"))
        self.assertNotEqual(first, second)
        self.assertIn("at -100,50,700 mm looking at 0,40,0 mm, up 0,1,0, field of view 20 degrees",
                      text_chunks(first)["View"])

    def test_progress_for_another_program(self):
        self.env["STUBBLE_PROGRESS"] = "lines"
        lines = self.run_stubble("render", *FAST, "-o", "a.png").stderr.decode().splitlines()
        self.assertGreater(len(lines), 3)
        for line in lines:
            self.assertRegex(line, r"^progress [01]\.\d{3} \w")
        done = [float(line.split()[1]) for line in lines]
        self.assertEqual(done, sorted(done))
        self.assertEqual(done[-1], 1)

    def test_dot_table(self):
        """Without a sound table of optics there is no picture, and the message names the file."""
        data = self.dir / "data"
        data.mkdir()
        for name in ("shaders", "assets/heads", "assets/stamp", "assets/presets"):
            (data / name).parent.mkdir(exist_ok=True)
            (data / name).symlink_to(program.SOURCE / name)
        self.env["STUBBLE_DATA_DIR"] = str(data)
        table = data / "assets/optics/dots.bin"
        self.assert_refused(["render", *FAST, "-o", "out.png"], 65, f"{table}: cannot be read: No such file or directory")
        table.parent.mkdir()
        whole = (program.SOURCE / "assets/optics/dots.bin").read_bytes()
        table.write_bytes(whole[:1000])
        self.assert_refused(["render", *FAST, "-o", "out.png"], 65,
                            f"{table}: found 1000 bytes, expected the {len(whole)} of a dot table")
        table.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
        self.assert_refused(["render", *FAST, "-o", "out.png"], 65,
                            f"{table}: checksum differs, expected the dot table as bake_dots wrote it")

    def test_full_device(self):
        self.assert_refused(["render", *FAST, "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")


if __name__ == "__main__":
    program.main()
