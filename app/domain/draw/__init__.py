"""Draws (随机抽取): who evaluates is drawn among the eligible, by a seed that was sealed before, for all to check."""

from app.domain.draw.algorithm import ALGORITHM, SEED_OCTETS, Drawing, Outcome, commitment_of, digest_of, drawn_by
from app.domain.draw.chain import faults_of_chain
from app.domain.draw.draw import Draw, DrawnFor, SeedNotCommitted
from app.domain.draw.eligible import (
    Candidate,
    Doctor,
    DrawRules,
    Institution,
    NobodyEligible,
    Wanted,
    eligible,
    is_concerned,
    stand_ins,
)
from app.domain.draw.events import DrawPublished, DrawRevealed, ListDrawn
from app.domain.draw.proof import Fault, faults_of
from app.domain.draw.stages import LIFECYCLE, DrawAction, DrawPurpose, DrawStage
from app.domain.draw.takeover import EarlierDraw, TakeoverRules, kept, nearest
from app.domain.draw.turn import Turn, turns_digest

__all__ = [
    "ALGORITHM",
    "LIFECYCLE",
    "SEED_OCTETS",
    "Candidate",
    "Doctor",
    "Draw",
    "DrawAction",
    "DrawPublished",
    "DrawPurpose",
    "DrawRevealed",
    "DrawRules",
    "DrawStage",
    "Drawing",
    "DrawnFor",
    "EarlierDraw",
    "Fault",
    "Institution",
    "ListDrawn",
    "NobodyEligible",
    "Outcome",
    "SeedNotCommitted",
    "TakeoverRules",
    "Turn",
    "Wanted",
    "commitment_of",
    "digest_of",
    "drawn_by",
    "eligible",
    "faults_of",
    "faults_of_chain",
    "is_concerned",
    "kept",
    "nearest",
    "stand_ins",
    "turns_digest",
]
