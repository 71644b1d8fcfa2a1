"""The instruments that a deployment has, in all their versions."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.assessment.instrument import Instrument
from app.domain.assessment.scheme import MalformedInstrument
from app.domain.shared.errors import NotFound


class InstrumentNotFound(NotFound):
    """There is no such instrument, or not in this version, or none that is in use on the day."""

    code = "instrument_not_found"
    title = "There is no such instrument"


class Instruments:
    """All instruments, by code and version.

    Raises:
        MalformedInstrument: two documents claim the same version.
    """

    __slots__ = ("_by_version",)

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._by_version: dict[tuple[str, str], Instrument] = {}
        for instrument in sorted(instruments, key=lambda instrument: (instrument.code, instrument.valid_from)):
            key = instrument.code, instrument.version
            if key in self._by_version:
                raise MalformedInstrument(f"Two documents are {instrument.code} version {instrument.version}.")
            self._by_version[key] = instrument

    def __iter__(self) -> Iterator[Instrument]:
        """All versions, by code and then by their days."""
        return iter(self._by_version.values())

    def version(self, code: str, version: str) -> Instrument:
        """One version, in which old results are read.

        Raises:
            InstrumentNotFound: there is none.
        """
        if (code, version) not in self._by_version:
            raise InstrumentNotFound("There is no such version of this instrument. Look it up in /v1/instruments.")
        return self._by_version[code, version]

    def in_use(self, code: str, *, on: date) -> Instrument:
        """The version by which one assesses on a day: the latest one.

        Raises:
            InstrumentNotFound: none is in use then.
        """
        versions = [own for own in self if own.code == code and own.is_in_use(on)]
        if not versions:
            raise InstrumentNotFound("No version of this instrument is in use on this day. See /v1/instruments.")
        return versions[-1]
