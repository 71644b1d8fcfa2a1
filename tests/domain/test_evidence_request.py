"""Requests for evidence: fulfilled where it is held, refused where the person wishes, and what is missing told once."""

from datetime import date
from uuid import UUID

import pytest

from app.domain.evidence import (
    EvidenceAlreadyHeld,
    EvidenceKind,
    EvidenceLack,
    EvidenceNotOfThisKind,
    EvidenceOrigin,
    EvidenceRequest,
    EvidenceRequestStage,
    missing,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import NotThePerson, Voice
from tests.builders.evidence import (
    EVIDENCE_RULES,
    IDENTITY_CARD,
    OLD_CERTIFICATE,
    PHOTO,
    RECORD,
    REQUEST_ID,
    a_request,
    asking,
    holding,
    recorded,
)
from tests.builders.people import CITIZEN, COUNTY_OFFICER, MONDAY, a_principal

LATER = date(2026, 12, 1)
GUARDIAN = a_principal(Role.CITIZEN, memberships=(), person_id=UUID(int=0x77), number=0x77)


def test_what_is_held_fulfils_a_request_at_once() -> None:
    photo = recorded()

    request = a_request(held=holding(photo))

    assert (request.stage, request.evidence_id) == (EvidenceRequestStage.FULFILLED, photo.id)
    assert request.done[0].by is None


def test_what_is_not_sure_enough_or_has_ended_fulfils_nothing() -> None:
    assert a_request(OLD_CERTIFICATE, held=holding(recorded(OLD_CERTIFICATE))).stage is EvidenceRequestStage.OPEN
    assert a_request(held=holding(recorded(), on=date(2030, 1, 1))).stage is EvidenceRequestStage.OPEN


def test_what_the_person_withholds_is_not_used_though_it_is_held() -> None:
    request = a_request(held=holding(recorded()), is_withheld=True)

    assert (request.stage, request.evidence_id) == (EvidenceRequestStage.REFUSED, None)


def test_an_office_asks_with_its_reason_and_is_named() -> None:
    request, event = EvidenceRequest.by_office(
        asking(), request_id=REQUEST_ID, by=COUNTY_OFFICER, on=MONDAY, text="照片不清楚。", holding=holding()
    )

    assert (request.asked_by, request.text) == (COUNTY_OFFICER.id, "照片不清楚。")
    assert request.organisation_id in COUNTY_OFFICER.organisation_ids
    assert (event.requested_by, event.items) == (COUNTY_OFFICER.id, ("certificate",))


def test_an_office_does_not_ask_for_what_is_held() -> None:
    with pytest.raises(EvidenceAlreadyHeld):
        EvidenceRequest.by_office(
            asking(), request_id=REQUEST_ID, by=COUNTY_OFFICER, on=MONDAY, text="…", holding=holding(recorded())
        )


def test_nobody_but_an_office_of_the_place_asks() -> None:
    for by in (CITIZEN, a_principal(Role.COUNTY_OFFICER, region="65/6523/652302")):
        with pytest.raises(NotYourFunction):
            EvidenceRequest.by_office(asking(), request_id=REQUEST_ID, by=by, on=MONDAY, text="…", holding=holding())


def test_evidence_of_another_kind_or_person_does_not_fulfil() -> None:
    with pytest.raises(EvidenceNotOfThisKind):
        a_request(IDENTITY_CARD).fulfil(recorded(), on=MONDAY, rules=EVIDENCE_RULES)


def test_the_person_refuses_what_is_asked_and_what_was_given() -> None:
    for request in (a_request(), a_request(held=holding(recorded()))):
        refused, event = request.refuse(by=CITIZEN, on=MONDAY, guardians=())

        assert (refused.stage, refused.evidence_id) == (EvidenceRequestStage.REFUSED, None)
        assert (refused.voice, event.voice) == (Voice.PERSON, Voice.PERSON)


def test_a_guardian_refuses_for_the_person_and_a_stranger_does_not() -> None:
    refused, _ = a_request().refuse(by=GUARDIAN, on=MONDAY, guardians=[UUID(int=0x77)])

    assert refused.voice is Voice.GUARDIAN
    with pytest.raises(NotThePerson):
        a_request().refuse(by=GUARDIAN, on=MONDAY, guardians=())


def test_an_office_passes_a_refusal_on_and_does_not_speak_for_the_person() -> None:
    refused, event = a_request().refuse(by=COUNTY_OFFICER, on=MONDAY, guardians=())

    assert (refused.voice, event.refused_by) == (None, COUNTY_OFFICER.id)


def test_nobody_else_passes_it_on() -> None:
    with pytest.raises(NotYourFunction):
        a_request().refuse(by=a_principal(Role.COUNTY_APPROVER), on=MONDAY, guardians=())
    assert not a_request().allowed_actions(a_principal(Role.COUNTY_APPROVER), on=MONDAY, guardians=())[0].allowed


def test_who_has_refused_may_still_bring_it() -> None:
    refused, _ = a_request().refuse(by=CITIZEN, on=MONDAY, guardians=())

    fulfilled, event = refused.fulfil(recorded(), on=LATER, rules=EVIDENCE_RULES)

    assert (fulfilled.stage, fulfilled.voice) == (EvidenceRequestStage.FULFILLED, None)
    assert event.fulfilled_on == LATER


@pytest.mark.parametrize("stage", [EvidenceRequestStage.REFUSED, EvidenceRequestStage.CANCELLED])
def test_what_is_closed_is_not_refused_again(stage: EvidenceRequestStage) -> None:
    open_request = a_request()
    closed = (
        open_request.cancel(on=MONDAY)[0]
        if stage is EvidenceRequestStage.CANCELLED
        else open_request.refuse(by=CITIZEN, on=MONDAY, guardians=())[0]
    )

    with pytest.raises(IllegalTransition):
        closed.refuse(by=CITIZEN, on=MONDAY, guardians=())
    with pytest.raises(IllegalTransition):
        closed.cancel(on=MONDAY)


@pytest.mark.parametrize(
    ("kind", "lack", "is_for_the_person"),
    [
        (PHOTO, EvidenceLack.NOT_SHOWN, True),
        (OLD_CERTIFICATE, EvidenceLack.NOT_SHOWN, True),
        (IDENTITY_CARD, EvidenceLack.NOT_FETCHED, False),
        (RECORD, EvidenceLack.NOT_GIVEN_YET, False),
    ],
)
def test_what_is_missing_is_told_and_only_what_the_person_can_show_is_for_the_person(
    kind: EvidenceKind, lack: EvidenceLack, *, is_for_the_person: bool
) -> None:
    (found,) = missing([a_request(kind)], holding=holding())

    assert (found.lack, found.is_for_the_person, found.evidence) == (lack, is_for_the_person, None)


def test_an_upload_that_is_to_be_compared_with_its_original_is_missing_until_it_was() -> None:
    upload = recorded(OLD_CERTIFICATE)
    request = a_request(OLD_CERTIFICATE, held=holding(upload))

    (found,) = missing([request], holding=holding(upload))

    assert (found.lack, found.evidence) == (EvidenceLack.TO_BE_CHECKED, upload)
    verified, _ = upload.verify(by=COUNTY_OFFICER, on=MONDAY)
    assert missing([request], holding=holding(verified)) == ()


def test_what_has_run_out_meanwhile_is_missing_again() -> None:
    photo = recorded()
    request = a_request(held=holding(photo))

    assert missing([request], holding=holding(photo)) == ()
    (found,) = missing([request], holding=holding(photo, on=date(2030, 1, 1)))
    assert found.lack is EvidenceLack.ENDED


def test_what_was_refused_is_missing_and_not_for_the_person_to_mend() -> None:
    (found,) = missing([a_request(is_withheld=True)], holding=holding(recorded()))

    assert (found.lack, found.is_for_the_person) == (EvidenceLack.REFUSED, False)


def test_what_nobody_needs_any_more_is_not_missing() -> None:
    assert missing([a_request().cancel(on=MONDAY)[0]], holding=holding()) == ()


def test_an_item_is_told_of_its_own() -> None:
    request = a_request(items=("certificate", "living_subsidy"))

    assert len(missing([request], holding=holding(), item="living_subsidy")) == 1
    assert missing([request], holding=holding(), item="nursing_subsidy") == ()


def test_a_kind_that_was_recorded_in_another_way_is_the_same_kind() -> None:
    seen = recorded(IDENTITY_CARD, EvidenceOrigin.COUNTER, by=COUNTY_OFFICER)

    assert a_request(IDENTITY_CARD, held=holding(seen)).stage is EvidenceRequestStage.FULFILLED
