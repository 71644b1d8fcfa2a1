"""How each flag follows from the facts. What is not known leaves a flag open, and sets none."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from app.domain.flag.flag import Derived, Flag, Home, Housemate, Situation
from app.domain.person import age_on, is_parent
from app.domain.shared.entry import Entry
from app.domain.shared.finding import finding_of
from app.domain.shared.reason import Parameter, Reason
from app.domain.shared.rulebook import RulesInForce

Found: TypeAlias = "tuple[bool | None, Mapping[str, Parameter]]"
"""Whether the flag is set, None where that is not known; and the figures that say why."""


def derive(situation: Situation, rules: RulesInForce) -> tuple[Derived, ...]:
    """All flags of a person on a day, with reasons and the versions of the definitions.

    Source: the operational definitions under `flag.*`; no law defines these words.

    Raises:
        NoRuleInForce: a definition is missing for the region and the day.
    """
    return tuple(_derived(flag, situation, rules) for flag in Flag)


def _derived(flag: Flag, situation: Situation, rules: RulesInForce) -> Derived:
    defined = rules.entry(f"flag.{flag}")
    is_set, figures = _READ[flag](situation, defined.value)
    finding = finding_of(is_set)
    reason = Reason(code=f"flag.{flag}.{finding}", parameters=figures)
    return Derived(flag=flag, finding=finding, reason=reason, rule_version=defined.reference)


def _has_several(situation: Situation, defined: Entry) -> Found:
    least = defined.whole("holders_at_least")
    if situation.home is None:
        return None, {"at_least": least}
    holders = situation.holds + sum(other.holds for other in situation.home.others)
    return holders >= least, {"holders": holders, "at_least": least}


def _is_old_and_disabled(situation: Situation, defined: Entry) -> Found:
    least = defined.whole("age_at_least")
    if situation.age is None or not situation.holds:
        return None, {"at_least": least}
    return situation.age >= least, {"age": situation.age, "at_least": least}


def _is_cared_for_by_the_old(situation: Situation, defined: Entry) -> Found:
    """An adult with a certificate and an old parent at home, and nobody else there who could care."""
    adult, old = defined.whole("age_at_least"), defined.whole("carer_age_at_least")
    figures: dict[str, Parameter] = {"age_at_least": adult, "carer_age_at_least": old}
    if situation.age is None or not situation.holds or situation.home is None:
        return None, figures
    if situation.age < adult:
        return False, figures
    parents = [_is_of_age(one, old, situation) for one in _parents(situation.home)]
    could_care = [_could_care(one, situation, adult=adult, old=old) for one in situation.home.others]
    if not parents or True in could_care or (True not in parents and None not in parents):
        return False, figures
    return (True if True in parents and None not in could_care else None), figures


def _has_nobody(situation: Situation, defined: Entry) -> Found:
    """A child whom no guardian and no adult at home supports, or an adult who lives alone without a guardian."""
    adult = defined.whole("age_below")
    figures: dict[str, Parameter] = {"age_below": adult}
    if situation.has_guardian:
        return False, figures
    if situation.age is None or not situation.holds or situation.home is None:
        return None, figures
    if situation.age >= adult:
        return not situation.home.others, figures
    adults = [_is_of_age(one, adult, situation) for one in situation.home.others]
    if True in adults:
        return False, figures
    return (None if None in adults else True), figures


def _is_severe(situation: Situation, defined: Entry) -> Found:
    most = defined.whole("grade_at_most")
    if not situation.holds:
        return None, {"at_most": most}
    grade = int(min(situation.components.values()))
    return grade <= most, {"grade": grade, "at_most": most}


def _is_multiple(situation: Situation, defined: Entry) -> Found:
    least = defined.whole("components_at_least")
    if not situation.holds:
        return None, {"at_least": least}
    return len(situation.components) >= least, {"components": len(situation.components), "at_least": least}


def _is_poor(situation: Situation, defined: Entry) -> Found:
    statuses = defined.texts("statuses")
    if situation.economic_status is None:
        return None, {}
    return situation.economic_status.value in statuses, {"statuses": (situation.economic_status.value,)}


def _parents(home: Home) -> tuple[Housemate, ...]:
    return tuple(other for other in home.others if is_parent(other.relation, of=home.own))


def _is_of_age(one: Housemate, age: int, situation: Situation) -> bool | None:
    return None if one.born_on is None else age_on(one.born_on, situation.on) >= age


def _could_care(one: Housemate, situation: Situation, *, adult: int, old: int) -> bool | None:
    if one.holds:
        return False
    return None if one.born_on is None else adult <= age_on(one.born_on, situation.on) < old


_READ: Mapping[Flag, Callable[[Situation, Entry], Found]] = MappingProxyType(
    {
        Flag.MULTI_IN_HOUSEHOLD: _has_several,
        Flag.ELDERLY_DISABLED: _is_old_and_disabled,
        Flag.OLD_CARES_DISABLED: _is_cared_for_by_the_old,
        Flag.ORPHAN_DISABLED: _has_nobody,
        Flag.SEVERE: _is_severe,
        Flag.MULTIPLE: _is_multiple,
        Flag.POOR: _is_poor,
    }
)
