"""The named crash points of applying: every statement between which somebody may pull the plug."""

import re

POINTS = {
    "begin": r"^BEGIN",
    "confirm the caller": r"FROM enter\(",
    "claim the key": r"INSERT INTO idempotency_key",
    "read the draft": r"FROM draft WHERE",
    "close the draft": r"^UPDATE draft",
    "look for the source's number": r"FROM application WHERE source_id",
    "look for the person's number": r"FROM person_identifier i JOIN",
    "read the person": r"FROM person WHERE",
    "find the offices": r"JOIN organisation",
    "look for evidence": r"SELECT held\.certificate_id",
    "write everything": r"^WITH part_0",
    "commit": r"^COMMIT",
}
"""A name for each statement, with what tells it."""
REFERENCE = r"FROM (rule|region_code)\b"
"""What a process reads again when it is new to the database: no point of any one command."""
OF_A_NEWCOMER = [name for name in POINTS if name not in {"read the person", "look for evidence"}]
"""The points of a draft that is submitted for somebody whom nobody has seen before."""


def named(statement: str) -> list[str]:
    """The names that a statement goes by: one, or it has been forgotten."""
    return [name for name, mark in POINTS.items() if re.search(mark, statement)]
