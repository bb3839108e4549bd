"""A machine left nearly alone, and how far it was."""

import os
import time


def busy_seconds():
    """Processor seconds that all processes of the machine have taken since it started."""
    with open("/proc/stat") as file:
        user, nice, system = map(int, file.readline().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(patience_minutes):
    until = time.monotonic() + 60 * patience_minutes
    while time.monotonic() < until:
        before, start = busy_seconds(), time.monotonic()
        time.sleep(0.5)
        if busy_seconds() - before < 0.05 * (time.monotonic() - start):
            return


class Others:
    """The cores that processes other than one have held since this was made."""

    def __init__(self):
        self.before, self.start = busy_seconds(), time.monotonic()

    def cores(self, own_processor_seconds):
        wall = time.monotonic() - self.start
        return max(busy_seconds() - self.before - own_processor_seconds, 0) / wall
