"""A request by an authority: the form from its arrival to its answer, and the panel that shows it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from shelterdesk import authority_requests, consents, vocab
from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.consents import Consent
from shelterdesk.errors import ShelterDeskError
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.i18n import _
from shelterdesk.sharing import Standing
from ui import theme
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import Editor
from ui.forms.fitting_form import FittingForm
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.forms.sharing_forms import standing_words
from ui.seat import MASK, Seat, person_words
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.chip import Chip, ChipText
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words

_BY_THE_PROGRAM: Final = ("answered_by", "approved_by", "approved_on", "consent")
"""Fields that follow from what is done, and are typed by nobody."""
_CHIPS: Final = {
    "waiting": ("attention", "clock"),
    "given": ("done", "check"),
    "part": ("done", "check"),
    "declined": ("neutral", "x"),
    "not_ours": ("neutral", "arrow-right"),
}


class RequestForm(FittingForm):
    """With *person_id* it is about that person, without it asks whom it is about."""

    def __init__(self, seat: Seat, person_id: UUID | None = None) -> None:
        placed = (*_BY_THE_PROGRAM, "person_id") if person_id is not None else _BY_THE_PROGRAM
        names = [field.attribute for field in AuthorityRequest.declared if field.attribute not in placed]
        super().__init__(seat, AuthorityRequest, names, elsewhere=placed)
        self.person_id = person_id
        self._about = person_id
        self._consents: dict[UUID, list[Consent]] = {}

    def fit(self) -> None:
        """Say how her consent stands where something is given, and ask what obliges where it is missing."""
        whose = self._about or self.read("person_id")
        gives = self.read("answer") in authority_requests.GIVING
        standing = self.consent(whose) if whose is not None and gives else None
        self.show_where("without_consent", fits=standing is not None and not standing.given)
        if self.has("answer"):
            self.row("answer").set_help(standing_words(standing) if standing is not None else "")

    def consent(self, whose: UUID) -> Standing | None:
        """Return how her consent stands for this authority; None where her record does not lie open to the reader."""
        try:
            if whose not in self._consents:
                self._consents[whose] = consents.consents_of(self.seat.desk, whose)
        except ShelterDeskError:
            return None
        found = self._consents[whose]
        return authority_requests.standing_in(self.seat.desk, found, self.read("body"), self.read("body_name"))

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "person_id":
            return ChosenEditor(field, people_on_file(self.seat), _("Nobody on file"), width=320)
        if field.attribute == "about" and field.choices is not None:
            # Side by side the words would not fit.
            return ChosenEditor(field, [(one.code, _(one.label)) for one in field.choices], width=320)
        return super().make_editor(field)

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self._about is not None:
            found["person_id"] = self._about
        return found


def request_form(seat: Seat, person_id: UUID | None = None, request: AuthorityRequest | None = None) -> InlineForm:
    """Return the form of a request, a new one or one to answer or correct."""
    form = RequestForm(seat, person_id)
    if request is None:
        about = "on_file" if person_id is not None else None
        form.load_values({"received_on": seat.desk.today(), "answer": "waiting", "about": about})
    else:
        form.load(request, person_id)
    form.watch()

    def store(form: RecordForm) -> None:
        if request is None:
            authority_requests.record_request(seat.desk, **form.values())
        else:
            authority_requests.change_request(seat.desk, request, **form.changed_values())

    return InlineForm(seat, form, _("Save request"), store, title=_("Request by an authority"))


def people_on_file(seat: Seat) -> list[tuple[Any, str]]:
    """Return everybody the index knows, archived people included; visitor mode leaves the codes only."""
    entries = seat.index.entries
    if seat.visitor:
        return sorted(((one.id, one.code) for one in entries), key=lambda one: one[1])
    return sorted(((one.id, person_words(one.name, one.code)) for one in entries), key=lambda one: one[1].casefold())


def answer_chip(request: AuthorityRequest, days_past: int) -> ChipText:
    """Return how a request stands: past its day and answers nobody has approved stand out."""
    if request.waits and days_past > 0:
        return ChipText(_("past its day"), "attention", "clock")
    if request.needs_approval:
        return ChipText(_("to be approved"), "attention", "file-check")
    tone, icon = _CHIPS.get(request.answer, ("neutral", ""))
    return ChipText(vocab.REQUEST_ANSWERS.label(request.answer), tone, icon)  # pyright: ignore[reportArgumentType]


class RequestPanel(QFrame):
    """Everything about one request as far as the reader's keys go, with what can be done."""

    close_wanted = Signal()
    edit_wanted = Signal()
    approve_wanted = Signal()
    print_wanted = Signal()
    archive_wanted = Signal()

    def __init__(self, seat: Seat, request: AuthorityRequest, *, person: str = "") -> None:
        super().__init__()
        self.seat, self.request = seat, request
        self.setObjectName("request_panel")
        theme.mark(self, surface="editor")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._groups(person))
        column.addLayout(self._acts())

    def _groups(self, person: str) -> QGridLayout:
        """Put two groups beside each other: what came at the left, what was asked and answered at the right."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        for number, (group, facts) in enumerate(self._facts(person).items()):
            table = Facts()
            table.set_facts(facts)
            row, place = number % 2 * 2, number // 2 % 2
            grid.addWidget(Words(_(group), strong=True), row, place, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(table, row + 1, place, Qt.AlignmentFlag.AlignTop)
        return grid

    def _facts(self, person: str) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for field in self.seat.desk.fields(AuthorityRequest):
            fact = self._person(field, person) if field.attribute == "person_id" else self._fact(field)
            if fact is not None:
                found.setdefault(field.group or "", []).append(fact)
        return found

    def _person(self, field: Field, person: str) -> Fact | None:
        return Fact(_(field.label), person) if person else None

    def _fact(self, field: Field) -> Fact | None:
        value = field.read(self.request)
        if value is CLOSED:
            return Fact(_(field.label), _("sealed"), "muted")
        if value in (None, ""):
            return None
        names = self.seat.names(field.target) if field.kind is Kind.LINK else None
        masked = self.seat.visitor and (field.compartment is not None or field.kind is Kind.LINK)
        return Fact(_(field.label), MASK if masked else field.show(value, None, names))

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        answer = Button(_("Answer") if self.request.waits else _("Edit"), "pencil")
        answer.setObjectName("edit_request")
        answer.clicked.connect(self.edit_wanted)
        row.addWidget(answer)
        if authority_requests.may_approve(self.seat.desk, self.request):
            approve = Button(_("Approve"), "check")
            approve.setObjectName("approve_request")
            approve.clicked.connect(self.approve_wanted)
            row.addWidget(approve)
        elif self.request.needs_approval:
            row.addWidget(Chip(_("Somebody else has to approve it"), "neutral", "file-check"))
        for words, signal, name in (
            (_("Print…"), self.print_wanted, "print_request"),
            (_("Take out"), self.archive_wanted, "archive_request"),
            (_("Close"), self.close_wanted, "close_request"),
        ):
            link = LinkButton(words, slim=True)
            link.setObjectName(name)
            link.clicked.connect(signal)
            row.addWidget(link)
        row.addStretch(1)
        return row
