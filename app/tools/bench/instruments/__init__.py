"""`./yian bench instruments`: whether the golden vectors of instruments notice a wrong point, bound, cell or rule."""

from app.tools.bench.instruments.run import bite_of, bites_of_all, run

__all__ = ["bite_of", "bites_of_all", "run"]
