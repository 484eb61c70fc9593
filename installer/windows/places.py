"""Where the Windows build keeps what it fetched and made, so that the next one is quicker."""

from __future__ import annotations

from installer.console import ROOT

HERE = ROOT / "installer" / "windows"
WORK = ROOT / "build" / "windows"
DOWNLOADS = WORK / "downloads"
PYTHON = WORK / "python"
TESTING = WORK / "testing"
"""Libraries that only the tests import; apart, so that none of them gets into the program."""
PREFIX = WORK / "prefix"
ICONS = WORK / "icons"
PREPARED = WORK / "prepared"
"""For each thing that was made the digest of what it was made from, and lists for the set-up."""
