"""Files that leave the program: whole or not at all, and nothing is made for a place that takes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.printing.ways_out import write_whole


def test_a_file_is_replaced_whole_and_what_a_power_cut_left_is_in_nobodys_way(tmp_path: Path) -> None:
    file, left = tmp_path / "list.xlsx", tmp_path / ".list.xlsx.part"
    file.write_bytes(b"old")
    left.write_bytes(b"half")
    write_whole(file, lambda: b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_made_for_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, made = tmp_path / "list.xlsx", []
    file.write_bytes(b"old")
    held = Path.open

    def opened(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if path == file and mode != "rb":
            raise PermissionError(13, "held by another program")
        return held(path, mode, *rest, **more)  # pyright: ignore[reportArgumentType, reportCallIssue]

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(PermissionError):
        write_whole(file, lambda: made.append("logged") or b"new")
    assert made == []
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
