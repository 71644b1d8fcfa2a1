"""Deaths that were told and that nothing has confirmed: what counts as told, and how it is taken back."""

from app.domain.death_report.report import (
    DeathReport,
    DeathReportChanged,
    DeathReportTakenBack,
    NoDeathReported,
    Told,
    ToldBy,
    WordsTakenBack,
    asked_among,
    reported,
    take_back,
)

__all__ = [
    "DeathReport",
    "DeathReportChanged",
    "DeathReportTakenBack",
    "NoDeathReported",
    "Told",
    "ToldBy",
    "WordsTakenBack",
    "asked_among",
    "reported",
    "take_back",
]
