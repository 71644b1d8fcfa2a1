"""Scenarios of the sandbox: what shall become of each item of an application, so that a portal can try every end."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.errors import Unprocessable
from app.domain.shared.wording import Wording

MOST_ITEMS = 20


class ScenarioUnknown(Unprocessable):
    """The scenario is not written as it must be, or names an end that there is not."""

    code = "scenario_unknown"
    title = "There is no such scenario"


class ScenarioRefused(Unprocessable):
    """A scenario was sent to a deployment where real people apply."""

    code = "scenario_refused"
    title = "Scenarios are for the sandbox"


class End(StrEnum):
    """What shall become of an item."""

    ACCEPTED = "accepted"
    """An office has taken it on; it stays there."""
    CORRECTION = "correction"
    """It waits for the person, who was told what is missing."""
    GRANTED = "granted"
    """It goes all the way and is granted, or the certificate issued."""
    REFUSED = "refused"
    """It is refused, with reasons; a certificate by the doctors' conclusion that the standard is not met."""
    WITHDRAWN = "withdrawn"
    """It is taken back."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One end that an item may come to, and what happens on the way."""

    end: End
    wording: Wording


SCENARIOS = (
    Scenario(
        End.ACCEPTED,
        Wording(zh="受理后停在该环节。", en="An office accepts it, and it stays there."),
    ),
    Scenario(
        End.CORRECTION,
        Wording(
            zh="未受理，一次性告知须补正的内容（联系电话和所缺材料），等待申请人补正。",
            en="It is not accepted yet: an office tells at once all that is missing, the telephone number and papers, "
            "and it waits for the answer.",
        ),
    ),
    Scenario(
        End.GRANTED,
        Wording(
            zh="走完全部环节并获准：残疾人证经评定、公示、审核、批准后核发；待遇经各环节后批准。时钟会越过公示期。",
            en="It goes all the way: a certificate is evaluated, put up, reviewed, approved and issued; a benefit is "
            "granted. The clock is moved past public notices.",
        ),
    ),
    Scenario(
        End.REFUSED,
        Wording(
            zh="不予批准并说明理由：残疾人证因评定未达到标准；待遇因不符合条件。",
            en="It is refused with reasons: a certificate because the doctors find the standard not met, a benefit "
            "because its conditions are not met.",
        ),
    ),
    Scenario(End.WITHDRAWN, Wording(zh="由提交的平台撤回。", en="The portal that applied takes it back.")),
)
"""The one table that the header, the list of the API and the page for portals are made from."""


def script_of(header: str) -> Mapping[str, End]:
    """What shall become of which item.

    >>> {item: end.value for item, end in script_of("certificate=granted; living_subsidy=refused").items()}
    {'certificate': 'granted', 'living_subsidy': 'refused'}

    Raises:
        ScenarioUnknown: it is not a list of `item=end`, or names an item twice or an end that there is not.
    """
    script: dict[str, End] = {}
    for part in header.split(";"):
        item, is_there, end = (piece.strip() for piece in part.partition("="))
        if not is_there or item in script or end not in set(End) or len(script) >= MOST_ITEMS:
            raise ScenarioUnknown(
                "Write Test-Scenario as item=end;item=end, with the ends of GET /v1/sandbox/scenarios.",
                pointer="header/Test-Scenario",
            )
        script[item] = End(end)
    return script
