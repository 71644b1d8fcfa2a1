"""Looks at what this machine has and says what is wrong and how to mend it."""

import asyncio
import json
import os
import platform
import shutil
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from app.adapters.files import stores_at, told_of_files, told_of_scanner
from app.adapters.keys import KeysUnreadable, make_keys, read_keys
from app.adapters.postgres.embedded import carried_binaries
from app.adapters.postgres.embedded.account import claim, server_account
from app.adapters.postgres.embedded.binaries import binaries_for
from app.adapters.postgres.embedded.refusal import PostgresUnavailable
from app.adapters.rulebooks import RULEBOOKS, load_rulebooks
from app.services.evidence import Stores
from app.settings import Settings, settings

ENOUGH_DISK_BYTES = 1024**3
OLDEST_PYTHON = (3, 11)
TESTED_PLATFORMS = {("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "x86_64"), ("Darwin", "arm64")}
ZONE = "Asia/Shanghai"
NO_DEPLOYMENT = "not looked at: no deployment is set, or not rightly; ./yian dev brings its own"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and how to mend it where it is wrong."""

    subject: str
    ok: bool
    found: str
    mend: str = ""


def run(*, data_dir: Path, port: int, json_output: bool) -> int:
    """Look at everything; return 0 when all is well and 3 when something is missing."""
    checks: Sequence[Callable[[], Finding]] = (
        _python,
        _platform,
        lambda: _postgres(data_dir),
        lambda: _disk(data_dir),
        lambda: _port(port),
        _zone,
        _settings,
        _keys,
        _files,
        _scanner,
        lambda: rulebooks_of(RULEBOOKS),
    )
    findings = [check() for check in checks]
    if json_output:
        sys.stdout.write(json.dumps({"ok": _all_well(findings), "findings": [asdict(f) for f in findings]}) + "\n")
    else:
        Console().print(_table(findings))
    return 0 if _all_well(findings) else 3


def write_keys(file: Path) -> int:
    """Write the keys of a new deployment to a file that is not there yet."""
    try:
        make_keys(file)
    except FileExistsError:
        sys.stderr.write(f"{file} is there already. Keys are never written over: lost keys are lost data.\n")
        return 1
    sys.stderr.write(f"{file} holds new keys, readable by you alone. Put a copy where secrets are kept.\n")
    return 0


def _all_well(findings: Sequence[Finding]) -> bool:
    return all(finding.ok for finding in findings)


def _python() -> Finding:
    found = f"{platform.python_implementation()} {platform.python_version()}"
    return Finding("Python", sys.version_info >= OLDEST_PYTHON, found, "Install Python 3.11 or newer and remove .venv.")


def _platform() -> Finding:
    system, machine = platform.system(), platform.machine()
    known = (system, machine) in TESTED_PLATFORMS
    mend = "Name a PostgreSQL server with YIAN_DATABASE_URL; the wheels are for Linux and macOS on x86_64 and arm64."
    return Finding("Platform", known, f"{system} {machine}, {os.cpu_count()} cores", mend)


def _postgres(data_dir: Path) -> Finding:
    subject = "Embedded PostgreSQL"
    if carried_binaries() is None:
        return Finding(subject, ok=False, found="not installed", mend="Remove .venv and run ./yian again.")
    try:
        account = server_account()
        programs = binaries_for(account, directory=claim(data_dir, account), named=None)
    except PostgresUnavailable as unavailable:
        return Finding(subject, ok=False, found="cannot run here", mend=str(unavailable))
    user = "nobody, because you are root" if account.is_other else "you"
    return Finding(subject, ok=True, found=f"{programs.major}, run as {user}, data in {data_dir}")


def _disk(data_dir: Path) -> Finding:
    place = next(folder for folder in (data_dir, *data_dir.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    mend = "Free a gigabyte, or choose another folder with --data-dir."
    return Finding("Free disk", free >= ENOUGH_DISK_BYTES, f"{free / 1024**3:.1f} GiB at {place}", mend)


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as refused:
            return Finding(
                f"Port {port}", ok=False, found=refused.strerror or "taken", mend="Choose another with --port."
            )
    return Finding(f"Port {port}", ok=True, found="free")


def _zone() -> Finding:
    try:
        ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return Finding("Time zones", ok=False, found=f"no {ZONE}", mend="Install tzdata; ./yian brings it with .venv.")
    return Finding("Time zones", ok=True, found=ZONE)


def _settings() -> Finding:
    if not any(name.startswith("YIAN_") for name in os.environ):
        return Finding("Settings", ok=True, found="none set; ./yian dev needs none")
    try:
        settings()
    except ValidationError as invalid:
        # Not the values: a URL may hold a password.
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in invalid.errors())
        return Finding("Settings", ok=False, found="invalid", mend=f"{wrong}. See .env.example.")
    return Finding("Settings", ok=True, found="valid")


def _keys() -> Finding:
    subject = "Keys"
    if (current := _deployment()) is None:
        return Finding(subject, ok=True, found=NO_DEPLOYMENT)
    try:
        read_keys(current.keys_file)
    except (KeysUnreadable, OSError) as refusal:
        return Finding(subject, ok=False, found="cannot be read", mend=str(refusal))
    return Finding(subject, ok=True, found=f"read from {current.keys_file}")


def _files() -> Finding:
    return _told_by("Store of files", told_of_files, otherwise="keeps and returns a file")


def _scanner() -> Finding:
    return _told_by("Scanner of uploads", told_of_scanner, otherwise="answers")


def _told_by(subject: str, look: Callable[[Stores], Awaitable[str]], *, otherwise: str) -> Finding:
    """What a deployment does without is no fault, so it is told and not counted as one."""
    if (current := _deployment()) is None:
        return Finding(subject, ok=True, found=NO_DEPLOYMENT)

    async def looked(place: Settings) -> str:
        return await look(stores_at(place, read_keys(place.keys_file)))

    try:
        return Finding(subject, ok=True, found=asyncio.run(looked(current)) or otherwise)
    except KeysUnreadable:
        return Finding(subject, ok=True, found="not looked at: there are no keys")
    except OSError as refusal:
        mend = f"Make the folder of YIAN_FILES_URL, for the service's account to write: {refusal.strerror}."
        return Finding(subject, ok=False, found="cannot be used", mend=mend)


def _deployment() -> Settings | None:
    """The settings of a deployment, where there is one and they are valid; what is not, is said of the settings."""
    if not os.environ.get("YIAN_KEYS_FILE"):
        return None
    try:
        return settings()
    except ValidationError:
        return None


def rulebooks_of(directory: Path) -> Finding:
    """Say whether the rulebooks in a folder can be read, every package with them."""
    try:
        rules = load_rulebooks(directory)
    except ValueError as mistake:  # a mistake in a file, two rules for one day, a package that cannot be read
        return Finding("Rulebooks", ok=False, found="cannot be read", mend=f"{mistake} See app/rulebooks/README.md.")
    return Finding("Rulebooks", ok=True, found=f"{len(rules)} rules, every package can be read")


def _table(findings: Sequence[Finding]) -> Table:
    table = Table("", "looked at", "found", "how to mend it")
    for finding in findings:
        mark = "[green]ok" if finding.ok else "[bold red]fail"
        table.add_row(mark, finding.subject, finding.found, "" if finding.ok else finding.mend)
    return table
