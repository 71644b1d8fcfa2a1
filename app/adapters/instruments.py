"""Reads instruments from YAML, strictly: what is misspelt, repeated or does not add up is refused."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.adapters.rulebooks import RULEBOOKS, load_document
from app.domain.assessment import (
    Band,
    BandScheme,
    Instrument,
    Instruments,
    Item,
    MalformedInstrument,
    Method,
    MissingRule,
    Option,
    Purpose,
    Scoring,
)
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry
from app.domain.shared.wording import Wording

INSTRUMENTS = RULEBOOKS / "instruments"
"""The instruments that come with the product, one file a version."""

_HEADER = ("code", "version", "zh", "en", "citation", "licence", "scoring", "missing")
_LISTS = ("used_by", "methods", "purposes", "items", "schemes")
_DAYS = ("valid_from", "valid_to", "validity_months")

Choice = TypeVar("Choice", bound=StrEnum)


def load_instruments(directory: Path = INSTRUMENTS) -> Instruments:
    """All instruments of a folder.

    Raises:
        RulebookRefused, MalformedRule, MalformedInstrument: a document cannot be used, and why; all are ValueErrors.
    """
    return Instruments(load_instrument(file) for file in sorted(directory.glob("*.yaml")))


def load_instrument(file: Path) -> Instrument:
    """One instrument.

    Raises:
        RulebookRefused, MalformedRule, MalformedInstrument: as for `load_instruments`.
    """
    document = load_document(file)
    document.require_only(*_HEADER, *_LISTS, *_DAYS)
    return Instrument(
        code=document.text("code"),
        version=document.text("version"),
        name=Wording.of(document),
        citation=document.text("citation"),
        licence=document.text("licence"),
        items=tuple(_item(entry) for entry in document.entries("items")),
        scoring=_choice(Scoring, document.text("scoring"), document),
        schemes=tuple(_scheme(entry) for entry in document.entries("schemes")),
        missing=_choice(MissingRule, document.text("missing"), document),
        used_by=_choices(Role, "used_by", document),
        methods=_choices(Method, "methods", document),
        purposes=_choices(Purpose, "purposes", document),
        valid_from=document.day("valid_from"),
        valid_to=document.day("valid_to") if document.has("valid_to") else None,
        validity_months=document.whole("validity_months") if document.has("validity_months") else None,
    )


def _item(entry: Entry) -> Item:
    entry.require_only("code", "zh", "en", "head", "options")
    return Item(
        code=entry.text("code"),
        wording=Wording.of(entry),
        options=tuple(_option(option) for option in entry.entries("options")),
        head=entry.text("head") if entry.has("head") else None,
    )


def _option(entry: Entry) -> Option:
    entry.require_only("code", "points", "zh", "en")
    return Option(code=entry.text("code"), points=entry.whole("points"), wording=Wording.of(entry))


def _scheme(entry: Entry) -> BandScheme:
    entry.require_only("code", "source", "bands")
    bands = tuple(_band(band) for band in entry.entries("bands"))
    return BandScheme(code=entry.text("code"), source=entry.text("source"), bands=bands)


def _band(entry: Entry) -> Band:
    entry.require_only("code", "at_least", "zh", "en")
    return Band(code=entry.text("code"), at_least=entry.whole("at_least"), wording=Wording.of(entry))


def _choices(kind: type[Choice], key: str, document: Entry) -> frozenset[Choice]:
    chosen = frozenset(_choice(kind, code, document) for code in document.texts(key))
    if not chosen:
        raise MalformedInstrument(f"{document.where} names no {key}, so nobody could use it.")
    return chosen


def _choice(kind: type[Choice], code: str, document: Entry) -> Choice:
    try:
        return kind(code)
    except ValueError:
        raise MalformedInstrument(f"{document.where}: {code} is none of {', '.join(kind)}.") from None
