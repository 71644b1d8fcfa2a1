"""Small figures, and what is hidden with them."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.small_cells import hidden, is_small

MINIMUM = 5
ROWS = st.dictionaries(st.integers(0, 9), st.tuples(*[st.integers(0, 40)] * 2), max_size=8)


def test_a_small_figure_takes_the_next_smallest_with_it() -> None:
    assert hidden({"a": (2,), "b": (30,), "c": (40,)}, minimum=MINIMUM) == {"a", "b"}


def test_where_nobody_is_nothing_is_hidden() -> None:
    assert hidden({"a": (0,), "b": (5,)}, minimum=MINIMUM) == frozenset()


@given(rows=ROWS)
def test_no_small_figure_is_shown_nor_can_one_be_told_from_the_whole(rows: dict[int, tuple[int, int]]) -> None:
    gone = hidden(rows, minimum=MINIMUM)

    shown = [figures for key, figures in rows.items() if key not in gone]
    assert not any(is_small(figure, MINIMUM) for figures in shown for figure in figures)
    if gone and any(any(figures) for figures in shown):
        left = [sum(figures) for figures in zip(*(rows[key] for key in gone), strict=True)]
        assert len(gone) > 1
        assert not any(is_small(figure, MINIMUM) for figure in left)
