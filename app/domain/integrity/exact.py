"""Exact tails of two distributions, and Holm's way with many comparisons: plain Python, no table and no approximation.

Logarithms of factorials keep the terms within reach of a float; nine digits of a result and more are right.
"""

from collections.abc import Callable, Sequence
from math import exp, lgamma, log

_NEGLIGIBLE = 1e-18


def binomial_tail(observed: int, *, of: int, chance: float) -> float:
    """How likely so many or more are among so many, each with the same chance.

    With a chance of one half it is the sign test, one-sided: five heads in five throws come once in 32.

    >>> binomial_tail(5, of=5, chance=0.5)
    0.03125
    """
    if observed <= 0:
        return 1.0
    if observed > of or chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    odds = chance / (1 - chance)
    first = exp(_log_choose(of, observed) + observed * log(chance) + (of - observed) * log(1 - chance))
    return _summed(first, range(observed, of), lambda count: odds * (of - count) / (count + 1))


def hypergeometric_tail(observed: int, *, drawn: int, marked: int, of: int) -> float:
    """How likely so many or more marked ones are among those drawn from a whole in which so many are marked.

    It is the one-sided exact test of Fisher. The lady who tells all four cups of eight right would do so by chance
    once in 70.

    >>> round(hypergeometric_tail(4, drawn=4, marked=4, of=8) * 70, 9)
    1.0
    """
    least, most = max(0, drawn + marked - of), min(drawn, marked)
    if observed <= least:
        return 1.0
    if observed > most:
        return 0.0
    first = exp(_log_choose(marked, observed) + _log_choose(of - marked, drawn - observed) - _log_choose(of, drawn))
    rest = of - marked - drawn

    def ratio(count: int) -> float:
        return (marked - count) * (drawn - count) / ((count + 1) * (rest + count + 1))

    return _summed(first, range(observed, most), ratio)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Each p-value as it stands when all were looked at together.

    Whatever the tests have in common, the chance that any one of them falls to a bound by mere chance is no higher than
    the bound. Source: S. Holm, Scandinavian Journal of Statistics 6 (1979), 65-70.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    adjusted, highest = [1.0] * len(p_values), 0.0
    for place, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - place)))
        adjusted[index] = highest
    return tuple(adjusted)


def _summed(first: float, counts: range, ratio: Callable[[int], float]) -> float:
    total = term = first
    for count in counts:
        term *= ratio(count)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return min(1.0, total)


def _log_choose(of: int, taken: int) -> float:
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
