"""Packages, submissions and applications, small enough to see through."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.application import (
    APPLICANT,
    Application,
    CaseKind,
    Channel,
    Draft,
    DraftStage,
    FormField,
    Item,
    Lead,
    Package,
    PackageItem,
    PublicStatus,
    Submission,
)
from app.domain.benefit import RuleSubjects
from app.domain.shared.wording import Wording
from tests.builders.benefit import SHORT_ROUTE
from tests.builders.people import APPLICATION_ID, MONDAY, NOW, PERSON_ID, VILLAGE

SOURCE_ID = UUID(int=0xC1)
WORDING = Wording(zh="虚构事项", en="an invented item")


def a_package_item(code: str, *depends_on: str, **changes: Any) -> PackageItem:
    """An item of a package: the one called certificate is one, all others are benefits."""
    is_certificate = code == "certificate"
    item = PackageItem(
        code=code,
        wording=WORDING,
        case_kind=CaseKind.CERTIFICATE if is_certificate else CaseKind.BENEFIT,
        lead=Lead(kind="federation", level="county"),
        depends_on=depends_on,
        route=None if is_certificate else SHORT_ROUTE,
        rules=None if is_certificate else RuleSubjects(criteria="help.criteria", appeal="help.appeal"),
    )
    return replace(item, **changes)


def a_field(code: str, *needed_by: str, **changes: Any) -> FormField:
    settings: dict[str, Any] = {"kind": "text", "is_required": True, "provenance": APPLICANT}
    return FormField(code=code, wording=WORDING, needed_by=needed_by, **(settings | changes))


def a_package(*items: PackageItem, **changes: Any) -> Package:
    """A certificate with two benefits that wait for it, unless other items are given."""
    usual = (
        a_package_item("certificate"),
        a_package_item("living_subsidy", "certificate"),
        a_package_item("nursing_subsidy", "certificate"),
    )
    settings: dict[str, Any] = {"code": "test", "version": "package.test@CN#1", "wording": WORDING}
    return Package(items=items or usual, **(settings | changes))


def a_submission(*items: str, **changes: Any) -> Submission:
    settings: dict[str, Any] = {
        "application_id": APPLICATION_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "source_id": SOURCE_ID,
        "source_number": "INVENTED-1",
        "channel": Channel.PORTAL,
        "items": items,
        "submitted_at": NOW,
        "applied_on": MONDAY,
    }
    return Submission(**(settings | changes))


def an_item(code: str, status: PublicStatus = PublicStatus.SUBMITTED, *depends_on: str) -> Item:
    kind = CaseKind.CERTIFICATE if code == "certificate" else CaseKind.BENEFIT
    case_id = UUID(int=sum(code.encode()))
    return Item(code=code, case_id=case_id, case_kind=kind, owner_id=UUID(int=1), status=status, depends_on=depends_on)


def an_application(*items: Item, **changes: Any) -> Application:
    """A certificate under way with two benefits that wait for it, unless other items are given."""
    usual = (
        an_item("certificate", PublicStatus.IN_PROGRESS),
        an_item("living_subsidy", PublicStatus.WAITING, "certificate"),
        an_item("nursing_subsidy", PublicStatus.WAITING, "certificate"),
    )
    settings: dict[str, Any] = {
        "id": APPLICATION_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "package_code": "test",
        "package_version": "package.test@CN#1",
        "source_id": SOURCE_ID,
        "source_number": "INVENTED-1",
        "channel": Channel.PORTAL,
        "submitted_at": NOW,
    }
    return Application(items=items or usual, **(settings | changes))


def an_application_at(stage: PublicStatus) -> Application:
    """The status of a whole follows from its items."""
    if stage is PublicStatus.DRAFT:
        return replace(an_application(), items=())
    if stage is PublicStatus.PARTLY_GRANTED:
        return an_application(
            an_item("certificate", PublicStatus.GRANTED), an_item("living_subsidy", PublicStatus.REFUSED)
        )
    return an_application(an_item("certificate", stage))


def a_draft_at(stage: DraftStage) -> Draft:
    """A draft that is kept for longer than anybody walks."""
    return Draft(
        id=APPLICATION_ID,
        actor_id=UUID(int=1),
        client_id=UUID(int=0xC1),
        package_code="test",
        region=VILLAGE,
        started_at=NOW,
        expires_on=date(2100, 1, 1),
        stage=stage,
    )
