"""Where the person has the word: consents, confirmations, corrections, offers and reviews, at any stage."""

from datetime import date, timedelta
from uuid import UUID

from app.domain.confirmation import Confirmation, ConfirmationStage, SecondParty
from app.domain.consent import Consent, ConsentStage
from app.domain.correction import Correction, CorrectionStage, Want, WantKind
from app.domain.offer import Offer, OfferStage
from app.domain.review import Origin, Review, ReviewStage
from app.domain.shared.access import Role
from app.domain.shared.authz import PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.voice import Voice
from tests.builders.people import APPLICATION_ID, CASE_ID, CIVIL_AFFAIRS, MONDAY, NOW, OWN_WORD, PERSON_ID, VILLAGE

BODY_ID = UUID(int=0x100 + list(Role).index(Role.APPEAL_OFFICER))


def a_consent_at(stage: ConsentStage) -> Consent:
    """A consent that lasts for longer than anybody walks."""
    return Consent(
        id=UUID(int=0xC0),
        person_id=PERSON_ID,
        region=VILLAGE,
        receiver_id=BODY_ID,
        purpose="service_delivery",
        fields=frozenset({PersonField.NAME}),
        valid_from=MONDAY,
        valid_to=date(2100, 1, 1),
        voice=Voice.PERSON,
        channel=Channel.PORTAL,
        assisted_by=None,
        stage=stage,
    )


def a_confirmation_at(stage: ConfirmationStage) -> Confirmation:
    """A confirmation for which just this citizen is asked."""
    return Confirmation(
        id=UUID(int=71),
        person_id=UUID(int=72),
        person_name="样小小",
        region=VILLAGE,
        application_id=APPLICATION_ID,
        case_id=CASE_ID,
        item="living_subsidy",
        whom=SecondParty.HOUSEHOLD_MEMBER,
        seconds=(PERSON_ID,),
        asked_on=MONDAY,
        answer_by=MONDAY,
        stage=stage,
    )


def a_correction_at(stage: CorrectionStage) -> Correction:
    """A correction of a certificate case, in which an answer is missing."""
    return Correction(
        id=UUID(int=70),
        person_id=PERSON_ID,
        region=VILLAGE,
        application_id=APPLICATION_ID,
        case_id=CASE_ID,
        item="certificate",
        wants=(Want(kind=WantKind.ANSWER, code="phone", text="电话号码少一位。"),),
        asked_by=CIVIL_AFFAIRS.id,
        asked_on=MONDAY,
        answer_by=MONDAY,
        stage=stage,
    )


def a_review_at(stage: ReviewStage) -> Review:
    """A review of a benefit, before the body that the usual officer serves."""
    return Review(
        id=UUID(int=60),
        person_id=PERSON_ID,
        region=VILLAGE,
        application_id=APPLICATION_ID,
        decision_id=UUID(int=61),
        origin=Origin(matter="benefit", case_id=CASE_ID, item="living_subsidy", deciders=frozenset({CIVIL_AFFAIRS.id})),
        subject="benefit.appeal",
        body="county_government",
        body_id=BODY_ID,
        filed_on=MONDAY,
        filed_at=NOW,
        last_day=MONDAY + timedelta(days=60),
        word=OWN_WORD,
        statement="invented words",
        due_on=MONDAY,
        stage=stage,
    )


def an_offer_at(stage: OfferStage) -> Offer:
    """An offer that is kept for longer than anybody walks."""
    return Offer(
        id=UUID(int=63),
        person_id=PERSON_ID,
        region=VILLAGE,
        package_code="test",
        item="living_subsidy",
        reasons=(),
        rule_versions=(),
        basis=(),
        made_on=MONDAY,
        made_at=NOW,
        expires_on=date(2100, 1, 1),
        stage=stage,
    )
