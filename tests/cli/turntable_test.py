"""stubble turntable: frames are what render gives, videos hold them all in their colours, faults leave nothing behind."""

import json
import os
import resource
import shutil
import signal
import subprocess
import time

import program
from render_test import FAST
from stills_test import png_rows

SIZE = (160, 90)  # wide enough for the stamp
FAST = [*FAST[:FAST.index("--size")], "--size", "160x90", "--samples", "1", "--quiet"]
FRAME_BYTES = 3 * SIZE[0] * SIZE[1]
FFMPEG, FFPROBE = shutil.which("ffmpeg"), shutil.which("ffprobe")


class TurntableTest(program.ProgramTest):
    def put_before_ffmpeg(self, script, **programs):
        """Lets a shell script stand for ffmpeg; other programs by name."""
        tools = self.dir / "tools"
        tools.mkdir()
        for name, body in {"ffmpeg": script, "ffprobe": f'exec {FFPROBE} "$@"', **programs}.items():
            if body is not None:
                (tools / name).write_text("#!/bin/sh\n" + body + "\n")
                (tools / name).chmod(0o755)
        self.env["PATH"] = f"{tools}:{self.env['PATH']}"
        return tools

    def keep_frames(self):
        self.put_before_ffmpeg(f'tee frames.rgb | {FFMPEG} "$@"')

    def frames(self):
        """What ffmpeg was given, a frame each."""
        data = (self.dir / "frames.rgb").read_bytes()
        return [data[i:i + FRAME_BYTES] for i in range(0, len(data), FRAME_BYTES)]

    def decoded(self, name):
        """The frames of a video as a viewer sees them."""
        full = "scale=in_range=tv:in_color_matrix=bt709:out_range=pc:flags=accurate_rnd+full_chroma_int"
        data = subprocess.run([FFMPEG, "-v", "error", "-i", self.dir / name, "-vf", full, "-f", "rawvideo", "-pix_fmt",
                               "rgb24", "-"], check=True, stdout=subprocess.PIPE).stdout
        return [data[i:i + FRAME_BYTES] for i in range(0, len(data), FRAME_BYTES)]

    def assert_same_colours(self, name):
        """What a viewer sees has the frames' colours: 4:2:0 blurs them at edges, but nothing shifts."""
        for given, seen in zip(self.frames(), self.decoded(name), strict=True):
            for rows, columns, most in ((range(90), range(160), 2.5), (range(30, 60), range(70, 90), 4)):  # all, skin
                size, shifts = differences(part(given, rows, columns), part(seen, rows, columns))
                self.assertLess(size, most)
                for shift in shifts:
                    self.assertLess(abs(shift), 0.8)

    def still(self, *args):
        self.assert_output(["render", *FAST, "-o", "still.png", *args])
        return b"".join(png_rows((self.dir / "still.png").read_bytes())[1])

    def probe(self, name):
        shown = subprocess.run([FFPROBE, "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json",
                                self.dir / name], check=True, stdout=subprocess.PIPE).stdout
        told = json.loads(shown)
        (stream,) = told["streams"]
        return stream, {key.lower(): value for key, value in told["format"]["tags"].items()}


def part(frame, rows, columns):
    pieces = [frame[3 * (y * SIZE[0] + columns.start):3 * (y * SIZE[0] + columns.stop)] for y in rows]
    return b"".join(pieces)


def differences(first, second):
    """Of 8-bit steps: the mean size of all, and the mean of each channel."""
    deltas = [b - a for a, b in zip(first, second)]
    return (sum(map(abs, deltas)) / len(deltas), [3 * sum(deltas[k::3]) / len(deltas) for k in range(3)])


class Refusals(TurntableTest):
    def assert_bad(self, args, message, code=2):
        self.assert_refused(["turntable", *args], code, message)

    def test_options(self):
        self.assert_bad([], "expected --output\nSee stubble turntable --help.")
        self.assert_bad(["-o", "t.gif"], "t.gif: unknown kind of output, expected a name that ends in .mp4 or .webm or "
                                         ".html")
        for frames in ("1", "721", "-3"):
            self.assert_bad(["-o", "t.mp4", "--frames", frames],
                            f"--frames {frames}: expected a whole number from 2 to 720")
        for rate in ("0", "121"):
            self.assert_bad(["-o", "t.webm", "--fps", rate], f"--fps {rate}: expected a whole number from 1 to 120")
        self.assert_bad(["-o", "t.html", "--fps", "24"], "--fps 24: is for videos, a page is turned by hand")
        self.assert_bad(["-o", "t.mp4", "--samples", "0"], "--samples 0: expected a whole number from 1 to 4096")
        self.assert_bad(["-o", "t.mp4", "--camera", "fornt"], "--camera fornt: unknown, did you mean front?")
        self.assert_bad(["-o", "t.mp4", "--light", "disco"],
                        "--light disco: unknown, expected one of studio, clinic, daylight, harsh-top")

    def test_sizes(self):
        for size in ("161x90", "160x91", "14x90", "160x7682"):
            self.assert_bad(["-o", "t.mp4", "--size", size],
                            f"--size {size}: a video's sides are even numbers of pixels, from 16 to 7680")
        self.assert_bad(["-o", "t.html", "--size", "10"], "--size 10: expected WIDTHxHEIGHT, each from 1 to 16384 pixels")

    def test_without_ffmpeg(self):
        """Told before any work, and a page goes without."""
        for missing in ("ffmpeg", "ffprobe"):
            tools = self.put_before_ffmpeg("exit 1", **{missing: None})
            self.env["PATH"] = str(tools)
            self.assert_bad(["-o", "t.mp4"], f"{missing}: not found in PATH, a video needs it: install the package ffmpeg, "
                                             "or choose a name that ends in .html", 65)
            shutil.rmtree(tools)
        self.assert_output(["turntable", *FAST, "--frames", "2", "-o", "t.html"])


class Videos(TurntableTest):
    def test_mp4(self):
        self.keep_frames()
        self.write("design.json", json.dumps({"stubble": "design", "version": 1, "name": 'Zoë = 1; # \\ "'}))
        args = ["turntable", "design.json", *FAST, "--frames", "4", "--fps", "8", "--camera", "front", "-o", "t.mp4"]
        report = json.loads(self.assert_output([*args, "--json"]))
        data = (self.dir / "t.mp4").read_bytes()
        self.assertEqual([report[key] for key in ("frames", "width", "height", "cutFrames", "bytes")],
                         [4, *SIZE, 0, len(data)])
        self.assertGreater(report["hairs"], 0)
        self.assertLess(data.index(b"moov"), data.index(b"mdat"), "plays while it loads")

        stream, tags = self.probe("t.mp4")
        expected = {"codec_name": "h264", "profile": "High", "pix_fmt": "yuv420p", "width": 160, "height": 90,
                    "nb_read_frames": "4", "r_frame_rate": "8/1", "duration": "0.500000", "start_time": "0.000000",
                    "color_range": "tv", "color_space": "bt709", "color_primaries": "bt709",
                    "color_transfer": "iec61966-2-1"}
        self.assertEqual({key: stream[key] for key in expected}, expected)
        self.assertEqual(tags["title"], 'Zoë = 1; # \\ "')
        self.assertRegex(tags["description"],
                         r"^Simulated .*not a photograph\. front view, studio light, 1 samples, stubble \d")
        design = json.loads(tags["comment"])
        self.assertEqual((design["name"], design["smp"]["densityPerCm2"]), ('Zoë = 1; # \\ "', 5))
        self.assertNotIn("creation_time", tags)

        # Frames are stills, mark and all; the head turns anticlockwise as seen from above, before standing lamps.
        frames = self.frames()
        self.assertEqual(frames[0], self.still("design.json", "--camera", "front"))
        for frame, camera in ((1, "right"), (3, "left")):
            same, other = self.still("--camera", camera), frames[4 - frame]
            self.assertLess(differences(same, frames[frame])[0], 0.2, camera)
            self.assertGreater(differences(same, other)[0], 5, camera)

        self.assert_same_colours("t.mp4")

        self.assert_output(args)
        self.assertEqual((self.dir / "t.mp4").read_bytes(), data, "same bytes again")

    def test_webm(self):
        self.keep_frames()
        args = ["turntable", *FAST, "--frames", "3", "-o", "t.WEBM"]
        self.assert_output(args)
        stream, tags = self.probe("t.WEBM")
        expected = {"codec_name": "vp9", "pix_fmt": "yuv420p", "width": 160, "height": 90, "nb_read_frames": "3",
                    "r_frame_rate": "24/1", "color_range": "tv", "color_space": "bt709", "color_primaries": "bt709",
                    "color_transfer": "iec61966-2-1"}
        self.assertEqual({key: stream[key] for key in expected}, expected)
        self.assertEqual(json.loads(tags["comment"])["smp"]["densityPerCm2"], 5)
        self.assert_same_colours("t.WEBM")
        data = (self.dir / "t.WEBM").read_bytes()
        self.assert_output(args)
        self.assertEqual((self.dir / "t.WEBM").read_bytes(), data, "same bytes again")

    def test_what_it_says(self):
        loud = [{"160x90": "90x160"}.get(arg, arg) for arg in FAST if arg != "--quiet"]
        done = self.run_stubble("turntable", *loud, "--frames", "4", "--camera", "front", "-o", "t.mp4")
        first, second = done.stderr.decode().splitlines()
        self.assertRegex(first, r"^t\.mp4: 4 frames in \d+\.\d s, \d+\.\d MB$")
        self.assertEqual(second, "the picture's border cuts the head in 2 of 4 frames: choose a wider --size")
        self.env["STUBBLE_PROGRESS"] = "lines"
        lines = self.run_stubble("turntable", *FAST, "--frames", "3", "-o", "t.mp4").stderr.decode().splitlines()
        told = [float(line.split()[1]) for line in lines]
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1], 1)


class Faults(TurntableTest):
    """What was there stays, and nothing is left beside it."""

    VIDEO = ["turntable", *FAST, "--frames", "4", "-o", "t.mp4"]

    def assert_kept(self, code, message, args=VIDEO, **kwargs):
        self.write("t.mp4", "old")
        self.assert_refused(args, code, message, **kwargs)
        self.assertEqual((self.dir / "t.mp4").read_text(), "old")

    def test_ffmpeg_dies(self):
        many = ["turntable", *FAST, "--frames", "16", "-o", "t.mp4"]  # more than a socket holds
        for script, message in (
                ("head -c 50000 >/dev/null; echo no room >&2; echo so ended >&2; exit 3", "ended with code 3: no room"),
                ("head -c 50000 >/dev/null; exit 0", "ended before the last frame"),
                ("head -c 50000 >/dev/null; kill -9 $$", "ended by signal 9")):
            tools = self.put_before_ffmpeg(script)
            self.assert_kept(74, f"ffmpeg: {message}", many)
            shutil.rmtree(tools)

    def test_frames_are_counted(self):
        read = f"head -c {3 * FRAME_BYTES} | {FFMPEG} \"$@\"; code=$?; cat >/dev/null; exit $code"
        self.put_before_ffmpeg(read)
        self.assert_kept(74, "t.mp4: not written: ffprobe reads width,height,frames 160,90,3 back, expected 160,90,4")

    def test_nothing_comes_out(self):
        self.put_before_ffmpeg("cat >/dev/null")
        self.assert_kept(74, "t.mp4: not written: ffprobe reads width,height,frames nothing back, expected 160,90,4")

    def test_full_disk(self):
        self.assert_refused(["turntable", *FAST, "--frames", "2", "-o", "/dev/full"], 74,
                            "/dev/full: cannot be written: No space left on device")
        # Only this program is limited, not ffmpeg.
        self.put_before_ffmpeg(f'ulimit -S -f unlimited; exec {FFMPEG} "$@"')
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))
        self.assert_kept(74, "t.mp4: cannot be written: File too large", preexec_fn=limit)

    def test_stopped(self):
        """By a signal at any time: ffmpeg ends, too."""
        self.put_before_ffmpeg(f'echo $$ > pid; exec {FFMPEG} "$@"')
        self.write("t.mp4", "old")
        for number, code, after in ((signal.SIGINT, 130, 0), (signal.SIGTERM, 143, 1), (signal.SIGKILL, -9, 1)):
            process = [program.STUBBLE, "turntable", *FAST, "--frames", "720", "-o", "t.mp4"]
            with subprocess.Popen(process, cwd=self.dir, env=self.env, stdin=subprocess.DEVNULL) as running:
                while not (self.dir / "pid").exists() or not (self.dir / "pid").read_text().endswith("\n"):
                    time.sleep(0.01)
                pid = int((self.dir / "pid").read_text())
                self.assertTrue(os.path.exists(f"/proc/{pid}"))
                time.sleep(after)
                running.send_signal(number)
                self.assertEqual(running.wait(), code)
            for _ in range(500):
                if not os.path.exists(f"/proc/{pid}"):
                    break
                time.sleep(0.01)
            self.assertFalse(os.path.exists(f"/proc/{pid}"), "ffmpeg has ended")
            (self.dir / "pid").unlink()
            self.assertEqual((self.dir / "t.mp4").read_text(), "old")
            self.assertEqual([name for name in self.files() if not name.startswith("tools")], ["t.mp4"])


if __name__ == "__main__":
    program.main()
