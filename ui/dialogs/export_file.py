"""What every window has in common from which a file leaves: the banner, the password, the buttons, the way out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.printing.ways_out import ask_file, write_whole
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Line


class ExportFileDialog(QDialog):
    """A subclass hands its content to :meth:`lay_out` and says what the file is called, holds, and locks with."""

    def __init__(self, seat: Seat, name: str, title: str, width: int, height: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.seat = seat
        room = self.screen().availableSize()
        self.resize(min(theme.px(width), room.width() - 40), min(theme.px(height), room.height() - 60))
        self.banner = Banner(parent=self)
        self.save_button = PrimaryButton(_("Save file…"), "file-output")
        self.save_button.setObjectName("save")
        self.close_button = Button(_("Close"))
        self.save_button.clicked.connect(self.ask)
        self.close_button.clicked.connect(self.reject)

    def lay_out(self, content: QLayout) -> None:
        """Put *content* between the banner and the buttons."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.banner)
        whole.addLayout(top)
        content.setContentsMargins(16, 0, 16, 0)
        whole.addLayout(content, 1)
        whole.addWidget(Line())
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 12)
        line.addWidget(self.close_button)
        line.addStretch(1)
        line.addWidget(self.save_button)
        whole.addLayout(line)

    @staticmethod
    def line(name: str, hint: str) -> QLineEdit:
        """Return a line to type into."""
        made = QLineEdit()
        made.setObjectName(name)
        made.setPlaceholderText(hint)
        return made

    @classmethod
    def password_line(cls, password: str) -> QLineEdit:
        """Return the line that shows the password of the file, which is nowhere else."""
        made = cls.line("password", "")
        made.setAccessibleName(_("Password of the file"))
        made.setText(password)
        made.setReadOnly(True)
        return made

    # --- what a subclass says --------------------------------------------------------------------------------------

    def file_name(self) -> str:
        """Return what the file is called, without its ending."""
        raise NotImplementedError

    def ending(self) -> str:
        """Return the ending of the file."""
        raise NotImplementedError

    def taken_password(self) -> str | None:
        """Return the password of the file, None where it gets none."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        """Tell whether nothing is missing, and say what is."""
        return True

    def made(self) -> bytes:
        """Return what the file holds, once it is logged that it leaves. Raises errors for people."""
        raise NotImplementedError

    # --- the way out -----------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask where the file is to lie, and save it."""
        if self.is_ready():
            ask_file(self, self.file_name(), self.ending(), self.save)

    def save(self, path: Path) -> bool:
        """Write the file and log that it leaves; what cannot be written did not leave."""
        if not self.is_ready():
            return False
        try:
            write_whole(path, self.made)
        except ShelterDeskError as error:
            self.complain(error.text())
            return False
        except OSError:
            words = _("{file} cannot be written. Close it in other programs, or choose another folder.")
            self.complain(words.format(file=path.name))
            return False
        self.seat.say(_("Saved as {name}").format(name=path.name))
        if self.taken_password() is None:
            self.accept()
            return True
        self.save_button.setEnabled(False)
        words = _("Saved as {name}. Note the password before you close.")
        self.banner.say(words.format(name=path.name), kind="done")
        return True

    def complain(self, words: str) -> None:
        """Show what went wrong."""
        self.banner.say(words, kind="error")
