"""Makes .venv from requirements/dev.txt, hash by hash; run by `yian`, with nothing but the standard library."""

import fcntl
import shutil
import subprocess
import sys
import time
import venv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# Written last: without it, or with another lock in it, the environment counts as not made.
STAMP = ENVIRONMENT / "requirements.txt"

EXIT_ENVIRONMENT_MISSING = 3
EXIT_INTERRUPTED = 130


def main() -> int:
    """Make the environment unless another run has just made it."""
    with alone():
        wanted = LOCK.read_bytes()
        held = STAMP.read_bytes() if PYTHON.exists() and STAMP.exists() else b""
        if held == wanted:
            return 0
        try:
            more = grown(held, wanted)
            return add(more, wanted) if more else make(wanted)
        except KeyboardInterrupt:
            say("Interrupted. The next run starts over.")
            return EXIT_INTERRUPTED


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other run prepares the same environment; the system lets go of the lock when a run dies."""
    with LOCK.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is preparing .venv; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def grown(held: bytes, wanted: bytes) -> bytes:
    """What a lock has beside the one that is installed, or in another version; nothing where it has lost something."""
    old, new = blocks(held), blocks(wanted)
    if not old or old.keys() - new.keys():
        return b""
    return b"".join(block for name, block in new.items() if old.get(name) != block)


def blocks(lock: bytes) -> dict[bytes, bytes]:
    """The packages of a lock, each with its hashes, by name and marker."""
    found: dict[bytes, bytes] = {}
    name = b""
    for line in lock.splitlines(keepends=True):
        if not line.startswith(b" "):
            name = line.partition(b"==")[0] + line.partition(b";")[1] + line.partition(b";")[2].rstrip(b" \\\r\n")
        found[name] = found.get(name, b"") + line
    return found


def add(more: bytes, wanted: bytes) -> int:
    """Install only what a lock has more or otherwise; what is interrupted is made from nothing by the next run."""
    started = time.monotonic()
    total = more.count(b"==")
    say(f"Bringing .venv up to date with {total} packages.")
    STAMP.unlink()
    fresh = STAMP.with_suffix(".new")
    fresh.write_bytes(more)
    if not installs(fresh, total):
        return make(wanted)
    fresh.write_bytes(wanted)
    fresh.replace(STAMP)
    say(f"Ready after {time.monotonic() - started:.0f} s.")
    return 0


def make(wanted: bytes) -> int:
    """Make the environment from nothing and stamp it last."""
    started = time.monotonic()
    total = sum(1 for line in wanted.splitlines() if b"==" in line)
    say(f"Preparing .venv with Python {sys.version.split()[0]} and {total} packages; this happens once.")
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    fresh = STAMP.with_suffix(".new")
    fresh.write_bytes(wanted)
    if not installs(fresh, total):
        say("The packages could not be installed; pip says why above. Mend it and run the same command again.")
        return EXIT_ENVIRONMENT_MISSING
    fresh.replace(STAMP)
    say(f"Ready after {time.monotonic() - started:.0f} s.")
    return 0


def installs(lock: Path, total: int) -> bool:
    """Let pip install the lock; say whether it did, and repeat its last words when it did not.

    Only wheels are taken: an sdist would run its own code before anyone could look at it. The lock is whole, so pip
    resolves nothing: an older pip, asked for a package with an extra, would look past the lock for the newest version.
    """
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command += ["--require-hashes", "--no-deps", "--only-binary=:all:", f"--requirement={lock}"]
    last_words: deque[str] = deque(maxlen=12)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None, "It was asked for."
        fetched = 0
        for line in pip.stdout:
            last_words.append(line.rstrip())
            if line.startswith(("Collecting ", "Processing ")):
                fetched += 1
                report(f"{fetched} of {total}: {line.split()[1].rpartition('/')[2]}", passing=fetched % 20 != 0)
            elif line.startswith("Installing collected packages"):
                report("unpacking and compiling", passing=False)
    if pip.returncode != 0:
        say("\n".join(last_words))
    return pip.returncode == 0


def report(text: str, *, passing: bool) -> None:
    """Show how far it is: on a terminal in one line that changes, in a log only now and then."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K  {text[:70]}" + ("" if passing else "\n"))
        sys.stderr.flush()
    elif not passing:
        say(f"  {text}")


def say(text: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command's data."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
