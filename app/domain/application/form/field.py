"""One question of a form: its kind, who answers it, when it must be answered, and what it tells the rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.wording import Wording

APPLICANT = "applicant"
"""The provenance of what the applicant says. Everything else is fetched, and must not be asked for."""
PHONE = r"\+?[0-9][0-9 -]*"
SAFE_INTEGER = 2**53 - 1
"""The greatest whole number that every reader of JSON keeps exactly."""


class HeldFact(StrEnum):
    """What the registers here hold of a person that a form may show instead of asking."""

    PHONE = "phone"
    ADDRESS = "address"
    PREFERRED_LANGUAGE = "preferred_language"
    PREFERRED_FORMAT = "preferred_format"
    ECONOMIC_STATUS = "economic_status"
    CERTIFICATE_NUMBER = "certificate_number"
    CATEGORY = "category"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a field must be answered: another field, a choice, has one of these answers."""

    field: str
    answers: tuple[str, ...]

    def is_given(self, answers: Mapping[str, object]) -> bool:
        """Say whether the other field has such an answer."""
        return answers.get(self.field) in self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question of the form, and from where its answer comes."""

    code: str
    wording: Wording
    kind: str
    needed_by: tuple[str, ...]
    is_required: bool
    provenance: str
    held_by: str | None = None
    """Whose register holds the answer, or which earlier item gives it."""
    options: tuple[str, ...] = ()
    max_length: int | None = None
    """In characters."""
    required_when: Occasion | None = None
    fact: HeldFact | None = None
    """What is shown in its place where it is held here."""
    tells: str | None = None
    """What it tells the rules: `need.<code>`, `flag.<code>`, or, of its options, which are `needs` or `receiving`."""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read one field of a package.

        Raises:
            MalformedRule: it has a kind that no form knows, or tells the rules what such a kind cannot tell.
        """
        if entry.text("kind") not in _KINDS:
            raise MalformedRule(f"{entry.where} has the unknown kind {entry.text('kind')}.")
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            kind=entry.text("kind"),
            needed_by=entry.texts("needed_by"),
            is_required=entry.flag("required"),
            provenance=entry.text("provenance"),
            held_by=entry.text("from") if entry.has("from") else None,
            options=entry.texts("options"),
            max_length=entry.whole("max_length") if entry.has("max_length") else None,
            required_when=_occasion(entry.entry("required_when")) if entry.has("required_when") else None,
            fact=_fact(entry) if entry.has("fact") else None,
            tells=_told(entry) if entry.has("tells") else None,
        )

    @property
    def is_asked(self) -> bool:
        """Say whether the applicant is asked at all."""
        return self.provenance == APPLICANT

    def is_needed(self, answers: Mapping[str, object]) -> bool:
        """Say whether the applicant must answer, given the other answers."""
        is_given = self.required_when is not None and self.required_when.is_given(answers)
        return self.is_asked and (self.is_required or is_given)

    def takes(self, answer: object) -> bool:
        """Say whether an answer is of the kind that the field asks for."""
        return _KINDS[self.kind](self, answer)


def _occasion(entry: Entry) -> Occasion:
    entry.require_only("field", "is")
    return Occasion(entry.text("field"), entry.texts("is"))


def _fact(entry: Entry) -> HeldFact:
    if entry.text("fact") not in set(HeldFact):
        raise MalformedRule(f"{entry.where} names the fact {entry.text('fact')}, which is not held here.")
    return HeldFact(entry.text("fact"))


def _told(entry: Entry) -> str:
    tells, kind = entry.text("tells"), entry.text("kind")
    of_flag = kind == "flag" and tells.startswith(("need.", "flag."))
    if of_flag or (kind == "choices" and tells in {"needs", "receiving"}):
        return tells
    raise MalformedRule(f"{entry.where}: a field of the kind {kind} cannot tell {tells}.")


def _is_text(field: FormField, answer: object) -> bool:
    return isinstance(answer, str) and bool(answer.strip()) and len(answer) <= (field.max_length or len(answer))


def _is_choice(field: FormField, answer: object) -> bool:
    return isinstance(answer, str) and answer in field.options


def _is_choices(field: FormField, answer: object) -> bool:
    if not isinstance(answer, list | tuple):
        return False
    return len(set(map(str, answer))) == len(answer) and all(_is_choice(field, one) for one in answer)


def _is_flag(_: FormField, answer: object) -> bool:
    return isinstance(answer, bool)


def _is_whole(_: FormField, answer: object) -> bool:
    # 2.0 is a whole number in JSON, which has only one kind of numbers.
    if not isinstance(answer, int | float) or isinstance(answer, bool):
        return False
    return abs(answer) <= SAFE_INTEGER and answer == int(answer)


def _is_phone(field: FormField, answer: object) -> bool:
    return isinstance(answer, str) and _is_text(field, answer) and re.fullmatch(PHONE, answer) is not None


_KINDS: Mapping[str, Callable[[FormField, object], bool]] = MappingProxyType(
    {
        "choice": _is_choice,
        "choices": _is_choices,
        "flag": _is_flag,
        "phone": _is_phone,
        "text": _is_text,
        "whole": _is_whole,
    }
)
