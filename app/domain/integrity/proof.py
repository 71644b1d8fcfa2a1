"""Checking the lot of a month from its alarm alone, and from the lists where one has them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain.draw import SEED_OCTETS, Fault, commitment_of
from app.domain.integrity.sample import Files, Lot, bound_to, digest_of_list, in_order, key_of

Lists = Mapping[Files, Collection[UUID]]


def faults_of_sample(told: Mapping[str, Any], lists: Lists) -> tuple[Fault, ...]:
    """All that is wrong with a lot as it travels (`GET /v1/integrity-alarms/{id}`); nothing where it holds.

    Without its list, a lot shows that its key follows from the seed, and that what was drawn stands in the key's order;
    with its list, that nothing else would have been drawn. How many are drawn is a dated rule, and not in the proof.
    """
    try:
        return tuple(_faults(told, lists))
    except (KeyError, TypeError, ValueError, AttributeError):
        return (Fault.MALFORMED,)


def _faults(told: Mapping[str, Any], lists: Lists) -> Iterator[Fault]:
    sample = told["sample"]
    seed, lots = bytes.fromhex(sample["seed"]), [_lot(lot) for lot in sample["lots"]]
    published, drawn_at = (_instant(sample[name]) for name in ("published_at", "drawn_at"))
    county, month = str(told["subject"]["key"]), date.fromisoformat(told["period_first"])
    context = bound_to(UUID(sample["draw_id"]), int(sample["number"]), region=county, first=month)
    if len(seed) != SEED_OCTETS or not lots or len({lot.files for lot in lots}) < len(lots):
        raise ValueError("A seed has so many octets, and each list is named once.")
    if commitment_of(seed) != sample["commitment"]:
        yield Fault.COMMITMENT_DOES_NOT_MATCH
    if not published < drawn_at:
        yield Fault.PUBLISHED_TOO_LATE
    if not all(_is_of(lot, lists[lot.files]) for lot in lots if lot.files in lists):
        yield Fault.LIST_CHANGED
    if not all(
        lot.key == key_of(seed, context, files=lot.files, digest=lot.list_digest)
        and _is_first(lot, lists.get(lot.files, lot.drawn))
        for lot in lots
    ):
        yield Fault.RESULT_DIFFERS


def _is_of(lot: Lot, listed: Collection[UUID]) -> bool:
    return (lot.total, lot.list_digest) == (len(set(listed)), digest_of_list(listed))


def _is_first(lot: Lot, listed: Collection[UUID]) -> bool:
    """What was drawn are the first of a list, and some of a list that is not empty."""
    count = len(lot.drawn)
    return in_order(listed, key=lot.key)[:count] == lot.drawn and min(1, lot.total) <= count <= lot.total


def _lot(told: Mapping[str, Any]) -> Lot:
    return Lot(
        files=Files(told["files"]),
        total=int(told["total"]),
        list_digest=str(told["list_digest"]),
        key=str(told["key"]),
        drawn=tuple(UUID(one) for one in told["drawn"]),
    )


def _instant(told: str) -> datetime:
    value = datetime.fromisoformat(told)
    if value.tzinfo is None:
        raise ValueError("An instant says its offset.")
    return value
