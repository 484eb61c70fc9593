"""Cover and lock from every menu and dialog on a real screen, where grabs, stacking and paints are real."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import ROOT, Display, own_surroundings

MINUTES = 10


@pytest.mark.long
@pytest.mark.timeout(MINUTES * 60 + 30)
def test_whatever_is_open_it_is_covered_and_locked(display: Display, tmp_path: Path) -> None:
    tests = "tests/ui/privacy/test_shut_everywhere.py"
    command = [sys.executable, "-m", "pytest", "-q", "-m", "", "-p", "no:cacheprovider", tests]
    times = tmp_path / "times.txt"
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=own_surroundings(tmp_path) | display.surroundings() | {"SHELTERDESK_TIMES": str(times)},
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(times.read_text(encoding="utf-8").splitlines()) > 20
