"""Runs commands in this process and says how they ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordFile

from shelterdesk import cli
from shelterdesk.cli.entry import VARIABLE
from tests.desks import PASSPHRASE


class Said:
    """What one command said and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """Runs commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: object, passphrase: str | None = PASSPHRASE) -> Said:
        if passphrase is not None:
            self._monkeypatch.setenv(VARIABLE, passphrase)
        else:
            self._monkeypatch.delenv(VARIABLE, raising=False)
        self._capsys.readouterr()
        code = cli.main([str(one) for one in arguments])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)


def words_of(file: Path) -> str:
    """Return every word of a Word file: body, tables, head and foot."""
    word = WordFile(str(file))
    parts = [
        word.element,
        *(one for section in word.sections for one in (section.header._element, section.footer._element)),
    ]
    texts = (node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t"))
    return " ".join(texts)


def at(vault: Path) -> tuple[str, ...]:
    return ("--vault", str(vault), "--user", "leyla")
