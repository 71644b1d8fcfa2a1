"""Reads dated rules and regions from YAML, strictly: what is misspelt, undated or without a source is refused."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from app.adapters.back_tests import complaints_about_changes
from app.adapters.rulebook_check import complaints_about_packages
from app.domain.shared.entry import Entry, RuleValue
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import NATIONAL, Region, path_of
from app.domain.shared.rulebook import Rule, Rulebook

RULEBOOKS = Path(__file__).parents[1] / "rulebooks"
"""The rulebooks that come with the product."""

_RULE_KEYS = frozenset(Rule.__dataclass_fields__) - {"region", "recorded_at"}
_RULE_NEEDS = frozenset({"subject", "value", "unit", "source", "confidence", "valid_from"})
_TEXTS = frozenset({"subject", "unit", "source", "code", "name", "name_en"})
_REGION_KEYS = frozenset(Region.__dataclass_fields__)
_REGION_NEEDS = frozenset({"code", "name", "name_en", "source", "confidence", "valid_from"})


class RulebookRefused(ValueError):
    """A rulebook file cannot be used. The text says which file and entry, and what is wrong with it."""


def load_rulebooks(directory: Path = RULEBOOKS) -> tuple[Rule, ...]:
    """All rules under `national/` and `regions/<code>/`, as they may be in force.

    Raises:
        RulebookRefused: see `read_rulebooks`; or a rule changes what people get, and nobody has signed a back-test.
    """
    return _own_rulebooks() if directory == RULEBOOKS else _signed_rulebooks(directory)


@cache
def _own_rulebooks() -> tuple[Rule, ...]:
    """What comes with the product: it stays as it is while a process runs, and is read once."""
    return _signed_rulebooks(RULEBOOKS)


def _signed_rulebooks(directory: Path) -> tuple[Rule, ...]:
    rules = read_rulebooks(directory)
    digests = {rule.reference: digest_of([rule]) for rule in rules}
    if complaints := complaints_about_changes(rules, directory, digests=digests):
        raise RulebookRefused("\n".join(complaints))
    return rules


def read_rulebooks(directory: Path) -> tuple[Rule, ...]:
    """The same, whether or not they may be in force: for a back-test of what is to change.

    Raises:
        RulebookRefused: a file is not of the form that the README beside the data describes.
        AmbiguousRules: two rules of one region claim the same day.
        RulebookRefused: a package cannot be read, because items wait in a circle or a rule that it names is missing.
    """
    rules = tuple(
        rule
        for region, folder in _folders(directory)
        for file in sorted(folder.glob("*.yaml"))
        for rule in _rules_of(file, region)
    )
    if complaints := complaints_about_packages(Rulebook(rules)):
        raise RulebookRefused("\n".join(complaints))
    return rules


def load_regions(directory: Path = RULEBOOKS) -> tuple[Region, ...]:
    """All regions of `regions.yaml`.

    Raises:
        RulebookRefused: the file is not of the form that the README beside the data describes.
    """
    file = directory / "regions.yaml"
    content = _content_of(file, {"regions"})
    return tuple(_region_of(fields, f"{file.name}[{index}]") for index, fields in enumerate(content["regions"]))


def load_document(file: Path) -> Entry:
    """A file that is one document, such as an instrument, read as strictly as the rules are.

    Raises:
        RulebookRefused: it is no YAML mapping, gives a key twice, or has a fraction or an instant in it.
    """
    content = _parsed(file)
    if not isinstance(content, dict):
        raise RulebookRefused(f"{file.name}: a document is a mapping.")
    return Entry(_frozen(content, file.name), file.name)


def digest_of(rules: Iterable[Rule]) -> str:
    """SHA-256 over all rules, whatever their order and the layout of their files: it tells two rulebooks apart."""
    lines = sorted(json.dumps(_plain(rule), ensure_ascii=False, sort_keys=True) for rule in rules)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(rule: Rule) -> dict[str, Any]:
    """A rule as plain JSON values."""
    plain = {name: getattr(rule, name) for name in Rule.__dataclass_fields__}
    return {name: _thawed(value) for name, value in plain.items()}


def _folders(directory: Path) -> Iterator[tuple[str, Path]]:
    yield NATIONAL, directory / "national"
    for folder in sorted(path for path in (directory / "regions").iterdir() if path.is_dir()):
        yield path_of(folder.name), folder


def _rules_of(file: Path, region: str) -> Iterator[Rule]:
    content = _content_of(file, {"recorded_at", "rules"})
    recorded_at = content["recorded_at"]
    if not isinstance(recorded_at, datetime) or recorded_at.tzinfo is None:
        raise RulebookRefused(f"{file.name}: recorded_at must be an instant with a zone.")
    for index, fields in enumerate(content["rules"]):
        where = f"{file.parent.name}/{file.name}[{index}]"
        checked = _checked(fields, _RULE_KEYS, _RULE_NEEDS, where=where)
        yield Rule(
            **{
                **checked,
                "region": region,
                "recorded_at": recorded_at,
                "value": _frozen(checked["value"], where),
            }
        )


def _region_of(fields: Any, where: str) -> Region:
    checked = _checked(fields, _REGION_KEYS, _REGION_NEEDS, where=where)
    path_of(checked["code"])
    frozen: dict[str, Any] = {name: _frozen(value, where) for name, value in checked.items()}
    return Region(**frozen)


def _checked(fields: Any, known: frozenset[str], needed: frozenset[str], *, where: str) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise RulebookRefused(f"{where}: an entry is a mapping.")
    for complaint in _complaints(fields, known, needed):
        raise RulebookRefused(f"{where}: {complaint}.")
    return {**fields, "confidence": Confidence(fields["confidence"])}


def _complaints(fields: dict[str, Any], known: frozenset[str], needed: frozenset[str]) -> Iterator[str]:
    if unknown := sorted(fields.keys() - known):
        yield f"unknown keys {', '.join(unknown)}"
    if missing := sorted(name for name in needed if fields.get(name) is None):
        yield f"missing {', '.join(missing)}"
    if numbers := sorted(name for name in _TEXTS & fields.keys() if not isinstance(fields[name], str)):
        yield f"{', '.join(numbers)} must be a text; put it in quotes"
    if undated := [name for name in ("valid_from", "valid_to") if type(fields.get(name)) not in {date, type(None)}]:
        yield f"{', '.join(undated)} must be a day"
    if fields.get("valid_to") and fields["valid_to"] < fields["valid_from"]:
        yield "it ends before it begins"
    if fields["confidence"] not in set(Confidence):
        yield f"confidence is one of {', '.join(Confidence)}"


def _content_of(file: Path, keys: set[str]) -> dict[str, Any]:
    content = _parsed(file)
    if not isinstance(content, dict) or content.keys() != keys:
        raise RulebookRefused(f"{file.name}: a file has exactly {' and '.join(sorted(keys))}.")
    return content


def _parsed(file: Path) -> Any:
    with file.open("rb") as stream:
        try:
            return yaml.load(stream, _StrictLoader)  # noqa: S506 - derived from the safe loader
        except yaml.YAMLError as mistake:
            raise RulebookRefused(f"{file.name} is no YAML: {mistake}") from None


def _frozen(value: object, where: str) -> RuleValue:
    match value:
        case dict():
            return MappingProxyType({str(key): _frozen(item, f"{where}.{key}") for key, item in value.items()})
        case list():
            return tuple(_frozen(item, where) for item in value)
        case date() if not isinstance(value, datetime):
            return value
        case str() | int() | None:
            return value
        case _:
            raise RulebookRefused(f"{where}: write a fraction or an instant as a text in quotes.")


def _thawed(value: object) -> Any:
    match value:
        case Mapping():
            return {key: _thawed(item) for key, item in value.items()}
        case tuple():
            return [_thawed(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML that refuses a key given twice, of which PyYAML would silently take the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise RulebookRefused(f"A key is given twice{node.start_mark}.")
        return dict(super().construct_mapping(node, deep))
