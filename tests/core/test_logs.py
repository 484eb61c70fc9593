from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import pytest

from shelterdesk import logs

OPENED = logs.line("opened %s after %d attempts")
SAVED = logs.line("saved %s")
NAME = "Əliyeva Gülnarə"
LOG = logging.getLogger("shelterdesk.test")


class Act(StrEnum):
    ADD_SERVICE = "add_service"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Callable[[], str]]:
    root = logging.getLogger()
    handlers, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    handler = logs.start(tmp_path / "log" / "shelterdesk.log")

    def read() -> str:
        handler.flush()
        file = tmp_path / "log" / "shelterdesk.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    yield read
    logs.stop(handler)
    for other in handlers:
        root.addHandler(other)
    root.setLevel(level)
    logging.raiseExceptions = raising


def test_declared_lines_with_ids_and_codes_are_written(written: Callable[[], str]) -> None:
    LOG.info(OPENED, "desk-7F3A", 2)
    LOG.info(SAVED, UUID(int=7))
    LOG.info(SAVED, "R-2026-014")
    LOG.info(SAVED, Act.ADD_SERVICE)
    LOG.info(SAVED, logs.code("service.note"))
    LOG.info(SAVED, ValueError)
    text = written()
    for expected in (
        "opened desk-7F3A after 2 attempts",
        "saved 00000000-0000-0000-0000-000000000007",
        "saved R-2026-014",
        "saved add_service",
        "saved service.note",
        "saved ValueError",
    ):
        assert expected in text


@pytest.mark.parametrize(
    "value", [NAME, "Aysel", "aysel", "aysel.aliyeva", ["Aysel"], {"name": "Aysel"}, b"Aysel", object()]
)
def test_values_that_may_name_someone_are_left_out(written: Callable[[], str], value: object) -> None:
    LOG.info(SAVED, value)
    assert "saved left out" in written()
    assert "ysel" not in written()


def test_texts_that_were_not_declared_are_left_out(written: Callable[[], str]) -> None:
    LOG.info(f"saved {NAME}")  # noqa: G004
    LOG.warning("saved %s", NAME)
    text = written()
    assert text.count("left out (test_logs:") == 2
    assert NAME not in text


def test_libraries_are_dropped_and_their_warnings_become_places(written: Callable[[], str]) -> None:
    logging.getLogger("fontTools").info("font of %s", NAME)
    logging.getLogger("sqlalchemy.pool").error("lost %s", NAME)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"about {NAME}", UserWarning, stacklevel=1)
    text = written()
    assert "fontTools" not in text
    assert "ERROR sqlalchemy.pool left out" in text
    assert NAME not in text


def _fail() -> None:
    try:
        raise KeyError(NAME)
    except KeyError as cause:
        raise RuntimeError(f"no {NAME}") from cause


def test_errors_are_noted_as_types_and_places(written: Callable[[], str]) -> None:
    with pytest.raises(RuntimeError) as caught:
        _fail()
    reference = logs.note_error(caught.value)
    text = written()
    assert len(reference) == 6
    assert f"error {reference}: RuntimeError at " in text
    assert " < KeyError at " in text
    assert f"{__name__}:" in text
    assert NAME not in text


def test_a_line_with_wrong_values_says_nothing_and_raises_nothing(written: Callable[[], str]) -> None:
    LOG.info(OPENED, NAME)
    assert "left out (test_logs:" in written()
    assert NAME not in written()


def test_percent_signs_in_places_do_no_harm(written: Callable[[], str]) -> None:
    try:
        exec(compile("1 / 0", "100%s.py", "exec"), {"__name__": "100%s"})
    except ZeroDivisionError as error:
        logs.note_error(error)
    assert "ZeroDivisionError at 100%s:1" in written()


def test_the_log_stays_small(tmp_path: Path, written: Callable[[], str]) -> None:
    for number in range(30_000):
        LOG.info(OPENED, UUID(int=number), number)
    assert written()
    files = sorted((tmp_path / "log").iterdir())
    assert 1 < len(files) <= logs.FILES
    assert all(file.stat().st_size <= logs.LARGEST for file in files)


def test_the_log_lies_in_the_folder_of_the_machine(tmp_path: Path) -> None:
    assert logs.log_file() == tmp_path / "home" / "log" / "shelterdesk.log"
