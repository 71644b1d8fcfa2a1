"""The table that is handed in: certificates of the register, with the names and the mistakes that real lists have."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from app.sandbox.people import SyntheticPerson
from app.tools.bench.holders import certificate_number, holders_among

Row = tuple[str, str]
"""A certificate's number, and the name that goes with it."""
WRONG_NAME_EVERY = 50
ROUNDED_EVERY = 100
SOMEBODY_ELSE = "旁人"


def rows_of(persons: int, *, count: int) -> list[Row]:
    """So many rows about the first certificates that the seed has made; some name another, some are rounded."""
    rows = list(islice(_written(holders_among(persons)), count))
    if len(rows) < count:
        raise ValueError(f"{persons} people hold {len(rows)} certificates, and {count} are asked about.")
    return rows


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows as a spreadsheet would save them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("残疾人证号", "姓名"))
    writer.writerows(rows)
    return text.getvalue().encode()


def as_ndjson(rows: Iterable[Row]) -> bytes:
    """The rows as a program would write them."""
    return b"".join(json.dumps({"number": number, "name": name}).encode() + b"\n" for number, name in rows)


def _written(holders: Iterable[SyntheticPerson]) -> Iterator[Row]:
    for line, person in enumerate(holders, start=1):
        number = certificate_number(person).value
        if line % ROUNDED_EVERY == 0:
            yield f"{float(number[:18].replace('X', '0')):.5E}", person.name
        else:
            yield number, SOMEBODY_ELSE if line % WRONG_NAME_EVERY == 1 else person.name
