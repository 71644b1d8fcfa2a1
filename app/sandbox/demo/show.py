"""How the demonstration is told: to a reader, or a line of JSON a step."""

import json
import sys
from typing import Any

from rich.console import Console

from app.sandbox.demo.actors import Said

KEPT = frozenset(
    {
        "actions",
        "status",
        "stage",
        "explanation",
        "next_action",
        "outcome",
        "granted",
        "result",
        "results",
        "items",
        "likelihood",
        "code",
        "detail",
        "finding",
        "text",
        "notice",
        "now",
        "scope",
        "expires_in",
        "grade",
        "category",
        "title",
        "reasons",
        "ranked",
        "excluded",
        "services",
        "remedies",
        "is_possible",
        "obstacles",
        "quota_left",
        "budget_left_fen",
    }
)
LONGEST = 300


def show_json(said: Said) -> None:
    """One object a line; tokens are left out."""
    told = {
        "step": said.number,
        "chapter": said.chapter,
        "actor": said.who,
        "what": said.what,
        "request": {"method": said.method, "path": said.path, "body": said.asked},
        "status": said.status,
        "answer": {key: value for key, value in said.answer.items() if "token" not in key},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


class Telling:
    """Tells the story on a terminal."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._chapter = ""

    def __call__(self, said: Said) -> None:
        """Tell one step."""
        if said.chapter != self._chapter:
            self._chapter = said.chapter
            self._console.print(f"\n[bold]{said.chapter}[/bold]")
        self._console.print(f"[dim]{said.number:>3}[/dim] [cyan]{said.who}[/cyan]: {said.what}")
        self._console.print(f"      [dim]{said.method} {said.path} → {said.status}[/dim]", soft_wrap=True)
        for line in _gist(said.answer):
            self._console.print(f"      {line}", markup=False, soft_wrap=True)


def _gist(answer: dict[str, Any]) -> list[str]:
    """The part of an answer that a reader wants to see."""
    lines = []
    for key, value in answer.items():
        if key not in KEPT or value in (None, [], "") or key == "actions":
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key}: {text if len(text) <= LONGEST else text[:LONGEST] + ' …'}")
    return lines
