"""Reads the golden vectors that lie beside an instrument, in a file of its name in the folder `golden`."""

from collections.abc import Mapping
from pathlib import Path

from app.adapters.rulebooks import load_document
from app.domain.assessment import Answer, Vector
from app.domain.shared.entry import Entry, MalformedRule

EXPECTED = ("score", "filled_hundredths", "heads", "bands", "missing", "refused")


def vectors_of(file: Path) -> tuple[Vector, ...]:
    """The vectors of the instrument in a file; none where nobody wrote any.

    Raises:
        RulebookRefused, MalformedRule: they cannot be read.
    """
    beside = file.parent / "golden" / file.name
    return load_vectors(beside) if beside.is_file() else ()


def load_vectors(file: Path) -> tuple[Vector, ...]:
    """The vectors of a file: the answers of `base` with some `changes`, and what is expected of them.

    Raises:
        RulebookRefused, MalformedRule: they cannot be read, or nothing is expected of one.
    """
    document = load_document(file)
    document.require_only("source", "base", "vectors")
    document.text("source")
    base = _answers(document.entry("base"))
    return tuple(_vector(entry, base) for entry in document.entries("vectors"))


def _vector(entry: Entry, base: Mapping[str, Answer]) -> Vector:
    entry.require_only("changes", "leaves_out", *EXPECTED)
    expected = {field: entry.fields[field] for field in EXPECTED if entry.has(field)}
    if not expected:
        raise MalformedRule(f"{entry.where} expects nothing.")
    changes = _answers(entry.entry("changes")) if entry.has("changes") else {}
    answers = {code: answer for code, answer in base.items() if code not in entry.texts("leaves_out")}
    return Vector(where=entry.where, answers={**answers, **changes}, expected=expected)


def _answers(entry: Entry) -> Mapping[str, Answer]:
    return {
        code: entry.texts(code) if isinstance(value, tuple) else entry.text(code)
        for code, value in entry.fields.items()
    }
