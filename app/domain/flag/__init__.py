"""Flags of special difficulty, derived from what is held of a person and of those at home."""

from app.domain.flag.derive import derive
from app.domain.flag.flag import Derived, Flag, Home, Housemate, Situation

__all__ = ["Derived", "Flag", "Home", "Housemate", "Situation", "derive"]
