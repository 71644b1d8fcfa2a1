"""Answers to a form: whether they can be right, which of them nobody had to give, and what they tell the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from app.domain.application.form.field import FormField, HeldFact
from app.domain.shared.errors import Unprocessable


class AnswersNotRight(Unprocessable):
    """Answers are missing, or cannot be what the form asks for. All of it is told at once."""

    code = "answers_not_right"
    title = "The form is not filled in rightly"

    @classmethod
    def of(cls, errors: list[dict[str, str]]) -> Self:
        """The refusal of these answers, each with a pointer and a code."""
        names = ", ".join(error["pointer"].rpartition("/")[2] for error in errors)
        return cls(f"These fields of the form need attention: {names}.", pointer="/answers", errors=errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the applicant says, in the words of the rules; what is not in it is not known."""

    needs: Mapping[str, bool] = field(default_factory=dict)
    receiving: Mapping[str, bool] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)


def faults_of(form: Iterable[FormField], answers: Mapping[str, object]) -> list[dict[str, str]]:
    """Everything that is wrong with the answers: for each field a pointer and a code."""
    return list(_errors(form, answers))


def require_answers(form: Iterable[FormField], answers: Mapping[str, object]) -> None:
    """Hold the answers to the form, as its published JSON Schema does.

    What registers hold is never required. Where it is sent all the same it is checked like the rest, and not kept.

    Source: 国令第716号 art. 7: what can be had by sharing is not asked of the applicant.

    Raises:
        AnswersNotRight: with `errors`, one for each field that is wrong, each with a pointer and a code.
    """
    if errors := faults_of(form, answers):
        raise AnswersNotRight.of(errors)


def require_answers_so_far(form: Iterable[FormField], answers: Mapping[str, object]) -> None:
    """Hold what is answered to the form; what is not answered yet is not missed.

    Raises:
        AnswersNotRight: an answer is to no field of the form, or not of the kind that it asks for.
    """
    if errors := [error for error in faults_of(form, answers) if error["code"] != "missing"]:
        raise AnswersNotRight.of(errors)


def asked(form: Iterable[FormField], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were the applicant's to give. What an office holds is taken from there, whatever is sent."""
    own = {one.code for one in form if one.is_asked}
    return {code: answer for code, answer in answers.items() if code in own}


def ignored(form: Iterable[FormField], answers: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The fields that were answered although nobody had to be asked."""
    return tuple(one for one in form if one.code in answers and not one.is_asked)


def shown_in_place(form: Iterable[FormField], held: Mapping[HeldFact, object]) -> dict[str, Any]:
    """What is shown instead of being asked, by the field: held facts, as far as the field takes them."""
    found = ((one, held[one.fact]) for one in form if one.fact is not None and one.fact in held)
    return {one.code: value for one, value in found if one.takes(value)}


def declared_by(form: Iterable[FormField], answers: Mapping[str, Any]) -> Declared:
    """What the answers tell the rules. Of a list, what is not ticked is known not to be so."""
    needs: dict[str, bool] = {}
    receiving: dict[str, bool] = {}
    flags: dict[str, bool] = {}
    for one in form:
        answer: Any = answers.get(one.code)
        if one.tells is None or not one.is_asked or not one.takes(answer):
            continue
        about, _, code = one.tells.partition(".")
        if one.kind == "choices":
            target = needs if about == "needs" else receiving
            # Two fields may name one need: to have ticked it once is enough.
            target |= {option: option in answer or target.get(option, False) for option in one.options}
        else:
            (needs if about == "need" else flags)[code] = answer
    return Declared(needs=needs, receiving=receiving, flags=flags)


def _errors(form: Iterable[FormField], answers: Mapping[str, object]) -> Iterator[dict[str, str]]:
    fields = {one.code: one for one in form}
    for code in sorted(answers.keys() - fields.keys()):
        yield {"pointer": f"/answers/{code}", "code": "unknown_field"}
    for code, one in fields.items():
        if code not in answers:
            if one.is_needed(answers):
                yield {"pointer": f"/answers/{code}", "code": "missing"}
        elif not one.takes(answers[code]):
            yield {"pointer": f"/answers/{code}", "code": f"not_a_{one.kind}"}
