"""Whatever tells a person something says how the person wants to be told; for what does not, a reason stands here."""

import json
from pathlib import Path
from typing import Any

import pytest

SCHEMAS: dict[str, dict[str, Any]] = json.loads(Path("openapi/v1.json").read_text())["components"]["schemas"]
NO_NOTICE = {
    **dict.fromkeys(
        ("ApplicationSummary", "BenefitSummary", "CaseSummary", "DecisionSummary", "PlanSummary", "RecheckSummary"),
        "a line of a list for offices: what it is a line of is told by itself",
    ),
    **dict.fromkeys(
        (
            "ReferralSummary",
            "ReviewSummary",
            "WaitingEntrySummary",
            "PersonDuplicateSummary",
            "RegisterDiscrepancySummary",
        ),
        "a line of a list for offices: what it is a line of is told by itself",
    ),
    **dict.fromkeys(
        (
            "PersonDuplicateRead",
            "RegisterDiscrepancyRead",
            "SurveyFindingRead",
            "CertificateProposalRead",
            "DeathReportRead",
            "OwedPlanRead",
            "UnservedRead",
            "AssignmentLineRead",
            "DeliveryFindingRead",
            "InspectionRead",
        ),
        "work of an office that the person is not told of before it has come to something",
    ),
    **dict.fromkeys(
        ("HarmReportRead",), "whoever is at risk may live with who does harm: the report is never told by a notice"
    ),
    **dict.fromkeys(
        (
            "CommissionerRead",
            "FlagsRead",
            "HouseholdRead",
            "HouseholdMemberRead",
            "LivingRead",
            "MovedAlongRead",
            "RegistrationRead",
            "ResidenceRead",
        ),
        "what is on record of the person, as the record of the person itself, which says it once",
    ),
    **dict.fromkeys(
        ("GuardianshipsRead", "NeedRead", "AssessmentRead", "EvidenceRead"),
        "what is on record of the person, as the record of the person itself, which says it once",
    ),
    **dict.fromkeys(
        ("EntitlementsRead", "MatchesRead", "PaymentLineRead", "ProjectFitRead"),
        "a reckoning for whoever asks; an offer tells it",
    ),
    **dict.fromkeys(("DraftRead", "SandboxCitizenRead"), "written by its reader, or nobody's: a sandbox made it up"),
}
"""Answers that name a person and are no notice, with why."""
ASKED = ("Create", "Request", "Entry")
"""What comes in."""
ABOUT_PEOPLE = sorted(
    name for name, schema in SCHEMAS.items() if "person_id" in schema.get("properties", {}) and not name.endswith(ASKED)
)


@pytest.mark.parametrize("name", ABOUT_PEOPLE)
def test_whatever_is_about_a_person_says_how_to_tell_it_or_why_it_is_no_notice(name: str) -> None:
    is_notice = "told_as" in SCHEMAS[name]["properties"]

    assert is_notice != (name in NO_NOTICE)


def test_no_reason_is_left_of_an_answer_that_is_gone() -> None:
    assert set(NO_NOTICE) <= set(ABOUT_PEOPLE)
