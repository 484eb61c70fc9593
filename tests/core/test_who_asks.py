"""Every public function of the core that opens a session at a desk asks for a right first; read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CORE = Path(__file__).resolve().parents[2] / "shelterdesk"
ELSEWHERE = ("vault", "schema", "cli", "sample")
"""Below the desk, or above the core: commands and invented people call what is looked at here."""
ASKS = {"require", "require_planning", "may"}
REACHES = {"require_reach", "of_person", "reach_of"}
SESSIONS = {"read", "write", "quietly"}
READS = {"read"}
OPENERS = {
    "shelterdesk.records": {"add", "archive", "change", "of_person", "one_with"},
    "shelterdesk.note_versions": {"change_words"},
    "shelterdesk.printed": {"log_paper"},
    "shelterdesk.staff.telling": {"telling"},
}
"""Functions that open a session for whoever calls them, by their module."""

ALLOWED = {
    "records.add": "what every feature calls after it asked",
    "records.archive": "what every feature calls after it asked",
    "printed.log_paper": "what every paper calls after it asked",
    "records.change": "what every feature calls after it asked",
    "records.of_person": "what every feature calls after it asked; it looks at the reach itself",
    "records.one_with": "what every feature calls after it asked; it looks at the reach itself",
    "note_versions.change_words": "what notes and services call after they asked",
    "reach.reach_of": "says how far one gets oneself",
    "same_person.merged": "ids of records that were merged; whoever reads the records asks",
    "restrictions.deciding": "the session of a decision, opened by whoever asked for the right",
    "drafts.keep_draft": "one's own typing, sealed like the field it is meant for",
    "drafts.drop_draft": "one's own typing",
    "drafts.my_drafts": "one's own typing",
    "house_settings.get": "settings hold nothing about people; pages need them whatever the role",
    "house_settings.note": "what the program remembers by itself, e.g. when it backed up",
    "house_settings.load": "what the desk needs at hand for everybody",
    "catalogue.entry": "what the shelter says of a kind of service; forms and settings need it whatever the role",
    "catalogue.every_kind": "what the shelter says of its services, nothing about people",
    "scales.every_scale": "the words of scales, nothing about people; forms and settings need them whatever the role",
    "members.colleagues": "colleagues know one another; their names are sealed for the house",
    "members.set_shown_name": "one's own name",
    "names.names_for": "names of the house and of partners, sealed; people as far as the reach goes",
    "rooms.sites_of": "codes of the house; names are sealed. Summaries are split by them",
    "rooms.rooms_of": "numbers of rooms; names are sealed. Whoever sets the house up need not live in it",
    "rooms.beds_of": "numbers of beds; names are sealed",
    "rooms.projects_of": "codes of projects; names are sealed. Summaries are split by them",
    "rooms.has_site": "tells whether the vault was made whole",
    "rooms.add_first_site": "the first act in a new vault; a second site is refused",
    "exchange.remembered.keep": "titles of columns, sealed; written by an import, which asked",
    "exchange.remembered.recall": "titles of columns, sealed; empty without the key",
    "integrity.look_inside": "checks what is there; tells ids of broken records, no content",
    "integrity.look_at_log": "checks what is there; tells numbers of broken rows, no content",
    "opening.create_desk": "signing in is not done at a desk yet",
    "opening.open_desk": "signing in is not done at a desk yet",
    "opening.open_desk_with_pieces": "signing in is not done at a desk yet",
    "opening.open_desk_with_recovery": "signing in is not done at a desk yet",
    "opening.accept_invitation": "signing in is not done at a desk yet",
    "opening.sit_down_at_restored": "signing in is not done at a desk yet",
    "opening.lock_desk": "anybody may lock",
    "rescue.rescue": "signs in to the damaged vault with a passphrase of its own",
    "restoring.prepare_without": "signs in to the backup with a passphrase of its own",
    "backups.back_up_at": "the backup that is due, whoever sits there; a backup is ciphertext",
    "backups.log_head": "a number and a checksum, which stand in every backup",
    "backup_schedule.due_on_leaving": "tells whether a backup is due",
    "notices.begin_telling": "what the program remembers by itself: what this person was told",
    "notices.understood": "what this person was told",
    "recovery.let_recovery_open": "passing a key on takes holding it",
    "staff.telling.telling": "what every act about colleagues writes with after it asked",
    "staff.listing.note_sign_in": "what the program remembers by itself: when this person came",
    "staff.listing.everybody": "colleagues know one another; their names are sealed for the house",
    "staff.keys.give": "passing a key on takes holding it, which the signed chain checks",
    "staff.keys.hand_over": "passing a key on takes holding it, which the signed chain checks",
    "staff.keys.deputise": "passing a key on takes holding it, which the signed chain checks",
    "approvals.withdraw": "only what one asked for oneself",
}
"""Functions that ask for nothing, each with the reason why that is right."""


@dataclass
class Function:
    """One function with what it calls."""

    name: str
    public: bool
    calls: set[str] = field(default_factory=set)
    opens: bool = False
    reads: bool = False
    takes: set[str] = field(default_factory=set)


def functions() -> Iterator[tuple[str, dict[str, Function]]]:
    """Return the functions of every module of the core by their module."""
    for file in sorted(CORE.rglob("*.py")):
        parts = file.relative_to(CORE).with_suffix("").parts
        if parts[0] in ELSEWHERE:
            continue
        module = ".".join(part for part in parts if part != "__init__")
        tree = ast.parse(file.read_text(encoding="utf-8"))
        openers = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in OPENERS.get(node.module or "", ())
        }
        found: dict[str, Function] = {}
        for holder in (tree, *(one for one in tree.body if isinstance(one, ast.ClassDef))):
            for node in (one for one in holder.body if isinstance(one, ast.FunctionDef)):
                found[node.name] = _read(node, openers)
        yield module, found


def _read(node: ast.FunctionDef, openers: set[str]) -> Function:
    made = Function(node.name, public=not node.name.startswith("_"))
    made.takes = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
    for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
        if isinstance(call.func, ast.Name):
            made.calls.add(call.func.id)
            made.opens |= call.func.id in openers
        elif isinstance(call.func, ast.Attribute):
            made.calls.add(call.func.attr)
            made.opens |= call.func.attr in SESSIONS and _is_desk(call.func.value)
            made.reads |= call.func.attr in READS and _is_desk(call.func.value)
    return made


def _is_desk(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "desk") or (
        isinstance(node, ast.Attribute) and node.attr in ("desk", "_desk")
    )


def _with_helpers(start: Function, known: dict[str, Function], *, private: bool) -> list[Function]:
    """Return a function and those of its module that it calls, however deep; only *private* ones where it says so."""
    found, waiting = [start], [start]
    while waiting:
        for name in sorted(waiting.pop().calls):
            called = known.get(name)
            if called is not None and called not in found and not (private and called.public):
                found.append(called)
                waiting.append(called)
    return found


def _openers() -> Iterator[tuple[str, set[str], Function]]:
    """Return every public function that opens a session: its name, what it and its helpers call, and itself.

    A session that a public function of the module opens is looked at there.
    """
    for module, known in functions():
        for one in known.values():
            opened = [part for part in _with_helpers(one, known, private=True) if part.opens]
            if one.public and opened:
                whole = _with_helpers(one, known, private=False)
                one.reads = any(part.reads for part in opened)
                yield f"{module}.{one.name}", set[str]().union(*(part.calls for part in whole)), one


def test_every_public_function_at_a_desk_asks_for_a_right() -> None:
    silent = {name for name, calls, _one in _openers() if not calls & ASKS}
    assert silent - set(ALLOWED) == set()
    assert set(ALLOWED) - silent == set(), "named though they ask, or gone"


def test_whoever_reads_about_one_person_looks_at_the_reach() -> None:
    """Queries and writes leave closed records alone by themselves; whether a record asks why, its reader looks at."""
    found = {name for name, calls, one in _openers() if one.reads and "person_id" in one.takes and not calls & REACHES}
    assert found == {"reach.reach_of", "drafts.keep_draft"}, "what says it itself, and one's own typing"


@pytest.mark.parametrize("name", ALLOWED)
def test_each_exception_says_why(name: str) -> None:
    assert len(ALLOWED[name]) > 10
