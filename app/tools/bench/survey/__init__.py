"""`./yian bench survey`: what it costs to take over the results of a round of the survey, and to compare two rounds."""

from app.tools.bench.survey.run import run

__all__ = ["run"]
