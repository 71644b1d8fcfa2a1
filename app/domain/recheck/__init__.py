"""Looking again at running grants: when something has changed or so many months have passed, and never by a machine."""

from app.domain.recheck.recheck import (
    RECHECK_LIFECYCLE,
    CeasedImpossible,
    GrantNotRunning,
    NoTriggerHere,
    OwnReport,
    Recheck,
    RecheckAction,
    RecheckOpen,
    RecheckStage,
    Subject,
    require_trigger,
)
from app.domain.recheck.trigger import TOLD, Trigger, triggers_of

__all__ = [
    "RECHECK_LIFECYCLE",
    "TOLD",
    "CeasedImpossible",
    "GrantNotRunning",
    "NoTriggerHere",
    "OwnReport",
    "Recheck",
    "RecheckAction",
    "RecheckOpen",
    "RecheckStage",
    "Subject",
    "Trigger",
    "require_trigger",
    "triggers_of",
]
