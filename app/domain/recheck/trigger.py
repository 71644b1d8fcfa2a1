"""What makes somebody look again at a running grant."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Trigger(StrEnum):
    """Why a running grant is looked at again (定期复核). Source: 国发〔2015〕52号; 民发〔2016〕99号."""

    DEATH = "death"
    CERTIFICATE_NOT_IN_FORCE = "certificate_not_in_force"
    """The certificate has expired, or is frozen or cancelled."""
    GRADE_CHANGED = "grade_changed"
    SUBSISTENCE_ALLOWANCE_ENDED = "subsistence_allowance_ended"
    KEPT_BY_THE_STATE = "kept_by_the_state"
    """The person has come to be kept by the state in extreme hardship (特困供养)."""
    REGISTRATION_MOVED = "registration_moved"
    """The household registration has moved away: the new place pays, once it was applied for there."""
    IMPRISONED = "imprisoned"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    """Something else is received that rules it out, or the same twice."""
    PERIODIC = "periodic"
    """So many months have passed since somebody last looked."""
    RANDOM_SAMPLE = "random_sample"
    """The lot of a month fell on it, and nothing else (随机抽查)."""


TOLD = frozenset(Trigger) - {Trigger.PERIODIC, Trigger.RANDOM_SAMPLE}
"""What somebody may report; the others follow from the calendar, or from a lot."""

UNMET: Mapping[str, Trigger] = MappingProxyType(
    {
        "certificate_in_force": Trigger.CERTIFICATE_NOT_IN_FORCE,
        "grade_at_most": Trigger.GRADE_CHANGED,
        "category_in": Trigger.GRADE_CHANGED,
        "economic_status_in": Trigger.SUBSISTENCE_ALLOWANCE_ENDED,
        "kept_by_the_state": Trigger.KEPT_BY_THE_STATE,
        "registered_in": Trigger.REGISTRATION_MOVED,
    }
)
"""The trigger of each condition that is not met; of all others, exclusions of a place among them, it is a duplicate."""


def triggers_of(unmet: tuple[str, ...]) -> tuple[Trigger, ...]:
    """Why a grant is to be looked at, by the codes of the conditions that are not met.

    Whoever comes to be kept by the state is no longer on the list of the subsistence allowance: one reason is enough.

    >>> [one.value for one in triggers_of(("economic_status_in", "kept_by_the_state"))]
    ['kept_by_the_state']
    """
    found = dict.fromkeys(UNMET.get(code, Trigger.DUPLICATE) for code in unmet)
    if Trigger.KEPT_BY_THE_STATE in found:
        found.pop(Trigger.SUBSISTENCE_ALLOWANCE_ENDED, None)
    if Trigger.CERTIFICATE_NOT_IN_FORCE in found:
        found.pop(Trigger.GRADE_CHANGED, None)
    return tuple(found)
