"""A batch as a Slurm job array: shards end badly, what `merge` names is submitted again, nothing differs in the end."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))

import one_host_slurm
import program

SHARDS, EACH = 8, 6
IMAGES = SHARDS * EACH
JOB = {
    "stubble": "batch", "version": 1, "name": "Shards",
    "sweep": [{"key": "smp.densityPerCm2", "values": [30, 60, 90]}],
    "cameras": ["front", "back", "left", "right", "top", "three-quarter", "hairline", "macro"],
    "lights": ["studio", "clinic"], "sizes": ["160x160"], "samples": 2,
}
SCRIPT = program.SOURCE / "tools/cluster/stubble.sbatch"
WAIT_SECONDS = 120


class SlurmArray(program.ProgramTest):
    def setUp(self):
        super().setUp()
        # The script finds stubble where a user's would.
        self.env["PATH"] = f"{os.path.dirname(program.STUBBLE)}:{self.env['PATH']}"

    def wait_until(self, what, done):
        end = time.monotonic() + WAIT_SECONDS
        while not done():
            self.assertLess(time.monotonic(), end, f"{what}\n{self.logs()}")
            time.sleep(0.02)

    def logs(self):
        return "\n".join(f"{path.name}: {path.read_text()}" for path in sorted(self.dir.glob("*.log")))

    def plan(self, folder):
        self.assertEqual(self.assert_output(["batch", "plan", "job.json", "-o", folder, "--quiet"]).strip(), str(IMAGES))

    def pictures(self, folder):
        return {path.name: path.read_bytes() for path in (self.dir / folder / "images").glob("*.png")}

    def merge(self):
        done = self.run_stubble("batch", "merge", "array", "--shards", str(SHARDS))
        return done.returncode, done.stdout.decode().strip()

    def submit(self, tasks):
        """Sends off an array of tasks; its number."""
        done = self.slurm.tell("sbatch", "--parsable", "--cpus-per-task=1", f"--array={tasks}", SCRIPT, "array",
                               str(SHARDS), cwd=self.dir)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.strip()

    def wait_for_end(self, array, count):
        ended = ("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT")
        self.wait_until("the array's end", lambda: sum(state in ended for state, *_ in self.slurm.tasks(array).values())
                        == count)

    def stop_in_the_middle(self, shard):
        """Stops the process that renders a shard when its first picture is there, and not all are."""
        images = self.dir / "array/images"
        self.wait_until(f"the first picture of shard {shard}", lambda: any(images.glob(f"{shard * EACH:04}*.png")))
        command = ["batch", "render", "array", "--shard", f"{shard}/{SHARDS}"]
        at_it = [pid for pid, _, args in one_host_slurm.processes() if args[-5:] == command]
        self.assertEqual(len(at_it), 1)
        os.kill(at_it[0], signal.SIGSTOP)
        self.assertFalse(any(images.glob(f"{shard * EACH + EACH - 1:04}*.json")))
        return at_it[0]

    def test_array(self):
        self.write("job.json", json.dumps(JOB))
        self.plan("whole")
        self.assert_output(["batch", "render", "whole", "--shard", "0/1", "--quiet"])
        self.plan("array")
        with one_host_slurm.OneHostSlurm(self.dir / "slurm", cpus=2) as self.slurm:
            self.slurm.env.update(PATH=self.env["PATH"], STUBBLE_CACHE_DIR=self.env["STUBBLE_CACHE_DIR"])
            array = self.submit(f"0-{SHARDS - 1}")
            os.kill(self.stop_in_the_middle(1), signal.SIGKILL)
            self.stop_in_the_middle(4)
            self.slurm.tell("scancel", f"{array}_4")  # lets it go on before it asks it to end
            pid = self.stop_in_the_middle(6)
            self.slurm.tell("scancel", "--batch", "--signal=TERM", f"{array}_6")  # as when the time is nearly up
            status = pathlib.Path(f"/proc/{pid}/status")
            self.wait_until("the signal", lambda: f"ShdPnd:\t{1 << signal.SIGTERM - 1:016x}" in status.read_text())
            os.kill(pid, signal.SIGCONT)
            self.wait_for_end(array, SHARDS)
            tasks = self.slurm.tasks(array)
            bad = {task: tasks.pop(task) for task in (1, 4, 6)}
            self.assertEqual(bad, {1: ("FAILED", 0, 9), 4: ("CANCELLED", 143, 0), 6: ("FAILED", 143, 0)}, self.logs())
            self.assertEqual(set(tasks.values()), {("COMPLETED", 0, 0)}, self.logs())

            self.assertEqual(self.merge(), (75, "1,4,6"))
            array = self.submit("1,4,6")
            self.wait_for_end(array, 3)
            self.assertEqual(self.slurm.tasks(array), {task: ("COMPLETED", 0, 0) for task in (1, 4, 6)}, self.logs())
        self.assertEqual(self.merge(), (0, ""))
        self.assertEqual(len(self.pictures("array")), IMAGES)
        self.assertEqual(self.pictures("array"), self.pictures("whole"))

    def test_script_says_what_it_expects(self):
        done = subprocess.run(["bash", SCRIPT, "array"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (2, "", "expected: sbatch --array=0-N stubble.sbatch FOLDER SHARDS\n"))


if __name__ == "__main__":
    program.main()
