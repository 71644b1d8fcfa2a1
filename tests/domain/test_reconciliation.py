"""A day's list and what is here: nothing is lost between the two, and nothing is compared that is not said."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import DayPart, Differing, Kept, Listed, ListUnclear, PublicStatus, reconciled

DAY = date(2026, 11, 23)
WHOLE = DayPart(on=DAY)
SENT = "a" * 64
numbers = st.sets(st.from_regex(r"[A-C]-[0-9]", fullmatch=True))


def kept(number: str, *, on: date = DAY, status: PublicStatus = PublicStatus.SUBMITTED) -> Kept:
    return Kept(id=uuid4(), person_id=uuid4(), source_number=number, submitted_on=on, status=status, digest=SENT)


@given(numbers, numbers)
def test_every_number_of_either_side_comes_out_once(theirs: set[str], ours: set[str]) -> None:
    found = reconciled([Listed(source_number=one) for one in theirs], [kept(one) for one in ours], part=WHOLE)

    assert found.agreed == len(theirs & ours)
    assert set(found.unknown) == theirs - ours
    assert {one.source_number for one in found.not_listed} == ours - theirs
    assert found.different == ()


@given(numbers, numbers, st.sampled_from(["A-5", "B-5", "C-5"]))
def test_a_day_in_parts_comes_to_the_same_as_the_whole_day(theirs: set[str], ours: set[str], cut: str) -> None:
    whole = reconciled([Listed(source_number=one) for one in theirs], [kept(one) for one in ours], part=WHOLE)

    parts = [
        reconciled(
            [Listed(source_number=one) for one in theirs if part.holds(one)], [kept(one) for one in ours], part=part
        )
        for part in (DayPart(on=DAY, until=cut), DayPart(on=DAY, after=cut))
    ]

    assert sum(part.agreed for part in parts) == whole.agreed
    assert [one for part in parts for one in part.unknown] == list(whole.unknown)
    assert [one.source_number for part in parts for one in part.not_listed] == [
        one.source_number for one in whole.not_listed
    ]


@pytest.mark.parametrize(
    ("listed", "there", "differing"),
    [
        (Listed(source_number="A-1"), kept("A-1"), ()),
        (Listed(source_number="A-1", status=PublicStatus.SUBMITTED, digest=SENT), kept("A-1"), ()),
        (Listed(source_number="A-1", status=PublicStatus.GRANTED), kept("A-1"), (Differing.STATUS,)),
        (Listed(source_number="A-1", digest="b" * 64), kept("A-1"), (Differing.DIGEST,)),
        (Listed(source_number="A-1"), kept("A-1", on=DAY - timedelta(days=1)), (Differing.DAY,)),
    ],
)
def test_what_both_know_and_not_alike_is_told_with_what_differs(
    listed: Listed, there: Kept, differing: tuple[Differing, ...]
) -> None:
    found = reconciled([listed], [there], part=WHOLE)

    assert tuple(one.differing for one in found.different) == ((differing,) if differing else ())
    assert found.not_listed == ()


@pytest.mark.parametrize(
    ("listed", "part"),
    [
        (["A-1", "A-1"], WHOLE),
        (["A-1"], DayPart(on=DAY, after="A-1")),
        (["A-2"], DayPart(on=DAY, until="A-1")),
    ],
)
def test_a_list_that_does_not_say_what_it_covers_is_refused(listed: list[str], part: DayPart) -> None:
    with pytest.raises(ListUnclear):
        reconciled([Listed(source_number=one) for one in listed], [], part=part)
