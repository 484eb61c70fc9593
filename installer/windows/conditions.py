"""Which lines of the lists of libraries Windows takes, without their conditions.

``python -m installer.windows.conditions INTO NAMES LIST …``, inside the environment. NAMES are separated by commas;
without any, all are taken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

_ALWAYS = Marker("sys_platform == 'win32'")
_MACHINE = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}


def taken(text: str) -> Iterator[tuple[str, str]]:
    """Return the name and the line of every library in the list *text* that Windows takes, with its hashes."""
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "-")):
            continue
        words, _mark, hashes = line.partition("--hash=")
        requirement = Requirement(words.strip())
        if (requirement.marker or _ALWAYS).evaluate(_MACHINE):
            yield requirement.name, f"{requirement.name}{requirement.specifier} --hash={hashes.strip()}"


def main(words: list[str]) -> int:
    """Write the plain list."""
    into, names, *lists = words
    wished = set(filter(None, names.split(",")))
    chosen = dict[str, str]()
    for listed in lists:
        chosen.update(taken(Path(listed).read_text(encoding="utf-8")))
    lines = [line for name, line in chosen.items() if not wished or name in wished]
    Path(into).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
