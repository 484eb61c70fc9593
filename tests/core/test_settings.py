from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import settings as table
from shelterdesk.settings import EVERY, Settings, settings_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_defaults_hold_without_a_file(file: Path) -> None:
    settings = Settings(file)
    for setting in EVERY:
        assert settings.value(setting) == setting.default
    assert not file.exists()


def test_the_file_lies_in_the_folder_of_the_machine(tmp_path: Path) -> None:
    assert settings_file() == tmp_path / "home" / "settings.toml"
    Settings().change(table.SCHEME, "dark")
    assert settings_file().read_text(encoding="utf-8") == 'scheme = "dark"\n'


def test_changes_are_read_back(file: Path) -> None:
    settings = Settings(file)
    settings.change(table.LANGUAGE, "az")
    settings.change(table.TEXT_SCALE, 1.25)
    settings.change(table.SHOWN_AS, "desk")
    settings.change(table.LOCK_MINUTES, 10)
    settings.change(table.LAST_VAULT, r"C:\Users\d\desk-7F3A.vault")
    again = Settings(file)
    assert again.value(table.LANGUAGE) == "az"
    assert again.value(table.TEXT_SCALE) == 1.25
    assert again.value(table.SHOWN_AS) == "desk"
    assert again.value(table.LOCK_MINUTES) == 10
    assert again.value(table.LAST_VAULT) == r"C:\Users\d\desk-7F3A.vault"


def test_going_back_to_the_default_leaves_nothing(file: Path) -> None:
    settings = Settings(file)
    settings.change(table.SHOWN_AS, "desk")
    settings.change(table.SHOWN_AS, "")
    assert file.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (table.LANGUAGE, "de"),
        (table.SCHEME, "pink"),
        (table.TEXT_SCALE, 9.0),
        (table.TEXT_SCALE, float("nan")),
        (table.SHOWN_AS, True),
        (table.SHOWN_AS, "Shelter Umid"),
        (table.LOCK_MINUTES, 0),
        (table.LOCK_MINUTES, True),
        (table.LAST_VAULT, "/home/d/Shelter Umid"),
        (table.LAST_VAULT, "Aysel"),
        (table.LAST_VAULT, "/home/d/desk-7F3A.vault/Aysel"),
    ],
)
def test_what_may_not_be_kept_is_refused(file: Path, setting: table.Setting[object], value: object) -> None:
    with pytest.raises(ValueError, match=setting.name):
        Settings(file).change(setting, value)
    assert not file.exists()


def test_foreign_and_wrong_values_in_the_file_are_ignored(file: Path) -> None:
    file.write_text(
        'resident = "Aysel"\nscheme = "dark"\ntext_scale = "large"\nlock_minutes = 1000\n', encoding="utf-8"
    )
    settings = Settings(file)
    assert settings.value(table.SCHEME) == "dark"
    assert settings.value(table.TEXT_SCALE) == 1.0
    assert settings.value(table.LOCK_MINUTES) == 15
    settings.change(table.SHOWN_AS, "desk")
    assert "Aysel" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"scheme = ", b"\xff\xfe\x00", b"[table]\nscheme = 'dark'"])
def test_a_broken_file_means_defaults(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert Settings(file).value(table.SCHEME) == "system"


def test_nothing_half_written_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(file)
    settings.change(table.SCHEME, "dark")

    def full(*_args: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        settings.change(table.SCHEME, "light")
    monkeypatch.undo()
    assert settings.value(table.SCHEME) == "dark"
    with pytest.raises(ValueError, match="surrogates"):
        settings.change(table.LAST_VAULT, "/home/\udcff/desk-7F3A.vault")
    assert [entry.name for entry in file.parent.iterdir() if entry.suffix == ".tmp"] == []
    assert Settings(file).value(table.SCHEME) == "dark"


@given(st.text(max_size=30))
def test_any_folder_path_is_read_back(tmp_path_factory: pytest.TempPathFactory, folder: str) -> None:
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    path = f"{folder}/desk-00AF.vault"
    Settings(file).change(table.LAST_VAULT, path)
    assert Settings(file).value(table.LAST_VAULT) == path


def test_every_setting_has_a_name_of_its_own_and_a_label() -> None:
    assert len({setting.name for setting in EVERY}) == len(EVERY)
    assert all(setting.label for setting in EVERY)
    declared = {value for value in vars(table).values() if isinstance(value, table.Setting)}
    assert declared == set(EVERY)
