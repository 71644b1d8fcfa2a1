"""Signed back-tests beside the rulebooks: a rule that changes what somebody gets is not loaded without one."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from app.domain.benefit import SignedBackTest, changes
from app.domain.shared.rulebook import Rule

FOLDER = "back_tests"
_SIGNED = TypeAdapter(SignedBackTest)


def complaints_about_changes(rules: Iterable[Rule], directory: Path, *, digests: dict[str, str]) -> tuple[str, ...]:
    """Which rules have no signed back-test, or one of another wording; `digests` are those of the rules as they are."""
    return tuple(filter(None, (_complaint(rule, directory / FOLDER, digests) for rule in changes(rules))))


def sign(report: dict[str, Any], *, report_sha256: str, by: str, on: date) -> Iterator[SignedBackTest]:
    """The signatures under a report, one for each rule that it has tested.

    Raises:
        SignedByTheSame: whoever made it signs it.
        ValueError: the rules of before do not lead to what is stored, so that the report proves nothing.
    """
    if report["not_reproduced"]:
        raise ValueError("The rules of before do not lead to all that is stored. Find out why, and test again.")
    for reference, digest in report["changes"].items():
        yield SignedBackTest(
            rule=reference,
            rule_sha256=digest,
            report_sha256=report_sha256,
            region=report["region"],
            decisions=report["whole"]["cases"],
            gained=report["whole"]["gained"],
            lost=report["whole"]["lost"],
            cost_fen=report["whole"]["cost_fen"],
            made_by=report["made_by"],
            signed_by=by,
            signed_on=on,
        )


def keep(signed: SignedBackTest, directory: Path) -> Path:
    """Write a signature beside the rulebooks."""
    file = _file(signed.rule, directory / FOLDER)
    file.parent.mkdir(exist_ok=True)
    content = yaml.safe_dump(_SIGNED.dump_python(signed), allow_unicode=True, sort_keys=False)
    file.write_text(content, encoding="utf-8")
    return file


def _complaint(rule: Rule, folder: Path, digests: dict[str, str]) -> str | None:
    file = _file(rule.reference, folder)
    if not file.exists():
        return f"{rule.reference} changes what people get, and no back-test of it is signed: ./yian rules backtest."
    try:
        signed = _SIGNED.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (ValueError, yaml.YAMLError):
        return f"{file.name} is no back-test that a second person has signed."
    if (signed.rule, signed.rule_sha256) != (rule.reference, digests[rule.reference]):
        return f"{rule.reference} is not the rule that was tested: it was changed since. Test it again."
    return None


def _file(reference: str, folder: Path) -> Path:
    return folder / f"{reference}.yaml"
