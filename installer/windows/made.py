"""Knowing what is made already: a thing is made again only when what it comes from has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from installer.console import say
from installer.environment import digest
from installer.windows.places import PREPARED


def once(folder: Path, sources: Iterable[Path], make: Callable[[], None]) -> None:
    """Have *make* fill *folder* anew, unless it was filled from these very *sources* and finished."""
    mark = PREPARED / folder.name
    wanted = digest(*sources)
    if folder.is_dir() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        say(f"    {folder.name}: kept from an earlier build")
        return
    mark.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make()
    PREPARED.mkdir(parents=True, exist_ok=True)
    mark.write_text(wanted, encoding="utf-8")
