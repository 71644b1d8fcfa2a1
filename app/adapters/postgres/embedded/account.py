"""Who the server runs as, and the folders that are made for it."""

import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.postgres.embedded.refusal import PostgresUnavailable

UNPRIVILEGED = "nobody"
SOCKET_PATH_BYTES = 80
"""How long a socket's folder may be; macOS takes 104 bytes with the file's name, Linux 108."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user whose processes the server's are: ourselves, or `nobody` when we are root."""

    uid: int
    gid: int
    is_other: bool

    def start(self, command: Sequence[str | Path], *, stdin: int, output: int) -> subprocess.Popen[bytes]:
        """Start a program as this user, in a session of its own and with an environment of a few words."""
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=PLAIN,
            umask=0o077,
            start_new_session=True,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def run(self, command: Sequence[str | Path]) -> tuple[int, str]:
        """Run a program as this user to its end; return its exit code and what it said."""
        with self.start(command, stdin=subprocess.DEVNULL, output=subprocess.PIPE) as process:
            try:
                said, _ = process.communicate()
            except BaseException:
                process.kill()
                raise
        return process.returncode, said.decode(errors="replace").strip()

    def own(self, directory: Path) -> Path:
        """Make a folder that belongs to this user alone."""
        directory.mkdir(mode=0o700)
        if self.is_other:
            os.chown(directory, self.uid, self.gid)
        return directory

    def reaches(self, path: Path) -> bool:
        """Say whether this user may enter or execute a path; the system itself is asked."""
        return not self.is_other or self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", path])[0] == 0


PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
"""All that the server learns of our environment: no setting or secret of ours goes to it."""


def server_account() -> Account:
    """The account that the server runs under: our own, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise PostgresUnavailable(
            f"PostgreSQL does not run as root, and there is no user `{UNPRIVILEGED}` to run it as. "
            "Run this as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)


def default_directory(checkout: Path) -> Path:
    """Where a checkout keeps its sandbox: inside it, or, as root, where an unprivileged user can reach it."""
    if os.geteuid() != 0:
        return checkout / ".yian"
    return Path("/var/tmp") / f"yian-{hashlib.sha256(os.fsencode(checkout.resolve())).hexdigest()[:12]}"  # noqa: S108 - see claim


def claim(directory: Path, account: Account) -> Path:
    """Make the folder of a sandbox, or take it when it is ours already, and return its full path.

    Root's is root's own, so that nobody else can put a link where root is about to write; it can be passed through
    (0711), because the server's folder lies in it.

    Raises:
        PostgresUnavailable: it belongs to somebody else, or the server's account cannot get there.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    is_new = not directory.exists()
    if is_new:
        directory.mkdir(mode=0o711 if account.is_other else 0o700)
    else:
        _require_ours(directory)
    full = directory.resolve()
    if account.reaches(full):
        return full
    if is_new:
        directory.rmdir()
    raise PostgresUnavailable(
        f"As root the database runs as `{UNPRIVILEGED}`, who cannot enter {full}. "
        "Choose another folder with --data-dir, such as /var/tmp/yian, or open the way to this one."
    )


def _require_ours(directory: Path) -> None:
    facts = directory.stat(follow_symlinks=False)
    if stat.S_ISLNK(facts.st_mode) and os.geteuid() != 0:
        facts = directory.stat()
    if not stat.S_ISDIR(facts.st_mode):
        raise PostgresUnavailable(f"{directory} is not a folder. Choose another one with --data-dir.")
    if facts.st_uid != os.geteuid() or facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PostgresUnavailable(
            f"{directory} belongs to another user or can be written to by others. Choose another one with --data-dir."
        )


def socket_directory(account: Account) -> Path:
    """A fresh private folder for the socket, with a path short enough for one."""
    usual = Path(tempfile.gettempdir()).resolve()
    fits = len(os.fsencode(usual)) <= SOCKET_PATH_BYTES - len("/yian-12345678") and account.reaches(usual)
    directory = Path(tempfile.mkdtemp(prefix="yian-", dir=usual if fits else "/tmp"))  # noqa: S108 - mkdtemp is exclusive
    if account.is_other:
        os.chown(directory, account.uid, account.gid)
    return directory
