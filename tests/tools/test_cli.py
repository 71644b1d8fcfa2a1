"""The command line: quick to help, exact about what is missing, and quiet on standard output."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.settings import settings

ROOT = Path(__file__).parents[2]
COMMANDS = [
    "bench",
    "check",
    "demo",
    "dev",
    "doctor",
    "draws",
    "instruments",
    "jobs",
    "migrate",
    "openapi",
    "rules",
    "seed",
    "serve",
    "staff",
    "test",
    "token",
    "worker",
]

BETWEEN = "-- next --"
ASK_EACH = f"""
import runpy, sys
for group in sys.argv[1:]:
    sys.argv = ["yian", group, "--help"]
    try:
        runpy.run_module("app.cli", run_name="__main__")
    except SystemExit:
        print("{BETWEEN}")
"""
"""The program as `./yian` starts it, asked for one group after the other."""

runner = CliRunner()


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("YIAN_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does_and_its_exit_codes(command: str) -> None:
    told = runner.invoke(app, [command, "--help"])

    assert told.exit_code == 0
    assert "Exit codes: 0 done" in told.stdout


@pytest.mark.slow
def test_the_program_itself_has_every_command_of_every_group() -> None:
    groups = {one.name: one.typer_instance for one in app.registered_groups if one.name and one.typer_instance}
    asked = subprocess.run(
        [sys.executable, "-c", ASK_EACH, *groups], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = dict(zip(groups, asked.stdout.split(BETWEEN), strict=False))

    assert all(group.registered_commands for group in groups.values())
    for name, group in groups.items():
        assert [one.name for one in group.registered_commands if f" {one.name} " not in told[name]] == []


def test_a_wrong_call_ends_with_2() -> None:
    assert runner.invoke(app, ["no-such-command"]).exit_code == 2


def test_a_service_without_settings_ends_with_3_and_names_each() -> None:
    told = runner.invoke(app, ["serve"])

    assert told.exit_code == 3
    assert told.stdout == ""
    assert "YIAN_DATABASE_URL: Field required" in told.stderr


def test_a_migration_without_a_database_ends_with_3_and_names_the_setting() -> None:
    told = runner.invoke(app, ["migrate"])

    assert told.exit_code == 3
    assert "YIAN_OWNER_DATABASE_URL" in told.stderr


def test_a_migration_of_a_database_that_does_not_answer_ends_with_3() -> None:
    told = runner.invoke(app, ["migrate", "--database-url", "postgresql://x@127.0.0.1:1/x"])

    assert told.exit_code == 3
    assert "Nothing answers there" in told.stderr


def test_the_doctor_prints_one_object(tmp_path: Path) -> None:
    told = runner.invoke(app, ["doctor", "--json", "--port", "1", "--data-dir", str(tmp_path / "sandbox")])

    found = json.loads(told.stdout)
    looked_at = {
        "Python",
        "Platform",
        "Embedded PostgreSQL",
        "Free disk",
        "Port 1",
        "Time zones",
        "Settings",
        "Keys",
        "Store of files",
        "Scanner of uploads",
        "Rulebooks",
    }
    assert {finding["subject"] for finding in found["findings"]} == looked_at
    assert all(finding["mend"] for finding in found["findings"] if not finding["ok"])
    assert told.exit_code == (0 if found["ok"] else 3)


def a_deployment(tmp_path: Path, **told: str) -> dict[str, str]:
    keys = tmp_path / "keys.json"
    runner.invoke(app, ["doctor", "--make-keys", str(keys)])
    url = {"YIAN_DATABASE_URL": "postgresql://yian_app@db/yian", "YIAN_PUBLIC_URL": "https://yian.example"}
    return {**url, "YIAN_KEYS_FILE": str(keys), **told}


@pytest.mark.parametrize("written", ["{}", "[]", "no JSON", '{"signing_key": {}, "field_keys": {"1": "AA=="}}'])
def test_the_doctor_says_of_a_damaged_keys_file_what_to_do(tmp_path: Path, written: str) -> None:
    environment = a_deployment(tmp_path)
    Path(environment["YIAN_KEYS_FILE"]).write_text(written, "utf-8")

    assert "Take it from the vault" in wrong_about("Keys", tmp_path, environment)


def test_the_doctor_says_of_a_folder_that_cannot_be_made_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment = a_deployment(tmp_path, YIAN_FILES_URL=f"file://{tmp_path}/file/folder")

    assert "YIAN_FILES_URL" in wrong_about("Store of files", tmp_path, environment)


def wrong_about(subject: str, tmp_path: Path, environment: dict[str, str]) -> str:
    """How the doctor would mend it."""
    settings.cache_clear()
    command = ["doctor", "--json", "--port", "1", "--data-dir", str(tmp_path / "sandbox")]
    told = runner.invoke(app, command, env=environment)
    settings.cache_clear()
    findings = {finding["subject"]: finding for finding in json.loads(told.stdout)["findings"]}
    assert (told.exit_code, findings[subject]["ok"]) == (3, False)
    mend: str = findings[subject]["mend"]
    return mend


def test_keys_are_written_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"

    first = runner.invoke(app, ["doctor", "--make-keys", str(file)])
    again = runner.invoke(app, ["doctor", "--make-keys", str(file)])

    assert (first.exit_code, again.exit_code) == (0, 1)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A folder for PATH with the shell's companions and no Python."""
    for name in ("cmp", "readlink", "sed", "sh", "tr", "uname"):
        found = shutil.which(name)
        assert found, name
        (tmp_path / name).symlink_to(found)
    return tmp_path


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that has never been run."""
    checkout = tmp_path_factory.mktemp("checkout")
    (checkout / "requirements").mkdir()
    for name in ("yian", "requirements/dev.txt"):
        shutil.copy(ROOT / name, checkout / name)
    return checkout


def first_run(checkout: Path, path: Path) -> subprocess.CompletedProcess[str]:
    command = [str(checkout / "yian"), "--help"]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False, timeout=30)


def test_a_machine_without_python_is_told_what_to_install(checkout: Path, bare_path: Path) -> None:
    told = first_run(checkout, bare_path)

    assert told.returncode == 3
    assert told.stdout == ""
    assert "Python 3.11 or newer" in told.stderr
    assert "install python" in told.stderr


def test_a_python_without_venv_is_told_so(checkout: Path, bare_path: Path) -> None:
    # As on a Debian without python3-venv: the version is right, and a part is missing.
    python = bare_path / "python3"
    python.write_text('#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; *--version*) echo Python 3.13.5 ;; esac\n')
    python.chmod(0o755)

    told = first_run(checkout, bare_path)

    assert told.returncode == 3
    assert "the venv module of Python 3.13.5" in told.stderr
