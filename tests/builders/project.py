"""Projects, and who is on their lists."""

from datetime import date
from typing import Any
from uuid import UUID

from app.domain.project import (
    Beneficiary,
    BeneficiaryAction,
    BeneficiaryStage,
    ChangeAction,
    ChangeStage,
    Ending,
    EndReason,
    Exclusion,
    Gives,
    Overlap,
    Project,
    ProjectAction,
    ProjectStage,
    ProjectTerms,
    Received,
    ReceivedAs,
    Resources,
    TermsChange,
)
from app.domain.shared.transitions import Done
from tests.builders.people import COUNTY, MONDAY, NOW, PERSON_ID, VILLAGE

PROJECT_ID, OTHER_PROJECT = UUID(int=0x9801), UUID(int=0x9802)
PROPOSER = UUID(int=0x9803)


def some_terms(**changes: Any) -> ProjectTerms:
    """A thousand yuan each for ten people of the county, out of ten thousand."""
    settings: dict[str, Any] = {
        "region": COUNTY,
        "name": "示例项目",
        "gives": Gives.MONEY,
        "amount_fen": 100_000,
        "budget_fen": 1_000_000,
        "quota": 10,
        "runs_from": date(2026, 1, 1),
        "runs_to": date(2026, 12, 31),
        "source": "示例财社〔2026〕1号",
        "exclusions": (Exclusion(project_id=OTHER_PROJECT, within_months=12),),
        "allows_exceptions": True,
    }
    return ProjectTerms(**(settings | changes))


def a_project_at(stage: ProjectStage, **changes: Any) -> Project:
    """A project that the county's officer has drawn up."""
    drawn_up = Done(action=ProjectAction.ANNOUNCE, stage=ProjectStage.DRAFT, on=MONDAY, by=UUID(int=0x9804))
    terms = some_terms(**changes)
    return Project(id=PROJECT_ID, region=terms.region, terms=terms, announced_at=NOW, stage=stage, done=(drawn_up,))


def a_change_at(stage: ChangeStage) -> TermsChange:
    """Twice as much money for twice as many, as another officer of the county has asked for."""
    asked = Done(action=ChangeAction.ASK_CHANGE, stage=ChangeStage.ASKED, on=MONDAY, by=UUID(int=0x9807))
    twice = Resources(budget_fen=2_000_000, quota=20)
    return TermsChange(region=COUNTY, to=twice, words="追加资金。", stage=stage, done=(asked,))


def received(**changes: Any) -> Received:
    """That the person is in another project since February, until the end of October."""
    settings: dict[str, Any] = {
        "as_what": ReceivedAs.PROJECT,
        "id": UUID(int=0x9805),
        "codes": ("ACC-HOME",),
        "since": date(2026, 2, 1),
        "until": date(2026, 10, 31),
        "project_id": OTHER_PROJECT,
        "name": "另一项目",
    }
    return Received(**(settings | changes))


def a_beneficiary_at(stage: BeneficiaryStage) -> Beneficiary:
    """Somebody on the list of a project, against which another one stood."""
    has_left = stage in {BeneficiaryStage.SETTLING, BeneficiaryStage.ENDED}
    ending = Ending(reason=EndReason.PERSON_WISHES, words="本人放弃") if has_left else None
    proposal = Done(action=BeneficiaryAction.PROPOSE, stage=BeneficiaryStage.PROPOSED, on=MONDAY, by=PROPOSER)
    return Beneficiary(
        id=UUID(int=0x9806),
        person_id=PERSON_ID,
        region=VILLAGE,
        project_id=PROJECT_ID,
        valid_from=MONDAY,
        valid_to=None,
        amount_fen=100_000,
        target=None,
        overlaps=(Overlap(received=received(), within_months=12, free_on=date(2027, 10, 31)),),
        exception="内容不同",
        stage=stage,
        done=(proposal,),
        ending=ending,
        ended_on=MONDAY if ending else None,
    )
