"""The one form of a package: what may be asked of the applicant, and whether the answers can be right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.errors import Unprocessable
from app.domain.shared.wording import Wording

APPLICANT = "applicant"
"""The provenance of what the applicant says. Everything else is fetched, and must not be asked for."""


class AnswersNotRight(Unprocessable):
    """Answers are missing, or cannot be what the form asks for. All of it is told at once."""

    code = "answers_not_right"
    title = "The form is not filled in rightly"


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

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read one field of a package.

        Raises:
            MalformedRule: it has a kind that no form knows.
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
        )

    def takes(self, answer: object) -> bool:
        """Say whether an answer is of the kind that the field asks for."""
        return _KINDS[self.kind](self, answer)


def require_answers(form: tuple[FormField, ...], answers: Mapping[str, object]) -> None:
    """Hold the answers to the form. What registers hold may be sent along and is checked like the rest, never required.

    Source: 国令第716号 art. 7: what can be had by sharing is not asked of the applicant.

    Raises:
        AnswersNotRight: with `errors`, one for each field that is wrong, each with a pointer and a code.
    """
    if errors := list(_errors(form, answers)):
        names = ", ".join(str(error["pointer"]).rpartition("/")[2] for error in errors)
        raise AnswersNotRight(f"These fields of the form need attention: {names}.", pointer="/answers", errors=errors)


def _errors(form: tuple[FormField, ...], answers: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    fields = {field.code: field for field in form}
    for code in sorted(answers.keys() - fields.keys()):
        yield {"pointer": f"/answers/{code}", "code": "unknown_field"}
    for code, field in fields.items():
        if answers.get(code) is None:
            if field.is_required and field.provenance == APPLICANT:
                yield {"pointer": f"/answers/{code}", "code": "missing"}
        elif not field.takes(answers[code]):
            yield {"pointer": f"/answers/{code}", "code": f"not_a_{field.kind}"}


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
    return isinstance(answer, int) and not isinstance(answer, bool)


def _is_phone(field: FormField, answer: object) -> bool:
    if not isinstance(answer, str) or not _is_text(field, answer):
        return False
    digits = answer.removeprefix("+").replace("-", "").replace(" ", "")
    return digits.isascii() and digits.isdigit()


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
