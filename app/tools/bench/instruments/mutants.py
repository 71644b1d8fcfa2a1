"""Instruments with one small mistake each: what golden vectors must notice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from app.domain.assessment import (
    BandScheme,
    CutOff,
    Instrument,
    Item,
    MalformedInstrument,
    Matrix,
    MissingRule,
    Option,
    Scoring,
    Vector,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake, and the instrument that has it."""

    mistake: str
    make: Callable[[], Instrument]

    def is_noticed(self, vectors: tuple[Vector, ...]) -> bool | None:
        """Say whether a vector fails because of it; None where such a document is refused when it is read."""
        try:
            instrument = self.make()
        except MalformedInstrument:
            return None
        return any(vector.complaint(instrument) for vector in vectors)


def mutants_of(instrument: Instrument) -> Iterator[Mutant]:
    """Every point, weight, bound, threshold, cell and rule of an instrument, each a little wrong."""
    for place, item in enumerate(instrument.items):
        for mistake, wrong in (*_points(item, instrument), *_forms(item)):
            items = (*instrument.items[:place], wrong, *instrument.items[place + 1 :])
            yield Mutant(f"{item.code}: {mistake}", partial(_with_items, instrument, items))
    for scheme in instrument.schemes:
        yield from _bounds(instrument, scheme)
    for cut_off in instrument.cut_offs:
        yield from _thresholds(instrument, cut_off)
    for matrix in instrument.matrices:
        yield from _cells(instrument, matrix)
    yield from _rules(instrument)


def _points(item: Item, instrument: Instrument) -> Iterator[tuple[str, Item]]:
    """Each answer worth one more and one less; where points are only counted, as far as another answer is worth."""
    counted = instrument.scoring is Scoring.NONE
    if counted and not instrument.cut_offs:
        return
    for place, option in enumerate(item.options):
        for points in (option.points - 1, option.points + 1):
            if not counted or points in {other.points for other in item.options}:
                wrong = replace(option, points=points)
                yield f"{option.code} worth {points}", _with_option(item, place, wrong)
    yield "weighs more", replace(item, weight=item.weight + 1)


def _forms(item: Item) -> Iterator[tuple[str, Item]]:
    for place, option in enumerate(item.options):
        if option.stands_alone:
            yield f"{option.code} beside others", _with_option(item, place, replace(option, stands_alone=False))
    if item.only_if:
        yield "always asked", replace(item, only_if={})
    if item.takes_several:
        yield "takes one", replace(item, takes_several=False)


def _bounds(instrument: Instrument, scheme: BandScheme) -> Iterator[Mutant]:
    """Each bound so far off that another score that there can be lies on its other side."""
    scores = _scores(instrument, scheme.head)
    for place, band in enumerate(scheme.bands[1:], 1):
        lower = max(score for score in scores if score < band.at_least)
        higher = min(score for score in scores if score >= band.at_least) + 1
        for bound in (lower, higher):
            bands = (*scheme.bands[:place], replace(band, at_least=bound), *scheme.bands[place + 1 :])
            wrong = replace(scheme, bands=bands)
            yield Mutant(f"{scheme.code}: {band.code} from {bound}", partial(_with_scheme, instrument, wrong))


def _scores(instrument: Instrument, head: str | None) -> set[int]:
    """All scores that a head, or the whole, can have."""
    scores = {0}
    for item in instrument.items:
        if head in {None, item.head}:
            scores = {score + item.weight * option.points for score in scores for option in item.options}
    return scores


def _thresholds(instrument: Instrument, cut_off: CutOff) -> Iterator[Mutant]:
    for place, right in enumerate(cut_off.thresholds):
        for step in (-1, 1):
            for wrong in (replace(right, items=right.items + step), replace(right, at_least=right.at_least + step)):
                thresholds = (*cut_off.thresholds[:place], wrong, *cut_off.thresholds[place + 1 :])
                mistake = f"{cut_off.code}: {wrong.items} items at {wrong.at_least}"
                yield Mutant(mistake, partial(_with_cut_off, instrument, replace(cut_off, thresholds=thresholds)))


def _cells(instrument: Instrument, matrix: Matrix) -> Iterator[Mutant]:
    levels = [level.code for level in matrix.bands]
    for row, line in enumerate(matrix.cells):
        for column, right in enumerate(line):
            for level in levels:
                if level != right:
                    changed = (*line[:column], level, *line[column + 1 :])
                    cells = (*matrix.cells[:row], changed, *matrix.cells[row + 1 :])
                    mistake = f"{matrix.code}: {level} in row {row}, column {column}"
                    yield Mutant(mistake, partial(_with_matrix, instrument, matrix, cells=cells))
    for scheme in matrix.columns:
        rest = tuple(own for own in matrix.columns if own is not scheme)
        yield Mutant(f"{matrix.code}: without {scheme.code}", partial(_with_matrix, instrument, matrix, columns=rest))


def _rules(instrument: Instrument) -> Iterator[Mutant]:
    if instrument.readings:
        for rule in (MissingRule.NO_BAND, MissingRule.CERTAIN_BAND):
            if rule is not instrument.missing:
                yield Mutant(f"missing: {rule}", partial(replace, instrument, missing=rule, fills_at_most=0))
    if instrument.fills_at_most:
        more, none = instrument.fills_at_most + 1, MissingRule.CERTAIN_BAND
        yield Mutant(f"fills {more}", partial(replace, instrument, fills_at_most=more))
        yield Mutant("fills none", partial(replace, instrument, missing=none, fills_at_most=0))


def _with_option(item: Item, place: int, wrong: Option) -> Item:
    return replace(item, options=(*item.options[:place], wrong, *item.options[place + 1 :]))


def _with_items(instrument: Instrument, items: tuple[Item, ...]) -> Instrument:
    """The instrument with other items; the lowest band of each scheme begins at what is now the lowest score."""
    lowest = {
        head: sum(item.lowest for item in items if head in {None, item.head}) for head in (None, *instrument.heads)
    }
    moved = replace(instrument, items=items, schemes=(), matrices=())
    schemes = tuple(
        replace(scheme, bands=(replace(scheme.bands[0], at_least=lowest[scheme.head]), *scheme.bands[1:]))
        for scheme in instrument.schemes
    )
    return _with_schemes(replace(moved, matrices=instrument.matrices), schemes)


def _with_scheme(instrument: Instrument, wrong: BandScheme) -> Instrument:
    return _with_schemes(instrument, tuple(wrong if own.code == wrong.code else own for own in instrument.schemes))


def _with_schemes(instrument: Instrument, schemes: tuple[BandScheme, ...]) -> Instrument:
    by_code = {own.code: own for own in schemes}
    matrices = tuple(
        replace(own, rows=by_code[own.rows.code], columns=tuple(by_code[one.code] for one in own.columns))
        for own in instrument.matrices
    )
    return replace(instrument, schemes=schemes, matrices=matrices)


def _with_cut_off(instrument: Instrument, wrong: CutOff) -> Instrument:
    cut_offs = tuple(wrong if own.code == wrong.code else own for own in instrument.cut_offs)
    return replace(instrument, cut_offs=cut_offs)


def _with_matrix(
    instrument: Instrument,
    right: Matrix,
    *,
    cells: tuple[tuple[str, ...], ...] | None = None,
    columns: tuple[BandScheme, ...] | None = None,
) -> Instrument:
    wrong = replace(right, cells=cells or right.cells, columns=columns or right.columns)
    return replace(instrument, matrices=tuple(wrong if own is right else own for own in instrument.matrices))
