"""Two records are compared ground by ground; the machine says how alike they are, a named officer says what is so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.names import ChineseNames
from app.domain.duplicate import (
    Comparison,
    DuplicateRules,
    DuplicateStage,
    Ground,
    Known,
    Likeness,
    MayBeRegisteredAlready,
    NothingIsHeldUp,
    NotOfThePair,
    Pair,
    PersonDuplicate,
    compared,
    keys_of,
)
from app.domain.duplicate.names import is_one_character_off, written_alike
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import CitizenNumber, Sex
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.relations import RelationOnRecord, Relations
from app.domain.shared.transitions import Allowed, OwnCase
from tests.builders import MONDAY, VILLAGE, a_principal
from tests.builders.register import a_duplicate_at
from tests.builders.rules import BOOK

RULES = DuplicateRules.of(BOOK.at(VILLAGE, MONDAY))
NAMES = ChineseNames()
BORN = date(1902, 3, 11)
NUMBER = CitizenNumber.of(region="990101", born_on=BORN, sequence=15).value
OFFICER = a_principal(Role.COUNTY_OFFICER)
SECOND = a_principal(Role.COUNTY_OFFICER, number=0xC2)


def known(
    name: str = "样本云", *, number: str | None = NUMBER, born: date | None = BORN, phone: str | None = None
) -> Known:
    forms = NAMES.forms(name, variants=RULES.variants)
    phones = frozenset({phone}) if phone else frozenset[str]()
    return Known(name=forms, citizen_number=number, birth_date=born, sex=Sex.MALE, phones=phones)


def found(one: Known, other: Known) -> set[Ground]:
    return set(compared(one, other, rules=RULES).grounds)


@pytest.mark.parametrize(
    ("one", "other", "ground"),
    [
        ("阿依努尔·买买提", "阿依努尔・买买提", Ground.NAME_SAME),
        ("阿依努尔·买买提", "阿依努尔.买买提", Ground.NAME_SAME),
        ("阿依努尔·买买提", "阿依努尔 ‧ 买买提 ", Ground.NAME_SAME),
        ("阿依努尔·买买提", "阿依努尔买买提", Ground.NAME_WRITTEN_OTHERWISE),
        ("张样", "張样", Ground.NAME_WRITTEN_OTHERWISE),
        ("王喆", "王哲", Ground.NAME_WRITTEN_OTHERWISE),
        ("样本云", "样本芸", Ground.NAME_SOUNDS_ALIKE),
        ("样本云", "样木云", Ground.NAME_ONE_CHARACTER_OFF),
        ("阿依努尔·买买提", "阿依奴尔·买买题", Ground.NAME_SOUNDS_ALIKE),
        ("样云", "样雪", None),
    ],
)
def test_names_are_compared_as_they_are_written_and_heard(one: str, other: str, *, ground: Ground | None) -> None:
    names = {one for one in found(known(one), known(other)) if one.value.startswith("name")}

    assert names == ({ground} if ground else set())


@pytest.mark.parametrize(
    ("other", "ground"),
    [
        (BORN, Ground.BIRTH_SAME),
        (date(1902, 11, 3), Ground.BIRTH_NEAR),
        (date(1903, 3, 11), Ground.BIRTH_NEAR),
        (date(1902, 3, 12), Ground.BIRTH_NEAR),
        (date(1920, 3, 11), Ground.BIRTH_NEAR),
        (date(1905, 7, 30), Ground.BIRTH_ANOTHER),
    ],
)
def test_days_of_birth_are_compared_digit_by_digit(other: date, ground: Ground) -> None:
    assert ground in found(known(), known(born=other))


def test_identity_numbers_may_be_near_of_another_region_or_another() -> None:
    near = CitizenNumber.of(region="990107", born_on=BORN, sequence=15).value
    region = CitizenNumber.of(region="980305", born_on=BORN, sequence=15).value
    another = CitizenNumber.of(region="990101", born_on=date(1904, 9, 9), sequence=82).value

    told = [found(known(), known(number=number)) for number in (near, region, another, NUMBER, None)]

    assert [{one for one in grounds if one.value.startswith("number")} for grounds in told] == [
        {Ground.NUMBER_NEAR},
        {Ground.NUMBER_OF_ANOTHER_REGION},
        {Ground.NUMBER_ANOTHER},
        set(),
        set(),
    ]


def test_what_is_not_known_counts_neither_way() -> None:
    bare = known(number=None, born=None)

    assert found(known(), bare) == {Ground.NAME_SAME}


def test_the_same_name_alone_is_not_enough_and_another_number_speaks_against_it() -> None:
    namesake = known(number=CitizenNumber.of(region="990101", born_on=BORN, sequence=903).value)

    assert not compared(known(), known(number=None, born=None), rules=RULES).is_for_review
    assert not compared(known(), namesake, rules=RULES).is_for_review
    assert compared(known(), known(number=None), rules=RULES).is_for_review


@given(st.text(max_size=12), st.text(max_size=12))
def test_comparing_has_no_order(one: str, other: str) -> None:
    assert is_one_character_off(one, other) is is_one_character_off(other, one)
    assert written_alike(written_alike(one)) == written_alike(one)


@pytest.mark.parametrize(
    "twin",
    [
        known("样木云", number=None),
        known("样本芸", number=None, born=date(1902, 11, 3)),
        known(number=CitizenNumber.of(region="990107", born_on=BORN, sequence=15).value),
        known(number=None, born=date(1903, 3, 11), phone="13900000000"),
    ],
)
def test_a_twin_with_a_mistake_shares_a_key(twin: Known) -> None:
    assert keys_of(known(phone="8613900000000")) & keys_of(twin)


def test_nothing_that_was_compared_shows_itself() -> None:
    shown = repr(known(phone="13900000000"))

    assert not {part for part in ("样本云", NUMBER, "1902", "13900000000") if part in shown}


def test_a_pair_is_one_whichever_was_compared_first() -> None:
    one, other = (UUID(int=2), "65/6523/652301/652301104"), (UUID(int=1), "65/6523/652301/652301105")

    assert Pair.of(one, other) == Pair.of(other, one)
    assert Pair.of(one, other).region == "65/6523/652301"


def opened() -> PersonDuplicate:
    return a_duplicate_at(DuplicateStage.OPEN)


def test_what_is_found_says_why_and_by_which_rules() -> None:
    comparison = Comparison(grounds=(Ground.NAME_SAME,), points=40, is_for_review=True, is_very_probable=False)
    pair = Pair.of((UUID(int=2), VILLAGE), (UUID(int=1), VILLAGE))

    duplicate, event = PersonDuplicate.find(pair, comparison, duplicate_id=UUID(int=9), on=MONDAY, rules=RULES)

    assert (duplicate.person_id, duplicate.stage, duplicate.grounds) == (
        UUID(int=1),
        DuplicateStage.OPEN,
        (Ground.NAME_SAME,),
    )
    assert duplicate.rule_versions == RULES.references
    assert event.found_on == MONDAY


def test_an_officer_merges_and_another_record_leads_to_the_one_that_is_kept() -> None:
    pair = opened()

    proposed, _ = pair.merge(pair.other_id, by=OFFICER, on=MONDAY, words="同一人，身份证已核对。")
    merged, event = proposed.confirm_merge(by=SECOND, on=MONDAY)

    assert (merged.stage, merged.kept_id, merged.merged_id) == (DuplicateStage.MERGED, pair.other_id, pair.person_id)
    assert (event.kept_person_id, event.merged_person_id) == (pair.other_id, pair.person_id)


def test_whoever_proposes_a_merge_does_not_confirm_it_and_nothing_is_merged_until_then() -> None:
    pair = opened()
    proposed, event = pair.merge(pair.person_id, by=OFFICER, on=MONDAY, words="同一人。")

    assert (proposed.stage, proposed.proposed_by) == (DuplicateStage.MERGE_PROPOSED, OFFICER.id)
    assert (event.kept_person_id, event.proposed_by) == (pair.person_id, OFFICER.id)
    with pytest.raises(DutiesNotSeparated):
        proposed.confirm_merge(by=OFFICER, on=MONDAY)
    with pytest.raises(IllegalTransition):
        pair.confirm_merge(by=SECOND, on=MONDAY)
    otherwise, _ = proposed.merge(pair.other_id, by=SECOND, on=MONDAY, words="另一份的号码正确。")
    with pytest.raises(DutiesNotSeparated):
        otherwise.confirm_merge(by=SECOND, on=MONDAY)
    assert otherwise.confirm_merge(by=OFFICER, on=MONDAY)[1].proposed_by == SECOND.id


def test_a_pair_that_holds_business_up_does_so_until_the_merge_is_confirmed() -> None:
    pair = replace(opened(), is_very_probable=True)
    proposed = pair.merge(pair.person_id, by=OFFICER, on=MONDAY, words="同一人。")[0]

    assert [one.is_blocking for one in (pair, proposed)] == [True, True]
    assert not proposed.confirm_merge(by=SECOND, on=MONDAY)[0].is_blocking


def test_whoever_is_related_to_either_decides_nothing_and_who_has_proposed_is_not_offered() -> None:
    third = UUID(int=0xC3)
    known = Relations(accounts=frozenset({SECOND.id}), colleagues=(OFFICER.id, third))
    pair = replace(opened(), known=known)
    proposed = pair.merge(pair.person_id, by=OFFICER, on=MONDAY, words="同一人。")[0]

    steps: dict[str, Callable[[], object]] = {
        "merge": lambda: pair.merge(pair.person_id, by=SECOND, on=MONDAY, words="同一人。"),
        "dismiss": lambda: pair.dismiss(by=SECOND, on=MONDAY, words="不是。"),
        "confirm": lambda: proposed.confirm_merge(by=SECOND, on=MONDAY),
    }
    for name, step in steps.items():
        with pytest.raises(RelationOnRecord) as refusal:
            step()
        others = [str(third)] if name == "confirm" else [str(OFFICER.id), str(third)]
        assert refusal.value.facts["others"] == others, name


def test_a_merge_is_undone_and_the_pair_is_open_again() -> None:
    pair = opened()
    proposed = pair.merge(pair.person_id, by=OFFICER, on=MONDAY, words="同一人。")[0]
    merged = proposed.confirm_merge(by=SECOND, on=MONDAY)[0].having_moved(("a|b|{}",))

    separated, _ = merged.separate(by=OFFICER, on=MONDAY, words="是两个人。")
    dismissed, _ = separated.dismiss(by=OFFICER, on=MONDAY, words="同名同姓。")

    assert (separated.stage, separated.kept_id, separated.moved) == (DuplicateStage.OPEN, None, ())
    assert dismissed.stage is DuplicateStage.DISMISSED
    with pytest.raises(IllegalTransition):
        dismissed.merge(pair.person_id, by=OFFICER, on=MONDAY, words="同一人。")


def test_nothing_is_decided_without_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        opened().dismiss(by=OFFICER, on=MONDAY, words=" ")


def test_only_one_of_the_two_is_kept() -> None:
    with pytest.raises(NotOfThePair):
        opened().merge(UUID(int=99), by=OFFICER, on=MONDAY, words="同一人。")


def test_nobody_decides_on_a_record_of_their_own() -> None:
    for own in (opened().person_id, opened().other_id):
        with pytest.raises(OwnCase):
            opened().dismiss(by=replace(OFFICER, person_id=own), on=MONDAY, words="是两个人。")


def test_another_number_of_the_same_person_is_very_probable_and_a_missing_one_is_probable_only() -> None:
    elsewhere = known(number=CitizenNumber.of(region="990202", born_on=BORN, sequence=15).value)

    assert compared(known(), elsewhere, rules=RULES).is_very_probable
    bare = compared(known(), known(number=None), rules=RULES)
    assert (bare.is_for_review, bare.is_very_probable) == (True, False)
    at_the_line = replace(RULES, block_from=bare.points)
    assert compared(known(), known(number=None), rules=at_the_line).is_very_probable


def test_a_pair_that_is_very_probable_holds_business_up_until_it_is_decided_or_overridden() -> None:
    pair = replace(opened(), is_very_probable=True)

    overridden, event = pair.override(by=OFFICER, on=MONDAY, words="本人在窗口等候。")
    dismissed, _ = overridden.dismiss(by=OFFICER, on=MONDAY, words="是两个人。")

    assert (pair.is_blocking, overridden.is_blocking, overridden.stage) == (True, False, DuplicateStage.OPEN)
    assert not pair.dismiss(by=OFFICER, on=MONDAY, words="是两个人。")[0].is_blocking
    assert event.overridden_by == OFFICER.id
    assert (dismissed.words, dismissed.overridden_because) == ("是两个人。", "本人在窗口等候。")


def test_nothing_is_overridden_where_nothing_waits_or_without_a_reason() -> None:
    with pytest.raises(NothingIsHeldUp):
        opened().override(by=OFFICER, on=MONDAY, words="先行受理。")
    with pytest.raises(ReasonMissing):
        replace(opened(), is_very_probable=True).override(by=OFFICER, on=MONDAY, words="")


@pytest.mark.parametrize(("is_blocking", "code"), [(False, "may_be_registered"), (True, "may_be_registered_already")])
def test_whoever_may_accept_is_warned_or_held_up_and_nobody_else_is_told(*, is_blocking: bool, code: str) -> None:
    likeness = Likeness(duplicate_id=UUID(int=9), region=VILLAGE, is_blocking=is_blocking)
    accept = Allowed(action="accept", operation="accept_benefit_case", allowed=True)
    closed = replace(accept, allowed=False, reason_code="not_your_function")
    withdraw = replace(accept, action="withdraw")

    told, untold, other = likeness.warned((accept, closed, withdraw))

    assert (told.allowed, told.reason_code) == (not is_blocking, code)
    assert (untold, other) == (closed, withdraw)


def test_acceptance_waits_for_who_is_very_probably_on_record() -> None:
    likeness = Likeness(duplicate_id=UUID(int=9), region="65/6523", is_blocking=True)

    with pytest.raises(MayBeRegisteredAlready) as refused:
        likeness.require_passable()

    assert refused.value.facts == {"duplicate_id": str(UUID(int=9)), "region_code": "6523"}
    replace(likeness, is_blocking=False).require_passable()
