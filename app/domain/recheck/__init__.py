"""Looking again at running grants: when something has changed or so many months have passed, and never by a machine."""

from app.domain.recheck.recheck import (
    LIFECYCLE,
    CeasedImpossible,
    GrantNotRunning,
    NoTriggerHere,
    OwnReport,
    Recheck,
    RecheckAction,
    RecheckOpen,
    RecheckStage,
    RunningGrant,
    require_trigger,
)
from app.domain.recheck.rules import (
    CHECK_TRIGGERS,
    PERIODIC_CHECK,
    RECHECK_WITHIN,
    Looked,
    OnRecord,
    due_triggers,
    found_in,
    has_ended,
)
from app.domain.recheck.trigger import TOLD, Trigger, triggers_of

__all__ = [
    "CHECK_TRIGGERS",
    "LIFECYCLE",
    "PERIODIC_CHECK",
    "RECHECK_WITHIN",
    "TOLD",
    "CeasedImpossible",
    "GrantNotRunning",
    "Looked",
    "NoTriggerHere",
    "OnRecord",
    "OwnReport",
    "Recheck",
    "RecheckAction",
    "RecheckOpen",
    "RecheckStage",
    "RunningGrant",
    "Trigger",
    "due_triggers",
    "found_in",
    "has_ended",
    "require_trigger",
    "triggers_of",
]
