"""What belongs into an archive, what counts, and what is filed: by dated lists, and nothing is overwritten."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.archive import (
    Alike,
    ArchiveDayImpossible,
    ArchiveDocument,
    ArchiveItemUnknown,
    ArchiveOf,
    Checklist,
    ChecklistItem,
    Completeness,
    DocumentNotOfThisItem,
    DocumentOrigin,
    File,
    Filing,
    ItemState,
    Place,
    Seen,
    Source,
    completeness,
    count_missing,
    counting,
    in_force,
    together,
)
from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders import MONDAY, VILLAGE, a_principal
from tests.domain.test_rulebooks_data import RULES

BOOK = Rulebook(RULES)
COMMISSIONER = a_principal(Role.COMMISSIONER, region=VILLAGE)
PERSON = uuid4()
HERE = Place(archive_of=ArchiveOf.PERSON, subject_id=PERSON, region=VILLAGE, person_id=PERSON)


def a_checklist(archive_of: ArchiveOf) -> Checklist:
    return Checklist.of(archive_of, BOOK.at(VILLAGE, MONDAY))


def looked_at(archive_of: ArchiveOf, *seen: Seen, on: date = MONDAY, **whose: Any) -> Completeness:
    checklist = a_checklist(archive_of)
    return completeness(checklist, counting(checklist, {one.what: one for one in seen}, on=on), on=on, **whose)


def states(whole: Completeness) -> dict[str, ItemState]:
    return {standing.item.code: standing.state for standing in whole.items}


def a_filing(item: str = "certificate_file", **changes: Any) -> Filing:
    file = File(file_id=uuid4(), digest="ab" * 32, size=9, media_type="image/png")
    told: dict[str, Any] = {"item": item, "file": file, "made_on": MONDAY, "origin": DocumentOrigin.TAKEN_OVER}
    return Filing(**told | changes)


def filed(filing: Filing | None = None, **changes: Any) -> ArchiveDocument:
    told: dict[str, Any] = {"into": HERE, "document_id": uuid4(), "by": COMMISSIONER, "on": MONDAY}
    told |= {"checklist": a_checklist(ArchiveOf.PERSON)} | changes
    return ArchiveDocument.file_away(filing or a_filing(), **told)[0]


def test_every_kind_of_archive_has_a_list_that_names_its_version() -> None:
    assert [a_checklist(kind).reference for kind in ArchiveOf] == [f"archive.{kind}@CN#1" for kind in ArchiveOf]


def test_what_the_service_sees_counts_by_itself_and_the_rest_is_missing_with_who_brings_it() -> None:
    visited = Seen(what="home_visit", on=MONDAY)

    whole = looked_at(ArchiveOf.PERSON, visited, Seen(what="identifier", on=MONDAY))

    assert (whole.held, whole.required) == (2, 5)
    assert {item.code: item.provided_by.value for item in whole.missing} == {
        "contact": "association",
        "household": "association",
        "needs": "association",
    }


def test_an_item_is_asked_of_those_only_whom_it_is_for() -> None:
    grown, child = looked_at(ArchiveOf.PERSON), looked_at(ArchiveOf.PERSON, traits={"holder", "minor", "severe"})

    assert states(child).keys() - states(grown).keys() == {"guardian", "certificate", "certificate_file", "plan"}


def test_a_visit_counts_for_so_many_days_and_not_one_longer() -> None:
    last = looked_at(ArchiveOf.PERSON, Seen(what="home_visit", on=MONDAY - timedelta(days=366)))
    over = looked_at(ArchiveOf.PERSON, Seen(what="home_visit", on=MONDAY - timedelta(days=367)))

    assert (states(last)["visits"], states(over)["visits"]) == (ItemState.HELD, ItemState.MISSING)


def test_a_case_lacks_only_what_its_steps_have_come_to() -> None:
    begun = looked_at(ArchiveOf.CERTIFICATE_CASE, Seen(what="application", on=MONDAY), steps={"accept"})

    assert {code for code, state in states(begun).items() if state is ItemState.MISSING} == {"acceptance"}
    assert (begun.held, begun.required) == (1, 2)
    assert set(states(begun.closed())) == {"application_form", "acceptance"}


def test_the_work_of_a_year_is_asked_for_when_its_month_is_over() -> None:
    march, april = date(2026, 3, 31), date(2026, 4, 1)

    early = looked_at(ArchiveOf.ASSOCIATION, on=march, year=2026)
    late = looked_at(ArchiveOf.ASSOCIATION, on=april, year=2026)
    after = looked_at(ArchiveOf.ASSOCIATION, on=date(2027, 1, 1), year=2026)

    assert (states(early)["work_plan"], states(late)["work_plan"]) == (ItemState.LATER, ItemState.MISSING)
    assert (states(late)["summary"], states(after)["summary"]) == (ItemState.LATER, ItemState.MISSING)


def test_a_document_says_who_filed_it_for_whom_and_by_which_list() -> None:
    document, event = ArchiveDocument.file_away(
        a_filing(),
        into=HERE,
        document_id=UUID(int=7),
        by=COMMISSIONER,
        on=MONDAY,
        checklist=a_checklist(ArchiveOf.PERSON),
    )

    assert (document.filed_by, document.filed_on) == (COMMISSIONER.id, MONDAY)
    assert document.filed_for == COMMISSIONER.memberships[0].organisation_id
    assert document.checklist == "archive.person@CN#1"
    assert (event.item, event.replaces, event.filed_by) == ("certificate_file", None, COMMISSIONER.id)


def test_what_was_replaced_counts_no_more_and_stays() -> None:
    first = filed()
    second = filed(a_filing(made_on=MONDAY - timedelta(days=9)), replaces=first)

    assert [one.id for one in in_force([second, first])] == [second.id]
    assert second.replaces == first.id


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"filing": a_filing("certificate")}, ArchiveItemUnknown),
        ({"filing": a_filing("nothing_like_it")}, ArchiveItemUnknown),
        ({"filing": a_filing(made_on=MONDAY + timedelta(days=1))}, ArchiveDayImpossible),
        ({"by": a_principal(Role.COMMISSIONER, region="65/6523/652302")}, NotYourFunction),
        ({"by": a_principal(Role.AUDITOR, region=VILLAGE)}, NotYourFunction),
        ({"by": replace(COMMISSIONER, person_id=PERSON)}, OwnCase),
        ({"by": replace(COMMISSIONER, wards=frozenset({PERSON}))}, OwnCase),
        ({"replaces": filed(a_filing("needs"))}, DocumentNotOfThisItem),
        ({"replaces": filed(into=replace(HERE, subject_id=uuid4()))}, DocumentNotOfThisItem),
    ],
)
def test_nothing_is_filed_that_cannot_be_right(changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        filed(**changes)


@pytest.mark.parametrize("met_by", [(), ("harm_report",), ("roster",)])
def test_a_list_that_names_what_cannot_be_seen_is_refused(met_by: tuple[str, ...]) -> None:
    entry = Entry({"code": "x", "zh": "某", "en": "x", "provided_by": "county", "met_by": met_by}, "archive.person")

    with pytest.raises(MalformedRule):
        ChecklistItem.of(entry, archive_of=ArchiveOf.PERSON)


def test_evidence_counts_for_the_item_of_its_kind() -> None:
    entry = Entry(
        {"code": "photo", "zh": "照片", "en": "Photo", "provided_by": "person", "met_by": ("evidence",)}, "archive.x"
    )

    item = ChecklistItem.of(entry, archive_of=ArchiveOf.PERSON)

    assert [want.what for want in item.wants(MONDAY)] == ["evidence.photo"]
    assert (item.takes_documents, item.met_by) == (False, (Source.EVIDENCE,))


def test_a_place_is_counted_as_its_people_are_one_by_one() -> None:
    checklist = a_checklist(ArchiveOf.PERSON)
    visited = next(want for want in checklist.wants(MONDAY) if want.what == "home_visit")
    alike = Alike(region=VILLAGE, traits=frozenset({"holder"}), held=frozenset({visited}), people=3)
    other = Alike(region=VILLAGE, traits=frozenset(), held=frozenset(checklist.wants(MONDAY)), people=2)

    (place,) = count_missing(checklist, [alike, other], on=MONDAY)

    counts = {one.item.code: (one.missing, one.required) for one in place.items}
    assert (place.people, place.complete) == (5, 2)
    assert (counts["visits"], counts["needs"], counts["certificate"]) == ((0, 5), (3, 5), (3, 3))
    assert "plan" not in counts


def test_villages_are_counted_together_as_if_their_people_lived_in_one_place() -> None:
    checklist = a_checklist(ArchiveOf.PERSON)
    visited = next(want for want in checklist.wants(MONDAY) if want.what == "home_visit")
    alike = Alike(region=VILLAGE, traits=frozenset({"holder"}), held=frozenset({visited}), people=3)
    other = Alike(region=f"{VILLAGE[:-1]}9", traits=frozenset(), held=frozenset(checklist.wants(MONDAY)), people=2)
    township = VILLAGE.rpartition("/")[0]

    apart = count_missing(checklist, [alike, other], on=MONDAY)
    whole = count_missing(checklist, [replace(one, region=township) for one in (alike, other)], on=MONDAY)

    assert together(checklist, apart) == apart
    assert together(checklist, [replace(one, region=township) for one in apart]) == whole
