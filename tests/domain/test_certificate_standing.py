"""A certificate stands as it does by the word of a named human, or of a day; it is frozen, let go on and restored."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.certificate import (
    CERTIFICATE_LIFECYCLE,
    Certificate,
    CertificateAction,
    CertificateStatus,
    FreezeReason,
    IssuedSince,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders import AFTER_NOTICE, APPROVER, ELSEWHERE, MONDAY, PERSON_ID, a_principal
from tests.builders.business import a_certificate, cancelled_since, frozen_because

LOST = FreezeReason.REPORTED_LOST
DECISION = UUID(int=0xDE)


def test_an_approver_of_the_county_freezes_it_for_a_reason_and_the_card_says_the_same() -> None:
    before = a_certificate()

    frozen, event = before.freeze(by=APPROVER, on=AFTER_NOTICE, reason=LOST)

    assert (frozen.current.status, frozen.current.status_since, frozen.current.status_reason) == (
        CertificateStatus.FROZEN,
        AFTER_NOTICE,
        "reported_lost",
    )
    assert frozen.current.number == before.current.number
    assert len(frozen.versions) == 1
    assert event.name == "certificate.frozen"
    assert "reported_lost" not in str(event.facts())


def test_what_was_frozen_goes_on_and_keeps_no_trace_of_it_on_the_card() -> None:
    unfrozen, event = frozen_because(LOST).unfreeze(by=APPROVER, on=AFTER_NOTICE)

    assert unfrozen.versions == a_certificate().versions
    assert event.name == "certificate.unfrozen"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY_APPROVER}))
def test_nobody_else_freezes_or_lets_go_on(role: Role) -> None:
    somebody = a_principal(role)

    with pytest.raises(NotYourFunction):
        a_certificate().freeze(by=somebody, on=AFTER_NOTICE, reason=LOST)
    with pytest.raises(NotYourFunction):
        frozen_because(LOST).unfreeze(by=somebody, on=AFTER_NOTICE)


def test_an_approver_of_another_county_does_neither() -> None:
    stranger = a_principal(Role.COUNTY_APPROVER, region=ELSEWHERE)

    with pytest.raises(NotYourFunction):
        a_certificate().freeze(by=stranger, on=AFTER_NOTICE, reason=LOST)


def test_nobody_freezes_or_unfreezes_the_own_certificate() -> None:
    holder = replace(APPROVER, person_id=PERSON_ID)
    guardian = replace(APPROVER, wards=frozenset({PERSON_ID}))

    for somebody in (holder, guardian):
        with pytest.raises(OwnCase):
            a_certificate().freeze(by=somebody, on=AFTER_NOTICE, reason=LOST)
        with pytest.raises(OwnCase):
            frozen_because(LOST).unfreeze(by=somebody, on=AFTER_NOTICE)


def test_an_expired_certificate_may_be_frozen_and_expires_no_more() -> None:
    expired = a_certificate(valid_until=MONDAY)

    frozen, _ = expired.freeze(by=APPROVER, on=AFTER_NOTICE, reason=FreezeReason.NOT_RENEWED)

    assert expired.status_on(AFTER_NOTICE) is CertificateStatus.EXPIRED
    assert frozen.status_on(date(2040, 1, 1)) is CertificateStatus.FROZEN


def test_what_has_ended_is_neither_frozen_nor_let_go_on() -> None:
    for certificate in (cancelled_since(MONDAY), frozen_because(LOST)):
        with pytest.raises(IllegalTransition):
            certificate.freeze(by=APPROVER, on=AFTER_NOTICE, reason=LOST)
    with pytest.raises(IllegalTransition):
        a_certificate().unfreeze(by=APPROVER, on=AFTER_NOTICE)


@pytest.mark.parametrize("certificate", [frozen_because(LOST), cancelled_since(MONDAY)], ids=["frozen", "cancelled"])
def test_a_review_has_it_stand_as_before(certificate: Certificate) -> None:
    restored, event = certificate.restore(on=AFTER_NOTICE, review_decision=DECISION)

    assert restored.versions == a_certificate().versions
    assert event.name == "certificate.restored"


def test_a_certificate_that_stands_is_not_restored() -> None:
    with pytest.raises(IllegalTransition):
        a_certificate().restore(on=AFTER_NOTICE, review_decision=DECISION)


def test_nobody_takes_the_steps_that_follow_from_business_or_a_review() -> None:
    by_itself = {action for action, step in CERTIFICATE_LIFECYCLE.steps.items() if step.operation is None}

    assert by_itself == {CertificateAction.REPLACE, CertificateAction.CANCEL, CertificateAction.RESTORE}


def test_a_cancelled_certificate_is_not_restored_beside_one_that_was_issued_since() -> None:
    cancelled = a_certificate(status=CertificateStatus.CANCELLED)
    newer = replace(a_certificate(), id=UUID(int=0xCF))
    ended = replace(a_certificate(status=CertificateStatus.CANCELLED), id=UUID(int=0xCF))

    with pytest.raises(IssuedSince):
        cancelled.restore(on=MONDAY, review_decision=UUID(int=1), newest=newer)
    for newest in (cancelled, ended, None):
        restored, _ = cancelled.restore(on=MONDAY, review_decision=UUID(int=1), newest=newest)
        assert restored.status_on(MONDAY) is CertificateStatus.IN_FORCE
