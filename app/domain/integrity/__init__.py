"""Alarms of integrity (杜绝人情证、关系证): what figures have a human look into; they refuse and delay nobody."""

from app.domain.integrity.alarm import Alarm, Finding, NamedInAlarm, NothingLookedInto
from app.domain.integrity.events import AlarmClosed, AlarmRaised, AlarmTakenUp
from app.domain.integrity.exact import binomial_tail, holm, hypergeometric_tail
from app.domain.integrity.kind import (
    COMPARED,
    COUNTED,
    METHODS,
    OF_APPLICANTS,
    OF_DRAWS,
    AlarmKind,
    Look,
    Method,
    Subject,
    SubjectKind,
)
from app.domain.integrity.period import Period
from app.domain.integrity.proof import faults_of_sample
from app.domain.integrity.rules import Comparison, IntegrityRules, Pace, Sampling
from app.domain.integrity.sample import Files, Lot, Sample, drawn, sampled
from app.domain.integrity.signal import Compared, Count, Share, Signal, compared, counted, p_values
from app.domain.integrity.stages import LIFECYCLE, AlarmAction, AlarmOutcome, AlarmStage
from app.domain.integrity.tally import Concluded, counts_of, shares_of
from app.domain.integrity.tally_draws import (
    Asked,
    Chosen,
    Declined,
    draw_counts_of,
    hand_counts_of,
    withdrawal_shares_of,
)

__all__ = [
    "COMPARED",
    "COUNTED",
    "LIFECYCLE",
    "METHODS",
    "OF_APPLICANTS",
    "OF_DRAWS",
    "Alarm",
    "AlarmAction",
    "AlarmClosed",
    "AlarmKind",
    "AlarmOutcome",
    "AlarmRaised",
    "AlarmStage",
    "AlarmTakenUp",
    "Asked",
    "Chosen",
    "Compared",
    "Comparison",
    "Concluded",
    "Count",
    "Declined",
    "Files",
    "Finding",
    "IntegrityRules",
    "Look",
    "Lot",
    "Method",
    "NamedInAlarm",
    "NothingLookedInto",
    "Pace",
    "Period",
    "Sample",
    "Sampling",
    "Share",
    "Signal",
    "Subject",
    "SubjectKind",
    "binomial_tail",
    "compared",
    "counted",
    "counts_of",
    "draw_counts_of",
    "drawn",
    "faults_of_sample",
    "hand_counts_of",
    "holm",
    "hypergeometric_tail",
    "p_values",
    "sampled",
    "shares_of",
    "withdrawal_shares_of",
]
