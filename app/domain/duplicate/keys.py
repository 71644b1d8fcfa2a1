"""By what two records come to be compared at all: keys that a record and its twin share, whatever was typed wrong."""

from collections.abc import Iterator

from app.domain.duplicate.comparing import REGION_DIGITS, Known

PHONE_DIGITS = 8
"""The last of a telephone number: with the code of the country or the place, or without."""


def keys_of(known: Known) -> frozenset[str]:
    """The keys of a record, each with a letter of its kind; they leave the process as keyed digests alone.

    A mistake in one of name, birth, region or number leaves at least one key as it was.
    """
    return frozenset(_keys(known))


def _keys(known: Known) -> Iterator[str]:
    yield f"s:{known.name.sound}"
    yield f"n:{known.name.plain}"
    if known.birth_date:
        yield f"b:{known.birth_date:%Y%m%d}:{known.name.sound[:1]}:{known.sex.value}"
    if known.citizen_number:
        yield f"r:{known.citizen_number[REGION_DIGITS:-1]}"
        yield f"o:{known.citizen_number[:REGION_DIGITS]}{known.citizen_number[-4:-1]}:{known.name.sound[:1]}"
    for phone in known.phones:
        yield f"p:{phone[-PHONE_DIGITS:]}"
