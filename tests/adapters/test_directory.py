"""What the directory is asked for by terms: the rules of the nearest place say which services bear them."""

from typing import Any

import asyncpg
import pytest

from app.adapters.postgres import directory
from app.adapters.postgres.catalogue import REAL_TIME
from app.domain.shared.region import NATIONAL, path_of
from app.services.ports.directory import Filed

pytestmark = [pytest.mark.anyio, pytest.mark.database]
COUNTY, KIND = path_of("652301"), "CARE-HOME"
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("codes", "is_found"),
    [
        ({NATIONAL: {KIND}}, True),
        ({NATIONAL: {KIND}, COUNTY: NONE}, False),
        ({NATIONAL: NONE, COUNTY: {KIND}}, True),
        ({NATIONAL: {KIND}, path_of("652302"): NONE}, True),
        ({NATIONAL: NONE, path_of("65"): NONE, COUNTY: {KIND}}, True),
        ({}, False),
    ],
)
async def test_the_nearest_place_says_which_services_bear_a_term(
    superuser: asyncpg.Connection, *, codes: Any, is_found: bool
) -> None:
    asked = directory._arguments(Filed(codes=codes))

    rows = await superuser.fetch(directory.SERVICES, REAL_TIME, *asked, 0, 100)

    assert bool(rows) is is_found
