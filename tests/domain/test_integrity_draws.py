"""Who takes applications back once doctors are drawn, and who declines, is counted, and asked about when it repeats."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from app.domain.integrity import (
    AlarmKind,
    Asked,
    Chosen,
    Declined,
    IntegrityRules,
    Period,
    Subject,
    SubjectKind,
    compared,
    counted,
    draw_counts_of,
    hand_counts_of,
    withdrawal_shares_of,
)
from tests.domain.test_integrity import RULES

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
YEAR = RULES.draws_counted(QUARTER)
BEFORE, LONG_AGO, NOW = date(2026, 2, 1), date(2025, 9, 30), date(2026, 8, 3)
SHOPPER = UUID(int=0x501)
STRICT, FRIEND, HOSPITAL = UUID(int=0x901), UUID(int=0x902), UUID(int=0x801)
WITHDRAWN, REDRAWN, DECLINES = AlarmKind.WITHDRAWN_AFTER_DRAW, AlarmKind.REDRAWN, AlarmKind.DECLINED_DRAWS


def asked(
    *days: date, person: UUID = SHOPPER, doctors: tuple[UUID, ...] = (STRICT,), concluded: date | None = None
) -> list[Asked]:
    """A case of one person for each day on which one was taken back, or one that was concluded."""
    common = {"person_id": person, "institution": HOSPITAL, "doctors": doctors}
    if concluded:
        return [Asked(case_id=uuid4(), concluded_on=concluded, **common)]  # type: ignore[arg-type]
    return [Asked(case_id=uuid4(), withdrawn_on=day, **common) for day in days]  # type: ignore[arg-type]


def redrawn(*declines: Declined) -> Asked:
    return Asked(case_id=uuid4(), person_id=SHOPPER, institution=HOSPITAL, doctors=(STRICT, FRIEND), declines=declines)


def signals(kind: AlarmKind, cases: list[Asked], rules: IntegrityRules = RULES) -> list[tuple[SubjectKind, int]]:
    found = counted(kind, draw_counts_of(kind, cases, period=QUARTER, within=YEAR), rules=rules)
    return [(one.subject.kind, one.observed) for one in found]


def test_a_year_is_looked_back_on_to_the_end_of_the_quarter() -> None:
    assert Period(date(2025, 10, 1), date(2026, 9, 30)) == YEAR


def test_whoever_withdraws_again_is_asked_about_and_once_is_nothing() -> None:
    shopping = {
        "twice in the quarter": (asked(NOW, NOW), [(SubjectKind.DIGEST, 2)]),
        "with patience, once a quarter": (asked(BEFORE, NOW), [(SubjectKind.DIGEST, 2)]),
        "once": (asked(NOW), []),
        "once, and once before the time": (asked(LONG_AGO, NOW), []),
        "told in its own quarter": (asked(BEFORE, BEFORE), []),
        "two people once each": ([*asked(NOW), *asked(NOW, person=UUID(int=0x502))], []),
        "before anybody was drawn for it": ([], []),
    }

    for name, (cases, found) in shopping.items():
        assert signals(WITHDRAWN, cases) == found, name


def test_nobody_reads_who_the_applicant_is_out_of_the_subject() -> None:
    (count,) = draw_counts_of(WITHDRAWN, asked(NOW, NOW), period=QUARTER, within=YEAR)

    assert str(SHOPPER) not in count.subject.key
    assert len(count.subject.key) == 64


def test_doctors_who_decline_for_one_person_again_and_again_are_asked_about_for_that_person() -> None:
    declines = [Declined(on=NOW, institution=HOSPITAL, doctors=(STRICT,)), Declined(on=BEFORE, institution=HOSPITAL)]

    assert signals(REDRAWN, [redrawn(*declines)]) == []
    assert signals(REDRAWN, [redrawn(*declines), redrawn(declines[0])]) == [(SubjectKind.DIGEST, 3)]
    assert signals(REDRAWN, [redrawn(*[declines[1]] * 3)]) == []


def test_declines_count_for_the_doctor_who_has_declined_and_for_the_institution() -> None:
    by_doctor = [redrawn(Declined(on=NOW, institution=HOSPITAL, doctors=(STRICT,))) for _ in range(4)]
    whole = [redrawn(Declined(on=NOW, institution=HOSPITAL))]
    earlier = [redrawn(Declined(on=BEFORE, institution=HOSPITAL, doctors=(STRICT,)))]

    assert signals(DECLINES, [*by_doctor, *earlier]) == []
    assert signals(DECLINES, [*by_doctor, *whole]) == [(SubjectKind.INSTITUTION, 5)]
    assert signals(DECLINES, [*by_doctor, *by_doctor]) == [(SubjectKind.DOCTOR, 8), (SubjectKind.INSTITUTION, 8)]


def test_whoever_is_chosen_by_hand_is_counted_with_the_doctors_who_then_conclude() -> None:
    chosen = Chosen(case_id=uuid4(), on=NOW, institution=HOSPITAL, doctors=(FRIEND,))

    def told(*cases: Chosen) -> list[tuple[SubjectKind, int]]:
        counts = hand_counts_of(cases, period=QUARTER)
        return [(one.subject.kind, one.observed) for one in counted(AlarmKind.CHOSEN_BY_HAND, counts, rules=RULES)]

    assert told() == told(replace(chosen, on=BEFORE)) == []
    assert told(replace(chosen, doctors=())) == [(SubjectKind.INSTITUTION, 1)]
    assert told(chosen, replace(chosen, case_id=uuid4(), doctors=())) == [
        (SubjectKind.DOCTOR, 1),
        (SubjectKind.INSTITUTION, 2),
    ]


def test_a_doctor_with_whom_people_withdraw_stands_out_from_the_others() -> None:
    avoided = [one for number in range(12) for one in asked(NOW, person=UUID(int=number), doctors=(STRICT,))]
    kept = [
        one for number in range(60) for one in asked(person=UUID(int=100 + number), doctors=(FRIEND,), concluded=NOW)
    ]

    found = compared(AlarmKind.WITHDRAWAL_SHARE, withdrawal_shares_of([*avoided, *kept], period=QUARTER), rules=RULES)

    assert [one.subject for one in found] == [Subject(SubjectKind.DOCTOR, str(STRICT))]
    assert withdrawal_shares_of(asked(BEFORE), period=QUARTER) == ()
