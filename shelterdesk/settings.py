"""Settings of this machine: how the window looks and how soon it locks.

They lie in clear text beside the log, so only what stands in the table below may be kept, and every value is checked:
there is no place here for a name, a code or any other content of a record.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from shelterdesk.i18n import LANGUAGES, N_
from shelterdesk.paths import machine_folder

Value = bool | int | float | str
T = TypeVar("T", bool, int, float, str)

_NEUTRAL_VAULT = re.compile(r"desk-[0-9A-F]{4}\.vault")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One allowed setting; ``choices``, ``least`` and ``most`` bound its value."""

    name: str
    default: T
    label: str
    help: str = ""
    choices: tuple[T, ...] = ()
    least: float | None = None
    most: float | None = None
    vault_path: bool = False

    def checked(self, value: object) -> T:
        """Return *value* as this setting keeps it. Raises ``ValueError`` when it may not be kept."""
        kept = self._typed(value)
        if self.choices and kept not in self.choices:
            raise ValueError(f"{self.name} is none of its choices")
        if isinstance(kept, str) and not self.choices and not self._names_a_vault(kept):
            raise ValueError(f"{self.name} is no neutral path")
        if isinstance(kept, int | float) and not self._in_bounds(kept):
            raise ValueError(f"{self.name} is out of bounds")
        return kept

    def _typed(self, value: object) -> T:
        wanted = type(self.default)
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            raise ValueError(f"{self.name} is of another type")
        return cast("T", value)

    def _in_bounds(self, value: float) -> bool:
        least = -math.inf if self.least is None else self.least
        return least <= value <= (math.inf if self.most is None else self.most)

    def _names_a_vault(self, path: str) -> bool:
        return path == "" or (self.vault_path and bool(_NEUTRAL_VAULT.fullmatch(re.split(r"[/\\]", path)[-1])))


LANGUAGE = Setting("language", "", N_("Language"), N_("Empty means the language of this computer."), ("", *LANGUAGES))
SCHEME = Setting("scheme", "system", N_("Colours"), choices=("system", "light", "dark"))
TEXT_SCALE = Setting("text_scale", 1.0, N_("Text size"), least=0.8, most=2.0)
LAST_VAULT = Setting(
    "last_vault",
    "",
    N_("Records opened last"),
    N_("Only kept when the folder still has its neutral name."),
    vault_path=True,
)
COVER_MINUTES = Setting("cover_minutes", 5, N_("Cover after minutes without a key or mouse"), least=1, most=30)
LOCK_MINUTES = Setting("lock_minutes", 15, N_("Lock after minutes without a key or mouse"), least=2, most=120)
SHOWN_AS = Setting(
    "shown_as", "", N_("Name and mark of the window"), N_("Empty means as installed."), ("", "desk", "notebook")
)
LOCK_MINIMISED = Setting("lock_minimised", False, N_("Lock when the window is minimised"))
THREE_SHIFTS = Setting("three_shifts", False, N_("Shift three times hides the window"))
ALLOW_PICTURES = Setting("allow_pictures", False, N_("Other programs may take pictures of the window"))
EVERY: tuple[Setting[bool] | Setting[int] | Setting[float] | Setting[str], ...] = (
    LANGUAGE, SCHEME, TEXT_SCALE, LAST_VAULT, COVER_MINUTES, LOCK_MINUTES, SHOWN_AS,
    LOCK_MINIMISED, THREE_SHIFTS, ALLOW_PICTURES,
)  # fmt: skip


def settings_file() -> Path:
    """Return where the settings of this machine lie."""
    return machine_folder() / "settings.toml"


class Settings:
    """The settings of one machine, read once; every change is written at once.

    What the file holds besides known and fitting values is ignored, and gone after the next change.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or settings_file()
        self._values: dict[str, Value] = {}
        self._read()

    def value(self, setting: Setting[T]) -> T:
        """Return the kept value, else the default."""
        return setting.checked(self._values.get(setting.name, setting.default))

    def change(self, setting: Setting[T], value: T) -> None:
        """Keep *value* and write the file. Raises ``ValueError`` when the value may not be kept, ``OSError``."""
        kept = setting.checked(value)
        changed = dict(self._values)
        if kept == setting.default:
            changed.pop(setting.name, None)
        else:
            changed[setting.name] = kept
        if changed != self._values or not self._file.exists():
            self._write(changed)
            self._values = changed

    def _read(self) -> None:
        try:
            found = tomllib.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return
        for setting in EVERY:
            if setting.name in found:
                try:
                    self._values[setting.name] = setting.checked(found[setting.name])
                except ValueError:
                    continue

    def _write(self, values: Mapping[str, Value]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{name} = {_toml(value)}\n" for name, value in sorted(values.items())]
        handle, name = tempfile.mkstemp(prefix="settings-", suffix=".tmp", dir=self._file.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.writelines(lines)
            Path(name).replace(self._file)
        except (OSError, ValueError):
            Path(name).unlink(missing_ok=True)
            raise


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = "".join(
            f"\\u{ord(sign):04X}" if ord(sign) < 32 or ord(sign) == 127 else {"\\": "\\\\", '"': '\\"'}.get(sign, sign)
            for sign in value
        )
        return f'"{escaped}"'
    return repr(value)
