"""What the coded needs are called: their names come with rule data."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from app.domain.assessment import NEED_CATALOGUE
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording


class _Names(defaultdict[str, Wording]):
    """A code that has left the catalogue is shown as it is written."""

    def __missing__(self, code: str) -> Wording:
        return Wording(zh=code, en=code)


@lru_cache(maxsize=256)
def need_names(rules: RulesInForce) -> Mapping[str, Wording]:
    """The names of all needs, by code."""
    return _Names(None, {entry.text("code"): Wording.of(entry) for entry in rules.entries(NEED_CATALOGUE).value})
