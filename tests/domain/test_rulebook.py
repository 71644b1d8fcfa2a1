"""What holds in a region on a day: the nearest region's rule, of the right days, as it was on record."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.provenance import Confidence
from app.domain.shared.rulebook import AmbiguousRules, NoRuleInForce, Rule, Rulebook

NOTICE = "certificate.notice"
AMOUNT = "living_subsidy.amount"
COUNTY = "65/6523/652301"
TOWNSHIP = f"{COUNTY}/652301104"
FIRST_OF_2026 = date(2026, 1, 1)


class Payment(StrEnum):
    CARD = "card"
    ACCOUNT = "account"


def a_rule(
    value: RuleValue = 5,
    *,
    subject: str = NOTICE,
    unit: str = "working_days",
    region: str = "",
    valid_from: date = date(2018, 1, 1),
    valid_to: date | None = None,
    version: int = 1,
    supersedes: int | None = None,
    recorded: int = 1,
) -> Rule:
    return Rule(
        subject=subject,
        value=value,
        unit=unit,
        source="invented for the test",
        confidence=Confidence.HIGH,
        region=region,
        valid_from=valid_from,
        valid_to=valid_to,
        version=version,
        supersedes=supersedes,
        recorded_at=datetime(2026, 1, recorded, tzinfo=UTC),
    )


def test_the_rule_of_the_nearest_region_wins() -> None:
    book = Rulebook([a_rule(5), a_rule(7, region="65"), a_rule(3, region=COUNTY)])

    assert book.at(TOWNSHIP, FIRST_OF_2026).working_days(NOTICE).value == 3
    assert book.at("65/6501", FIRST_OF_2026).working_days(NOTICE).value == 7
    assert book.at("44", FIRST_OF_2026).working_days(NOTICE).value == 5


def test_a_near_rule_that_is_over_leaves_the_word_to_the_one_above() -> None:
    book = Rulebook([a_rule(5), a_rule(3, region=COUNTY, valid_to=date(2025, 12, 31))])

    assert book.at(COUNTY, date(2025, 12, 31)).working_days(NOTICE).value == 3
    assert book.at(COUNTY, FIRST_OF_2026).working_days(NOTICE).value == 5


def test_the_last_day_of_a_rule_still_belongs_to_it() -> None:
    book = Rulebook(
        [
            a_rule(12000, subject=AMOUNT, unit="fen_per_month", valid_to=date(2025, 12, 31)),
            a_rule(14000, subject=AMOUNT, unit="fen_per_month", valid_from=FIRST_OF_2026, version=2),
        ]
    )

    assert book.at("65", date(2025, 12, 31)).amount_fen(AMOUNT).value == 12000
    assert book.at("65", FIRST_OF_2026).amount_fen(AMOUNT).value == 14000


def test_every_answer_names_the_rule_that_gave_it() -> None:
    ruled = Rulebook([a_rule(3, region=COUNTY, version=4)]).at(TOWNSHIP, FIRST_OF_2026).working_days(NOTICE)

    assert ruled.reference == f"{NOTICE}@{COUNTY}#4"
    assert (ruled.rule.unit, ruled.rule.source, ruled.rule.valid_from) == (
        "working_days",
        "invented for the test",
        date(2018, 1, 1),
    )


def test_a_day_without_a_rule_is_told_plainly() -> None:
    rules = Rulebook([a_rule(5, valid_from=FIRST_OF_2026)]).at("", date(2025, 12, 31))

    assert not rules.has(NOTICE)
    with pytest.raises(NoRuleInForce, match=r"no certificate.notice for region CN on 2025-12-31") as refused:
        rules.working_days(NOTICE)
    assert refused.value.facts == {"subject": NOTICE}


def test_a_correction_holds_from_its_recording_and_the_old_answer_can_still_be_had() -> None:
    book = Rulebook([a_rule(5, recorded=1), a_rule(7, version=2, supersedes=1, recorded=10)])

    assert book.at("", FIRST_OF_2026).working_days(NOTICE).value == 7
    assert book.at("", FIRST_OF_2026, as_of=datetime(2026, 1, 9, tzinfo=UTC)).working_days(NOTICE).value == 5
    assert not book.at("", FIRST_OF_2026, as_of=datetime(2025, 1, 1, tzinfo=UTC)).has(NOTICE)


def test_a_correction_of_some_days_leaves_the_others_as_they_were() -> None:
    book = Rulebook([a_rule(5), a_rule(7, version=2, supersedes=1, recorded=2, valid_from=FIRST_OF_2026)])

    assert book.at("", date(2025, 12, 31)).working_days(NOTICE).value == 5
    assert book.at("", FIRST_OF_2026).working_days(NOTICE).value == 7


@pytest.mark.parametrize(
    "second",
    [
        a_rule(7, version=2),
        a_rule(7, version=2, recorded=2),
        a_rule(7, version=2, supersedes=1),
        a_rule(7, version=2, supersedes=0, recorded=2),
        a_rule(7, version=1, supersedes=1, recorded=2),
        a_rule(7, version=1, valid_from=date(2030, 1, 1)),
    ],
)
def test_two_rules_may_not_claim_the_same_days(second: Rule) -> None:
    first = a_rule(5, valid_to=date(2029, 12, 31))

    with pytest.raises(AmbiguousRules, match="claim the same days"):
        Rulebook([first, second])


def test_the_same_days_in_another_region_are_no_conflict() -> None:
    assert len(list(Rulebook([a_rule(5), a_rule(7, region="65")]))) == 2


@given(st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=1, max_size=6, unique=True), st.dates())
def test_a_chain_of_versions_leaves_no_day_out_and_gives_none_twice(starts: list[date], on: date) -> None:
    ordered = sorted(starts)
    ends = [date.fromordinal(start.toordinal() - 1) for start in ordered[1:]]
    chain = [
        a_rule(index, valid_from=start, valid_to=end, version=index + 1)
        for index, (start, end) in enumerate(zip(ordered, [*ends, None], strict=True))
    ]
    rules = Rulebook(chain).at("65", on)

    if on < ordered[0]:
        assert not rules.has(NOTICE)
    else:
        assert rules.working_days(NOTICE).value == sum(start <= on for start in ordered) - 1


def test_history_tells_the_country_first_and_each_region_by_its_days() -> None:
    book = Rulebook(
        [
            a_rule(3, region="65", valid_from=FIRST_OF_2026, version=2),
            a_rule(2, region="65", valid_to=date(2025, 12, 31)),
            a_rule(1),
            a_rule(9, region="44"),
        ]
    )

    assert [rule.value for rule in book.history(NOTICE, COUNTY)] == [1, 2, 3]
    assert book.history("unknown", COUNTY) == ()


def test_a_family_of_subjects_is_listed_as_far_as_it_is_in_force() -> None:
    book = Rulebook(
        [
            a_rule("wheelchair", subject="service.aid", unit="service"),
            a_rule("training", subject="service.rehab", unit="service", valid_to=date(2020, 1, 1)),
            a_rule(subject="package.once"),
        ]
    )

    assert book.subjects("service.") == ("service.aid", "service.rehab")
    assert book.subjects() == ("package.once", "service.aid", "service.rehab")
    assert [rule.value for rule in book.at("65", FIRST_OF_2026).under("service.")] == ["wheelchair"]


def test_each_unit_is_read_by_its_own_question() -> None:
    values: list[tuple[str, RuleValue]] = [
        ("working_days", 5),
        ("calendar_days", 3),
        ("months", 6),
        ("years", 10),
        ("count", 2),
        ("fen", 1),
        ("flag", True),
        ("choice", "card"),
        ("entry", {"amount": 7}),
    ]
    rules = Rulebook([a_rule(value, subject=unit, unit=unit) for unit, value in values]).at("", FIRST_OF_2026)

    assert rules.working_days("working_days").value == 5
    assert rules.calendar_days("calendar_days").value == 3
    assert rules.months("months").value == 6
    assert rules.years("years").value == 10
    assert rules.count("count").value == 2
    assert rules.amount_fen("fen").value == 1
    assert rules.flag("flag").value is True
    assert rules.choice("choice", Payment).value is Payment.CARD
    assert rules.entry("entry").value.whole("amount") == 7
    assert rules.value("entry").value == {"amount": 7}


@pytest.mark.parametrize(
    ("value", "unit", "complaint"),
    [
        (5, "calendar_days", "is in calendar_days, not in working_days"),
        ("5", "working_days", "no whole number"),
        (True, "working_days", "no whole number"),
    ],
)
def test_days_of_another_kind_are_a_mistake_in_the_data(value: RuleValue, unit: str, complaint: str) -> None:
    rules = Rulebook([a_rule(value, unit=unit)]).at("", FIRST_OF_2026)

    with pytest.raises(MalformedRule, match=complaint):
        rules.working_days(NOTICE)


def test_values_that_their_unit_cannot_have_are_a_mistake_in_the_data() -> None:
    units = ("flag", "choice")
    rules = Rulebook([a_rule("nonsense", subject=unit, unit=unit) for unit in units]).at("", FIRST_OF_2026)

    with pytest.raises(MalformedRule, match="neither true nor false"):
        rules.flag("flag")
    with pytest.raises(MalformedRule, match="none of card, account"):
        rules.choice("choice", Payment)


def test_an_entry_is_read_key_by_key() -> None:
    entry = Entry(
        {
            "title": "notice",
            "days": (date(2026, 1, 1),),
            "from": date(2026, 1, 2),
            "open": False,
            "share": "0.02",
            "limit": {"value": 5},
            "steps": ({"role": "county_officer"}, {"role": "civil_affairs"}),
        },
        "package.once",
    )

    assert (entry.text("title"), entry.day("from"), entry.flag("open")) == ("notice", date(2026, 1, 2), False)
    assert (entry.days("days"), entry.days("no"), entry.texts("no")) == ((date(2026, 1, 1),), (), ())
    assert (entry.entry("limit").whole("value"), entry.decimal("share")) == (5, Decimal("0.02"))
    assert [step.text("role") for step in entry.entries("steps")] == ["county_officer", "civil_affairs"]
    assert (entry.has("title"), entry.has("no")) == (True, False)


def test_a_rule_that_is_a_list_is_read_as_one_with_its_reference() -> None:
    codes, items = a_rule(("a", "b"), subject="codes"), a_rule(({"code": "a"},), subject="items")
    rules = Rulebook([codes, items, a_rule("a", subject="one")]).at("", FIRST_OF_2026)

    assert (rules.texts("codes").value, rules.texts("codes").reference) == (("a", "b"), codes.reference)
    assert [item.text("code") for item in rules.entries("items").value] == ["a"]
    with pytest.raises(MalformedRule, match=r"codes@.*value\[0\] is not a mapping"):
        rules.entries("codes").value[0].text("code")
    with pytest.raises(MalformedRule, match=r"one@.*value is not of the type tuple"):
        rules.texts("one")


def test_a_complaint_says_where_in_the_data_it_stands() -> None:
    entry = Entry({"limit": {"value": True}, "steps": ({"role": 1},), "roles": (2,), "share": "half"}, "package.once")

    with pytest.raises(MalformedRule, match=r"package.once.limit.value is not of the type int"):
        entry.entry("limit").whole("value")
    with pytest.raises(MalformedRule, match=r"package.once.steps\[0\].role is not of the type str"):
        entry.entries("steps")[0].text("role")
    with pytest.raises(MalformedRule, match=r"package.once.roles\[0\] is not of the type str"):
        entry.texts("roles")
    with pytest.raises(MalformedRule, match=r"package.once lacks title"):
        entry.text("title")
    with pytest.raises(MalformedRule, match=r"package.once.share is no number"):
        entry.decimal("share")
    with pytest.raises(MalformedRule, match=r"package.once.limit is not of the type tuple"):
        entry.entries("limit")
    with pytest.raises(MalformedRule, match=r"package\.once\.roles is not a mapping"):
        entry.entry("roles").has("x")


def test_a_misspelt_key_is_not_passed_over() -> None:
    entry = Entry({"titel": "notice", "zh": "公示"}, "package.once")

    entry.require_only("titel", "zh")
    with pytest.raises(MalformedRule, match="unknown keys: titel"):
        entry.require_only("title", "zh")
