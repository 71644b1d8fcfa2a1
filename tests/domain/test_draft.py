"""A draft is saved, submitted or thrown away by whoever began it, as long as it is kept, and then no more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.application import (
    DRAFT_LIFECYCLE,
    Draft,
    DraftAction,
    DraftExpired,
    DraftStage,
    PublicStatus,
    kept_until,
)
from app.domain.shared.access import Role
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from tests.builders import MONDAY, VILLAGE, WEEKDAYS, a_principal, a_rule, rules_in_force

PORTAL = a_principal(Role.PORTAL, number=1)
LATER = MONDAY + timedelta(days=30)
STEPS = {
    DraftAction.SAVE: lambda draft, by, on: draft.save(by=by, on=on, until=LATER),
    DraftAction.SUBMIT: lambda draft, by, on: draft.submit(by=by, on=on),
    DraftAction.DISCARD: lambda draft, by, on: draft.discard(by=by, on=on),
}


def a_draft(stage: DraftStage = DraftStage.DRAFT, **changes: Any) -> Draft:
    settings: dict[str, Any] = {
        "id": UUID(int=7),
        "actor_id": PORTAL.id,
        "client_id": PORTAL.client_id,
        "package_code": "test",
        "region": VILLAGE,
        "started_at": datetime(2026, 11, 16, 2, tzinfo=UTC),
        "expires_on": MONDAY,
        "stage": stage,
    }
    return Draft(**(settings | changes))


def test_saving_keeps_a_draft_for_as_long_again() -> None:
    saved = a_draft().save(by=PORTAL, on=MONDAY, until=LATER)

    assert saved == replace(a_draft(), expires_on=LATER)


@pytest.mark.parametrize(
    ("action", "stage", "status"),
    [
        (DraftAction.SAVE, DraftStage.DRAFT, PublicStatus.DRAFT),
        (DraftAction.SUBMIT, DraftStage.SUBMITTED, PublicStatus.SUBMITTED),
        (DraftAction.DISCARD, DraftStage.DISCARDED, PublicStatus.WITHDRAWN),
    ],
)
def test_each_step_leads_to_its_stage(action: DraftAction, stage: DraftStage, status: PublicStatus) -> None:
    moved = STEPS[action](a_draft(), PORTAL, MONDAY)

    assert (moved.stage, moved.status) == (stage, status)


@pytest.mark.parametrize("action", DraftAction)
@pytest.mark.parametrize("stage", [DraftStage.SUBMITTED, DraftStage.DISCARDED])
def test_what_is_submitted_or_thrown_away_is_changed_no_more(action: DraftAction, stage: DraftStage) -> None:
    with pytest.raises(IllegalTransition):
        STEPS[action](a_draft(stage), PORTAL, MONDAY)


@pytest.mark.parametrize("action", DraftAction)
def test_the_last_day_still_belongs_to_the_draft_and_the_next_does_not(action: DraftAction) -> None:
    STEPS[action](a_draft(), PORTAL, MONDAY)

    with pytest.raises(DraftExpired, match="2026-11-16"):
        STEPS[action](a_draft(), PORTAL, MONDAY + timedelta(days=1))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", DraftAction)
def test_who_may_apply_may_draft(role: Role, action: DraftAction) -> None:
    somebody = a_principal(role, number=2)
    may = role in OPERATIONS["submit_application"].roles

    if may:
        assert STEPS[action](a_draft(), somebody, MONDAY)
    else:
        with pytest.raises(NotYourFunction):
            STEPS[action](a_draft(), somebody, MONDAY)
    assert {allowed.allowed for allowed in a_draft().allowed_actions(somebody, on=MONDAY)} == {may}


def test_an_office_drafts_for_its_own_places_only() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, number=3)

    with pytest.raises(NotYourFunction):
        a_draft(region="65/6523/652302").submit(by=officer, on=MONDAY)


def test_every_action_has_a_step_and_every_step_an_operation() -> None:
    assert DRAFT_LIFECYCLE.steps.keys() == set(DraftAction)
    assert {step.operation for step in DRAFT_LIFECYCLE.steps.values()} == {
        "save_draft",
        "submit_draft",
        "discard_draft",
    }


def test_how_long_a_draft_is_kept_is_a_rule() -> None:
    rules = rules_in_force(a_rule("application.draft_validity", 5, unit="calendar_days"))

    assert kept_until(rules, calendar=WEEKDAYS) == date(2026, 11, 23)  # the fifth day is a Saturday
