"""Writes the pages of docs/ that say what tables of the code say, and tells whether they still do."""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from app import adapters, api, domain, services
from app.adapters.rulebooks import load_rulebooks
from app.api import v1
from app.api.language import Language
from app.api.problems import registry, status_of
from app.api.problems.texts import page_text_of
from app.domain.benefit import Route
from app.domain.certificate import LIFECYCLE, Business, BusinessRules
from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.authz import OPERATIONS, PERSON_FIELDS, Operation, Reach
from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.transitions import Lifecycle
from app.services.magic_number import HOLDER, MAGIC_NUMBERS, REGION
from app.services.rehearsal import event_types, fact_names
from app.services.scenario import SCENARIOS

DOCS = Path(__file__).parents[2] / "docs"
GENERATED = "<!-- Written by app/tools/docs.py from the code. Change the code, then run it again. -->\n"
SAMPLE_DAY = date(2026, 1, 1)
PACKAGES = "package."

AnyLifecycle = Lifecycle[Any, Any]


def write(directory: Path = DOCS) -> list[str]:
    """Write all pages and return the names of those that have changed."""
    stale = check(directory)
    for name in stale:
        (directory / name).write_text(PAGES[name](), "utf-8")
    return stale


def check(directory: Path = DOCS) -> list[str]:
    """The names of the pages that are not what the code says now."""
    return [name for name, page in PAGES.items() if _text_of(directory / name) != page()]


def authorisation() -> str:
    """The page about who may do what."""
    return "\n".join([GENERATED, AUTHORISATION, *_operations(), *_roles(), *_fields()])


def states() -> str:
    """The page about how cases go from stage to stage."""
    return "\n".join([GENERATED, STATES, *_lifecycles(), *_routes()])


def problems() -> str:
    """The page about everything that is refused."""
    return "\n".join([GENERATED, PROBLEMS, *_problems()])


def sandbox() -> str:
    """The page about what can be played."""
    return "\n".join([GENERATED, SANDBOX, *_ends(), *_magic_numbers(), *_events()])


AUTHORISATION = """# Who may do what

One table in `app/domain/shared/authz` has a row for each operation: the scope that the token needs, the roles that
may call it, and how far it looks. Guards, this page and the tests of authorisation are made from it. What has no row
needs no token.

* **By area**: the role reaches its own areas and all below, by its appointments.
* **By party**: the role reaches only what its account, its person or its organisation is a party to.
* **Reach** `intake` also finds out whether a person is on record already, and shows nothing of it. Reach
  `verification` also finds the certificates of all, and answers the least. Everything else reaches `cases`: what area
  and party open.

Outside of that there is nothing (404); inside, what is not one's function is refused (403). Why it is so:
[decision 4](decisions/0004-a-gate-and-two-walls.md) and [decision 5](decisions/0005-reach-by-area-or-by-party.md).
"""
STATES = """# How a case goes from stage to stage

Each kind of case has one table of steps in the domain. Guards, the `actions` of an answer and this page are made from
it. A step without a role is taken by nobody: it follows from another. Duties that are kept apart are done by different
people, and nobody does one of them on their own case.
"""
PROBLEMS = """# What is refused, and how it is said

Every refusal is `application/problem+json` (RFC 9457) with a `code` from this list, in the language that
`Accept-Language` prefers, `en` or `zh-CN`. A code keeps its meaning; new ones may come. The token endpoint answers in
OAuth's own shape.

每个拒绝都以 `application/problem+json` 返回，`code` 取自下表；文字语言由 `Accept-Language` 决定。
令牌接口沿用 OAuth 的格式。
"""
SANDBOX = """# What a sandbox plays

The tables that the sandbox itself plays by; `GET /v1/sandbox/scenarios` lists the same. How to open a client in one,
and what else it can do, is in the [guide for portals](integration.md#the-sandbox). Where real people apply, scenarios
and magic numbers are refused by name (`scenario_refused`, `magic_number_in_production`), and no event can be fired.
"""


def _ends() -> Iterator[str]:
    yield "## Ends of items\n"
    yield "For the header `Test-Scenario: item=end;item=end` of `POST /v1/applications`.\n"
    yield "| End | What happens | 说明 |"
    yield "|---|---|---|"
    for one in SCENARIOS:
        yield f"| `{one.end}` | {one.wording.en} | {one.wording.zh} |"
    yield ""


def _magic_numbers() -> Iterator[str]:
    yield "## Magic numbers\n"
    yield f"Certificate numbers in the region {REGION}, which is none, for `POST /v1/certificate-verifications` and for"
    yield f"jobs. All are held by `{HOLDER}`, who cannot exist; any other name answers `no_match`. A refusal is of the"
    yield "whole request; in a job it is the row's problem. All other numbers of the region are unknown ones.\n"
    yield "| Number | Answer | What it stands for | 说明 |"
    yield "|---|---|---|---|"
    for magic in MAGIC_NUMBERS:
        refusal = magic.refusal()
        answer = f"`{magic.answer}`" if refusal is None else f"{status_of(refusal)} `{refusal.code}`"
        yield f"| `{magic.number.value}` | {answer} | {magic.wording.en} | {magic.wording.zh} |"
    yield ""


def _events() -> Iterator[str]:
    yield "## Events\n"
    yield "For `POST /v1/sandbox/events`, and what each says where it has happened.\n"
    yield "| Event | Says | Facts |"
    yield "|---|---|---|"
    for name, kind in event_types().items():
        said = " ".join((kind.__doc__ or "").partition("\n\n")[0].split())
        yield f"| `{name}` | {said} | {_quoted(fact_names(kind))} |"
    yield ""


def _operations() -> Iterator[str]:
    yield "## By operation\n"
    yield "| Operation | Scope | By area | By party | Reach |"
    yield "|---|---|---|---|---|"
    for name, operation in OPERATIONS.items():
        yield _operation(name, operation)
    yield ""


def _operation(name: str, operation: Operation) -> str:
    reach = "" if operation.reach is Reach.CASES else f"`{operation.reach}`"
    by_area, by_party = operation.roles - BY_PARTY, operation.roles & BY_PARTY
    if operation.roles == frozenset(Role):
        return f"| `{name}` | `{operation.scope}` | everybody | everybody | {reach} |"
    return f"| `{name}` | `{operation.scope}` | {_listed(by_area)} | {_listed(by_party)} | {reach} |"


def _roles() -> Iterator[str]:
    yield "## By role\n"
    yield "What everybody may do is left out.\n"
    yield "| Role | Reaches | Operations |"
    yield "|---|---|---|"
    for role in Role:
        own = [name for name, operation in OPERATIONS.items() if role in operation.roles != frozenset(Role)]
        yield f"| `{role}` | by {'party' if role in BY_PARTY else 'area'} | {_quoted(own)} |"
    yield ""


def _fields() -> Iterator[str]:
    yield "## What a role is shown of a person\n"
    yield "By the roles that reach this very person. Roles that are not listed are shown nothing.\n"
    yield "| Role | Fields |"
    yield "|---|---|"
    for role in Role:
        if role in PERSON_FIELDS:
            yield f"| `{role}` | {_listed(PERSON_FIELDS[role])} |"
    yield ""


def _lifecycles() -> Iterator[str]:
    for lifecycle in sorted(_of_the_domain(), key=lambda found: found.noun):
        yield f"## {lifecycle.noun.capitalize()}\n"
        yield from _drawn(lifecycle)


def _of_the_domain() -> Iterable[AnyLifecycle]:
    modules = _modules_of(domain)
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Lifecycle))
    return {id(lifecycle): lifecycle for lifecycle in found if lifecycle is not LIFECYCLE}.values()


def _routes() -> Iterator[str]:
    """Benefit cases have no table of their own: each item of a package makes one, and some go the same way.

    Certificate business has one for each row of the rulebooks.
    """
    for noun, ways in (("Certificate case", _certificate_ways()), ("Benefit case", _benefit_ways())):
        items: dict[str, dict[str, None]] = {}
        for lifecycle, name in ways:
            items.setdefault("\n".join(_drawn(lifecycle)), {})[name] = None
        for drawn, names in items.items():
            yield f"## {noun}: {', '.join(names)}\n"
            yield drawn


def _certificate_ways() -> Iterator[tuple[AnyLifecycle, str]]:
    """The way of every business, as the whole country has it."""
    rules = Rulebook(load_rulebooks()).at("", SAMPLE_DAY)
    for business in Business:
        entry = rules.entry(f"certificate.business.{business}").value
        yield BusinessRules.of(rules, business).way.lifecycle, f"{entry.text('zh')} `{business}`"


def _benefit_ways() -> Iterator[tuple[AnyLifecycle, str]]:
    """The way of every benefit of every package, of all places and all times."""
    book = Rulebook(load_rulebooks())
    for rule in (rule for rule in book if rule.subject.startswith(PACKAGES)):
        rules = book.at(rule.region, rule.valid_to or max(rule.valid_from, SAMPLE_DAY))
        for item in Entry(rule.value, rule.reference).entries("items"):
            if item.text("case_kind") == "benefit":
                yield Route.of(item.entries("steps"), rules).lifecycle, f"{item.text('zh')} `{item.text('code')}`"


def _drawn(lifecycle: AnyLifecycle) -> Iterator[str]:
    yield f"```mermaid\n{lifecycle.diagram()}```\n"
    yield "| Step | From | To | Operation | Roles |"
    yield "|---|---|---|---|---|"
    for action, step in lifecycle.steps.items():
        alone = "no operation yet" if step.roles else "follows by itself"
        operation = f"`{step.operation}`" if step.operation else alone
        yield f"| `{action}` | {_listed(step.sources)} | `{step.target}` | {operation} | {_listed(step.roles)} |"
    yield f"\nKept apart: {_listed(lifecycle.apart)}.\n" if lifecycle.apart else ""


def _problems() -> Iterator[str]:
    for package in (domain, services, adapters, v1, api):
        list(_modules_of(package))  # a refusal is in the registry once its module is imported
    yield "| Code | Status | English | 中文 |"
    yield "|---|---|---|---|"
    for code, kind in registry().items():
        english, chinese = page_text_of(kind, Language.ENGLISH), page_text_of(kind, Language.CHINESE)
        told = f"{chinese.title}：{chinese.detail}" if chinese != english else ""
        yield f"| `{code}` | {status_of(kind)} | {english.title}. {english.detail} | {told} |"
    yield ""


def _modules_of(package: ModuleType) -> Iterator[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return (import_module(module.name) for module in found)


def _listed(members: Iterable[str]) -> str:
    return _quoted(sorted(members))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _text_of(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None


PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"authorisation.md": authorisation, "problems.md": problems, "sandbox.md": sandbox, "states.md": states}
)
"""The pages by their names below docs/."""

if __name__ == "__main__":
    write()
