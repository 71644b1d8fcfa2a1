"""Reads the parts of an instrument: its items, and the ways to read their answers."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from app.domain.assessment import (
    Band,
    BandScheme,
    CutOff,
    Item,
    Level,
    MalformedInstrument,
    Matrix,
    Option,
    Threshold,
)
from app.domain.shared.entry import Entry
from app.domain.shared.provenance import Confidence
from app.domain.shared.wording import Wording

Choice = TypeVar("Choice", bound=StrEnum)


def item(entry: Entry, sets: Mapping[str, Iterable[Entry]]) -> Item:
    """A question; its answers stand with it, or are one of the value sets."""
    entry.require_only("code", "zh", "en", "head", "weight", "several", "only_if", "options", "values")
    return Item(
        code=entry.text("code"),
        wording=Wording.of(entry),
        options=options(_answers(entry, sets)),
        head=entry.text("head") if entry.has("head") else None,
        weight=entry.whole("weight") if entry.has("weight") else 1,
        takes_several=entry.has("several") and entry.flag("several"),
        only_if=_choices(entry.entry("only_if")) if entry.has("only_if") else {},
    )


def options(entries: Iterable[Entry]) -> tuple[Option, ...]:
    """The answers to a question; what is not worth anything may be left without points."""
    return tuple(_option(entry) for entry in entries)


def band_scheme(entry: Entry) -> BandScheme:
    """A way to cut scores into bands."""
    entry.require_only("code", "zh", "en", "source", "confidence", "head", "bands")
    return BandScheme(
        code=entry.text("code"),
        name=Wording.of(entry),
        source=entry.text("source"),
        confidence=one_of(Confidence, entry.text("confidence"), entry),
        bands=tuple(_band(band) for band in entry.entries("bands")),
        head=entry.text("head") if entry.has("head") else None,
    )


def cut_off(entry: Entry) -> CutOff:
    """A cut-off by how many items are worth how much."""
    entry.require_only("code", "zh", "en", "source", "confidence", "bands", "thresholds")
    return CutOff(
        code=entry.text("code"),
        name=Wording.of(entry),
        source=entry.text("source"),
        confidence=one_of(Confidence, entry.text("confidence"), entry),
        bands=tuple(_level(band) for band in entry.entries("bands")),
        thresholds=tuple(_threshold(threshold) for threshold in entry.entries("thresholds")),
    )


def matrix(entry: Entry, schemes: Mapping[str, BandScheme]) -> Matrix:
    """A table of levels, by the bands of schemes of the same document."""
    entry.require_only("code", "zh", "en", "source", "confidence", "levels", "rows", "columns", "cells")
    names = (entry.text("rows"), *entry.texts("columns"))
    if unknown := sorted(set(names) - set(schemes)):
        raise MalformedInstrument(f"{entry.where} combines schemes that there are not: {', '.join(unknown)}.")
    rows, *columns = (schemes[name] for name in names)
    cells = entry.entry("cells")
    lines = [cells.entry(band.code) for band in rows.bands]
    return Matrix(
        code=entry.text("code"),
        name=Wording.of(entry),
        source=entry.text("source"),
        confidence=one_of(Confidence, entry.text("confidence"), entry),
        bands=tuple(_level(level) for level in entry.entries("levels")),
        rows=rows,
        columns=tuple(columns),
        cells=tuple(tuple(line.text(band.code) for band in columns[0].bands) for line in lines),
    )


def one_of(kind: type[Choice], code: str, document: Entry) -> Choice:
    """A member of a closed list.

    Raises:
        MalformedInstrument: the list has no such member.
    """
    try:
        return kind(code)
    except ValueError:
        raise MalformedInstrument(f"{document.where}: {code} is none of {', '.join(kind)}.") from None


def _answers(entry: Entry, sets: Mapping[str, Iterable[Entry]]) -> Iterable[Entry]:
    if not entry.has("values"):
        return entry.entries("options")
    if entry.has("options") or entry.text("values") not in sets:
        raise MalformedInstrument(f"{entry.where} has answers of its own or one value set that there is.")
    return sets[entry.text("values")]


def _option(entry: Entry) -> Option:
    entry.require_only("code", "points", "alone", "zh", "en")
    return Option(
        code=entry.text("code"),
        points=entry.whole("points") if entry.has("points") else 0,
        wording=Wording.of(entry),
        stands_alone=entry.has("alone") and entry.flag("alone"),
    )


def _band(entry: Entry) -> Band:
    entry.require_only("code", "at_least", "zh", "en")
    return Band(code=entry.text("code"), at_least=entry.whole("at_least"), wording=Wording.of(entry))


def _level(entry: Entry) -> Level:
    entry.require_only("code", "zh", "en")
    return Level(code=entry.text("code"), wording=Wording.of(entry))


def _threshold(entry: Entry) -> Threshold:
    entry.require_only("items", "at_least")
    return Threshold(items=entry.whole("items"), at_least=entry.whole("at_least"))


def _choices(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    return {code: entry.texts(code) for code in entry.fields}
