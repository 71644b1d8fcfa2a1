"""A rule that changes what people get is not loaded before a second person has signed a back-test of just this rule."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.adapters.back_tests import FOLDER, keep, sign
from app.adapters.rulebooks import RulebookRefused, digest_of, load_rulebooks, read_rulebooks
from app.domain.benefit import SignedByTheSame
from app.tools.back_test import sign_report

BEFORE, SINCE = "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z"
RULE = """
  - {{subject: help.amount, value: {fen}, unit: {unit}, source: invented, confidence: seen, version: {version},
     valid_from: {first}}}
"""
TODAY = date(2026, 12, 2)


def a_folder(folder: Path, *, fen: int = 15000, unit: str = "fen_per_month") -> Path:
    """Rulebooks in which an amount is to change."""
    (folder / "regions").mkdir(parents=True, exist_ok=True)
    (folder / "national").mkdir(exist_ok=True)
    old = RULE.format(fen=14000, unit=unit, version=1, first="2026-01-01, valid_to: 2026-12-31")
    new = RULE.format(fen=fen, unit=unit, version=2, first="2027-01-01")
    for name, recorded_at, rules in (("old", BEFORE, old), ("new", SINCE, new)):
        (folder / "national" / f"{name}.yaml").write_text(f"recorded_at: {recorded_at}\nrules:{rules}", "utf-8")
    return folder


def a_report(folder: Path, **changes: Any) -> dict[str, Any]:
    tested = {rule.reference: digest_of([rule]) for rule in read_rulebooks(folder) if rule.version == 2}
    whole = {"cases": 3, "gained": 0, "lost": 0, "cost_fen": 3000}
    report = {"made_by": "李样", "region": "652301", "whole": whole, "not_reproduced": [], "changes": tested}
    return report | changes


def signed(folder: Path) -> Path:
    (signature,) = sign(a_report(folder), report_sha256="0" * 64, by="王样", on=TODAY)
    return keep(signature, folder)


def test_a_change_is_loaded_once_a_second_person_has_signed_it(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    with pytest.raises(RulebookRefused, match="no back-test of it is signed"):
        load_rulebooks(folder)

    signed(folder)

    assert {rule.version for rule in load_rulebooks(folder)} == {1, 2}


def test_a_signature_is_for_the_very_rule_that_was_tested(tmp_path: Path) -> None:
    signed(a_folder(tmp_path))

    with pytest.raises(RulebookRefused, match="it was changed since"):
        load_rulebooks(a_folder(tmp_path, fen=99999))


def _made_by_who_signs(text: str) -> str:
    return text.replace("李样", "王样")


def _of_nobody(text: str) -> str:
    return text.replace("signed_by", "seen_by")


@pytest.mark.parametrize("forged", [_made_by_who_signs, _of_nobody])
def test_a_file_without_two_people_is_no_signature(tmp_path: Path, forged: Callable[[str], str]) -> None:
    folder = a_folder(tmp_path)
    file = signed(folder)
    file.write_text(forged(file.read_text("utf-8")), "utf-8")

    with pytest.raises(RulebookRefused, match="no back-test that a second person has signed"):
        load_rulebooks(folder)


@pytest.mark.parametrize("unit", ["working_days", "count"])
def test_what_changes_nobodys_money_needs_no_signature(tmp_path: Path, unit: str) -> None:
    assert len(load_rulebooks(a_folder(tmp_path, unit=unit))) == 2


def test_whoever_made_it_does_not_sign_it(tmp_path: Path) -> None:
    with pytest.raises(SignedByTheSame):
        list(sign(a_report(a_folder(tmp_path)), report_sha256="0" * 64, by=" 李样", on=TODAY))


@pytest.mark.parametrize(
    ("changes", "by", "code"), [({}, "王样", 0), ({}, "李样", 1), ({"not_reproduced": ["x"]}, "王样", 1)]
)
def test_a_report_is_signed_by_command(tmp_path: Path, changes: dict[str, Any], *, by: str, code: int) -> None:
    folder, report = a_folder(tmp_path / "rules"), tmp_path / "report.json"
    report.write_text(json.dumps(a_report(folder, **changes)), "utf-8")

    assert sign_report(report, folder, by=by, on=TODAY) == code
    assert (folder / FOLDER).exists() == (code == 0)
