"""A program on a terminal of its own, driven and timed from outside. Standard library only."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

TICKS = os.sysconf("SC_CLK_TCK")
ESCAPES = re.compile(rb"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[=>78M]")


class Program:
    """Starts a command on a pty; every chunk of output is kept with the time at which it came."""

    def __init__(self, command, columns=160, rows=50, home=None):
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", COLORTERM="")
        for name in ("LINES", "COLUMNS", "TMUX", "NO_COLOR"):
            environment.pop(name, None)
        if home:
            environment.update(HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home, XDG_DATA_HOME=home)
        self.chunks = []
        self.ended = False
        self.started = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self.terminal, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pid in reversed(self.processes()):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        os.close(self.terminal)
        os.waitpid(self.pid, 0)

    # Output

    def read(self, seconds):
        """Waits for output at most so long; whether some came."""
        ready, _, _ = select.select([self.terminal], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        self.chunks.append((time.monotonic(), data))
        # What a program may ask of its terminal and wait for.
        if b"\x1b[6n" in data:
            os.write(self.terminal, b"\x1b[1;1R")
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            os.write(self.terminal, b"\x1b[?1;2c")
        return True

    def rest(self, seconds):
        """Reads for so long."""
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            self.read(end - time.monotonic())

    def settle(self, quiet=0.03, limit=60.0):
        """Reads until nothing has come for a while; when the last chunk came, or `None`."""
        last, end = time.monotonic(), time.monotonic() + limit
        came = None
        while not self.ended and time.monotonic() < end:
            if self.read(min(last + quiet, end) - time.monotonic()):
                last = came = self.chunks[-1][0]
            elif time.monotonic() >= last + quiet:
                break
        return came

    def appears(self, pattern, limit=60.0):
        """Reads until the output since now matches; when the chunk came, or `None`."""
        seen, end = b"", time.monotonic() + limit
        while not self.ended and time.monotonic() < end:
            if self.read(end - time.monotonic()):
                moment, data = self.chunks[-1]
                seen = (seen + data)[-400_000:]
                if re.search(pattern, ESCAPES.sub(b"", seen)):
                    return moment
        return None

    def bytes(self):
        return sum(len(data) for _, data in self.chunks)

    # Input

    def press(self, keys):
        """Writes keys; when they were written."""
        moment = time.monotonic()
        os.write(self.terminal, keys.encode())
        return moment

    def resize(self, columns, rows):
        moment = time.monotonic()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return moment

    # What it costs

    def processes(self):
        """The process and all that it started."""
        parents = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open(f"/proc/{name}/stat", "rb") as file:
                        parents[int(name)] = int(file.read().rsplit(b")", 1)[1].split()[1])
                except (FileNotFoundError, ProcessLookupError):
                    pass
        found = [self.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def seconds_of_work(self):
        """Seconds of a core that all processes have used."""
        ticks = 0
        for pid in self.processes():
            try:
                with open(f"/proc/{pid}/stat", "rb") as file:
                    fields = file.read().rsplit(b")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
            except (FileNotFoundError, ProcessLookupError):
                pass
        return ticks / TICKS

    def wakeups(self):
        """How often a thread of it slept and was woken."""
        return sum(self._status("voluntary_ctxt_switches"))

    def memory(self):
        """Its own resident memory in MB, the pages of files left out."""
        return sum(self._status("RssAnon")) / 1024

    def _status(self, name):
        for pid in self.processes():
            tasks = f"/proc/{pid}/task"
            paths = [f"/proc/{pid}/status"]
            try:
                if name.endswith("switches"):
                    paths = [f"{tasks}/{task}/status" for task in os.listdir(tasks)]
                for path in paths:
                    with open(path) as file:
                        found = re.search(rf"^{name}:\s+(\d+)", file.read(), re.M)
                    if found:
                        yield int(found[1])
            except (FileNotFoundError, ProcessLookupError):
                pass
