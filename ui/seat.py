"""Seat: what every page is given. The open desk, the worker, ways to go somewhere and to say something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from shelterdesk import names
from shelterdesk.desk import Busy, Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.search import Index
from shelterdesk.settings import Setting, Settings
from ui.bus import Bus
from ui.place import Place
from ui.privacy.session_pin import SessionPin
from ui.work import Task, Worker

Undo = Callable[[], object]


class Front(Protocol):
    """What there is to show when nobody is signed in."""

    def show_unlock(self, folder: Path, why: str = "") -> None:
        """Show the unlock page for the vault in *folder*; *why* is told above it."""
        ...

    def show_damage(self, folder: Path) -> None:
        """Show what is known of a damaged vault and the ways on."""
        ...


MASK = "•••"


class Seat(QObject):
    """One signed-in person at one window, from unlock to lock."""

    place_wanted = Signal(object)
    """A page asks to go to a Place."""
    place_named = Signal(object)
    """A page names the current Place more exactly; that is no step of its own."""
    said = Signal(str, str, object)
    """Kind of banner, words, undo function or None."""
    saved = Signal()
    visitor_changed = Signal(bool)
    index_ready = Signal()
    lock_then = Signal(str, object)
    """A page asks to lock for a reason, by its code, and to go on with a function that is given the Front."""
    setting_changed = Signal(object)
    """A Setting of this computer that holds from now on."""

    def __init__(self, desk: Desk, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.settings = settings or Settings()
        self.pin = SessionPin(self)
        self.unkept: set[UUID] = set()
        """Drafts whose last words could not be kept, e.g. because the disk is full."""
        self.bus = Bus(desk, self)
        self.worker = Worker(self)
        self.files = Worker(self)
        """For backups and checks: they take long over files, and nothing on a page waits for them."""
        self.index = Index([])
        self.visitor = False
        self._names: dict[str, dict[UUID, str]] = {}
        self.bus.changed.connect(self._forget_names)

    def go(self, place: Place) -> None:
        """Ask the window to go to *place*."""
        self.place_wanted.emit(place)

    def name_place(self, place: Place) -> None:
        """Tell the window where we are now, e.g. in which section, without a step for going back."""
        self.place_named.emit(place)

    def say(self, words: str, undo: Undo | None = None, kind: Literal["done", "info", "attention"] = "done") -> None:
        """Show *words* in the banner of the page, with «Undo» where *undo* is given, until the next act."""
        self.said.emit(kind, words, undo)

    def complain(self, error: BaseException) -> None:
        """Show an error that belongs to no field. What is no error for people is a bug and is raised again."""
        if not isinstance(error, ShelterDeskError):
            raise error
        self.said.emit("error", error.text(), None)

    def not_kept(self, draft_id: UUID, error: ShelterDeskError) -> None:
        """Remember that a draft could not be kept, and say why; what is over in a moment needs no words."""
        self.unkept.add(draft_id)
        if not isinstance(error, Busy):
            self.complain(error)

    def names(self, target: str) -> dict[UUID, str]:
        """Return the names of linked records, read once until one of them changes."""
        if target not in self._names:
            self._names[target] = names.names_for(self.desk, target)
        return self._names[target]

    def masked(self, words: str, instead: str = MASK) -> str:
        """Return *words*, or while visitor mode masks what is written about people, dots or what tells nothing."""
        return instead if self.visitor and words else words

    def set_visitor(self, *, on: bool) -> None:
        """Mask all names on screen, or show them again."""
        if on != self.visitor:
            self.visitor = on
            self.visitor_changed.emit(on)

    def change_setting(self, setting: Setting[Any], value: Any) -> None:
        """Keep a setting of this computer and let it hold at once."""
        try:
            self.settings.change(setting, value)
        except OSError:
            self.said.emit("error", _("The settings of this computer could not be written. Nothing was changed."), None)
        else:
            self.setting_changed.emit(setting)

    def in_background(
        self,
        function: Callable[[Task], Any],
        then: Callable[[Any], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
        writes: bool = False,
    ) -> Task:
        """Run *function* in the worker; *then* gets its value in this thread while *owner* lives."""
        return self.worker.run(function, then=then, failed=failed or self.complain, owner=owner, writes=writes)

    def over_files(
        self,
        function: Callable[[Task], Any],
        then: Callable[[Any], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Run *function* in the worker for files; *then* gets its value in this thread while *owner* lives."""
        return self.files.run(function, then=then, failed=failed or self.complain, owner=owner)

    def take_index(self, index: Index) -> None:
        """Take the finished search index."""
        self.index = index
        self.index_ready.emit()

    def close(self) -> None:
        """Stop the worker, drop the index and the names. The desk is closed by the session."""
        self.bus.close()
        self.worker.close()
        self.files.close()
        self.pin.drop()
        self.index = Index([])
        self._names.clear()

    def _forget_names(self, kinds: frozenset[str]) -> None:
        if "colleague" in kinds:
            self._names.pop("member", None)
        for target in kinds & set(self._names):
            del self._names[target]
        if kinds & {"room", "bed"}:
            self._names.pop("bed", None)


def person_words(name: str, code: str) -> str:
    """Return how a person is called in a sentence."""
    return name if name == code else _("{name}, {code}").format(name=name, code=code)
