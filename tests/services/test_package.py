"""Packages of several places under one code."""

from datetime import date

import pytest

from app.domain.application import Package, PackageNotFound
from app.services.package import PackageOffer, RegionNeeded, _one
from tests.builders.rules import BOOK

CODE, COUNTY, DAY = "disability_services", "65/6523/652301", date(2026, 11, 16)
RULES = BOOK.at(COUNTY, DAY)
OFFER = PackageOffer(package=Package.of(CODE, RULES), rule=RULES.rule(f"package.{CODE}"))


def test_what_one_place_offers_needs_no_place_to_be_named() -> None:
    assert _one([OFFER], CODE) is OFFER


def test_what_several_places_offer_under_one_code_needs_the_place_to_be_named() -> None:
    with pytest.raises(RegionNeeded):
        _one([OFFER, OFFER], CODE)


def test_what_nobody_offers_is_not_there() -> None:
    with pytest.raises(PackageNotFound):
        _one([OFFER], "circus")
