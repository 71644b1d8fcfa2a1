"""The documents of a choice: each once, needed or not for just this person, and nothing asked for that is held."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.application import Document, Evidence, Necessity, categories_named, documents_of, necessity_of
from app.domain.certificate import Business
from app.domain.entitlement import Facts, parse
from tests.builders import a_package
from tests.builders.application import WORDING

A_CHILDS: dict[str, Any] = {"when": parse({"kind": "age_between", "at_most": 17}, "test")}
OLD_CARD: dict[str, Any] = {"businesses": ("renewal", "change")}
NEEDED, NOT_NEEDED, UNKNOWN = Necessity.NEEDED, Necessity.NOT_NEEDED, Necessity.UNKNOWN


def a_document(code: str = "photo", *needed_by: str, **changes: Any) -> Evidence:
    evidence = Evidence(
        code=code,
        wording=WORDING,
        needed_by=needed_by or ("certificate",),
        provenance="applicant",
        assurance="uploaded",
    )
    return replace(evidence, **changes)


@pytest.mark.parametrize(
    ("changes", "facts", "business", "necessity"),
    [
        ({}, Facts(), None, NEEDED),
        (A_CHILDS, Facts(age=17), None, NEEDED),
        (A_CHILDS, Facts(age=18), None, NOT_NEEDED),
        (A_CHILDS, Facts(), None, UNKNOWN),
        (OLD_CARD, Facts(), Business.NEW, NOT_NEEDED),
        (OLD_CARD, Facts(), "renewal", NEEDED),
        (OLD_CARD, Facts(), None, UNKNOWN),
        (OLD_CARD | A_CHILDS, Facts(age=18), None, NOT_NEEDED),
        (OLD_CARD | A_CHILDS, Facts(age=17), None, UNKNOWN),
        (OLD_CARD | A_CHILDS, Facts(age=17), "change", NEEDED),
    ],
)
def test_whether_a_document_is_needed_follows_from_the_business_and_the_person(
    changes: dict[str, Any], facts: Facts, *, business: str | None, necessity: Necessity
) -> None:
    assert necessity_of(a_document(**changes), facts, business=business) is necessity


def test_what_is_needed_at_the_residence_is_needed_there_whatever_its_condition_says() -> None:
    permit = a_document(needed_at=("residence",), **A_CHILDS)
    grown = Facts(age=18)

    asked = {place: necessity_of(permit, grown, business="new", handled_at=place) for place in ("residence", None)}

    assert asked == {"residence": NEEDED, None: NOT_NEEDED}


@pytest.mark.parametrize(
    ("provenance", "necessity", "is_theirs"),
    [
        ("applicant", NEEDED, True),
        ("applicant", UNKNOWN, True),
        ("applicant", NOT_NEEDED, False),
        ("register", NEEDED, False),
        ("earlier_item", NEEDED, False),
    ],
)
def test_only_what_no_office_holds_and_may_be_needed_is_the_applicants_to_show(
    provenance: str, necessity: Necessity, *, is_theirs: bool
) -> None:
    document = Document(entry=a_document(provenance=provenance), items=("certificate",), necessity=necessity)

    assert document.is_the_applicants is is_theirs


def test_a_document_that_two_items_need_is_there_once_and_names_both() -> None:
    shared, others = a_document("card", "certificate", "living_subsidy"), a_document("x", "nursing_subsidy")
    package = a_package(evidence=(a_document("photo"), shared, others))

    documents = documents_of(package.chosen(["certificate", "living_subsidy"]), Facts(), business="new")

    assert [(document.entry.code, document.items) for document in documents] == [
        ("photo", ("certificate",)),
        ("card", ("certificate", "living_subsidy")),
    ]


def test_a_category_that_is_named_counts_for_documents_although_there_is_no_certificate() -> None:
    of_the_mind = parse({"kind": "category_in", "categories": ("intellectual", "mental")}, "test")
    named = categories_named({"conditions": ["mental"]})

    found = [
        necessity_of(a_document(when=of_the_mind), Facts(has_certificate=False, named=categories), business=None)
        for categories in (named, categories_named({"conditions": ["visual"]}), categories_named({"conditions": "all"}))
    ]

    assert found == [NEEDED, NOT_NEEDED, NOT_NEEDED]
