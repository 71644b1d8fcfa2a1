"""Who lives with whom: in one household at a time, from a day that can be."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.person import HouseholdImpossible, LivesThere, Living, Relation, is_parent, move_in
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
