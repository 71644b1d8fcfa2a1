"""The rulebooks and instruments as they are delivered."""

from app.adapters.instruments import load_instruments
from app.adapters.rulebooks import load_rulebooks
from app.domain.shared.rulebook import Rulebook
from tests.builders.people import COUNTY, MONDAY

INSTRUMENTS = load_instruments()
BOOK = Rulebook(load_rulebooks())
HERE = BOOK.at(COUNTY, MONDAY)
SELF_CARE = INSTRUMENTS.in_use("self_care_six", on=MONDAY)
BARTHEL = INSTRUMENTS.in_use("barthel", on=MONDAY)
