"""How far a survey reaches: how many of whom it is about were listed, reached and surveyed."""

from dataclasses import dataclass

from app.domain.survey.stages import Population

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The figures of one population. The two populations are never added up: they are known in different ways."""

    population: Population
    known: int
    """Who belongs to it today: on the register of certificates, or on the ledger of the uncertified."""
    listed: int
    """Who of these was in a round of these days."""
    surveyed: int
    """Who of these has answered."""

    @property
    def basis_points(self) -> int | None:
        """The share of the known who have answered, in hundredths of a per cent; None where nobody is known.

        >>> Coverage(population=Population.HOLDERS, known=3, listed=3, surveyed=2).basis_points
        6666
        """
        return self.surveyed * BASIS_POINTS // self.known if self.known else None
