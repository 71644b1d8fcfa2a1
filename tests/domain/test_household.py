"""Who lives with whom: in one household at a time, from a day that can be."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.person import (
    HouseholdImpossible,
    Joined,
    LivesThere,
    Living,
    NotOfTheHousehold,
    Relation,
    is_parent,
    lacks_head,
    move_in,
    move_out,
    require_of_household,
)
from tests.builders import MONDAY, PERSON_ID

OFFICER = UUID(int=9)
BEFORE = Living(
    person_id=PERSON_ID, household_id=UUID(int=1), relation=Relation.CHILD, valid_from=date(2020, 1, 1), valid_to=None
)


def living(**changes: Any) -> Living:
    facts: dict[str, Any] = {"person_id": PERSON_ID, "household_id": UUID(int=2), "relation": Relation.HEAD}
    return Living(**(facts | {"valid_from": MONDAY} | changes))


def test_where_somebody_lived_before_ends_on_the_eve() -> None:
    joined = move_in(living(), before=BEFORE, by=OFFICER, on=MONDAY)

    assert joined.ended is not None
    assert (joined.ended.household_id, joined.ended.valid_to) == (UUID(int=1), MONDAY - timedelta(days=1))
    assert (joined.event.household_id, joined.event.recorded_by) == (UUID(int=2), OFFICER)


def test_the_first_household_ends_none() -> None:
    assert move_in(living(valid_from=date(1990, 1, 1)), before=None, by=OFFICER, on=MONDAY).ended is None


@pytest.mark.parametrize(
    ("since", "refused"),
    [(MONDAY + timedelta(days=1), HouseholdImpossible), (date(2020, 1, 1), HouseholdImpossible)],
)
def test_a_day_that_cannot_be_is_refused(since: date, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        move_in(living(valid_from=since), before=BEFORE, by=OFFICER, on=MONDAY)


def test_what_is_on_record_is_not_recorded_again() -> None:
    with pytest.raises(LivesThere):
        move_in(living(household_id=UUID(int=1), relation=Relation.CHILD), before=BEFORE, by=OFFICER, on=MONDAY)


def test_another_relation_in_the_same_household_is_a_change() -> None:
    joined = move_in(living(household_id=UUID(int=1), relation=Relation.SIBLING), before=BEFORE, by=OFFICER, on=MONDAY)

    assert joined.living.relation is Relation.SIBLING


def test_parents_are_told_from_the_relations_to_the_head() -> None:
    parents = {(own, other) for own in Relation for other in Relation if is_parent(other, of=own)}

    assert parents == {
        (Relation.HEAD, Relation.PARENT),
        (Relation.SIBLING, Relation.PARENT),
        (Relation.CHILD, Relation.HEAD),
        (Relation.CHILD, Relation.SPOUSE),
        (Relation.PARENT, Relation.GRANDPARENT),
    }


SPOUSE_ID, CHILD_ID = UUID(int=71), UUID(int=72)
FAMILY = (
    replace(BEFORE, relation=Relation.HEAD),
    replace(BEFORE, person_id=SPOUSE_ID, relation=Relation.SPOUSE),
    replace(BEFORE, person_id=CHILD_ID, relation=Relation.CHILD, valid_from=date(2024, 5, 1)),
)


def parted(*going: UUID, since: date = MONDAY) -> dict[UUID, Joined]:
    joined = move_out(FAMILY, going, household_id=UUID(int=2), since=since, by=OFFICER, on=MONDAY)
    return {one.living.person_id: one for one in joined}


def test_those_who_go_live_together_from_the_day_of_the_move_on_and_keep_their_relations() -> None:
    after = parted(SPOUSE_ID, CHILD_ID)

    assert {who: (one.living.household_id, one.living.relation) for who, one in after.items()} == {
        SPOUSE_ID: (UUID(int=2), Relation.SPOUSE),
        CHILD_ID: (UUID(int=2), Relation.CHILD),
    }
    assert {one.ended.valid_to for one in after.values() if one.ended} == {MONDAY - timedelta(days=1)}


def test_whoever_goes_alone_is_the_one_around_whom_the_new_household_is() -> None:
    assert parted(CHILD_ID)[CHILD_ID].living.relation is Relation.HEAD


def test_those_who_live_together_around_nobody_lack_a_head_and_whoever_lives_alone_needs_none() -> None:
    head, spouse, child = living(), living(relation=Relation.SPOUSE), living(relation=Relation.CHILD)

    assert [lacks_head(home) for home in ((head, spouse, child), (head,), (spouse,), ())] == [False] * 4
    assert [lacks_head(home) for home in ((spouse, child), (child, child))] == [True] * 2


def test_who_stays_and_who_goes_may_be_left_without_a_head() -> None:
    stay = [one for one in FAMILY if one.person_id != PERSON_ID]
    go = [one.living for one in parted(SPOUSE_ID, CHILD_ID).values()]

    assert lacks_head(stay)
    assert lacks_head(go)
    assert not lacks_head(FAMILY)


def test_nobody_leaves_a_household_on_the_day_on_which_they_came_or_before() -> None:
    for since in (date(2024, 5, 1), date(2024, 4, 30)):
        with pytest.raises(HouseholdImpossible):
            parted(PERSON_ID, CHILD_ID, since=since)
    assert parted(PERSON_ID, since=date(2024, 4, 30)), "of who stays it does not matter"


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ([UUID(int=99)], 0),
        ([SPOUSE_ID, UUID(int=99)], 1),
        ([SPOUSE_ID, SPOUSE_ID], 1),
        ([PERSON_ID], 0),
    ],
)
def test_only_others_of_the_household_move_along_each_once(named: list[UUID], place: int) -> None:
    with pytest.raises(NotOfTheHousehold) as refused:
        require_of_household(named, household=FAMILY, whose=PERSON_ID)

    assert refused.value.pointer == f"/with_person_ids/{place}"
    require_of_household([CHILD_ID, SPOUSE_ID], household=FAMILY, whose=PERSON_ID)
