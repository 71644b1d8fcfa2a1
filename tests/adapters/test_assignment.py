"""The solver of assignments, as it is installed: without the packages that its wheel asks for and we leave out."""

import subprocess
import sys

SOLVE = """
import sys
from app.adapters.assignment import assigned
from app.domain.assignment import Batch
assert list(assigned(Batch(people=(0, 0), free=(1,), fits=({0: 50},)))) == [0, None]
print(sorted({"absl", "google.protobuf", "immutabledict", "numpy", "pandas"} & set(sys.modules)))
"""


def test_flows_need_none_of_what_the_lock_leaves_out() -> None:
    done = subprocess.run([sys.executable, "-c", SOLVE], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
