"""The search for what was left finds it in every shape it may have."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import pytest

from tests.journeys.searching import found_in


@pytest.mark.parametrize(
    "written",
    [
        b"Ysoldemar was here",
        "x: Ysoldemar".encode("utf-16-le"),
        b"f" + "Ysoldemar".encode("utf-16-be"),
        base64.b64encode(b"a Ysoldemar b"),
        base64.b64encode(b"ab Ysoldemar"),
        base64.b64encode(b"abc Ysoldemar"),
        b"YSOLDEMAR",
    ],
)
def test_the_search_finds_what_is_left(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "cache").write_bytes(b"\0\1" + written + b"\0")
    assert found_in(tmp_path, {"draft": "Ysoldemar"}) != []
    assert found_in(tmp_path, {"draft": "Ysoldemars"}) == []


def test_the_search_looks_into_archives_and_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "month.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>Ysoldemar</w:t>" * 50)
    (tmp_path / "plan ysoldemar.txt").write_text("")
    assert found_in(tmp_path, {"draft": "Ysoldemar"}) == [
        "draft (as typed, utf-8) in month.docx!word/document.xml",
        "draft (lower case, utf-8) in the name plan ysoldemar.txt",
    ]
