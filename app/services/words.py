"""Names of the codes that come with rule data, such as needs and families of services."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording

NEEDS = "catalogue.needs"
FAMILIES = "catalogue.families"


class _Names(defaultdict[str, Wording]):
    """A code that has left the catalogue is shown as it is written."""

    def __missing__(self, code: str) -> Wording:
        return Wording(zh=code, en=code)


@lru_cache(maxsize=256)
def names_in(subject: str, rules: RulesInForce) -> Mapping[str, Wording]:
    """The names of a list of codes, by code."""
    entries = Entry({"items": rules.value(subject).value}, subject).entries("items")
    return _Names(None, {entry.text("code"): Wording.of(entry) for entry in entries})
