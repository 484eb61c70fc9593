"""One topic of what happened: folded, with how it stands; inside are its rows and the form that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from shelterdesk.what_happened import ToldTopic
from ui.forms.inline_form import InlineForm
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.fold_row import FoldRow
from ui.widgets.text import Words

_INSET = 40


class TopicCard(Card):
    """``standing_wanted`` asks for the form that says how the topic stands. ``place`` is where forms go."""

    standing_wanted = Signal()

    def __init__(self, seat: Seat, topic: str, *, may_write: bool) -> None:
        super().__init__()
        self.seat, self.topic = seat, topic
        self.setObjectName(f"topic-{topic}")
        self.fold = FoldRow(vocab.HARM_TOPICS.label(topic), parent=self)
        self.fold.setObjectName(f"fold-{topic}")
        self.add(self.fold, inset=1)
        self._inside = QWidget(self)
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 4, 0, 0)
        self.column.setSpacing(10)
        self._standing = Words("", tone="muted", wrap=True, parent=self._inside)
        self.stands = LinkButton(_("Say how it stands"), slim=True, parent=self._inside)
        self.stands.setAccessibleName(_("{topic}: say how it stands").format(topic=vocab.HARM_TOPICS.label(topic)))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._standing, 1)
        line.addWidget(self.stands)
        self.stands.setVisible(may_write)
        self.column.addLayout(line)
        self.place = QVBoxLayout()
        self.column.addLayout(self.place)
        self.add(self._inside, inset=_INSET)
        self.end(4)
        self._inside.hide()
        self.fold.toggled.connect(self._inside.setVisible)
        self.stands.clicked.connect(self.standing_wanted)

    def add_acts(self, *acts: LinkButton) -> None:
        """Put links in one line below everything so far."""
        line = QHBoxLayout()
        line.setSpacing(16)
        for act in acts:
            line.addWidget(act)
        line.addStretch(1)
        self.column.addLayout(line)

    def show_standing(self, standing: ToldTopic | None, recorded: str) -> None:
        """Show how the topic stands; *recorded* says beside its title what there is, without any detail."""
        words = _standing_words(standing, self.seat)
        nobody = "" if recorded else _("Nobody has asked yet. Nothing here has to be asked.")
        self._standing.setText(words or nobody)
        # What she told elsewhere is not asked again: that has to be seen before anything else.
        told = standing is not None and standing.answer in ("told_elsewhere", "not_now")
        self._standing.set_tone("attention" if told else "muted")
        answer = "" if recorded else _("not asked yet")
        if standing is not None:
            answer = vocab.TOPIC_ANSWERS.label(standing.answer)
        self.fold.set_words("   ·   ".join(filter(None, (answer, recorded))))

    def open(self) -> None:
        """Unfold it."""
        self.fold.setChecked(True)

    def close_fold(self) -> None:
        """Fold it."""
        self.fold.setChecked(False)

    def take(self, editor: InlineForm) -> None:
        """Put *editor* above the rows and begin it."""
        self.open()
        self.place.addWidget(editor)
        editor.show()
        editor.begin()


def _standing_words(standing: ToldTopic | None, seat: Seat) -> str:
    if standing is None:
        return ""
    shown = seat.masked(text_of(standing, "where"))
    on = formats.day(standing.answered_on, style="short") if standing.answered_on else ""
    return "   ·   ".join(filter(None, (vocab.TOPIC_ANSWERS.label(standing.answer), shown, on)))
