"""The part of the story that is about a project: who fits, who is on its list, and what is left of it."""

from app.sandbox.authority import sandbox_id
from app.sandbox.demo.actors import Actors

KEY = "home_access"
AMOUNT_FEN = 480_000


def tell(actors: Actors) -> None:
    """A commissioner asks, an officer puts the person on the list, and the person reads it."""
    project, person = f"/v1/projects/{sandbox_id('project', KEY)}", actors.citizen["person_id"]
    actors.get(
        "commissioner",
        "asks whether the county's project for accessible homes fits: what stands against it, what would change that",
        f"{project}/fit?person_id={person}",
    )
    actors.post(
        "township_officer",
        "puts the person on its list; the database counts places and money",
        f"{project}/beneficiaries",
        body={"person_id": person, "valid_from": actors.today(), "amount_fen": AMOUNT_FEN},
    )
    actors.get("county_officer", "reads how many places and how much money are left", project)
    actors.get(
        "commissioner",
        "asks once more: nobody benefits twice, and it is told since when and until when",
        f"{project}/fit?person_id={person}",
    )
    actors.get("citizen", "reads in which projects they are", f"/v1/beneficiaries?person_id={person}")
