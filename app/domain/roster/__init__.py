"""The roster (花名册): everybody on it has one commissioner, a plan of visits and a group; who lacks one is a gap."""

from app.domain.roster.day import require_day
from app.domain.roster.events import CommissionersAssigned, DeputiesAssigned, GroupsAdopted
from app.domain.roster.groups import Cell, GroupDraft, GroupKind, Proposal, propose, uncovered
from app.domain.roster.handing_on import HandedOn, Serving, hand_on
from app.domain.roster.plan import GROUP_AT_LEAST, VisitPlan, VisitTerms, visit_plan
from app.domain.roster.refusals import AbsenceImpossible, CommissionerNotFound, ProposalChanged, RosterDayImpossible
from app.domain.roster.spread import Bearer, Charge, Mode, Placement, Spread, spread

__all__ = [
    "GROUP_AT_LEAST",
    "AbsenceImpossible",
    "Bearer",
    "Cell",
    "Charge",
    "CommissionerNotFound",
    "CommissionersAssigned",
    "DeputiesAssigned",
    "GroupDraft",
    "GroupKind",
    "GroupsAdopted",
    "HandedOn",
    "Mode",
    "Placement",
    "Proposal",
    "ProposalChanged",
    "RosterDayImpossible",
    "Serving",
    "Spread",
    "VisitPlan",
    "VisitTerms",
    "hand_on",
    "propose",
    "require_day",
    "spread",
    "uncovered",
    "visit_plan",
]
