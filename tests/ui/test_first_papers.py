"""The dialog for papers of the first weeks: from a record filled or blank, from Today blank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shelterdesk import record_log, residents
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from tests.ui.shots import settle
from ui.dialogs.print_first_papers import PrintFirstPapersDialog
from ui.place import TODAY, Place
from ui.window import Window


def opened(window: Window) -> PrintFirstPapersDialog:
    window.run("print_first_papers")
    settle()
    (dialog,) = [one for one in window.findChildren(PrintFirstPapersDialog) if one.isVisible()]
    return dialog


def test_from_a_record_it_is_filled_and_leaves_once_it_is_logged(sample_window: Window, tmp_path: Path) -> None:
    row = residents.list_rows(sample_window.seat.desk, "here_now")[0]
    sample_window.go(Place("residents", "here_now", row.id))
    settle()
    dialog = opened(sample_window)
    assert dialog.document.key is not None
    assert dialog.document.key.value == row.code
    dialog.papers["certificate"].setChecked(True)
    assert dialog.document.file_name == "certificate"
    dialog.filled.chosen.emit(False)
    dialog.filled.set_value(False)
    dialog.papers["handover_act"].setChecked(True)
    assert dialog.document.key is None
    dialog.filled.set_value(True)
    dialog.show_paper()
    assert dialog.save(tmp_path / "act.pdf", "pdf")
    assert (tmp_path / "act.pdf").read_bytes().startswith(b"%PDF")
    assert record_log.log_of(sample_window.seat.desk, row.id)[0].act == Act.EXPORT.label()
    dialog.close()


def test_from_today_it_is_blank(sample_window: Window) -> None:
    sample_window.go(TODAY)
    settle()
    dialog = opened(sample_window)
    assert dialog.document.key is None
    assert not dialog.filled.isVisible()
    assert dialog.whose() is None
    dialog.close()


def test_the_letter_of_referral_is_always_blank_here(sample_window: Window, tmp_path: Path) -> None:
    row = residents.list_rows(sample_window.seat.desk, "here_now")[0]
    sample_window.go(Place("residents", "here_now", row.id, section="consents"))
    settle()
    page: Any = sample_window.page()
    page.record.section().out.blank.click()
    settle()
    (dialog,) = [one for one in sample_window.findChildren(PrintFirstPapersDialog) if one.isVisible()]
    assert dialog.paper() == "referral_letter"
    assert dialog.document.title == "Letter of referral"
    assert dialog.document.key is None
    assert dialog.save(tmp_path / "letter.pdf", "pdf")
    with sample_window.seat.desk.read() as db:
        newest = log_reading.logged(db, limit=1)[0]
    assert (newest.act, newest.person_id) == ("export", None)
    dialog.close()
