"""A certificate case goes its way from submission to issue; no step is skipped and no duty done twice by one person."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.certificate import (
    LIFECYCLE,
    Action,
    CertificateCase,
    ConclusionSigned,
    DeclineReason,
    EvaluationConclusion,
    GuardianProof,
    NoticeNotUp,
    RefusalReason,
    Stage,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.events import Event
from app.domain.shared.identity import Category
from app.domain.shared.transitions import NotYourFunction
from tests.builders import (
    AFTER_NOTICE,
    APPROVER,
    CERTIFICATE_ID,
    CERTIFICATE_RULES,
    CITIZEN,
    COUNTY_OFFICER,
    DECLINE_RULES,
    DOCTORS,
    DRAWN,
    EVALUATOR,
    HOLDER,
    INSTITUTION_ID,
    MONDAY,
    OWN_WORD,
    PERSON_ID,
    REVIEWER,
    SECOND_COUNTY_OFFICER,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_certificate_case,
    a_conclusion,
    a_principal,
    a_refusal,
    accepted,
    an_institution,
    evaluated,
)
from tests.builders.certificate import COLLEAGUE_ID, SAID

Step = Callable[[CertificateCase, Principal], tuple[CertificateCase, Event]]


def theirs(by: Principal) -> EvaluationConclusion:
    """What somebody has concluded with a colleague."""
    return a_conclusion(doctors=(COLLEAGUE_ID, by.id))


def signed_by_the_other(case: CertificateCase, by: Principal) -> CertificateCase:
    """A case for which somebody was drawn with a colleague, who has signed."""
    signed = ConclusionSigned(conclusion=theirs(by), by=(COLLEAGUE_ID,))
    return replace(case, choice=replace(DRAWN, doctors=(COLLEAGUE_ID, by.id)), signed=signed)


STEPS: dict[Action, Step] = {
    Action.ASK_CORRECTION: lambda case, by: case.ask_correction(by=by, on=MONDAY),
    Action.ACCEPT: lambda case, by: case.accept(
        by=by,
        on=MONDAY,
        birth_date=HOLDER.born_on,
        guardian_proof=GuardianProof.NOT_SHOWN,
        rules=CERTIFICATE_RULES,
    ),
    Action.ASSIGN_EVALUATION: lambda case, by: case.assign_evaluation(
        by=by, on=MONDAY, institution=an_institution(), choice=DRAWN
    ),
    Action.DECLINE_EVALUATION: lambda case, by: replace(case, said=SAID).decline_evaluation(
        by=by, on=MONDAY, reason=DeclineReason.DOCTOR_ABSENT, rules=DECLINE_RULES, calendar=WEEKDAYS
    ),
    Action.EVALUATE: lambda case, by: signed_by_the_other(case, by).evaluate(
        by=by, on=MONDAY, conclusion=theirs(by), rules=CERTIFICATE_RULES
    ),
    Action.POST_NOTICE: lambda case, by: case.post_notice(by=by, on=MONDAY, rules=CERTIFICATE_RULES, calendar=WEEKDAYS),
    Action.RECORD_OBJECTION: lambda case, by: case.record_objection(by=by, on=MONDAY, text="有群众反映情况不实。"),
    Action.DISMISS_OBJECTION: lambda case, by: case.dismiss_objection(by=by, on=AFTER_NOTICE, finding="经核查不属实。"),
    Action.REVIEW: lambda case, by: case.review(by=by, on=AFTER_NOTICE),
    Action.APPROVE: lambda case, by: case.approve(by=by, on=AFTER_NOTICE),
    Action.ISSUE: lambda case, by: case.issue(by=by, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID),
    Action.REFUSE: lambda case, by: case.refuse(
        by=by, on=AFTER_NOTICE, refusal=a_refusal(RefusalReason.NOT_REGISTERED_HERE), rules=CERTIFICATE_RULES
    ),
    Action.WITHDRAW: lambda case, by: case.withdraw(by=by, on=AFTER_NOTICE, word=OWN_WORD),
}
USUAL = {
    Action.ASK_CORRECTION: TOWNSHIP_OFFICER,
    Action.ACCEPT: TOWNSHIP_OFFICER,
    Action.ASSIGN_EVALUATION: COUNTY_OFFICER,
    Action.DECLINE_EVALUATION: EVALUATOR,
    Action.EVALUATE: EVALUATOR,
    Action.POST_NOTICE: COUNTY_OFFICER,
    Action.RECORD_OBJECTION: TOWNSHIP_OFFICER,
    Action.DISMISS_OBJECTION: SECOND_COUNTY_OFFICER,
    Action.REVIEW: REVIEWER,
    Action.APPROVE: APPROVER,
    Action.ISSUE: APPROVER,
    Action.REFUSE: a_principal(Role.COUNTY_APPROVER, number=77),
    Action.WITHDRAW: CITIZEN,
}


def a_case_at(stage: Stage) -> CertificateCase:
    """A case that came to the stage, the two that end it early included."""
    match stage:
        case Stage.REFUSED:
            return STEPS[Action.REFUSE](a_certificate_case(Stage.EVALUATED), REVIEWER)[0]
        case Stage.UNDER_INVESTIGATION:
            return STEPS[Action.RECORD_OBJECTION](a_certificate_case(Stage.ON_NOTICE), TOWNSHIP_OFFICER)[0]
        case Stage.AWAITING_CORRECTION:
            return a_certificate_case().ask_correction(by=TOWNSHIP_OFFICER, on=MONDAY)[0]
        case Stage.INACTIVE:
            return a_case_at(Stage.AWAITING_CORRECTION).rest(on=MONDAY)[0]
        case Stage.WITHDRAWN | Stage.CANCELLED | Stage.AWAITING_CONFIRMATION:
            return replace(a_certificate_case(), stage=stage)
        case _:
            return a_certificate_case(stage)


def test_a_case_comes_in_as_a_fact_without_the_person_in_it() -> None:
    event = a_certificate_case().submitted()

    assert event.name == "certificate_case.submitted"
    assert set(event.facts()) == {"case_id", "business"}


def test_the_ordinary_way_leads_to_an_issued_certificate_and_remembers_everybody() -> None:
    case = a_certificate_case(Stage.ISSUED)

    assert case.is_finished
    assert case.certificate_id == CERTIFICATE_ID
    assert [(step.action, step.by) for step in case.done] == [
        (Action.ACCEPT, TOWNSHIP_OFFICER.id),
        (Action.ASSIGN_EVALUATION, COUNTY_OFFICER.id),
        (Action.EVALUATE, EVALUATOR.id),
        (Action.POST_NOTICE, COUNTY_OFFICER.id),
        (Action.REVIEW, REVIEWER.id),
        (Action.APPROVE, APPROVER.id),
        (Action.ISSUE, APPROVER.id),
    ]


def test_the_versions_of_the_rules_that_were_used_are_kept_once_each_in_the_order_of_use() -> None:
    assert a_certificate_case(Stage.ISSUED).rule_versions == (
        "certificate.guardian_proof.adult_age@CN#1",
        "certificate.guardian_proof.categories@CN#1",
        "certificate.minimum_doctors@CN#1",
        "certificate.notice@CN#1",
    )


@pytest.mark.parametrize("action", STEPS)
def test_every_step_tells_what_happened_in_the_past_tense_and_leaves_the_version_to_the_store(action: Action) -> None:
    source = min(LIFECYCLE.steps[action].sources, key=list(Stage).index)

    case, event = STEPS[action](a_case_at(source), USUAL[action])

    assert case.stage is LIFECYCLE.steps[action].target
    assert case.version == 1
    assert event.name.startswith("certificate_case.")
    assert event.facts()["case_id"] == str(case.id)
    assert str(PERSON_ID) not in str(event.facts())


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_role_and_action_is_as_the_table_says(stage: Stage) -> None:
    for role in Role:
        somebody = a_principal(role, number=500)

        for action, step in LIFECYCLE.steps.items():
            if step.operation is None:
                continue  # nobody takes it: it follows from a review
            case = a_case_at(stage)
            if role not in step.roles:
                with pytest.raises(NotYourFunction):
                    STEPS[action](case, somebody)
            elif stage not in step.sources:
                with pytest.raises(IllegalTransition):
                    STEPS[action](case, somebody)
            else:
                assert STEPS[action](case, somebody)[0].stage is step.target


@pytest.mark.parametrize("stage", Stage)
def test_what_is_said_to_be_allowed_is_what_succeeds(stage: Stage) -> None:
    for role in Role:
        somebody = a_principal(role, number=500)
        case = a_case_at(stage)

        for answer in case.allowed_actions(somebody, on=AFTER_NOTICE):
            if answer.reason_code == NoticeNotUp.code:
                continue  # it has come down by that day
            if answer.allowed:
                STEPS[Action(answer.action)](case, somebody)
            else:
                assert answer.reason_code
                assert answer.reason
                with pytest.raises((NotYourFunction, IllegalTransition)):
                    STEPS[Action(answer.action)](case, somebody)


@pytest.mark.parametrize(
    ("stage", "action", "role", "earlier"),
    [
        (Stage.EVALUATION_ASSIGNED, Action.EVALUATE, Role.EVALUATOR, TOWNSHIP_OFFICER),
        (Stage.EVALUATED, Action.POST_NOTICE, Role.COUNTY_OFFICER, TOWNSHIP_OFFICER),
        (Stage.EVALUATED, Action.POST_NOTICE, Role.COUNTY_OFFICER, EVALUATOR),
        (Stage.ON_NOTICE, Action.REVIEW, Role.COUNTY_REVIEWER, COUNTY_OFFICER),
        (Stage.ON_NOTICE, Action.REVIEW, Role.COUNTY_REVIEWER, TOWNSHIP_OFFICER),
        (Stage.ON_NOTICE, Action.REVIEW, Role.COUNTY_REVIEWER, EVALUATOR),
        (Stage.REVIEWED, Action.APPROVE, Role.COUNTY_APPROVER, COUNTY_OFFICER),
        (Stage.REVIEWED, Action.APPROVE, Role.COUNTY_APPROVER, TOWNSHIP_OFFICER),
        (Stage.REVIEWED, Action.APPROVE, Role.COUNTY_APPROVER, EVALUATOR),
        (Stage.REVIEWED, Action.APPROVE, Role.COUNTY_APPROVER, REVIEWER),
        (Stage.REVIEWED, Action.REFUSE, Role.COUNTY_APPROVER, REVIEWER),
        (Stage.EVALUATED, Action.REFUSE, Role.COUNTY_REVIEWER, TOWNSHIP_OFFICER),
    ],
)
def test_whoever_did_one_duty_may_not_do_the_next_though_holding_its_role(
    stage: Stage, action: Action, *, role: Role, earlier: Principal
) -> None:
    same_person = replace(a_principal(role), id=earlier.id)

    with pytest.raises(DutiesNotSeparated):
        STEPS[action](a_case_at(stage), same_person)


def test_a_doctor_who_signed_may_not_review() -> None:
    doctor = replace(REVIEWER, id=DOCTORS[1])

    with pytest.raises(DutiesNotSeparated):
        a_certificate_case(Stage.ON_NOTICE).review(by=doctor, on=AFTER_NOTICE)


def test_whoever_accepted_may_not_sign_the_conclusion() -> None:
    conclusion = a_conclusion(doctors=(DOCTORS[0], TOWNSHIP_OFFICER.id))

    with pytest.raises(DutiesNotSeparated):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), conclusion)


def test_whoever_accepted_is_told_why_another_puts_the_conclusion_up() -> None:
    both = replace(COUNTY_OFFICER, id=TOWNSHIP_OFFICER.id)

    answers = {one.action: one for one in a_certificate_case(Stage.EVALUATED).allowed_actions(both, on=MONDAY)}

    refusal = answers[Action.POST_NOTICE]
    assert (refusal.reason_code, refusal.parameters["duty"]) == ("duties_not_separated", Action.ACCEPT)


def test_whoever_approved_may_issue() -> None:
    case, _ = a_certificate_case(Stage.APPROVED).issue(by=APPROVER, on=AFTER_NOTICE, certificate_id=CERTIFICATE_ID)

    assert case.done_by(Action.ISSUE) == case.done_by(Action.APPROVE)


def test_nobody_has_done_what_is_still_to_be_done() -> None:
    case = a_certificate_case(Stage.ACCEPTED)

    assert case.done_by(Action.APPROVE) is None
    with pytest.raises(IllegalTransition):
        case.organisation_of(Action.APPROVE)


def test_an_officer_does_not_accept_the_own_application() -> None:
    officer = a_principal(Role.TOWNSHIP_OFFICER, person_id=PERSON_ID)

    with pytest.raises(DutiesNotSeparated):
        accepted(a_certificate_case(), by=officer)


def test_the_rules_carry_their_sources_from_the_rulebook() -> None:
    rules = CERTIFICATE_RULES

    assert rules.notice_working_days.value == 5
    assert rules.guarded_categories.value == {Category.INTELLECTUAL, Category.MENTAL}
    assert (rules.appeal.value.body, rules.appeal.value.days) == ("prefecture_federation", 10)
    assert rules.appeal.value.source == "invented for the test"


def test_the_diagram_of_the_case_begins_with_submission_and_ends_three_ways() -> None:
    diagram = LIFECYCLE.diagram()

    assert "[*] --> submitted" in diagram
    assert [line.split()[0] for line in diagram.splitlines() if line.endswith("--> [*]")] == [
        "issued",
        "refused",
        "withdrawn",
    ]


def test_the_institution_is_remembered() -> None:
    institution = a_certificate_case(Stage.EVALUATION_ASSIGNED).institution

    assert institution is not None
    assert (institution.id, a_certificate_case().region) == (INSTITUTION_ID, VILLAGE)
