"""No query asks who is a party without asking as of when."""

from pathlib import Path

ADAPTERS = Path(__file__).parents[2] / "app" / "adapters"
LINES_OF_A_CONDITION = 3


def test_every_query_that_asks_for_parties_asks_for_those_of_today() -> None:
    asking, forgetful = 0, []
    for file in ADAPTERS.rglob("*.py"):
        lines = file.read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            if "FROM party" in line:
                asking += 1
                condition = "\n".join(lines[number : number + LINES_OF_A_CONDITION])
                forgetful += [] if "IS_CURRENT" in condition else [f"{file.name}:{number + 1}"]

    assert asking > 2
    assert forgetful == []
