"""The story: applied once, certificate, subsidies, needs, a plan, a service delivered, and a project."""

from datetime import date
from typing import Any
from uuid import uuid4

from app.sandbox.demo import care, project
from app.sandbox.demo.actors import Actors

PACKAGE = "disability_services"
ITEMS = ["certificate", "living_subsidy", "nursing_subsidy"]
PHYSICAL = 4
FIRST_GRADE = 1


def tell(actors: Actors) -> dict[str, Any]:
    """Tell all of it and return how it ended."""
    actors.open()
    actors.chapter = "1  A portal applies once"
    application = apply_once(actors)
    actors.chapter = "2  The certificate: accepted, evaluated, put on notice, reviewed, approved, issued"
    issue_certificate(actors, _case(application, "certificate"))
    actors.chapter = "3  The two subsidies: township, notice, federation, civil affairs"
    decide_subsidies(actors, application)
    actors.chapter = "4  Another portal verifies the certificate"
    verify(actors)
    actors.chapter = "5  Needs, plan, service"
    referral = care.tell(actors, application)
    actors.chapter = "6  A project of the federation: so many places, so much money, and nobody twice"
    project.tell(actors)
    actors.chapter = "7  What the person and the portal read at the end"
    return _end(actors, application, referral)


def apply_once(actors: Actors) -> dict[str, Any]:
    """A token, a look ahead without a name, and one application for everything."""
    actors.form(
        "gets a token with its client credentials",
        "/oauth/token",
        {"grant_type": "client_credentials"},
    )
    actors.post(
        "portal",
        "asks what somebody may expect, without saying who it is",
        "/v1/eligibility-checks",
        body={
            "package_code": PACKAGE,
            "region_code": actors.citizen["region_code"],
            "age": 50,
            "has_certificate": False,
            "economic_status": "subsistence_allowance",
        },
    )
    return actors.post(
        "portal",
        "submits one application for certificate and both subsidies",
        "/v1/applications",
        body={
            "package_code": PACKAGE,
            "items": ITEMS,
            "source_number": f"DEMO-{uuid4().hex[:12]}",
            "channel": "portal",
            "applicant": {
                "name": actors.citizen["name"],
                "citizen_number": actors.citizen["citizen_number"],
                "region_code": actors.citizen["region_code"],
            },
            "answers": {
                "business": "new",
                "applied_by": "self",
                "phone": "0994-0000000",
                "residence_address": "大西渠镇红柳示例村 1 号",
                "conditions": ["physical"],
                "benefits_received": [],
                "long_term_care": True,
            },
        },
    )


def issue_certificate(actors: Actors, case: str) -> None:
    """Five people, one notice of five working days, one number."""
    actors.step("township_officer", "accepts the case: the materials are complete", f"{case}/acceptance")
    assigned = actors.step(
        "county_officer", "has institution and doctors drawn among the eligible", f"{case}/evaluation-assignment"
    )
    draw = assigned["assignment"]["draw_id"]
    actors.get("portal", "reads the proof of the draw, which anybody can check", f"/v1/draws/{draw}")
    drawn = assigned["assignment"]["doctors"]
    found = {
        "doctors": drawn,
        "meets_standard": True,
        "concluded_on": actors.today(),
        "category": PHYSICAL,
        "grade": FIRST_GRADE,
        "at_home": True,
    }
    for doctor in drawn:
        actors.step(
            actors.token_of(doctor),
            "signs what the drawn doctors have concluded, for nobody else: physical, grade 1",
            f"{case}/evaluation",
            body=found,
        )
    posted = actors.step("county_officer", "puts the conclusion on public notice", f"{case}/notice")
    _wait_until_after(actors, posted["notice"]["last_day"])
    actors.step("county_reviewer", "reviews the case; whoever accepted it could not", f"{case}/review")
    actors.step("county_approver", "approves it", f"{case}/approval")
    actors.step("county_approver", "issues the certificate", f"{case}/issuance")


def decide_subsidies(actors: Actors, application: dict[str, Any]) -> None:
    """Both go the same way; the rules propose, a human decides."""
    last_days = []
    for item in ("living_subsidy", "nursing_subsidy"):
        case = _case(application, item)
        actors.step("township_officer", f"accepts the {item}", f"{case}/acceptance")
        actors.step("township_officer", "checks it first", f"{case}/initial-check", body={"finding": "met"})
        posted = actors.step("township_officer", "puts it on notice in the village", f"{case}/notice")
        last_days.append(posted["notice_last_day"])
    _wait_until_after(actors, max(last_days))
    for item in ("living_subsidy", "nursing_subsidy"):
        case = _case(application, item)
        actors.step("county_reviewer", "finds certificate and grade in order", f"{case}/federation-check")
        actors.step(
            "civil_affairs", f"grants the {item} as the rules propose", f"{case}/decision", body={"outcome": "granted"}
        )


def verify(actors: Actors) -> None:
    """In force, and nothing more."""
    number = f"{actors.citizen['citizen_number']}{PHYSICAL}{FIRST_GRADE}"
    asked = {"certificates": [{"number": number, "name": actors.citizen["name"]}]}
    actors.post(
        "verifying_portal", "verifies the certificate that it is shown", "/v1/certificate-verifications", body=asked
    )


def _end(actors: Actors, application: dict[str, Any], referral: dict[str, Any]) -> dict[str, Any]:
    path = f"/v1/applications/{application['id']}"
    for language in ("zh-CN", "en"):
        actors.language = language
        final = actors.get("portal", f"reads the application ({language})", path)
        actors.get("portal", f"reads what has happened ({language})", f"{path}/events")
    return {
        "outcome": "delivered" if referral["stage"] == "confirmed" else referral["stage"],
        "application": application["id"],
        "status": final["status"],
        "referral": referral["id"],
        "steps": actors.steps,
    }


def _case(application: dict[str, Any], code: str) -> str:
    item = next(item for item in application["items"] if item["code"] == code)
    kind = "certificate-cases" if item["case_kind"] == "certificate" else "benefit-cases"
    return f"/v1/{kind}/{item['case_id']}"


def _wait_until_after(actors: Actors, last_day: str) -> None:
    """Let days pass until the day after a notice's last one."""
    days = (date.fromisoformat(last_day) - date.fromisoformat(actors.today())).days + 1
    actors.let_pass(days=max(days, 1))
