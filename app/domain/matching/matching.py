"""Which services fit one confirmed need of one person best, with reasons for and against. People choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypeAlias
from uuid import UUID

from app.domain.matching.candidate import Candidate, Verdict, Wishes
from app.domain.matching.judging import Aspect, Side
from app.domain.matching.outcome import Outcomes
from app.domain.matching.panel import Panel
from app.domain.matching.scale import Scale
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.domain.shared.region import contains

_WAITS = "matching.not_confirmed"
_LONGER_THAN_ANY = 10**6
"""Days: a wait that nobody knows comes last where all else is equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One service that the person may have, how well it fits from 0 to 100, and why."""

    service_id: UUID
    organisation_id: UUID
    code: str
    score: int
    aspects: tuple[Aspect, ...]
    """One for each criterion; their weighted points make the score."""
    finding: Finding
    """Met; or unknown, where evidence is still to be shown."""
    evidence: tuple[Reason, ...]
    """What is still to be shown."""

    @property
    def reasons_for(self) -> tuple[Reason, ...]:
        """What speaks for it."""
        return tuple(aspect.reason for aspect in self.aspects if aspect.side is Side.FOR)

    @property
    def reasons_against(self) -> tuple[Reason, ...]:
        """What speaks against it."""
        return tuple(aspect.reason for aspect in self.aspects if aspect.side is Side.AGAINST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Services of one code that the person may not have, for one cause, and what would change it."""

    code: str
    service_ids: tuple[UUID, ...]
    reasons: tuple[Reason, ...]
    remedies: tuple[Reason, ...] = ()
    citation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What there is for a need, best first: what the person may have, then what evidence is still to be shown for."""

    need: str
    ranked: tuple[Match, ...]
    excluded: tuple[Excluded, ...]
    considered: int
    """How many services meet the need, those beyond the limit included."""
    rule_versions: tuple[str, ...]


_Groups: TypeAlias = dict[str, list[Candidate]]


def match(
    need: str,
    candidates: Iterable[Candidate],
    *,
    verdicts: Mapping[str, Verdict],
    outcomes: Mapping[UUID, Outcomes],
    wishes: Wishes,
    scale: Scale,
    limit: int,
) -> Matches:
    """The services that meet a need, ranked for one person; `verdicts` say by code what the person is entitled to.

    `outcomes` say by provider what came of its work; nothing has been seen of those that are not named.
    What waits for its provider's word is left out, and named where it would be near and due.

    The same facts always give the same order: equal scores go by the shorter wait, and then by id.

    Source: 个人信息保护法 (2021) art. 24: every score is taken apart, and people choose.
    """
    every = [candidate for candidate in candidates if need in candidate.meets]
    meeting = [candidate for candidate in every if candidate.is_confirmed]
    near, far = _by_code(meeting, wishes.residence)
    open_to = {code: group for code, group in near.items() if _may_have(verdicts.get(code))}
    waiting, _ = _by_code([candidate for candidate in every if not candidate.is_confirmed], wishes.residence)
    panel = Panel(need, wishes, scale, outcomes=outcomes)
    closed = {code: group for code, group in near.items() if code not in open_to}
    return Matches(
        need=need,
        ranked=_ranked(open_to, verdicts, panel, limit=limit),
        excluded=(
            *(_not_entitled(code, group, verdicts.get(code)) for code, group in closed.items()),
            *(_left_out(code, group, "matching.outside_area") for code, group in far.items()),
            *(_left_out(code, group, _WAITS) for code, group in waiting.items() if _may_have(verdicts.get(code))),
        ),
        considered=len(meeting),
        rule_versions=scale.rule_versions,
    )


def _by_code(candidates: list[Candidate], residence: str) -> tuple[_Groups, _Groups]:
    """Those that take residents of the place, and those that do not, by code."""
    takes: dict[tuple[str, ...], bool] = {}
    near: _Groups = {}
    far: _Groups = {}
    for candidate in candidates:
        serves = candidate.serves
        if serves not in takes:
            takes[serves] = not serves or any(contains(area, residence) for area in serves)
        (near if takes[serves] else far).setdefault(candidate.code, []).append(candidate)
    return near, far


def _may_have(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.finding is not Finding.NOT_MET


def _ranked(groups: _Groups, verdicts: Mapping[str, Verdict], panel: Panel, *, limit: int) -> tuple[Match, ...]:
    candidates = [candidate for group in groups.values() for candidate in group]
    is_open = {code: verdicts[code].finding is Finding.UNKNOWN for code in groups}
    places = (
        (
            is_open[candidate.code],
            -panel.worth(candidate),
            _LONGER_THAN_ANY if candidate.waiting_days is None else candidate.waiting_days,
            candidate.service_id.int,
            place,
        )
        for place, candidate in enumerate(candidates)
    )
    best = (candidates[place] for *_, place in nsmallest(limit, places))
    return tuple(_match(candidate, verdicts[candidate.code], panel) for candidate in best)


def _match(candidate: Candidate, verdict: Verdict, panel: Panel) -> Match:
    return Match(
        service_id=candidate.service_id,
        organisation_id=candidate.organisation_id,
        code=candidate.code,
        score=panel.score(candidate),
        aspects=panel.aspects(candidate),
        finding=verdict.finding,
        evidence=tuple(verdict.remedies),
    )


def _not_entitled(code: str, group: list[Candidate], verdict: Verdict | None) -> Excluded:
    ids = tuple(candidate.service_id for candidate in group)
    if verdict is None:
        return Excluded(code=code, service_ids=ids, reasons=(Reason(code="matching.no_rule"),))
    return Excluded(
        code=code,
        service_ids=ids,
        reasons=tuple(verdict.reasons),
        remedies=tuple(verdict.remedies),
        citation=verdict.citation,
    )


def _left_out(code: str, group: list[Candidate], why: str) -> Excluded:
    ids = tuple(candidate.service_id for candidate in group)
    return Excluded(code=code, service_ids=ids, reasons=(Reason(code=why),))
