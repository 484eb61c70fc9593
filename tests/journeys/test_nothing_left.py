"""After a week at the desk nothing that was typed lies open on the computer, and nothing went over a network."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.journeys.conftest import Walked
from tests.journeys.searching import files_below, found_in
from tests.journeys.story import STORY
from tests.journeys.watching import Watch

OPEN_PAPERS = ("her-sheet.pdf", "plan-for-the-file.pdf")
"""Files the person asked for in clear; a PDF has no password. Nothing else may hold what was typed."""
OF_THE_TEST = ("pictures", "seen.json", "password.txt")
"""What the walk itself writes for those who look at it afterwards."""
FONT_LISTS = ("fc-list",)
"""Programs the chart library asks for the fonts there are."""
OF_THE_TOOLKIT = (".cache", ".cache/fontconfig", ".config", ".config/QtProject.conf")
"""What fontconfig and Qt keep in the profile: where fonts lie, and how wide the columns of the file window are."""

_CALL = re.compile(r'(?:openat\([^"]*|open\(|creat\()"(?P<path>[^"]*)"(?:, (?P<flags>[A-Z_|0-9]+))?.*= \d+')
_OTHER = re.compile(r'(?:mkdir\(|rename\("[^"]*", |renameat2\([^"]*"[^"]*", [^"]*)"(?P<path>[^"]*)".*= 0')
_SOCKET = re.compile(r"socket\((?P<family>AF_\w+)")
_CONNECT = re.compile(r'connect\(\d+, \{sa_family=(?P<family>AF_\w+)(?:, sun_path=(?P<path>@?"[^"]*"))?')
NEIGHBOURS = {
    "the screen": r'@?"(/tmp/\.X11-unix/X\d+|.*/wayland-\d+)"',
    "the message bus of the system, which tells when it goes to sleep": r'"(/var)?/run/dbus/system_bus_socket"',
    "the message bus of the desktop, which tells when the screen is locked": r'@?"(.*/dbus-\w+|.*/bus)"',
    "the list of users of the system": r'"/var/run/nscd/socket"',
}
"""Whom the window may talk to on this computer, and why; nobody else, and nobody beyond it."""


def spared(walked: Walked) -> list[Path]:
    papers = walked.papers / STORY.folder
    return [*(papers / name for name in OPEN_PAPERS), *(walked.folder / "walk" / name for name in OF_THE_TEST)]


pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def came_to_its_end(walked: Walked) -> None:
    assert walked.code == 0, walked.said


def test_what_was_typed_lies_nowhere_on_disk(walked: Walked) -> None:
    # The folder the person made carries a name by her own choice; it may be remembered nowhere else.
    away = walked.papers.rename(walked.folder / "taken-home")
    try:
        places = [*files_below(walked.home), *files_below(walked.folder / "profile")]
        assert any(place.name == "records.db" for place in places), "there is a vault to search"
        assert found_in(walked.folder, STORY.canaries(), [*spared(walked), away]) == []
        typed = {name: words for name, words in STORY.canaries().items() if name != "folder"}
        kept_back = [away / STORY.folder / name for name in OPEN_PAPERS]
        assert found_in(away / STORY.folder, typed, kept_back) == []
        assert {file.name for file in files_below(away)} == {*OPEN_PAPERS, "october.docx"}
    finally:
        away.rename(walked.papers)


def test_nothing_temporary_stays(walked: Walked) -> None:
    assert files_below(walked.folder / "temporary") == []
    assert files_below(walked.folder / "runtime") == []


def test_files_are_written_in_the_vault_the_home_and_the_chosen_folder_only(walked: Walked) -> None:
    allowed = (walked.home, walked.papers, walked.folder / "walk" / "pictures")
    outside = [path for path in walked.seen()["written"] if not any(Path(path).is_relative_to(one) for one in allowed)]
    assert outside == []


def test_the_system_saw_no_other_file_written(walked: Walked) -> None:
    if not walked.calls:
        pytest.skip("strace is missing, or may not look at programs here")
    own = (walked.home, walked.folder / "walk", walked.folder / "profile" / ".cache" / "fontconfig", Path("/dev"))
    toolkit = tuple(str(walked.folder / "profile" / name) for name in OF_THE_TOOLKIT)
    written: set[str] = set()
    for line in walked.calls.splitlines():
        opened, other = _CALL.search(line), _OTHER.search(line)
        if opened and re.search(r"O_WRONLY|O_RDWR|O_CREAT", opened["flags"] or "O_CREAT"):
            written.add(opened["path"])
        elif other:
            written.add(other["path"])
    assert any("records.db" in path for path in written), "the vault is among what was seen"
    outside = [path for path in sorted(written) if not any(Path(path).is_relative_to(one) for one in own)]
    assert [path for path in outside if not path.startswith(toolkit)] == []


def test_no_network_is_asked_for(walked: Walked) -> None:
    """Python would have been refused a network; what the toolkit asks for, the system sees."""
    assert walked.seen()["sockets"] == []
    families = {found["family"] for line in walked.calls.splitlines() if (found := _SOCKET.search(line))}
    assert families <= {"AF_UNIX"}


def test_the_window_talks_to_named_neighbours_only(walked: Walked) -> None:
    called = [found for line in walked.calls.splitlines() if (found := _CONNECT.search(line))]
    strangers = {found[0] for found in called if not _is_a_neighbour(found["path"] or "")}
    assert strangers == set()


def _is_a_neighbour(path: str) -> bool:
    return any(re.fullmatch(known, path) for known in NEIGHBOURS.values())


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_network_would_be_noted_and_refused(family: int) -> None:
    watch = Watch()
    with pytest.raises(PermissionError):
        watch("socket.__new__", (None, family, socket.SOCK_STREAM, 0))
    watch("socket.__new__", (None, socket.AF_UNIX, socket.SOCK_STREAM, 0))
    assert len(watch.seen()["sockets"]) == 2


def test_no_other_program_is_started(walked: Walked) -> None:
    started = [one for one in walked.seen()["started"] if not any(f"'{name}'" in one for name in FONT_LISTS)]
    assert started == []
