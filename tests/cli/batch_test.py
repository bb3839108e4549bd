"""stubble batch: plan, render, merge; what is done stays done, whatever happens to the process, the disk or the files.

    STUBBLE_KILLS=200 batch_test.py STUBBLE    as many kills over a batch of 64 shards; else a few over eight"""

import concurrent.futures
import contextlib
import errno
import fcntl
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import time
import unittest

import program

KILLS = int(os.environ.get("STUBBLE_KILLS", "5"))
QUICK = {"smp.densityPerCm2": 30, "hair.norwood": "VII", "hair.densityPerCm2": 20}  # quick to bake and to draw
OWN_MOUNTS = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
HEAD = pathlib.Path(__file__).resolve().parents[2] / "assets/heads/mannequin.ply"
HEX = r"[0-9a-f]{32}"


def can_mount():
    return shutil.which("unshare") and subprocess.run(
        [*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"], stderr=subprocess.DEVNULL).returncode == 0


def job(**more):
    return {"stubble": "batch", "version": 1, "overrides": [{"name": "quick", "set": QUICK}],
            "sizes": ["160x120"], "samples": 1} | more


def small(monks, cameras=("front",), lights=("studio",)):
    """A batch of so many small pictures."""
    return job(overrides=[{"name": f"monk {monk}", "set": QUICK | {"skin.monk": monk}} for monk in monks],
               cameras=list(cameras), lights=list(lights))


@contextlib.contextmanager
def locked(images, index):
    """As by a process that is at the picture."""
    with open(images / ".lock", "a+b") as file:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, index, 1, 0))
        yield


class BatchTest(program.ProgramTest):
    def plan(self, content, folder="out"):
        self.write("job.json", json.dumps(content))
        done = self.run_stubble("batch", "plan", "job.json", "-o", folder, "--quiet")
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))
        return int(done.stdout)

    def render(self, *arguments, folder="out", code=0, **kwargs):
        """The JSON lines it prints."""
        done = self.run_stubble("batch", "render", folder, "--json", "--quiet", *arguments, **kwargs)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        self.said = done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    def merge(self, *arguments, folder="out", code=0):
        done = self.run_stubble("batch", "merge", folder, "--quiet", *arguments)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        self.said = done.stderr.decode()
        return done.stdout.decode()

    def bytes_of(self, folder="out"):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()
                for p in (self.dir / folder / "images").iterdir() if p.name != ".lock"}

    def leftovers(self, folder="out"):
        return [p.name for p in (self.dir / folder / "images").iterdir() if p.name.endswith(".tmp")]


class Pictures(BatchTest):
    def test_a_picture_is_what_render_makes(self):
        head = self.dir / "scan.ply"
        shutil.copy(HEAD, head)
        shutil.copy(HEAD.with_name("mannequin.landmarks.json"), self.dir / "marks.json")
        self.write("client.json", json.dumps({"stubble": "design", "version": 1, "hairline": {"heightMm": 75}}))
        own = {"eyeMm": [0, 60, 600], "targetMm": [0, 40, 0], "up": [0, 1, 0], "fieldOfViewDegrees": 24}
        count = self.plan(job(
            designs=["client.json", "matched-buzz"],
            overrides=[{"name": "quick", "set": QUICK}, {"name": "own head", "set": QUICK | {"head": "scan.ply"}}],
            cameras=["macro", {"name": "Mine", **own}, {"name": "near", "camera": "front", "distanceCm": 60}],
            lights=["clinic"], sizes=["200x150"]))
        self.assertEqual(count, 12)
        lines = self.render()
        self.assertEqual([line["state"] for line in lines], ["rendered"] * 12)
        self.assertEqual([line["file"] for line in lines[:4]],
                         ["images/0000-client-quick-macro.png", "images/0001-client-quick-mine.png",
                          "images/0002-client-quick-near.png", "images/0003-client-own-head-macro.png"])
        quick = [argument for key, value in QUICK.items() for argument in ("--set", f"{key}={value}")]
        cameras = [["--camera", "macro"],
                   ["--eye-mm", "0,60,600", "--target-mm", "0,40,0", "--up", "0,1,0", "--field-of-view", "24"],
                   ["--camera", "front", "--distance-cm", "60"]]
        # The first scene, the next one on its own head, whose path is from the folder, and one after another head's.
        for index, design in ((1, ["../client.json"]), (3, ["../client.json", "--head", "../scan.ply"]),
                              (6, ["--preset", "matched-buzz"])):
            done = subprocess.run([program.STUBBLE, "render", *design, *quick, *cameras[index % 3], "--light", "clinic",
                                   "--size", "200x150", "--samples", "1", "-o", "../single.png", "--quiet"],
                                  cwd=self.dir / "out", env=self.env, stderr=subprocess.PIPE, timeout=100)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            self.assertEqual((self.dir / "single.png").read_bytes(),
                             (self.dir / "out" / lines[index]["file"]).read_bytes(), lines[index]["file"])
        # The same head from a file: other bytes of text, other landmarks at most.
        self.assertNotEqual(lines[3]["xxh3"], lines[0]["xxh3"])
        self.assertEqual(self.merge("--csv", "pictures.csv"), "")
        table = (self.dir / "pictures.csv").read_text().splitlines()
        self.assertEqual(len(table), 13)
        self.assertRegex(table[2], rf"^1,images/0001-client-quick-mine.png,client-quick,mine,clinic,200,150,done,"
                                   rf"\d+,{HEX},")

    def test_formats(self):
        for more, suffix in (({"format": "tiff", "bits": 16, "dpi": 300}, "tiff"), ({"format": "exr"}, "exr")):
            self.plan(job(**more), folder=suffix)
            line, = self.render(folder=suffix)
            self.assertEqual(line["file"], f"images/0000-quick.{suffix}")
            self.assertGreater(line["bytes"], 10_000)
            self.assertEqual(self.merge(folder=suffix), "")

    def test_shards_resume_by_hash(self):
        self.assertEqual(self.plan(small((2, 5), ("front", "back"), ("studio", "clinic"))), 8)
        self.assertEqual(self.merge(code=75), "0-7\n")
        self.assertEqual([line["image"] for line in self.render("--shard", "1/3")], [2, 3, 4])
        self.assertEqual(self.merge("--shards", "3", code=75), "0,2\n")
        self.assertIn("out: of 8 pictures 5 missing and 0 damaged; render shards 0,2 of 3 again",
                      self.said)
        again = self.render()
        self.assertEqual([line["state"] for line in again],
                         ["kept"] * 3 + ["rendered"] * 5)
        self.assertEqual(self.merge(), "")
        whole = self.bytes_of()
        # What is there but not what its record tells is rendered again, to the same bytes; so is what has lost
        # its record, or has that of another picture.
        images = self.dir / "out/images"
        names = sorted(p.name for p in images.glob("*.png"))
        (images / names[0]).write_bytes(b"half")
        (images / names[2]).unlink()
        (images / f"{names[4]}.json").unlink()
        shutil.copy(images / f"{names[6]}.json", images / f"{names[7]}.json")
        self.assertEqual(self.merge("--shards", "8", code=75), "0,2,4,7\n")
        report = json.loads(self.merge("--json", code=75))
        self.assertEqual((report["missing"], report["damaged"], report["done"], report["array"]),
                         ([4, 7], [0, 2], 4, "0,2,4,7"))
        self.assertEqual([line["image"] for line in self.render() if line["state"] == "rendered"], [0, 2, 4, 7])
        self.assertEqual(self.bytes_of(), whole)
        # Shards of another number part it otherwise, to the same bytes.
        self.plan(small((2, 5), ("front", "back"), ("studio", "clinic")), folder="other")
        for shard in range(2):
            self.render("--shard", f"{shard}/2", folder="other")
        self.assertEqual(self.bytes_of("other"), whole)

    def test_what_was_left_half_written_goes(self):
        self.plan(small((3,), ("front", "back")))
        images = self.dir / "out/images"
        leftovers = [f"0000-monk-3-front.png.4711-{i}.tmp" for i in range(2)] + ["0001-monk-3-back.png.json.1-0.tmp"]
        for name in leftovers:
            (images / name).write_bytes(b"half")
        self.render("--shard", "0/2")
        self.assertEqual(self.leftovers(), leftovers[2:])
        self.render("--shard", "1/2")
        self.assertEqual(self.leftovers(), [])
        # Of a picture that another process has made since; but not while one is at it.
        for name in leftovers:
            (images / name).write_bytes(b"half")
        with locked(images, 1):
            self.assertEqual([line["state"] for line in self.render()], ["kept"] * 2)
        self.assertEqual(self.leftovers(), leftovers[2:])

    def test_what_stands_in_a_pictures_place(self):
        self.plan(small((3,), ("front", "back", "left")))
        self.render()
        whole, images = self.bytes_of(), self.dir / "out/images"
        shutil.rmtree(images)
        self.assertEqual(self.merge(code=75), "0-2\n")
        self.assertEqual([line["state"] for line in self.render()], ["rendered"] * 3)
        # A pipe, a link to a file of somebody's, a folder.
        (self.dir / "precious").write_bytes(b"mine")
        names = sorted(p.name for p in images.glob("*.png"))
        for name in names:
            (images / name).unlink()
        os.mkfifo(images / names[0])
        (images / names[1]).symlink_to(self.dir / "precious")
        (images / names[2]).mkdir()
        self.assertEqual(self.merge("--shards", "1", code=75), "0\n")
        self.assertIn("0 missing and 3 damaged", self.said)
        self.assertEqual([line["state"] for line in self.render()], ["rendered"] * 3)
        self.assertEqual(self.bytes_of(), whole)
        self.assertEqual((self.dir / "precious").read_bytes(), b"mine")

    def test_a_design_that_cannot_be_baked_costs_its_pictures_alone(self):
        bad = {"name": "bad", "set": QUICK | {"grafts.count": 9000}}
        content = small((3, 6))
        content["overrides"].insert(1, bad)
        self.plan(content)
        lines = self.render(code=65)
        self.assertEqual([(line["image"], line["state"]) for line in lines],
                         [(1, "failed"), (0, "rendered"), (2, "rendered")])
        self.assertIn("9000 grafts", lines[0]["fault"])
        self.assertRegex(self.said, r"^stubble: images/0001-bad\.png: grafts\.count: 9000 grafts, but the donor area")
        self.assertEqual(self.merge("--shards", "3", code=75), "1\n")


class Faults(BatchTest):
    def test_jobs(self):
        for content, message in (
            ("{", "job.json: line 1, column 2: not valid JSON"),
            (json.dumps([]), "job.json: found an array, expected an object"),
            (json.dumps({"stubble": "design"}), 'job.json: stubble: found the string "design", expected "batch"'),
            (json.dumps(job(version=2)), "job.json: version: found the number 2, expected the whole number 1"),
            (json.dumps(job(camera=["front"])), "job.json: camera: unknown key, did you mean cameras?"),
            (json.dumps(job(designs=[])), "job.json: designs: found 0 items, expected 1 to 4096"),
            (json.dumps(job(designs=["matched-buz"])),
             "job.json: designs[0]: matched-buz: unknown preset, did you mean matched-buzz?"
             " (`stubble presets` lists them)"),
            (json.dumps(job(designs=["no.json"])),
             f"job.json: designs[0]: {self.dir}/no.json: cannot be read: No such file or directory"),
            (json.dumps(job(designs=["matched-buzz", "matched-buzz"])), "job.json: designs[1]: is there twice"),
            (json.dumps(job(overrides=[{"name": "a", "set": {"skin.monk": 11}}])),
             "job.json: overrides[0].set: skin.monk: found the number 11, expected a whole number from 1 to 10"),
            (json.dumps(job(sweep=[])), "job.json: overrides, sweep: expected one of the two at most"),
            (json.dumps(job(cameras=["frontal"])),
             'job.json: cameras[0]: found the string "frontal", expected an object or one of front, back, left, right, top, '
             "three-quarter, hairline, macro"),
            (json.dumps(job(cameras=[{"name": "x", "camera": "front", "distanceCm": 20}])),
             "job.json: cameras[0].distanceCm: found the number 20, expected a number from 25 to 1000"),
            (json.dumps(job(lights=["sun"])),
             'job.json: lights[0]: found the string "sun", expected one of studio, clinic, daylight, harsh-top'),
            (json.dumps(job(sizes=["0x10"])),
             'job.json: sizes[0]: found the string "0x10", expected "WIDTHxHEIGHT", each from 1 to 16384 pixels'),
            (json.dumps(job(samples=0)), "job.json: samples: found the number 0, expected a whole number from 1 to 4096"),
            (json.dumps(job(bits=12)), "job.json: bits: found 12, expected 8 or 16"),
            (json.dumps(job(format="exr", dpi=300)), "job.json: dpi: is for png and tiff, the format is exr"),
            (json.dumps(job(format="jpeg")), "job.json: format: found the string \"jpeg\", expected one of png, tiff, exr"),
        ):
            self.write("job.json", content)
            before = self.files()
            done = self.run_stubble("batch", "plan", "job.json", "-o", "out")
            said = done.stderr.decode()
            self.assertTrue(said.startswith(f"stubble: {message}"), (message, said))
            self.assertEqual((done.returncode, self.files()), (65, before), said)

    def test_missing_heads(self):
        self.write("job.json", json.dumps(job(overrides=[{"name": "a", "set": {"head": "gone.ply"}}])))
        self.assert_refused(["batch", "plan", "job.json", "-o", "out"], 65,
                            f"{self.dir}/gone.ply: cannot be read: No such file or directory")
        self.assert_refused(["batch", "plan", "job.json", "-o", ""], 2, "the batch's folder: is empty")
        self.assert_refused(["batch", "plan", "gone.json", "-o", "out"], 65,
                            "gone.json: cannot be read: No such file or directory")

    def test_plans_do_not_change(self):
        self.plan(small((3,)))
        self.plan(small((3,)))  # the same once more
        self.write("job.json", json.dumps(small((4,))))
        self.assert_refused(["batch", "plan", "job.json", "-o", "out"], 2,
                            "out/manifest.json: is another plan; a plan is not changed, choose another folder")
        with locked(self.dir / "out/images", 10**6):
            self.assert_refused(["batch", "plan", "job.json", "-o", "out"], 75,
                                "out/manifest.json: another process is at it")
        manifest = self.dir / "out/manifest.json"
        text = manifest.read_text()
        for change, message in (
            (text.replace('"samples":1', '"samples":2'),
             rf'out/manifest.json: batch: has been changed: its hash is {HEX}, expected what "xxh3" says\. '
             "Plan it anew"),
            (text[:100], "out/manifest.json: line 1, column 101: "),
            ("{}", 'out/manifest.json: stubble: found nothing, expected "manifest"'),
        ):
            manifest.write_text(change)
            for command in ("render", "merge"):
                done = self.run_stubble("batch", command, "out")
                self.assertRegex(done.stderr.decode(), f"^stubble: {message}")
                self.assertEqual(done.returncode, 65)
        manifest.unlink()
        self.assert_refused(["batch", "merge", "out"], 65,
                            "out/manifest.json: cannot be read: No such file or directory")

    def test_wrong_shards(self):
        self.plan(small((3,)))
        for shard in ("1", "1/1", "-1/2", "0/0", "a/b", "0/2x", "0/1000001"):
            self.assert_refused(["batch", "render", "out", f"--shard={shard}"], 2,
                                f"--shard {shard}: expected INDEX/COUNT, an index from 0 to COUNT - 1, a count of "
                                "1000000 at most")

    def test_changed_inputs(self):
        shutil.copy(HEAD, self.dir / "scan.ply")
        self.plan(job(overrides=[{"name": "a", "set": QUICK | {"head": "scan.ply"}}]))
        marks = self.dir / "scan.ply.landmarks.json"
        shutil.copy(HEAD.with_name("mannequin.landmarks.json"), marks)
        self.assert_refused(["batch", "render", "out"], 65,
                            f"{marks}: was not there when the batch was planned; plan it anew")
        marks.unlink()
        with open(self.dir / "scan.ply", "ab") as file:
            file.write(b"\n")
        done = self.run_stubble("batch", "render", "out")
        self.assertRegex(done.stderr.decode(),
                         rf"^stubble: {self.dir}/scan.ply: has changed since the batch was planned: its hash is {HEX}, "
                         rf"expected {HEX}; plan it anew\n$")
        self.assertEqual(done.returncode, 65)
        # Folder and inputs may move together.
        shutil.copy(HEAD, self.dir / "scan.ply")
        moved = self.dir / "moved"
        moved.mkdir()
        for name in ("out", "scan.ply"):
            shutil.move(self.dir / name, moved / name)
        self.assertEqual([line["state"] for line in self.render(folder="moved/out")], ["rendered"])

    def test_two_processes_in_one_folder(self):
        self.plan(small((3, 6)))
        with locked(self.dir / "out/images", 1):
            lines = self.render(code=75)
        self.assertEqual([(line["image"], line["state"]) for line in lines], [(1, "busy"), (0, "rendered")])
        self.assertEqual(self.said, "stubble: out: 1 picture in the hands of another process; run it again after "
                                    "that\n")
        self.assertEqual([line["state"] for line in self.render()], ["kept", "rendered"])
        # For real: all pictures are made once, by one or the other.
        self.plan(small((1, 2, 3), ("front", "back")), folder="both")
        command = [program.STUBBLE, "batch", "render", "both", "--json", "--quiet"]
        both = [subprocess.Popen(command, cwd=self.dir, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for _ in range(2)]
        lines = [json.loads(line) for process in both for line in process.communicate(timeout=100)[0].splitlines()]
        self.assertTrue({process.returncode for process in both} <= {0, 75})
        self.assertEqual(sorted(line["image"] for line in lines if line["state"] == "rendered"), list(range(6)))
        self.assertEqual(self.merge(folder="both"), "")

    def test_a_signal(self):
        self.plan(small(range(1, 9), ("front", "back", "left", "top"), ("studio", "clinic")))
        for number in (signal.SIGTERM, signal.SIGINT):
            process = subprocess.Popen([program.STUBBLE, "batch", "render", "out", "--json", "--quiet"], cwd=self.dir,
                                       env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            while json.loads(process.stdout.readline())["state"] != "rendered":
                pass
            begun = time.monotonic()
            process.send_signal(number)
            process.communicate(timeout=10)
            self.assertLess(time.monotonic() - begun, 10)
            self.assertEqual(process.returncode, 128 + number)
            self.assertEqual(self.leftovers(), [])
        # Nobody reads on, as after `| head`.
        process = subprocess.Popen([program.STUBBLE, "batch", "render", "out", "--json", "--quiet"], cwd=self.dir,
                                   env=self.env, stdout=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=100), 128 + signal.SIGPIPE)
        self.assertEqual(self.leftovers(), [])
        done = json.loads(self.merge("--json", code=75))
        self.assertGreaterEqual(done["done"], 2)
        self.assertLess(done["done"], 64)


class Accidents(BatchTest):
    def test_kills(self):
        """Again and again, wherever it is: what was done is not rendered twice, and the bytes are those of one run."""
        many = KILLS >= 100
        content = small((1, 3, 5, 8), ("front", "back", "left", "top"), ("studio", "clinic", "daylight", "harsh-top")) \
            if many else small((1, 8), ("front", "back"), ("studio", "clinic"))
        count = self.plan(content)
        self.plan(content, folder="uninterrupted")
        self.render(folder="uninterrupted")
        chance, kills, rendered = random.Random(8), 0, 0
        while kills < KILLS:
            shard = chance.randrange(count)
            done_before = set(json.loads(self.merge_any("--json"))["missing"])
            process = subprocess.Popen([program.STUBBLE, "batch", "render", "out", "--json", "--quiet", "--shard",
                                        f"{shard}/{count}" if many and chance.random() < 0.5 else "0/1"],
                                       cwd=self.dir, env=self.env, bufsize=0,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            # Half of them in the midst of pictures, the others anywhere from the program's start.
            midst = chance.random() < 0.5
            out = process.stdout.readline() if midst else b""
            time.sleep(chance.uniform(0, 0.4 if midst else 1.8))
            if process.poll() is None:
                process.kill()
                kills += 1
            out += process.communicate()[0]
            now = [json.loads(line) for line in out.splitlines()]
            again = {line["image"] for line in now if line["state"] == "rendered"}
            self.assertLessEqual(again, done_before)
            rendered += len(again)
            if not many or len(done_before) < count // 2:
                # More to do: some records go, as if they had not been reached.
                for record in chance.sample(sorted((self.dir / "out/images").glob("*.png.json")),
                                            k=min(2, count - len(done_before))):
                    record.unlink()
        self.render()
        self.assertEqual(self.merge(), "")
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.bytes_of(), self.bytes_of("uninterrupted"))
        print(f"{kills} kills over {count} pictures, {rendered} rendered and told of between them")

    def merge_any(self, *arguments):
        return self.run_stubble("batch", "merge", "out", "--quiet", *arguments).stdout

    def test_every_write_sync_and_rename_may_fail(self):
        library = pathlib.Path(program.STUBBLE).parent.parent / "failing-files/failing_files.so"
        self.assertTrue(library.exists(), library)
        content = small((4,), ("front", "back"))
        self.plan(content, folder="whole")
        self.render(folder="whole")
        whole = self.bytes_of("whole")

        def fate(call, number):
            """Whether there was such a call."""
            folder, seen = f"{call}-{number}", self.dir / f"{call}-{number}-seen"
            (self.dir / folder).mkdir()
            shutil.copy(self.dir / "whole/manifest.json", self.dir / folder)
            (self.dir / folder / "images").mkdir()
            env = self.env | {"LD_PRELOAD": str(library), "STUBBLE_FAIL_CALL": call, "STUBBLE_FAIL_NUMBER": str(number),
                              "STUBBLE_FAIL_SEEN": str(seen), "STUBBLE_FAIL_FOLDER": str(self.dir / folder)}
            done = subprocess.run([program.STUBBLE, "batch", "render", self.dir / folder, "--quiet"], cwd=self.dir,
                                  env=env, capture_output=True, timeout=100)
            if not seen.exists():
                self.assertEqual(done.returncode, 0, done.stderr)
                return False
            self.assertEqual(done.returncode, 74, (call, number, done.stderr))
            cause = os.strerror(errno.ENOSPC if call == "write" else errno.EIO)
            self.assertRegex(done.stderr.decode(),
                             rf"^stubble: {self.dir}/{folder}/images/000\d-monk-4-\w+\.png(\.json)?: cannot be "
                             rf"written: {cause}\n$")
            self.assertEqual(self.leftovers(folder), [])
            there = self.bytes_of(folder)
            self.assertEqual({name: whole[name] for name in there}, there)
            if (call, number) in (("write", 1), ("rename", 2), ("fsync", 3)):
                self.render(folder=folder)
                self.assertEqual(self.bytes_of(folder), whole)
            return True

        # Two pictures and two records, each written, synced and renamed.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            calls = [(call, number) for call in ("write", "fsync", "rename") for number in range(1, 6)]
            for (call, number), happened in zip(calls, pool.map(fate, *zip(*calls))):
                self.assertEqual(happened, number < 5, (call, number))

    @unittest.skipUnless(can_mount(), "may not mount")
    def test_a_full_disk(self):
        self.write("job.json", json.dumps(small((2, 4, 6, 8), ("front", "back", "left", "top"),
                                                ("studio", "clinic", "daylight", "harsh-top"))))
        script = f"""set -e
            mkdir disk && mount -t tmpfs -o size=400k none disk
            '{program.STUBBLE}' batch plan job.json -o disk/out --quiet
            set +e; '{program.STUBBLE}' batch render disk/out --quiet; echo $?
            '{program.STUBBLE}' batch merge disk/out --json --quiet 2>/dev/null
            ls -A disk/out/images | grep tmp"""
        done = subprocess.run([*OWN_MOUNTS, "sh", "-c", script], cwd=self.dir, env=self.env, capture_output=True,
                              timeout=100)
        out = done.stdout.decode()
        self.assertTrue(out.startswith("64\n74\n"), (out, done.stderr))
        self.assertRegex(done.stderr.decode(), r"^stubble: disk/out/images/00\d\d-\S+: cannot be written: "
                                               r"No space left on device\n$")
        report = json.loads(out[6:])
        self.assertEqual(report["damaged"], [])
        self.assertGreater(report["done"], 5)
        self.assertEqual(len(report["missing"]), 64 - report["done"])


if __name__ == "__main__":
    program.main()
