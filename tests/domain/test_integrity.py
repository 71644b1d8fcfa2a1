"""Figures have a human look: exact, corrected for how much was looked at, and never about an applicant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import comb
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.certificate import Measure, Side, Threshold, thresholds
from app.domain.integrity import (
    METHODS,
    OF_DRAWS,
    AlarmKind,
    Concluded,
    IntegrityRules,
    Look,
    Method,
    Period,
    Sampling,
    Share,
    Signal,
    Subject,
    SubjectKind,
    binomial_tail,
    compared,
    counted,
    counts_of,
    drawn,
    holm,
    hypergeometric_tail,
    shares_of,
)
from app.domain.shared.identity import Category, Grade
from tests.builders.rules import BOOK

IN_FORCE = BOOK.at("", date(2026, 11, 26))
RULES, THRESHOLDS = IntegrityRules.of(IN_FORCE), thresholds(IN_FORCE)
DAY = date(2026, 8, 3)
SUNDAY = date(2026, 8, 9)
DOCTOR, COLLEAGUE = UUID(int=901), UUID(int=902)
HOSPITAL, OTHER_HOSPITAL = UUID(int=801), UUID(int=802)
SOMEBODY = Subject(SubjectKind.DOCTOR, str(DOCTOR))


def concluded(
    number: int,
    *,
    doctors: tuple[UUID, ...] = (DOCTOR, COLLEAGUE),
    institution: UUID = HOSPITAL,
    village: str = "99/9901/990101/990101001/990101001001",
    grade: Grade | None = Grade.THIRD,
    on: date = DAY,
    applied_on: date = DAY - timedelta(days=10),
    hearing: str = "70",
    phone: str = "",
    address: str = "",
) -> Concluded:
    return Concluded(
        case_id=UUID(int=number),
        doctors=doctors,
        institution=institution,
        village=village,
        category=Category.HEARING if grade else None,
        grade=grade,
        applied_on=applied_on,
        concluded_on=on,
        measured={Measure.HEARING_DB: Decimal(hearing)},
        phone=phone,
        address=address,
    )


def others(first: int, count: int, *, severe: int) -> list[Concluded]:
    """Conclusions of ten other pairs of doctors, so many of them severe."""
    return [
        concluded(
            first + number,
            doctors=(UUID(int=1000 + number % 10), UUID(int=2000 + number % 10)),
            institution=OTHER_HOSPITAL,
            grade=Grade.FIRST if number < severe else Grade.FOURTH,
        )
        for number in range(count)
    ]


def own(count: int, *, severe: int) -> list[Concluded]:
    return [concluded(number, grade=Grade.FIRST if number < severe else Grade.FOURTH) for number in range(count)]


def severe(conclusions: Sequence[Concluded]) -> tuple[Signal, ...]:
    kind = AlarmKind.SEVERE_SHARE
    return compared(kind, shares_of(kind, conclusions, rules=RULES), rules=RULES)


def heaped(conclusions: Sequence[Concluded]) -> tuple[Signal, ...]:
    kind = AlarmKind.HEAPED_MEASUREMENTS
    return compared(kind, shares_of(kind, conclusions, rules=RULES, thresholds=THRESHOLDS), rules=RULES)


def told(kind: AlarmKind, conclusions: Sequence[Concluded]) -> list[tuple[Subject, int]]:
    return [(one.subject, one.observed) for one in counted(kind, counts_of(kind, conclusions), rules=RULES)]


@given(st.integers(1, 60), st.data())
def test_the_tail_of_the_binomial_is_that_of_exact_fractions(of: int, data: st.DataObject) -> None:
    observed, tenths = data.draw(st.integers(0, of)), data.draw(st.integers(1, 9))
    chance = Fraction(tenths, 10)

    exact = sum(comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(observed, of + 1))

    assert binomial_tail(observed, of=of, chance=tenths / 10) == pytest.approx(float(exact), rel=1e-9)


@given(st.integers(1, 60), st.data())
def test_the_tail_of_the_hypergeometric_is_that_of_exact_fractions(of: int, data: st.DataObject) -> None:
    marked, drawn_ = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))
    observed = data.draw(st.integers(0, of))

    ways = sum(comb(marked, k) * comb(of - marked, drawn_ - k) for k in range(observed, min(marked, drawn_) + 1))

    found = hypergeometric_tail(observed, drawn=drawn_, marked=marked, of=of)
    assert found == pytest.approx(float(Fraction(ways, comb(of, drawn_))), rel=1e-9)


def test_published_figures_are_met() -> None:
    # Fisher, The Design of Experiments (1935): three or more cups of four right have 17 chances in 70.
    assert hypergeometric_tail(3, drawn=4, marked=4, of=8) == pytest.approx(17 / 70)
    # Arbuthnot (1710): more boys in each of 82 years, were it a toss.
    assert binomial_tail(82, of=82, chance=0.5) == pytest.approx(1 / 4_835_703_278_458_516_698_824_704)


def test_the_correction_rejects_what_holm_rejects_of_published_p_values() -> None:
    # The fifteen of Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995), 293: Holm rejects three at 0.05.
    lower = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    published = [*lower, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]

    corrected = holm(published)

    assert [value for value in corrected if value <= 0.05] == pytest.approx([0.0015, 0.0056, 0.0247])


def test_a_large_count_is_counted_without_running_out_of_numbers() -> None:
    assert 0 < hypergeometric_tail(3_000, drawn=5_000, marked=40_000, of=100_000) < 1e-100


def test_who_concludes_far_more_severe_grades_than_the_others_is_named_with_the_figures() -> None:
    signals = severe([*own(60, severe=45), *others(1000, 600, severe=180)])

    assert {signal.subject.key for signal in signals} == {str(DOCTOR), str(COLLEAGUE), str(HOSPITAL)}
    first = signals[0]
    assert (first.of, first.observed, first.cases, first.expected) == ("hearing", 45, 60, 18.0)
    assert first.p_value is not None
    assert first.p_value < 1e-9


def test_who_concludes_as_the_others_do_is_not_named() -> None:
    assert severe([*own(60, severe=20), *others(1000, 600, severe=180)]) == ()


def test_of_a_handful_of_cases_nothing_is_said() -> None:
    fewest = RULES.compared[AlarmKind.SEVERE_SHARE].at_least

    assert severe([*own(fewest - 1, severe=fewest - 1), *others(1000, 600, severe=60)]) == ()
    assert severe([*own(fewest, severe=fewest), *others(1000, 600, severe=60)])


def test_a_difference_that_is_certain_and_small_is_no_alarm() -> None:
    kind = AlarmKind.SEVERE_SHARE
    share = Share(subject=SOMEBODY, of="", marked=6_000, cases=15_000, marked_elsewhere=30_000, cases_elsewhere=90_000)

    assert hypergeometric_tail(6_000, drawn=15_000, marked=36_000, of=105_000) < 1e-30
    assert compared(kind, [share], rules=RULES) == ()


def test_without_others_there_is_nothing_to_compare_with() -> None:
    assert severe(own(60, severe=60)) == ()


def test_a_case_that_two_doctors_sign_is_one_case_to_the_others() -> None:
    shares = shares_of(AlarmKind.SEVERE_SHARE, [*own(10, severe=4), *others(1000, 100, severe=30)], rules=RULES)

    mine = next(share for share in shares if share.subject == SOMEBODY)

    assert (mine.marked, mine.cases, mine.marked_elsewhere, mine.cases_elsewhere) == (4, 10, 30, 100)


def test_the_more_is_looked_at_the_more_an_alarm_takes() -> None:
    kind = AlarmKind.SEVERE_SHARE
    one = Share(subject=SOMEBODY, of="", marked=18, cases=30, marked_elsewhere=300, cases_elsewhere=1000)
    doctors = [Subject(SubjectKind.DOCTOR, str(number)) for number in range(500)]
    even = [replace(one, subject=doctor, marked=9) for doctor in doctors]

    assert compared(kind, [one], rules=RULES)
    assert compared(kind, [one, *even], rules=RULES) == ()


def test_conclusions_that_nothing_was_found_count_for_no_severe_share() -> None:
    unmet = [concluded(number, grade=None) for number in range(60)]

    assert shares_of(AlarmKind.SEVERE_SHARE, unmet, rules=RULES) == ()


def test_values_just_beyond_a_threshold_and_none_just_short_of_it_are_named() -> None:
    mine = [concluded(number, grade=Grade.SECOND, hearing="81") for number in range(30)]
    even = others(1000, 400, severe=0)
    spread = [concluded(5000 + n, doctors=one.doctors, hearing=str(76 + n // 10 % 10)) for n, one in enumerate(even)]

    signals = heaped([*mine, *spread])

    assert {(signal.subject.key, signal.of) for signal in signals} == {
        (str(DOCTOR), "hearing_db"),
        (str(COLLEAGUE), "hearing_db"),
    }


def test_where_all_round_alike_nobody_is_named() -> None:
    doctors = [(UUID(int=n), UUID(int=n + 500)) for n in range(10)]
    rounded = [concluded(n, doctors=doctors[n % 10], hearing="85") for n in range(600)]

    assert heaped(rounded) == ()


@pytest.mark.parametrize(
    ("code", "value", "side"),
    [
        ("hearing_db/80", "80", Side.SHORT),
        ("hearing_db/80", "81", Side.BEYOND),
        ("hearing_db/80", "85", Side.BEYOND),
        ("hearing_db/80", "86", None),
        ("hearing_db/80", "76", Side.SHORT),
        ("hearing_db/80", "75", None),
        ("intelligence_quotient/50", "50", Side.SHORT),
        ("intelligence_quotient/50", "49", Side.BEYOND),
        ("intelligence_quotient/50", "44", Side.BEYOND),
        ("intelligence_quotient/50", "43", None),
        ("intelligence_quotient/50", "55", Side.SHORT),
        ("intelligence_quotient/50", "56", None),
        ("speech_clarity_percent/25", "25", Side.BEYOND),
        ("speech_clarity_percent/25", "26", Side.SHORT),
        ("acuity/0.05", "0.05", Side.SHORT),
        ("acuity/0.05", "0.04", Side.BEYOND),
        ("leg_length_difference_mm/50", "50", Side.BEYOND),
        ("adult_height_mm/1300", "1300", Side.BEYOND),
    ],
)
def test_the_side_of_a_value_follows_the_tables_of_the_standard(code: str, value: str, side: Side | None) -> None:
    threshold = next(one for one in THRESHOLDS if one.code == code)

    assert threshold.side_of(Decimal(value), within=RULES.widths[threshold.measure]) is side


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda threshold: threshold.code)
def test_both_sides_of_a_threshold_hold_equally_many_whole_steps(threshold: Threshold) -> None:
    step = Decimal(1) if threshold.bound >= 1 else Decimal("0.01")
    values = [step * number for number in range(2_000)]

    sides = [threshold.side_of(value, within=RULES.widths[threshold.measure]) for value in values]

    assert sides.count(Side.BEYOND) == sides.count(Side.SHORT) > 0


@pytest.mark.parametrize("measure", sorted({threshold.measure for threshold in THRESHOLDS}))
def test_no_value_lies_near_two_thresholds_of_a_measure(measure: Measure) -> None:
    bounds = [threshold for threshold in THRESHOLDS if threshold.measure is measure]
    values = [Decimal(number) / 100 for number in range(15_000)]

    for value in values:
        assert sum(one.side_of(value, within=RULES.widths[measure]) is not None for one in bounds) <= 1


def test_a_village_from_which_far_more_come_than_before_is_named() -> None:
    kind, before = AlarmKind.VILLAGE_CLUSTER, DAY - timedelta(days=200)
    quiet = [concluded(n, village=f"v{n % 50}", on=before if n % 9 else DAY) for n in range(2250)]
    sudden = [concluded(9000 + n, village="v7") for n in range(30)]

    shares = shares_of(kind, [*quiet, *sudden], rules=RULES, since=DAY)

    assert [signal.subject.key for signal in compared(kind, shares, rules=RULES)] == ["v7"]


def test_more_in_a_day_than_a_day_has_time_for_is_named() -> None:
    most = RULES.pace.most_a_day

    assert told(AlarmKind.PACE, [concluded(n) for n in range(most)]) == []
    assert told(AlarmKind.PACE, [concluded(n) for n in range(most + 1)])[0] == (SOMEBODY, most + 1)


def test_a_conclusion_before_the_application_is_named_and_one_on_its_day_is_not() -> None:
    kind = AlarmKind.CONCLUDED_BEFORE_APPLICATION
    hospital = Subject(SubjectKind.INSTITUTION, str(HOSPITAL))

    assert told(kind, [concluded(1, applied_on=DAY)]) == []
    assert told(kind, [concluded(1, applied_on=DAY + timedelta(days=1))]) == [(hospital, 1)]


def test_a_doctor_who_concludes_for_two_institutions_on_a_day_is_named_and_the_colleagues_are_not() -> None:
    kind = AlarmKind.TWO_PLACES
    here, there = concluded(1), concluded(2, institution=OTHER_HOSPITAL, doctors=(DOCTOR, UUID(int=903)))

    assert told(kind, [here, there]) == [(SOMEBODY, 1)]
    assert told(kind, [here, concluded(2, institution=OTHER_HOSPITAL, on=DAY + timedelta(days=1))]) == []


def test_a_day_off_is_no_alarm_by_itself() -> None:
    on_sunday = [concluded(n, on=SUNDAY) for n in range(30)]

    assert SUNDAY.isoweekday() == 7
    of_conclusions = [kind for kind in AlarmKind if METHODS[kind] is Method.LIMIT_1 and kind not in OF_DRAWS]
    assert [kind for kind in of_conclusions if told(kind, on_sunday)] == []


@pytest.mark.parametrize("kind", [AlarmKind.SHARED_PHONE, AlarmKind.SHARED_ADDRESS])
def test_a_contact_of_many_is_named_by_its_digest_and_an_unknown_one_is_not(kind: AlarmKind) -> None:
    many = RULES.counted[kind]
    same = [concluded(n, phone="0f3a", address="0f3a") for n in range(many)]

    assert told(kind, same) == [(Subject(SubjectKind.DIGEST, "0f3a"), many)]
    assert told(kind, same[1:]) == []
    assert told(kind, [concluded(n) for n in range(many)]) == []


def test_an_alarm_lets_papers_and_doctors_be_looked_into_and_never_the_person() -> None:
    # Whoever has a permanent condition is not tested again, and a conclusion need not say whose condition is permanent.
    assert {look.value for look in Look} == {"papers", "doctors"}
    assert not {"person", "applicant"} & {kind.value for kind in SubjectKind}


def test_every_kind_of_alarm_has_a_method() -> None:
    assert METHODS.keys() == set(AlarmKind)


@pytest.mark.parametrize(
    ("on", "months", "period"),
    [
        (date(2026, 11, 26), 3, Period(date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 10, 1), 3, Period(date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 9, 30), 3, Period(date(2026, 4, 1), date(2026, 6, 30))),
        (date(2026, 2, 1), 3, Period(date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), 1, Period(date(2026, 2, 1), date(2026, 2, 28))),
    ],
)
def test_a_period_is_looked_at_once_it_is_over(on: date, months: int, period: Period) -> None:
    assert Period.over_by(on, months=months) == period


@given(st.permutations([UUID(int=number) for number in range(200)]))
def test_the_same_key_draws_the_same_cases_in_whatever_order_they_come(cases: list[UUID]) -> None:
    sampling = Sampling(per_mille=50, at_least=1)

    assert drawn(cases, key="2026-10", sampling=sampling) == drawn(sorted(cases), key="2026-10", sampling=sampling)
    assert len(drawn(cases, key="2026-10", sampling=sampling)) == 10


def test_another_month_draws_others_and_a_small_month_draws_one() -> None:
    cases, sampling = [UUID(int=number) for number in range(500)], Sampling(per_mille=20, at_least=1)

    assert drawn(cases, key="2026-10", sampling=sampling) != drawn(cases, key="2026-11", sampling=sampling)
    assert len(drawn(cases[:3], key="2026-10", sampling=sampling)) == 1
    assert drawn([], key="2026-10", sampling=sampling) == ()


def test_over_many_months_each_case_is_drawn_about_as_often() -> None:
    cases, sampling = [UUID(int=number) for number in range(100)], Sampling(per_mille=100, at_least=1)

    times = [0] * 100
    for month in range(2_000):
        for case in drawn(cases, key=str(month), sampling=sampling):
            times[case.int] += 1

    assert 140 < min(times) <= max(times) < 260
