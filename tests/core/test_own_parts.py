"""What the program says it is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shelterdesk import own_parts
from tests.core.packaged import pretend_packaged


@pytest.fixture
def licences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = pretend_packaged(tmp_path / "program", monkeypatch) / own_parts.FOLDER
    folder.mkdir()
    return folder


def test_the_source_tells_what_is_installed_beside_it() -> None:
    found = {part.name: part for part in own_parts.parts()}
    assert set(own_parts._DIRECT) == set(found)
    assert "Gerhard Häring" in found["sqlcipher3"].text()
    assert found["pyside6-essentials"].licence.startswith("LGPL-3.0-only")


def test_a_packaged_program_reads_its_own_list(licences: Path) -> None:
    (licences / "one.txt").write_text("first", encoding="utf-8")
    part = {"name": "a", "version": "1", "licence": "MIT", "note": "", "texts": ["one.txt", "one.txt", "gone.txt"]}
    (licences / "parts.json").write_text(json.dumps({"parts": [part]}), encoding="utf-8")
    (found,) = own_parts.parts()
    assert (found.name, found.version, found.licence) == ("a", "1", "MIT")
    assert found.text() == "first\n\n\nfirst"


@pytest.mark.parametrize("content", ["", "[]", '{"parts": [{"name": 1}]}', '{"parts": 5}', '{"parts": [5]}'])
def test_a_list_that_is_none_means_nothing_is_known(licences: Path, content: str) -> None:
    (licences / "parts.json").write_text(content, encoding="utf-8")
    assert own_parts.parts() == ()
