"""Names made comparable: what was written otherwise only, whatever device, script or office has written it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_DOTS = re.compile(r"[·・•‧．.∙⋅｡。]")
"""What stands between the parts of a name, as one keyboard or another has it; U+00B7 is right."""
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForms:
    """A name in the forms in which it is compared; none shows itself in logs."""

    written: str = field(repr=False)
    """Without what cannot be seen, and with one kind of dot."""
    plain: str = field(repr=False)
    """In simplified characters, rare variants in the place of which the common ones stand, without dots."""
    sound: str = field(repr=False)
    """In Pinyin without tones, syllable by syllable."""


def written_alike(name: str) -> str:
    """The name in one way of writing (NFKC), without blanks, with U+00B7 between its parts.

    >>> written_alike("Ａynur ・ Memet"), written_alike("LI Ming")
    ('aynur·memet', 'liming')
    """
    folded = unicodedata.normalize("NFKC", _DOTS.sub("·", name)).casefold()
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", _DOTS.sub("·", folded)).strip("·"))


def with_common_characters(name: str, variants: Mapping[str, str]) -> str:
    """The name without dots, and with the common character for each rare variant (异体字).

    >>> with_common_characters("a·b", {"b": "c"})
    'ac'
    """
    return "".join(variants.get(character, character) for character in name if character != "·")


def is_one_character_off(one: str, other: str) -> bool:
    """Say whether one name becomes the other by one character changed, added, left out, or two beside it swapped.

    >>> is_one_character_off("abc", "adc"), is_one_character_off("ac", "abc")
    (True, True)
    >>> is_one_character_off("acb", "abc"), is_one_character_off("abc", "cba")
    (True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        return one[at + 1 :] == other[at + 1 :] or (
            one[at + 2 :] == other[at + 2 :] and one[at : at + 2] == other[at : at + 2][::-1]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]
