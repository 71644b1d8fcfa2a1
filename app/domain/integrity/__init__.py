"""Alarms of integrity (杜绝人情证、关系证): what figures have a human look into; they refuse and delay nobody."""

from app.domain.integrity.exact import binomial_tail, holm, hypergeometric_tail
from app.domain.integrity.kind import COMPARED, COUNTED, METHODS, AlarmKind, Look, Method, Subject, SubjectKind
from app.domain.integrity.period import Period
from app.domain.integrity.rules import Comparison, IntegrityRules, Pace, Sampling
from app.domain.integrity.sample import drawn, sampled
from app.domain.integrity.signal import Count, Share, Signal, compared, counted, p_values
from app.domain.integrity.tally import Concluded, counts_of, shares_of

__all__ = [
    "COMPARED",
    "COUNTED",
    "METHODS",
    "AlarmKind",
    "Comparison",
    "Concluded",
    "Count",
    "IntegrityRules",
    "Look",
    "Method",
    "Pace",
    "Period",
    "Sampling",
    "Share",
    "Signal",
    "Subject",
    "SubjectKind",
    "binomial_tail",
    "compared",
    "counted",
    "counts_of",
    "drawn",
    "holm",
    "hypergeometric_tail",
    "p_values",
    "sampled",
    "shares_of",
]
