"""``python3 installer test``: every check of the project, ending with a summary and the right exit code."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from installer import environment, system_packages
from installer.console import Outcome, run, say

MINUTE = 60.0


@dataclass(frozen=True)
class Check:
    """One check: what it is called in the summary, and the module and words it is run with."""

    name: str
    words: Sequence[str | Path]
    seconds: float = 5 * MINUTE

    def carry_out(self, *, show: bool = False) -> tuple[Outcome, float]:
        """Run it and return the outcome and how many seconds it took."""
        began = time.monotonic()
        outcome = run([environment.PYTHON, *self.words], seconds=self.seconds, extra=_surroundings(), show=show)
        return outcome, time.monotonic() - began


READING = (
    Check("types", ("-m", "basedpyright", "--level", "warning")),
    Check("lint", ("-m", "ruff", "check")),
    Check("format", ("-m", "ruff", "format", "--check")),
    Check("import contracts", ("-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])")),
    Check("unused code", ("-m", "vulture")),
    Check("translations", ("-m", "installer.catalogues", "check")),
)


def _surroundings() -> dict[str, str]:
    # A test's window stays off the screen; a journey that wants a real one starts a display of its own.
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def _tests(*, long: bool) -> tuple[Check, ...]:
    """Return the runs of pytest, each in two processes side by side: core, then what needs Qt.

    Neither looks into folders that hold nothing but tests of the other: reading them takes ten seconds.
    """
    run = ("-m", "pytest", "-q", "-n", "2")
    also = "" if long else " and not long"
    limit = (45 if long else 12) * MINUTE
    return (
        Check("core tests", (*run, "-m", f"not gui{also}", "--ignore=tests/ui", "--ignore=tests/journeys"), limit),
        Check("window tests", (*run, "-m", f"gui{also}", "--ignore=tests/core"), limit),
    )


def _report(name: str, outcome: Outcome, seconds: float) -> str:
    word = "ok    " if outcome.code == 0 else "FAILED"
    return f"  {word} {name:<18} {seconds:6.1f} s"


def check(words: list[str], *, long: bool) -> int:
    """Run every check, or with *words* just pytest with them; return 0 when all is well."""
    environment.prepare("run", "test", "build")
    system_packages.provide(system_packages.TESTS, required=False)
    if words:
        chosen = Check("tests", ("-m", "pytest", *(["-m", ""] if long else []), *words), 60 * MINUTE)
        return chosen.carry_out(show=True)[0].code
    began = time.monotonic()
    lines: list[str] = []
    failed: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for each, (outcome, seconds) in zip(READING, pool.map(Check.carry_out, READING), strict=True):
            lines.append(_report(each.name, outcome, seconds))
            say(lines[-1])
            if outcome.code != 0:
                failed.append(each.name)
                say(outcome.tail(60))
    for each in _tests(long=long):
        outcome, seconds = each.carry_out(show=True)
        lines.append(_report(each.name, outcome, seconds))
        if outcome.code != 0:
            failed.append(each.name)
    say("\nSummary")
    for line in lines:
        say(line)
    whole = f"{(time.monotonic() - began) / MINUTE:.1f} minutes"
    say(f"Failed: {', '.join(failed)} ({whole})." if failed else f"All checks passed ({whole}).")
    return 1 if failed else 0
