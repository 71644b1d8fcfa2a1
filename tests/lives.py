"""Every kind of case that has a table of steps, found in the code: one that nobody has described here is missed.

`LIVES` says, by the noun of a table, how one of its kind comes to stand at a stage. The tests of all tables walk from
there: `tests/domain/test_every_life.py` over guards and answers, `tests/api/test_every_life.py` over HTTP.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

import app.domain
from app.domain.benefit import Route
from app.domain.catalogue import allowed_actions
from app.domain.certificate import LIFECYCLE, Business, BusinessRules, Way
from app.domain.project import ProjectAction
from app.domain.shared.access import Principal
from app.domain.shared.entry import Entry
from app.domain.shared.transitions import Allowed, Lifecycle
from tests.builders import AFTER_NOTICE, MONDAY
from tests.builders.application import a_draft_at, an_application_at
from tests.builders.assessment import a_need
from tests.builders.benefit import a_benefit_case_at, a_recheck_at, a_roll_at
from tests.builders.business import a_certificate_at, a_certificate_case_at
from tests.builders.draw import a_draw_at
from tests.builders.evidence import a_request, recorded
from tests.builders.integrity import an_alarm_at
from tests.builders.listing import a_listing_at
from tests.builders.plan import a_plan
from tests.builders.project import a_beneficiary_at, a_change_at, a_project_at
from tests.builders.referral import a_finding, a_referral, a_waiting_entry_at
from tests.builders.register import a_discrepancy_at, a_duplicate_at, a_job_at, a_register_import_at, an_entry_at
from tests.builders.report import a_complaint_at, a_harm_report_at, a_need_report_at, a_question_at, an_inspection_at
from tests.builders.rules import BOOK
from tests.builders.survey import a_finding_at, a_round_at, a_survey_at
from tests.builders.voice import a_confirmation_at, a_consent_at, a_correction_at, a_review_at, an_offer_at

AnyLifecycle = Lifecycle[Any, Any]
Case = Any


@dataclass(frozen=True)
class Life:
    """How a case of one kind comes to stand at a stage, and what it answers about what may be done to it."""

    at: Callable[[Any], Case]
    answers: Callable[[Case, Principal], tuple[Allowed, ...]] = lambda case, by: case.allowed_actions(
        by, on=AFTER_NOTICE
    )
    guard: Callable[[AnyLifecycle, Case, Any, Principal], object] = lambda table, case, action, by: table.step(
        case, action, by=by, on=AFTER_NOTICE
    )
    stage: Callable[[Case], StrEnum] = lambda case: case.stage
    is_anybodys: bool = False
    """Who may do a step is settled by whose it is, not by the roles of the table."""


@dataclass(frozen=True)
class Table:
    """A table of steps, and the name by which a failing test tells of it."""

    name: str
    lifecycle: AnyLifecycle
    route: Route | Way | None = None

    @property
    def stages(self) -> tuple[StrEnum, ...]:
        """All stages that there are for its kind, those included that this table never reaches."""
        stages: type[StrEnum] = type(self.lifecycle.start)
        return tuple(stages)

    def __str__(self) -> str:
        return self.name


@cache
def every_table() -> tuple[Table, ...]:
    """All tables: those of the domain's modules, one a way of a benefit, and one a certificate business."""
    found: dict[int, Table] = {}
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Lifecycle) and value is not LIFECYCLE:
                found[id(value)] = Table(value.noun, value)
    ways = dict.fromkeys(_routes())
    return (
        *found.values(),
        *(Table(f"certificate case {business}", way.lifecycle, way) for business, way in _businesses()),
        *(Table(f"benefit case {n}", way.lifecycle, way) for n, way in enumerate(ways)),
    )


def _businesses() -> Iterator[tuple[Business, Way]]:
    rules = BOOK.at("", MONDAY)
    for business in Business:
        yield business, BusinessRules.of(rules, business).way


def _routes() -> Iterator[Route]:
    for rule in BOOK:
        if rule.subject.startswith("package."):
            rules = BOOK.at(rule.region, rule.valid_to or max(rule.valid_from, MONDAY))
            for item in Entry(rule.value, rule.reference).entries("items"):
                if item.text("case_kind") == "benefit":
                    yield Route.of(item.entries("steps"), rules)


def life_of(table: Table) -> Life:
    """How cases of a table live.

    Raises:
        KeyError: nobody has described it: add it to `LIVES`.
    """
    life = LIVES[table.lifecycle.noun]
    return replace(life, at=lambda stage: life.at((stage, table.route))) if table.route else life


LIVES: Mapping[str, Life] = MappingProxyType(
    {
        "application": Life(at=an_application_at),
        "draft": Life(at=a_draft_at),
        "certificate case": Life(at=lambda asked: a_certificate_case_at(*asked)),
        "certificate": Life(
            at=a_certificate_at,
            guard=lambda table, case, action, by: table.step(
                case.seen_on(AFTER_NOTICE), action, by=by, on=AFTER_NOTICE
            ),
            stage=lambda case: case.status_on(AFTER_NOTICE),
        ),
        "benefit case": Life(at=lambda asked: a_benefit_case_at(*asked)),
        "consent": Life(at=a_consent_at),
        "confirmation": Life(at=a_confirmation_at),
        "correction": Life(at=a_correction_at),
        "draw": Life(at=a_draw_at),
        "service of the catalogue": Life(
            at=a_listing_at, answers=lambda case, by: allowed_actions(case, by, on=AFTER_NOTICE)
        ),
        "review": Life(at=a_review_at),
        "plan": Life(at=a_plan),
        "project": Life(
            at=a_project_at,
            answers=lambda case, by: tuple(
                answer for answer in case.allowed_actions(by, on=AFTER_NOTICE) if answer.action in set(ProjectAction)
            ),
        ),
        "project change": Life(at=a_change_at),
        "beneficiary": Life(at=a_beneficiary_at),
        "referral": Life(at=a_referral),
        "inspection": Life(at=an_inspection_at),
        "complaint": Life(at=a_complaint_at),
        "complaint question": Life(at=a_question_at),
        "delivery finding": Life(at=a_finding),
        "need": Life(at=lambda stage: a_need(stage=stage)),
        "evidence": Life(at=lambda stage: replace(recorded(), assurance=stage)),
        "evidence request": Life(
            at=lambda stage: replace(a_request(), stage=stage),
            answers=lambda case, by: case.allowed_actions(by, on=AFTER_NOTICE, guardians=()),
        ),
        "offer": Life(at=an_offer_at),
        "harm report": Life(at=a_harm_report_at),
        "need report": Life(at=a_need_report_at),
        "waiting entry": Life(at=a_waiting_entry_at),
        "uncertified entry": Life(at=an_entry_at),
        "survey round": Life(at=a_round_at),
        "survey entry": Life(at=a_survey_at),
        "survey finding": Life(at=a_finding_at),
        "payment roll": Life(at=a_roll_at),
        "register discrepancy": Life(at=a_discrepancy_at),
        "register import": Life(at=a_register_import_at),
        "person duplicate": Life(at=a_duplicate_at),
        "recheck": Life(at=a_recheck_at),
        "integrity alarm": Life(at=an_alarm_at),
        "job": Life(
            at=a_job_at,
            answers=lambda case, _: case.allowed_actions(),
            guard=lambda table, case, action, _: table.opened(case.state, action),
            stage=lambda case: case.state,
            is_anybodys=True,
        ),
    }
)
