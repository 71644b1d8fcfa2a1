"""What an alarm may be about, whom it concerns, and what it lets a human look into."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class AlarmKind(StrEnum):
    """What was noticed (杜绝人情证、关系证). It proves nothing: it is a question to papers and to doctors."""

    SEVERE_SHARE = "severe_share"
    """A larger share of the grades one and two than others conclude in the same category (重度占比异常)."""
    HEAPED_MEASUREMENTS = "heaped_measurements"
    """Measured values lie just beyond a threshold of the standard, and too few just before it (临界值堆积)."""
    VILLAGE_CLUSTER = "village_cluster"
    """More conclusions in a village than in the months before, while other places stay as they were (村级聚集)."""
    PACE = "pace"
    """More evaluations in a day than a day has time for (评定速度异常)."""
    CONCLUDED_BEFORE_APPLICATION = "concluded_before_application"
    """The conclusion is dated before the application (评定早于申请)."""
    TWO_PLACES = "two_places"
    """A doctor concludes for two institutions on one day (同日两地评定)."""
    SHARED_ADDRESS = "shared_address"
    """同一地址多人申请"""
    SHARED_PHONE = "shared_phone"
    """同一电话多人申请"""
    WITHDRAWN_AFTER_DRAW = "withdrawn_after_draw"
    """An applicant has taken applications back again and again once doctors had been drawn (抽取后反复撤回)."""
    REDRAWN = "redrawn"
    """Who was drawn for one applicant has declined again and again, so that others were drawn (反复重新抽取)."""
    WITHDRAWAL_SHARE = "withdrawal_share"
    """More applications are taken back once this doctor or institution was drawn than with others (抽取后撤回异常)."""
    DECLINED_DRAWS = "declined_draws"
    """A doctor or an institution has often declined after being drawn (频繁谢绝评定)."""
    CHOSEN_BY_HAND = "chosen_by_hand"
    """An office has chosen the institution without a draw, for a reason that rests on its words (人工指定评定机构)."""
    RANDOM_SAMPLE = "random_sample"
    """Files of a month that are read again because the lot fell on them, and for nothing else (随机抽查)."""


class SubjectKind(StrEnum):
    """Whom or what the figures of an alarm are about; never an applicant by name."""

    DOCTOR = "doctor"
    INSTITUTION = "institution"
    VILLAGE = "village"
    PLACE = "place"
    """A county, where the lot was drawn among all."""
    DIGEST = "digest"
    """A keyed digest, out of which nobody reads an address or a telephone; of an applicant, SHA-256 of the id."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One doctor, institution, village or digest: its id, its path, or its digest in hexadecimal."""

    kind: SubjectKind
    key: str


class Look(StrEnum):
    """What a human looks into when an alarm is taken up.

    The person is not among it. Whoever has a permanent condition is never sent to be tested again by an alarm; and as
    a conclusion need not say whether a condition is permanent, nobody is. Where papers and doctors show that a
    certificate is wrong, business of its own goes on from there, with its own notice, words and ways to appeal.
    """

    PAPERS = "papers"
    """案卷: the documents, dates and measurements that are on file."""
    DOCTORS = "doctors"
    """评定医生: what those who signed say to it."""


class Method(StrEnum):
    """How a figure was judged, with its version: whoever changes a method adds one."""

    FISHER_HOLM_1 = "fisher_holm_1"
    """Fisher's exact test against all others, one-sided; corrected for all comparisons of the kind by Holm."""
    SIGN_FISHER_HOLM_1 = "sign_fisher_holm_1"
    """The larger p-value of that and of the binomial test of one half, so that both would have to be chance."""
    LIMIT_1 = "limit_1"
    """Counted against a limit. Nothing is estimated, so there is no p-value."""
    LOT_1 = "lot_1"
    """Drawn by the digests of a seed and the id of each case."""


COMPARED = (
    AlarmKind.SEVERE_SHARE,
    AlarmKind.HEAPED_MEASUREMENTS,
    AlarmKind.VILLAGE_CLUSTER,
    AlarmKind.WITHDRAWAL_SHARE,
)
"""What is judged by how likely it is."""
COUNTED = (
    AlarmKind.PACE,
    AlarmKind.CONCLUDED_BEFORE_APPLICATION,
    AlarmKind.TWO_PLACES,
    AlarmKind.SHARED_ADDRESS,
    AlarmKind.SHARED_PHONE,
    AlarmKind.WITHDRAWN_AFTER_DRAW,
    AlarmKind.REDRAWN,
    AlarmKind.DECLINED_DRAWS,
    AlarmKind.CHOSEN_BY_HAND,
)
"""What is counted against a limit."""
OF_APPLICANTS = frozenset({AlarmKind.WITHDRAWN_AFTER_DRAW, AlarmKind.REDRAWN})
"""What is asked about the files of one applicant, whom it names to nobody, and who does not see it either."""
OF_DRAWS = OF_APPLICANTS | {AlarmKind.WITHDRAWAL_SHARE, AlarmKind.DECLINED_DRAWS, AlarmKind.CHOSEN_BY_HAND}
"""What looks at who was drawn, or was not, and what became of it; all others look at what was concluded."""
METHODS: Mapping[AlarmKind, Method] = MappingProxyType(
    {
        AlarmKind.SEVERE_SHARE: Method.FISHER_HOLM_1,
        AlarmKind.HEAPED_MEASUREMENTS: Method.SIGN_FISHER_HOLM_1,
        AlarmKind.VILLAGE_CLUSTER: Method.FISHER_HOLM_1,
        AlarmKind.WITHDRAWAL_SHARE: Method.FISHER_HOLM_1,
        AlarmKind.RANDOM_SAMPLE: Method.LOT_1,
        **dict.fromkeys(COUNTED, Method.LIMIT_1),
    }
)
