"""A scan or photo opened from the matter it belongs to."""

from __future__ import annotations

from uuid import UUID

from shelterdesk import files
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _
from ui.dialogs.scan_viewer import open_scan
from ui.pages.resident.documents import EDIT
from ui.pages.resident.editing import EditingSection
from ui.place import Place


def show_paper(section: EditingSection, paper: StoredFile) -> None:
    """Open *paper* above *section*, which the keyboard comes back to. Its details are corrected among the documents."""
    head, seat = section.head, section.seat
    viewer = open_scan(seat, paper, head.code, section.window()) if head is not None else None
    if head is None or viewer is None:
        return

    def edit(file_id: UUID) -> None:
        seat.go(Place("residents", person_id=head.person_id, section="documents", doing=EDIT, about=file_id))

    def take_out(file_id: UUID) -> None:
        words = _("Scan or photo taken out")
        section.take_off(words, lambda off: files.archive_file(seat.desk, file_id, archived=off))

    viewer.edit_wanted.connect(edit)
    viewer.take_out_wanted.connect(take_out)
    viewer.finished.connect(lambda _result: section.stand_at(paper))
