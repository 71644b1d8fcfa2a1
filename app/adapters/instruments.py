"""Reads instruments from YAML, strictly: what is misspelt, repeated or does not add up is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from app.adapters.instrument_parts import band_scheme, cut_off, item, matrix, one_of
from app.adapters.rulebooks import RULEBOOKS, load_document
from app.domain.assessment import (
    Instrument,
    Instruments,
    MalformedInstrument,
    Method,
    MissingRule,
    Purpose,
    Scoring,
    Words,
)
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry
from app.domain.shared.wording import Wording

INSTRUMENTS = RULEBOOKS / "instruments"
"""The instruments that come with the product, one file a version."""
WORDS = ".words.yaml"
"""How a file ends in which the holder of a licence gives the words of an instrument."""

_HEADER = ("code", "version", "zh", "en", "citation", "licence", "words", "instruction", "scoring", "missing")
_LISTS = ("used_by", "methods", "purposes", "value_sets", "items", "schemes", "cut_offs", "matrices")
_NUMBERS = ("valid_from", "valid_to", "validity_months", "fills_at_most")

Choice = TypeVar("Choice", Role, Method, Purpose)


def load_instruments(*directories: Path) -> Instruments:
    """All instruments of some folders, of the product's own if none is named, in the words that lie beside them.

    Raises:
        RulebookRefused, MalformedRule, MalformedInstrument: a document cannot be used, and why; all are ValueErrors.
    """
    files = [file for directory in directories or (INSTRUMENTS,) for file in sorted(directory.glob("*.yaml"))]
    found = {file: load_instrument(file) for file in files if not file.name.endswith(WORDS)}
    worded = {(own.code, own.version): own for own in found.values()}
    if len(worded) < len(found):
        return Instruments(found.values())
    for file in files:
        if file.name.endswith(WORDS):
            instrument = load_words(file, worded)
            worded[instrument.code, instrument.version] = instrument
    return Instruments(worded.values())


def load_instrument(file: Path) -> Instrument:
    """One instrument.

    Raises:
        RulebookRefused, MalformedRule, MalformedInstrument: as for `load_instruments`.
    """
    document = load_document(file)
    document.require_only(*_HEADER, *_LISTS, *_NUMBERS)
    sets = _value_sets(document)
    schemes = {scheme.code: scheme for scheme in map(band_scheme, document.entries("schemes"))}
    return Instrument(
        code=document.text("code"),
        version=document.text("version"),
        name=Wording.of(document),
        citation=document.text("citation"),
        licence=document.text("licence"),
        items=tuple(item(entry, sets) for entry in document.entries("items")),
        scoring=one_of(Scoring, document.text("scoring"), document),
        missing=one_of(MissingRule, document.text("missing"), document),
        used_by=_some_of(Role, "used_by", document),
        methods=_some_of(Method, "methods", document),
        purposes=_some_of(Purpose, "purposes", document),
        valid_from=document.day("valid_from"),
        valid_to=document.day("valid_to") if document.has("valid_to") else None,
        validity_months=document.whole("validity_months") if document.has("validity_months") else None,
        schemes=tuple(schemes.values()),
        cut_offs=tuple(cut_off(entry) for entry in document.entries("cut_offs")),
        matrices=tuple(matrix(entry, schemes) for entry in document.entries("matrices")),
        fills_at_most=document.whole("fills_at_most") if document.has("fills_at_most") else 0,
        words=one_of(Words, document.text("words"), document) if document.has("words") else Words.SHIPPED,
        instruction=Wording.of(document.entry("instruction")) if document.has("instruction") else None,
    )


def load_words(file: Path, instruments: Mapping[tuple[str, str], Instrument]) -> Instrument:
    """An instrument in the words that the holder of a licence loads: one wording for each item, and the licence.

    Raises:
        MalformedInstrument: there is no such instrument, it needs no words, or they are not those of its items.
    """
    document = load_document(file)
    document.require_only("code", "version", "licence", "items")
    instrument = instruments.get((document.text("code"), document.text("version")))
    if instrument is None or instrument.words is not Words.LICENSED:
        raise MalformedInstrument(f"{file.name} gives words to an instrument that waits for none.")
    words = {entry.text("code"): Wording.of(entry) for entry in document.entries("items")}
    if words.keys() != {own.code for own in instrument.items}:
        raise MalformedInstrument(f"{file.name} needs words for each item of {instrument.code}, and for no other.")
    return replace(
        instrument,
        words=Words.LOADED,
        licence=document.text("licence"),
        items=tuple(replace(own, wording=words[own.code]) for own in instrument.items),
    )


def _value_sets(document: Entry) -> Mapping[str, Iterable[Entry]]:
    if not document.has("value_sets"):
        return {}
    sets = document.entry("value_sets")
    return {code: sets.entries(code) for code in sets.fields}


def _some_of(kind: type[Choice], key: str, document: Entry) -> frozenset[Choice]:
    chosen = frozenset(one_of(kind, code, document) for code in document.texts(key))
    if not chosen:
        raise MalformedInstrument(f"{document.where} names no {key}, so nobody could use it.")
    return chosen
