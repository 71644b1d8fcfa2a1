"""Whether two records may be of one person: each comparison by itself, weighed by dated rules, and told in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from app.domain.duplicate.names import NameForms, is_one_character_off
from app.domain.shared.identity import Sex
from app.domain.shared.rulebook import RulesInForce

SHORTEST_TO_BE_NEAR = 3
"""Of two characters one is half a name: others share it by the thousand."""
REGION_DIGITS = 6


class Ground(StrEnum):
    """What one comparison has found. Those for it add up, those against it take away."""

    NAME_SAME = "name_same"
    NAME_WRITTEN_OTHERWISE = "name_written_otherwise"
    """Dots, blanks, widths, traditional or rare characters are all that differs."""
    NAME_SOUNDS_ALIKE = "name_sounds_alike"
    NAME_ONE_CHARACTER_OFF = "name_one_character_off"
    BIRTH_SAME = "birth_same"
    BIRTH_NEAR = "birth_near"
    """One digit differs, or day and month are swapped."""
    PHONE_SAME = "phone_same"
    NUMBER_NEAR = "number_near"
    """One digit of the identity numbers differs, or two beside each other are swapped."""
    NUMBER_OF_ANOTHER_REGION = "number_of_another_region"
    """All digits after the region are the same."""
    NUMBER_ANOTHER = "number_another"
    BIRTH_ANOTHER = "birth_another"
    SEX_ANOTHER = "sex_another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is compared of one record. Nothing of it shows itself in logs."""

    name: NameForms = field(repr=False)
    citizen_number: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    sex: Sex = Sex.UNKNOWN
    phones: frozenset[str] = field(default=frozenset(), repr=False)
    """Their digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRules:
    """How much each ground weighs, and from where on a pair is shown to an officer; dated rule data."""

    weights: Mapping[Ground, int]
    review_from: int
    block_from: int
    """From so many points on a case of either is taken on only when an officer has looked."""
    most_alike: int
    """A key that more people share than this tells nothing, and is passed over."""
    variants: Mapping[str, str]
    """The common character for each rare one."""
    references: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """As the rulebooks say for the place and day.

        Raises:
            NoRuleInForce: they do not.
        """
        weights = rules.entry("duplicate.weights")
        review_from, block_from = rules.count("duplicate.review_from"), rules.count("duplicate.block_from")
        most_alike = rules.count("duplicate.most_alike")
        variants = rules.entry("duplicate.variants")
        return cls(
            weights={ground: weights.value.whole(ground.value) for ground in Ground},
            review_from=review_from.value,
            block_from=block_from.value,
            most_alike=most_alike.value,
            variants={rare: common for common in variants.value.fields for rare in variants.value.text(common)},
            references=tuple(
                ruled.rule.reference for ruled in (weights, review_from, block_from, most_alike, variants)
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing two records has found."""

    grounds: tuple[Ground, ...]
    points: int
    is_for_review: bool
    is_very_probable: bool


def compared(one: Known, other: Known, *, rules: DuplicateRules) -> Comparison:
    """Compare two records. What is not known of one of them counts neither way."""
    grounds = tuple(_grounds(one, other))
    points = sum(rules.weights[ground] for ground in grounds)
    return Comparison(
        grounds=grounds,
        points=points,
        is_for_review=points >= rules.review_from,
        is_very_probable=points >= rules.block_from,
    )


def _grounds(one: Known, other: Known) -> Iterator[Ground]:
    if (name := _of_names(one.name, other.name)) is not None:
        yield name
    if one.birth_date and other.birth_date:
        yield _of_birth(one.birth_date, other.birth_date)
    if one.citizen_number and other.citizen_number and one.citizen_number != other.citizen_number:
        yield _of_numbers(one.citizen_number, other.citizen_number)
    if one.phones & other.phones:
        yield Ground.PHONE_SAME
    if {one.sex, other.sex} == {Sex.MALE, Sex.FEMALE}:
        yield Ground.SEX_ANOTHER


def _of_names(one: NameForms, other: NameForms) -> Ground | None:
    if one.written == other.written:
        return Ground.NAME_SAME
    if one.plain == other.plain:
        return Ground.NAME_WRITTEN_OTHERWISE
    if one.sound == other.sound:
        return Ground.NAME_SOUNDS_ALIKE
    is_long = min(len(one.plain), len(other.plain)) >= SHORTEST_TO_BE_NEAR
    return Ground.NAME_ONE_CHARACTER_OFF if is_long and is_one_character_off(one.plain, other.plain) else None


def _of_birth(one: date, other: date) -> Ground:
    if one == other:
        return Ground.BIRTH_SAME
    is_swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    is_near = is_swapped or _is_one_digit_off(f"{one:%Y%m%d}", f"{other:%Y%m%d}")
    return Ground.BIRTH_NEAR if is_near else Ground.BIRTH_ANOTHER


def _of_numbers(one: str, other: str) -> Ground:
    """The last character is made from the others, and is not compared."""
    if _is_one_digit_off(one[:-1], other[:-1]):
        return Ground.NUMBER_NEAR
    if one[REGION_DIGITS:-1] == other[REGION_DIGITS:-1]:
        return Ground.NUMBER_OF_ANOTHER_REGION
    return Ground.NUMBER_ANOTHER


def _is_one_digit_off(one: str, other: str) -> bool:
    """One digit is another, or two that differ and stand beside each other are swapped."""
    off = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(off) == 1:
        return True
    return len(off) == 2 and off[1] - off[0] == 1 and one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]  # noqa: PLR2004 - the two digits
