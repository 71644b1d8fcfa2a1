"""The published JSON Schema of a form and the service's own check say the same of any answers whatever."""

from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.adapters.texts import YamlTexts
from app.api.language import Language
from app.api.texts import Teller
from app.api.v1.schemas.form_schema import form_schema
from app.domain.application import AnswersNotRight, FormField, Package, Selection, require_answers
from tests.builders.rules import BOOK

TELLER = Teller(YamlTexts(), Language.ENGLISH)
PACKAGES = [
    Package.of("disability_services", BOOK.at(f"65/6523/{place}", date(2026, 11, 26)))
    for place in ("652301", "652302", "652323")
]
PHONES = ["0994-0000000", "+86 000 0000", "-12", "12\n", " 12", "+", "٣٣", "1" * 21]
JUNK: list[Any] = [
    None,
    True,
    0,
    -7,
    2.0,
    1.5,
    2**53,
    "",
    " ",
    "\u3000",
    "\n",
    "x",
    "y" * 201,
    [],
    ["x"],
    {},
    [True],
    [["x"]],
]
ODD = [*JUNK, *PHONES]


def answers_to(field: FormField) -> st.SearchStrategy[Any]:
    """Mostly what the field asks for, and sometimes anything."""
    options = st.sampled_from(field.options) if field.options else st.text(max_size=5)
    right: dict[str, st.SearchStrategy[Any]] = {
        "choice": options,
        "choices": st.lists(options, max_size=4),
        "flag": st.booleans(),
        "whole": st.integers(-5, 5),
        "phone": st.sampled_from(PHONES[:2]),
        "text": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=230),
    }
    kind = right[field.kind]
    return st.one_of(kind, kind, kind, kind, st.sampled_from(ODD))


@st.composite
def filled_forms(draw: st.DrawFn) -> tuple[Selection, dict[str, Any]]:
    """Any items of any package, with answers that are nearly right."""
    package = draw(st.sampled_from(PACKAGES))
    items = draw(st.sets(st.sampled_from([item.code for item in package.items]), min_size=1))
    selection = package.chosen(items)
    omitted = draw(st.sets(st.sampled_from([field.code for field in selection.form]), max_size=6))
    answers = {field.code: draw(answers_to(field)) for field in selection.form if field.code not in omitted}
    strange: dict[str, Any] = draw(st.sampled_from([{}, {}, {}, {"shoe_size": 43}, {"certificate_number": "x"}]))
    return selection, answers | strange


def is_taken(form: tuple[FormField, ...], answers: dict[str, Any]) -> bool:
    try:
        require_answers(form, answers)
    except AnswersNotRight:
        return False
    return True


@pytest.mark.slow
@given(filled_forms())
def test_the_schema_refuses_just_what_the_service_refuses(filled: tuple[Selection, dict[str, Any]]) -> None:
    selection, answers = filled
    schema = form_schema(selection.form, TELLER)

    assert Draft202012Validator(schema).is_valid(answers) == is_taken(selection.form, answers), answers


@pytest.mark.slow
@given(filled_forms(), st.data())
def test_they_agree_on_one_wrong_answer_among_right_ones(
    filled: tuple[Selection, dict[str, Any]], data: st.DataObject
) -> None:
    selection, _ = filled
    right = {field.code: a_right_answer(field) for field in selection.form}
    field = data.draw(st.sampled_from(selection.form))
    answers = right | {field.code: data.draw(answers_to(field))}
    schema = form_schema(selection.form, TELLER)

    assert Draft202012Validator(schema).is_valid(right)
    assert is_taken(selection.form, right)
    assert Draft202012Validator(schema).is_valid(answers) == is_taken(selection.form, answers), answers


ONE_OF_EACH_KIND = {field.kind: field for package in PACKAGES for field in package.form}


@pytest.mark.parametrize("kind", ONE_OF_EACH_KIND)
def test_they_agree_on_every_odd_answer_to_every_kind_of_field(kind: str) -> None:
    field = replace(ONE_OF_EACH_KIND[kind], is_required=True)
    validator = Draft202012Validator(form_schema((field,), TELLER))

    said = [(validator.is_valid({field.code: answer}), is_taken((field,), {field.code: answer})) for answer in ODD]

    assert [(answer, *both) for answer, both in zip(ODD, said, strict=True) if len({*both}) > 1] == []


def a_right_answer(field: FormField) -> Any:
    first = field.options[0] if field.options else "红柳示例村"
    return {"choice": first, "choices": [first], "flag": True, "whole": 1, "phone": PHONES[0], "text": "红柳示例村"}[
        field.kind
    ]


def test_every_form_is_a_valid_schema_that_says_where_each_answer_comes_from() -> None:
    for package in PACKAGES:
        schema = form_schema(package.form, TELLER)

        Draft202012Validator.check_schema(schema)
        for code, shape in schema["properties"].items():
            assert shape["x-provenance"] in {"applicant", "register", "earlier_item"}
            assert shape.get("readOnly", False) == (shape["x-provenance"] != "applicant") == ("x-held-by" in shape), (
                code
            )
        asked = set(chain(schema["required"], *(one["then"]["required"] for one in schema["allOf"])))
        assert not any(schema["properties"][code].get("readOnly") for code in asked)
