"""The package and the catalogue of the product name only what exists, and ask for no more than is needed."""

from datetime import date
from itertools import chain

from app.domain.shared.access import Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.entry import Entry
from tests.builders.rules import BOOK

HERE = BOOK.at("65/6523/652301", date(2026, 11, 23))


def entries_of(subject: str) -> tuple[Entry, ...]:
    return Entry({"all": HERE.value(subject).value}, subject).entries("all")


def codes_of(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text("code") for entry in entries]


PACKAGE = HERE.entry("package.disability_services").value
ITEMS = PACKAGE.entries("items")
STEPS = [step for item in ITEMS for step in item.entries("steps")]
FIELDS = PACKAGE.entries("form")
EVIDENCE = PACKAGE.entries("evidence")
SERVICES = [Entry(rule.value, rule.subject) for rule in HERE.under("service.")]
NEEDS = set(codes_of(entries_of("catalogue.needs")))


def test_the_package_has_its_five_items_and_each_waits_only_for_earlier_ones() -> None:
    codes = codes_of(ITEMS)

    assert codes == ["certificate", "living_subsidy", "nursing_subsidy", "employment_help", "pension_premium"]
    for place, item in enumerate(ITEMS):
        assert set(item.texts("depends_on")) <= set(codes[:place])


def test_every_rule_that_the_package_and_the_services_name_is_in_force_here() -> None:
    named = [
        (key, str(holder.fields[key]))
        for holder in (*ITEMS, *STEPS, *EVIDENCE, *SERVICES)
        for key in holder.fields
        if key.endswith("_rule")
    ]

    assert {key: {HERE.rule(subject).unit for name, subject in named if name == key} for key, _ in named} == {
        "appeal_rule": {"appeal"},
        "amount_rule": {"fen_per_month"},
        "count_rule": {"count"},
        "criteria_rule": {"criteria"},
        "eligibility_rule": {"criteria"},
        "exclusions_rule": {"exclusions"},
        "limit_rule": {"working_days"},
    }


def test_every_step_is_an_operation_that_its_roles_may_call_and_the_last_duty_decides() -> None:
    for step in STEPS:
        roles = {Role(role) for role in step.texts("roles")}
        assert roles
        assert roles <= OPERATIONS[step.text("operation")].roles
    for item in ITEMS:
        assert sum(step.has("decides") for step in item.entries("steps")) == 1


def test_whoever_decides_a_benefit_is_not_the_one_who_checked_it() -> None:
    for item in ITEMS[1:]:
        *checks, decision = item.entries("steps")

        assert decision.flag("decides")
        assert set(decision.texts("roles")).isdisjoint(chain.from_iterable(check.texts("roles") for check in checks))


def test_form_and_evidence_say_where_everything_comes_from_and_which_item_needs_it() -> None:
    items = set(codes_of(ITEMS))

    for asked in (*FIELDS, *EVIDENCE):
        assert asked.texts("needed_by")
        assert set(asked.texts("needed_by")) <= items
        assert asked.text("provenance") in {"applicant", "register", "earlier_item"}
        assert asked.has("from") == (asked.text("provenance") != "applicant")
    assert len(codes_of(FIELDS)) == len(set(codes_of(FIELDS)))
    assert len(codes_of(EVIDENCE)) == len(set(codes_of(EVIDENCE)))


def test_what_an_office_holds_or_an_earlier_item_gives_is_never_required_of_the_applicant() -> None:
    assert not any(field.flag("required") for field in FIELDS if field.text("provenance") != "applicant")


def test_every_field_is_bounded() -> None:
    for field in FIELDS:
        match field.text("kind"):
            case "text" | "phone":
                assert 0 < field.whole("max_length") <= 200
            case "choice" | "choices":
                assert field.texts("options")
            case kind:
                assert kind in {"flag", "whole"}


def test_the_form_asks_for_nothing_that_changes_no_entitlement() -> None:
    asked = " ".join(f"{field.text('code')} {field.text('zh')}" for field in FIELDS)

    for word in ("ethnic", "民族", "religio", "宗教", "politic", "政治", "finger", "指纹", "face", "人脸", "婚姻"):
        assert word not in asked


def test_the_catalogue_serves_all_eight_families_and_every_need() -> None:
    families = codes_of(entries_of("catalogue.families"))

    assert len(families) == 8
    assert {service.text("family") for service in SERVICES} == set(families)
    assert {need.text("family") for need in entries_of("catalogue.needs")} == set(families)
    assert set(chain.from_iterable(service.texts("meets") for service in SERVICES)) == NEEDS


def test_services_have_their_own_codes_conditions_and_mutual_exclusions() -> None:
    by_code = {service.text("code"): service for service in SERVICES}

    assert len(by_code) == len(SERVICES)
    for code, service in by_code.items():
        assert service.has("eligibility") != service.has("eligibility_rule")
        assert service.where == f"service.{code.lower().replace('-', '_')}"
        assert all(code in by_code[other].texts("exclusive_with") for other in service.texts("exclusive_with"))
