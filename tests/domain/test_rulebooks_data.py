"""The rule data that comes with the product says what the law says, and hangs together."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

import pytest

from app.adapters.rulebooks import load_regions, load_rulebooks
from app.domain.certificate.rules import CertificateRules
from app.domain.person import EconomicStatus
from app.domain.shared.calendar import DAYS, Announcement
from app.domain.shared.entry import Entry
from app.domain.shared.identity import Category, Grade
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import NATIONAL, Level, Regions, path_of
from app.domain.shared.rulebook import Rulebook, RulesInForce

RULES = load_rulebooks()
RULEBOOK = Rulebook(RULES)
REGIONS = Regions(load_regions())
CHANGJI = "65/6523/652301"
TODAY = date(2026, 11, 23)
HERE = RULEBOOK.at(CHANGJI, TODAY)

UNITS = {
    "delegation",
    *("working_days", "calendar_days", "months", "years", "count", "fen", "fen_per_month", "percent", "flag", "choice"),
    *("list", "categories", "criteria", "exclusions", "appeal", "package", "service", "families", "needs", "days"),
    "review_bodies",
    *("need_sections", "need_proposals", "bound_purposes", "assessment_reuse"),
    *("matching_weights", "matching_points", "matching_outcomes", "taxonomy"),
    *("review_bodies", "duplicate_weights", "character_variants"),
    *(
        "need_sections",
        "need_proposals",
        "bound_purposes",
        "matching_weights",
        "matching_points",
        "matching_outcomes",
        "taxonomy",
    ),
    *("iana_zone", "condition", "flag_definition", "working_days_by_step", "percent_by_category", "percent_by_grades"),
    *("grading", "accepted_assurance", "clocks", "delegation", "certificate_business", "purpose"),
    "second_party",
    "checks",
    *("comparison", "widths", "pace", "sampling"),
    "wording",
    *("calendar_days_by_flag", "weight_by_flag", "hours", "body_by_person", "checklist"),
    *("calendar_days_of_head_start", "window_of_observation"),
}
LEAVES = {
    "certificate_in_force": set[str](),
    "category_in": {"categories"},
    "grade_at_most": {"grade"},
    "age_between": {"at_least", "at_most", "reference_day"},
    "economic_status_in": {"statuses"},
    "registered_in": {"area"},
    "residing_in": {"area"},
    "interval_since": {"benefits", "months"},
    "diagnosis_present": {"categories"},
    "need_present": {"needs"},
    "not_receiving": {"benefits"},
    "flag_present": {"flags"},
}
DECLARED_FLAGS = {"willing_to_work", "earns_income", "no_fixed_income", "owns_motor_wheelchair"}


def entries_of(subject: str, rules: RulesInForce = HERE) -> tuple[Entry, ...]:
    return Entry({"all": rules.value(subject).value}, subject).entries("all")


def codes_of(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text("code") for entry in entries]


NEEDS = set(codes_of(entries_of("catalogue.needs")))
FLAGS = {subject.removeprefix("flag.") for subject in RULEBOOK.subjects("flag.")} | DECLARED_FLAGS


def leaves_of(node: Entry) -> Iterator[Entry]:
    """Walk a tree of conditions and check its shape on the way."""
    match sorted(node.fields):
        case ["all" | "any" as junction]:
            for branch in node.entries(junction):
                yield from leaves_of(branch)
        case ["not"]:
            yield from leaves_of(node.entry("not"))
        case ["at_least"]:
            group = node.entry("at_least")
            group.require_only("count", "of")
            assert 0 < group.whole("count") <= len(group.entries("of"))
            for branch in group.entries("of"):
                yield from leaves_of(branch)
        case _:
            node.require_only("kind", *LEAVES[node.text("kind")])
            yield node


def trees() -> Iterator[Entry]:
    for rule in RULES:
        entry = Entry(rule.value, rule.reference)
        match rule.unit:
            case "criteria":
                yield entry
            case "exclusions":
                yield from (exclusion.entry("when") for exclusion in entries_of(rule.subject))
            case "service":
                yield from entry.entries("priority")
                yield from (entry.entry("eligibility"),) if entry.has("eligibility") else ()
            case "package":
                yield from (piece.entry("when") for piece in entry.entries("evidence") if piece.has("when"))
            case "second_party":
                yield from (need.entry("when") for need in entry.entries("needs") if need.has("when"))
            case _:
                pass


def test_every_rule_is_in_a_known_unit() -> None:
    assert {rule.unit for rule in RULES} <= UNITS


def test_every_rule_stands_in_a_region_that_is_known() -> None:
    assert {rule.region for rule in RULES} - {NATIONAL} <= {region.path for region in REGIONS}


@pytest.mark.parametrize(
    ("subject", "value", "unit"),
    [
        ("certificate.notice", 5, "working_days"),
        ("certificate.review", 10, "working_days"),
        ("certificate.validity", 10, "years"),
        ("certificate.renewal_opens_after", 9, "years"),
        ("certificate.reapplication_bar", 1, "years"),
        ("certificate.migration_freeze", 6, "months"),
        ("certificate.migration_cancel", 12, "months"),
        ("certificate.reissues_a_year", 1, "count"),
        ("nursing_subsidy.long_term_care", 6, "months"),
        ("subsidy.counted_from", "month_of_application", "choice"),
        ("subsidy.stops_from", "month_after", "choice"),
        ("procedure.correction_notice", 5, "working_days"),
    ],
)
def test_the_limits_are_those_of_the_law(subject: str, value: int | str, unit: str) -> None:
    rule = HERE.rule(subject)

    assert (rule.value, rule.unit) == (value, unit)


@pytest.mark.parametrize("subject", ["living_subsidy.amount", "nursing_subsidy.amount"])
def test_the_subsidies_rose_with_the_year_2026(subject: str) -> None:
    before, after = (RULEBOOK.at(CHANGJI, day).amount_fen(subject) for day in (date(2025, 12, 31), date(2026, 1, 1)))

    assert (before.value, after.value) == (12_000, 14_000)
    assert (before.reference, after.reference) == (f"{subject}@65#1", f"{subject}@65#2")


@pytest.mark.parametrize(
    "subject",
    ["certificate.migration_freeze", "certificate.migration_cancel", "certificate.reissues_a_year"],
)
def test_what_was_seen_in_another_place_only_is_marked_doubtful_and_binds_this_county_alone(subject: str) -> None:
    assert HERE.rule(subject).confidence is Confidence.DOUBTFUL
    assert not RULEBOOK.at("65/6523/652302", TODAY).has(subject)


def test_the_rules_of_certificates_are_complete_for_the_county() -> None:
    rules = CertificateRules.of(HERE)

    assert rules.notice_working_days.reference == "certificate.notice@CN#1"
    assert rules.guarded_categories.value == {Category.INTELLECTUAL, Category.MENTAL}
    assert (rules.appeal.value.body, rules.appeal.value.days) == ("prefecture_federation", 10)


def test_conditions_are_well_formed_and_speak_of_what_exists() -> None:
    leaves = [leaf for tree in trees() for leaf in leaves_of(tree)]
    named = {
        kind: set(chain.from_iterable(leaf.texts(key) for leaf in leaves if leaf.text("kind") == kind))
        for kind, key in [
            ("category_in", "categories"),
            ("diagnosis_present", "categories"),
            ("economic_status_in", "statuses"),
            ("need_present", "needs"),
            ("flag_present", "flags"),
        ]
    }

    assert {leaf.text("kind") for leaf in leaves} <= LEAVES.keys()
    assert named["category_in"] | named["diagnosis_present"] <= {category.slug for category in Category}
    assert named["economic_status_in"] <= set(EconomicStatus)
    assert named["need_present"] <= NEEDS
    assert named["flag_present"] <= FLAGS
    assert all(Grade(leaf.whole("grade")) for leaf in leaves if leaf.text("kind") == "grade_at_most")
    areas = {leaf.text("area") for leaf in leaves if leaf.text("kind") == "registered_in"}
    assert areas <= {region.path for region in REGIONS}


def test_ages_have_a_bound_and_their_bounds_are_in_order() -> None:
    for leaf in (leaf for tree in trees() for leaf in leaves_of(tree) if leaf.text("kind") == "age_between"):
        bounds = [leaf.whole(key) for key in ("at_least", "at_most") if leaf.has(key)]

        assert bounds
        assert bounds == sorted(bounds)


def test_shares_of_the_population_add_up_to_all_of_it() -> None:
    for subject in ("population.category_shares", "population.grade_shares"):
        shares = HERE.entry(subject).value
        assert sum(Decimal(shares.text(key)) for key in shares.fields) == 100
    categories = HERE.entry("population.category_shares").value.fields
    assert set(categories) == {category.slug for category in Category}


def test_days_off_lie_in_their_year_and_make_up_days_are_weekends() -> None:
    for announcement in (Announcement.from_rule(rule) for rule in RULES if rule.subject == DAYS):
        assert announcement.days_off.isdisjoint(announcement.make_up_days)
        assert {day.year for day in announcement.days_off | announcement.make_up_days} == {announcement.year}
        assert all(day.weekday() >= 5 for day in announcement.make_up_days)


def test_a_year_of_days_off_is_a_rule_for_that_year_alone() -> None:
    for rule in (rule for rule in RULES if rule.subject == DAYS):
        first, last = date(rule.valid_from.year, 1, 1), date(rule.valid_from.year + 1, 1, 1) - timedelta(days=1)
        assert (rule.valid_from, rule.valid_to, rule.version) == (first, last, first.year)


def test_the_county_has_the_units_of_the_policy_document_and_the_high_tech_zone() -> None:
    units = REGIONS.children(CHANGJI)
    named = (
        *("宁边路街道", "延安北路街道", "北京南路街道", "建国路街道", "中山路街道", "绿洲路街道"),
        *("硫磺沟镇", "三工镇", "榆树沟镇", "二六工镇", "大西渠镇", "六工镇", "滨湖镇", "佃镇镇"),
        *("阿什里乡", "庙尔沟乡", "昌吉国家高新技术产业开发区"),
    )

    assert len(units) == 22
    assert {unit.level for unit in units} == {Level.TOWNSHIP}
    assert len({REGIONS.named(name, within=CHANGJI)[0].code for name in named}) == 17
    assert REGIONS.named("佃镇镇")[0].name == "佃坝镇"


def test_every_region_hangs_on_the_tree() -> None:
    for region in REGIONS:
        assert region.path == path_of(region.code)
        parent = region.path.rpartition("/")[0]
        assert parent in {"", *(known.path for known in REGIONS)}


def test_villages_and_the_towns_of_example_counties_are_invented_and_say_so_and_nothing_else_is() -> None:
    invented = [region for region in REGIONS if region.is_synthetic]

    assert {region.level for region in invented} == {Level.VILLAGE, Level.TOWNSHIP}
    assert all(region.is_synthetic for region in REGIONS if region.level is Level.VILLAGE)
    assert {region.code for region in invented if region.level is Level.TOWNSHIP} == {"652302199", "652323199"}
    assert all("示例" in region.name for region in invented)
    assert len({region.path.rpartition("/")[0] for region in invented if region.level is Level.VILLAGE}) == 6
