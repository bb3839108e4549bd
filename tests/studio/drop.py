"""Files dragged from another program and dropped on a window, as a file manager does it: the source's side of XDND,
version 5 (freedesktop.org, "Drag-and-Drop Protocol for the X Window System"). Needs python3-xlib."""

import pathlib
import select
import time

from Xlib import X, display
from Xlib.protocol import event

VERSION = 5


class Source:
    """A program on the display `name` that has the files in its hand."""

    def __init__(self, name, files):
        self.display = display.Display(name)
        self.uris = "".join(pathlib.Path(file).as_uri() + "\r\n" for file in files).encode()
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)

    def close(self):
        self.window.destroy()
        self.display.close()

    def atom(self, name):
        return self.display.intern_atom(name)

    def target(self):
        """The window of the display that takes drops."""
        aware = self.atom("XdndAware")
        for window in self.display.screen().root.query_tree().children:
            if window.get_full_property(aware, X.AnyPropertyType):
                return window
        raise AssertionError("no window takes drops")

    def tell(self, target, kind, *data):
        longs = [self.window.id, *data] + [0] * (4 - len(data))
        target.send_event(event.ClientMessage(window=target, client_type=self.atom(kind), data=(32, longs)))
        self.display.flush()

    def answer(self, kind, seconds=30):
        """Until the target says so; meanwhile it may ask for what is dropped."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while self.display.pending_events():
                came = self.display.next_event()
                if came.type == X.SelectionRequest:
                    self.hand_over(came)
                elif came.type == X.ClientMessage and came.client_type == self.atom(kind):
                    return came.data[1]
            select.select([self.display], [], [], 0.05)
        raise AssertionError(f"no {kind} after {seconds} s")

    def hand_over(self, asked):
        asked.requestor.change_property(asked.property, asked.target, 8, self.uris)
        asked.requestor.send_event(event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target,
            property=asked.property))
        self.display.flush()

    def drop(self, x, y):
        """On the window there, which must want it."""
        target, uri_list = self.target(), self.atom("text/uri-list")
        self.tell(target, "XdndEnter", VERSION << 24, uri_list)
        self.tell(target, "XdndPosition", 0, x << 16 | y, X.CurrentTime, self.atom("XdndActionCopy"))
        wanted = self.answer("XdndStatus")[1] & 1
        assert wanted, "the window does not want it"
        self.tell(target, "XdndDrop", 0, X.CurrentTime)
        self.answer("XdndFinished")


def drop(name, files, place):
    """Drops the files on what lies at a place of a display."""
    source = Source(name, files)
    try:
        source.drop(*place)
    finally:
        source.close()
