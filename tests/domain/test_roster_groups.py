"""Groups leave nobody out: whatever the roster, each person of the area belongs to one of those that are proposed."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.roster import Cell, GroupKind, propose, uncovered
from app.domain.shared.identity import Category

COUNTY = "65/6523/652301"
TOWNSHIPS = tuple(f"{COUNTY}/652301{number}" for number in (104, 105))
VILLAGES = tuple(f"{township}/{township[-9:]}{number}" for township in TOWNSHIPS for number in (201, 202))
CELLS = st.lists(
    st.builds(
        Cell,
        region=st.sampled_from((*VILLAGES, *TOWNSHIPS)),
        category=st.sampled_from((None, Category.PHYSICAL, Category.VISUAL)),
        people=st.integers(1, 12),
    ),
    max_size=12,
    unique_by=lambda cell: (cell.region, cell.category),
)


@given(CELLS, st.sampled_from(GroupKind), st.integers(1, 10))
def test_nobody_is_left_out_and_no_small_group_but_the_last_is_proposed(
    cells: list[Cell], kind: GroupKind, least: int
) -> None:
    proposal = propose(cells, by=kind, within=COUNTY, least=least)

    assert uncovered(cells, proposal.groups) == ()
    assert {group.region for group in proposal.groups if group.people < least} <= {COUNTY}
    assert sum(group.people for group in proposal.groups) == sum(cell.people for cell in cells)
    assert propose(cells[::-1], by=kind, within=COUNTY, least=least) == proposal


def test_a_category_that_is_too_small_in_a_village_gathers_in_the_township() -> None:
    cells = [Cell(region=village, category=Category.VISUAL, people=3) for village in VILLAGES[:2]]
    cells.append(Cell(region=VILLAGES[0], category=None, people=1))

    groups = propose(cells, by=GroupKind.CATEGORY, within=COUNTY, least=5).groups

    assert [(one.kind, one.region, one.category, one.people) for one in groups] == [
        (GroupKind.AREA, COUNTY, None, 1),
        (GroupKind.CATEGORY, TOWNSHIPS[0], Category.VISUAL, 6),
    ]


def test_another_roster_has_another_digest() -> None:
    cells = [Cell(region=VILLAGES[0], category=None, people=7)]
    more = [Cell(region=VILLAGES[0], category=None, people=8)]

    one, other = (propose(some, by=GroupKind.AREA, within=COUNTY, least=5) for some in (cells, more))

    assert one.digest != other.digest
    assert uncovered([Cell(region=VILLAGES[3], category=None, people=2)], one.groups) != ()
