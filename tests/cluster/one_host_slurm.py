"""A Slurm of one host in a scratch folder, for whoever starts it: no root, no cgroups, nothing of the system's own."""

import ctypes
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

DAEMONS = ("munged", "slurmctld", "slurmd")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # <linux/prctl.h>
START_SECONDS = 30

CONFIG = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthInfo=socket={folder}/munge/socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=8192
PartitionName=all Nodes={host} Default=YES State=UP
"""

_libc = ctypes.CDLL(None)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def processes():
    """Of every process its number, its parent's and its arguments."""
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            yield int(path.name), parent, (path / "cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
        except (FileNotFoundError, ProcessLookupError):
            pass


def kill_descendants():
    while True:
        family = {os.getpid()}
        everyone = list(processes())
        for _ in everyone:
            family |= {pid for pid, parent, _ in everyone if parent in family}
        family.remove(os.getpid())
        if not family:
            return
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        time.sleep(0.02)


class OneHostSlurm:
    """`with OneHostSlurm(folder, cpus)`: at the end all of it is gone, jobs too."""

    def __init__(self, folder, cpus):
        missing = [name for name in (*DAEMONS, "sbatch") if not self.program(name)]
        if missing:
            raise RuntimeError(f"{', '.join(missing)} not found: "
                               "apt-get install --no-install-recommends munge slurmctld slurmd slurm-client")
        self.folder, self.cpus, self.children = pathlib.Path(folder), cpus, []
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM_", "SBATCH_"))}
        self.env["SLURM_CONF"] = str(self.folder / "slurm.conf")

    @staticmethod
    def program(name):
        return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")

    def __enter__(self):
        # Slurm's job keepers leave their parent; they come to this process and can be found in the end.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        kill_descendants()
        for child in self.children:
            child.wait()

    def start(self):
        for name in ("munge", "state", "spool"):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        controller_port, node_port = free_ports(2)
        config = self.folder / "slurm.conf"
        config.write_text(CONFIG.format(folder=self.folder, user=getpass.getuser(), cpus=self.cpus,
                                        host=socket.gethostname().split(".")[0],
                                        controller_port=controller_port, node_port=node_port))
        munge = self.folder / "munge"
        # Forced, for it wants folders that every user may enter.
        self.daemon("munged", "--foreground", "--force", "--socket", munge / "socket", "--key-file", key, "--log-file", munge / "log",
                    "--pid-file", munge / "pid", "--seed-file", munge / "seed")
        self.wait_until((munge / "socket").exists)
        self.daemon("slurmctld", "-D", "-f", config)
        self.daemon("slurmd", "-D", "-f", config)
        self.wait_until(lambda: self.tell("sinfo", "-h", "-o", "%T").stdout.strip() == "idle")

    def wait_until(self, ready):
        end = time.monotonic() + START_SECONDS
        while not ready():
            if time.monotonic() > end:
                raise RuntimeError(f"Slurm does not start within {START_SECONDS} s:\n" + "\n".join(
                    path.read_text() for path in self.folder.glob("*.log")))
            time.sleep(0.05)

    def daemon(self, name, *args):
        with open(self.folder / f"{name}.log", "wb") as log:
            # Should this process be killed, its daemons end, too.
            self.children.append(subprocess.Popen(
                [self.program(name), *map(str, args)], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, preexec_fn=lambda: _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)))

    def tell(self, *command, **kwargs):
        return subprocess.run(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=30,
                              **kwargs)

    def tasks(self, array):
        """What became of each task of an array: {task: (state, exit code, signal)}."""
        told = {}
        for line in self.tell("scontrol", "-o", "show", "job", array).stdout.splitlines():
            job = dict(word.split("=", 1) for word in line.split() if "=" in word)
            if job["ArrayTaskId"].isdigit():
                code, number = job["ExitCode"].split(":")
                told[int(job["ArrayTaskId"])] = (job["JobState"], int(code), int(number))
        return told
