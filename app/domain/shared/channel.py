"""By which way somebody comes to the offices."""

from enum import StrEnum


class Channel(StrEnum):
    """By which way an application, or what a person says, came; every way leads to the same case."""

    PORTAL = "portal"
    COUNTER = "counter"
    PHONE = "phone"
    HOME_VISIT = "home_visit"
