"""What the frame of the window tells: pages with their lists, who is signed in, and how things stand."""

from __future__ import annotations

from typing import Final

from shelterdesk import formats, house_settings, members, own_lists, vocab, work
from shelterdesk.access import Right
from shelterdesk.backups import last_backup
from shelterdesk.desk import Desk
from shelterdesk.i18n import _, ngettext, text
from ui.actions import BY_ID
from ui.forms.backup_words import when_words
from ui.seat import Seat
from ui.service_pages import open_pages
from ui.widgets.sidebar import SavedList, Sidebar, SidebarEntry
from ui.widgets.status_strip import StatusStrip

_ENTRIES: Final = ("today", "residents", "house_book", "services", "work", "plans", "summaries")
_FOOT: Final = ("settings", "help")
_COMMAND_OF: Final = {"help": "help"}


def fill_sidebar(sidebar: Sidebar, desk: Desk) -> None:
    """Show the pages that are open to the signed-in person, their lists with counts, and who it is."""
    counts = own_lists.counts(desk) if desk.may(Right.SEE_HOUSE) else {}
    lists = {
        "residents": tuple(
            SavedList(one.id, text(one.short or one.label), formats.number(counts[one.id]))
            for one in own_lists.saved_lists(desk)
            if counts
        )
    }
    lists["services"] = tuple(SavedList(kind.id, _(kind.label)) for kind in open_pages(desk))
    if desk.may(Right.SEE_RECORDS):
        at_work = work.list_counts(desk)
        lists["work"] = tuple(SavedList(key, _(label), formats.number(at_work[key])) for key, label in work.LISTS)
    main = [_entry(key, lists.get(key, ())) for key in _ENTRIES if is_open(key, desk)]
    sidebar.set_entries(main, [_entry(key) for key in _FOOT])
    me = members.myself(desk)
    role = vocab.ROLES.label(me.roles[0]) if me.roles else ""
    initials = "".join(part[0] for part in me.name.replace(".", " ").split()[:2]).upper()
    sidebar.set_person(me.name, role, initials)


def show_status(status: StatusStrip, seat: Seat, lock_minutes: int) -> None:
    """Show the age of the backup, when it locks, and what is out of the ordinary."""
    desk = seat.desk
    facts = [
        ("hard-drive", _backup_words(desk)),
        ("timer", ngettext("Locks after {n} minute idle", "Locks after {n} minutes idle", lock_minutes)),
    ]
    if house_settings.get(desk, "invented"):
        facts.insert(0, ("users-round", _("Invented people only")))
    if seat.visitor:
        facts.insert(0, ("eye-off", _("Visitor mode")))
    status.set_facts(facts)
    if desk.last_saved is not None:
        status.say(_("Saved {time}").format(time=formats.clock(desk.last_saved, desk.zone)))


def _backup_words(desk: Desk) -> str:
    newest = last_backup(desk)
    return _("No backup yet") if newest is None else _("Backup {when}").format(when=when_words(newest, desk))


def _entry(key: str, lists: tuple[SavedList, ...] = ()) -> SidebarEntry:
    command = BY_ID[_COMMAND_OF.get(key, f"go_{key}")]
    keys = command.keys[0] if command.keys else ""
    return SidebarEntry(key, _(command.text), command.icon, f"{_(command.text)}  {keys}", lists)


def is_open(key: str, desk: Desk) -> bool:
    """Tell whether the signed-in person may go to a page; one without a command of its own is open."""
    command = BY_ID.get(f"go_{key}")
    return command is None or command.right is None or desk.may(command.right)
