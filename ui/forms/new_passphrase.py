"""Choosing a passphrase: typed twice, with advice in words. Nobody is stopped, and no kind of sign is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import passphrases
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, _
from ui.widgets.buttons import LinkButton
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.strength_bar import StrengthBar
from ui.widgets.text import IconLabel, Words


class NewPassphrase(QWidget):
    """Two fields with the strength in words below the first. *marks* adds what makes a passphrase good, as ticks.

    ``changed`` fires while either is typed, ``submitted`` is Enter in the second. *first* and *second* label the
    fields and may have mnemonics.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(
        self, first: str = "", second: str = "", *, marks: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        first, second = first or _("&Passphrase"), second or _("Passphrase &again")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._avoid: tuple[str, ...] = ()
        self.first = PassphraseField(first.replace("&", ""))
        self.again = PassphraseField(second.replace("&", ""))
        self.bar = StrengthBar(4)
        self.strength = Words("", "body", strong=True)
        self.advice = Words("", tone="muted", wrap=True)
        self.suggest = LinkButton(_("Suggest words"), icon="dices")
        self.marks = [Mark() for _number in range(3 if marks else 0)]
        self.same = Mark()
        self._lay_out(first, second)
        self.setFocusProxy(self.first.line)
        self.first.changed.connect(self._advise)
        self.again.changed.connect(self._advise)
        self.again.submitted.connect(self.submitted)
        self.first.submitted.connect(self.again.line.setFocus)
        self.suggest.clicked.connect(self._suggest)
        self._advise("")

    def _lay_out(self, first: str, second: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label, again = Words(first), Words(second)
        label.setBuddy(self.first.line)
        again.setBuddy(self.again.line)
        column.addWidget(label)
        column.addWidget(self.first)
        column.addSpacing(4)
        column.addWidget(self.bar)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.strength)
        line.addWidget(self.advice, 1)
        line.addWidget(self.suggest)
        column.addLayout(line)
        column.addSpacing(8 if self.marks else 4)
        for mark in self.marks:
            column.addWidget(mark)
        if self.marks:
            column.addSpacing(16)
        column.addWidget(again)
        column.addWidget(self.again)
        column.addWidget(self.same)

    def set_avoid(self, words: Iterable[str]) -> None:
        """Name what whoever guesses knows already: the sign-in name, the shelter's name."""
        self._avoid = tuple(words)
        self._advise("")

    def text(self) -> str:
        """Return what was chosen."""
        return self.first.text()

    def check(self) -> None:
        """Raise Problems for what keeps it from being used; the keyboard goes where it is to be changed."""
        if not self.first.text().strip():
            self.first.line.setFocus()
            raise Problems([Problem("passphrase", N_("Enter a passphrase."))])
        if self.first.text() != self.again.text():
            self.again.line.setFocus()
            raise Problems([Problem("again", N_("The two passphrases are not the same. Type the second one again."))])

    def clear(self) -> None:
        """Forget what was typed and hide it again."""
        self.first.clear()
        self.again.clear()

    def set_open(self, *, on: bool) -> None:
        """Let it be changed, or not any more."""
        for widget in (self.first, self.again, self.suggest):
            widget.setEnabled(on)

    def _suggest(self) -> None:
        words = passphrases.suggest()
        self.first.line.setText(words)
        self.again.clear()
        if not self.first.is_shown():
            self.first.show_text()
        self.again.line.setFocus()

    def _advise(self, _text: str) -> None:
        typed = self.first.text()
        advice = passphrases.advise(typed, self._avoid)
        self.bar.set_level(advice.score if typed else 0)
        self.strength.setText(_(advice.label) if typed else "")
        self.strength.setVisible(bool(typed))
        self.strength.set_tone("done" if advice.enough else "attention")
        remark = advice.warning or (advice.suggestions[0] if advice.suggestions else "")
        self.advice.setText(_(remark) if remark else "")
        if self.marks:
            words = (_("Four words that do not belong together"), _("No name, birthday or address"))
            self.marks[0].say(words[0], good=bool(typed) and advice.several_words)
            self.marks[1].say(words[1], good=bool(typed) and advice.no_names)
            self.marks[2].say(_("Used nowhere else: only you can know that"), good=None)
        both, same = bool(self.again.text()), typed == self.again.text()
        self.same.setVisible(both)
        self.same.say(_("Both are the same") if same else _("Not the same yet"), good=same, tinted=True)
        self.changed.emit()


class Mark(QWidget):
    """A tick, or a quiet sign, with words."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        self._icon = IconLabel("info", 16, "muted", self)
        self._words = Words("", tone="muted", parent=self)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def say(self, words: str, *, good: bool | None, tinted: bool = False) -> None:
        """Show *words*; *good* ticks them, None leaves them a remark."""
        self._icon.set_icon("check" if good else "info" if good is None else "circle", "done" if good else "muted")
        self._words.setText(words)
        self._words.set_tone("done" if good and tinted else "" if good else "muted")

    def say_wrong(self, words: str) -> None:
        """Show what is to be changed."""
        self._icon.set_icon("circle-alert", "error")
        self._words.setText(words)
        self._words.set_tone("error")
