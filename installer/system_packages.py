"""What ShelterDesk needs of the operating system: one list, checked by loading, installed where that is allowed."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass

from installer.console import Stop, run, say

APT_SECONDS = 900


@dataclass(frozen=True)
class Need:
    """A Debian package, and the library, program or module by which its presence is seen."""

    package: str
    library: str = ""
    program: str = ""
    module: str = ""

    def met(self) -> bool:
        """Say whether it is there and loads."""
        if self.program:
            return shutil.which(self.program) is not None
        if self.module:
            return importlib.util.find_spec(self.module) is not None
        try:
            ctypes.CDLL(self.library)
        except OSError:
            return False
        return True


_THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"

# The names of Debian 12; where Debian 13 renamed a package, the new one answers to the old name.
WINDOW = (
    Need("libglib2.0-0", library="libglib-2.0.so.0"),
    Need("libgl1", library="libGL.so.1"),
    Need("libegl1", library="libEGL.so.1"),
    Need("libxkbcommon0", library="libxkbcommon.so.0"),
    Need("libdbus-1-3", library="libdbus-1.so.3"),
    Need("libfontconfig1", library="libfontconfig.so.1"),
    Need("libxkbcommon-x11-0", library="libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", library="libxcb-cursor.so.0"),
    Need("libxcb-icccm4", library="libxcb-icccm.so.4"),
    Need("libxcb-keysyms1", library="libxcb-keysyms.so.1"),
    Need("libxcb-shape0", library="libxcb-shape.so.0"),
    Need("libcups2", library="libcups.so.2"),
)
ENVIRONMENT = (Need(f"python{_THIS}-venv", module="ensurepip"),)
TESTS = (
    Need("xvfb", program="Xvfb"),
    Need("xauth", program="xauth"),
    Need("xdotool", program="xdotool"),
    Need("strace", program="strace"),
    Need("poppler-utils", program="pdftoppm"),
)
DRIVE = (
    Need("xvfb", program="Xvfb"),
    Need("xdotool", program="xdotool"),
    Need("poppler-utils", program="pdftotext"),
    Need("tesseract-ocr", program="tesseract"),
)
BUILD = (
    Need("binutils", program="objdump"),
    Need(f"libpython{_THIS}", library=str(sysconfig.get_config_var("INSTSONAME") or "")),
)


def missing(needs: Iterable[Need]) -> list[str]:
    """Return the packages that are not there."""
    return [need.package for need in needs if not need.met()]


def _as_root() -> list[str] | None:
    """Return what goes before a command of the administrator, or ``None`` without that right."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    # Asked as apt will be started: in a session of its own, where a password that was just typed is not remembered.
    asked = subprocess.run(
        ["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL, check=False, start_new_session=True
    )
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _apt(root: list[str], packages: list[str]) -> None:
    say(f"  System packages: installing {', '.join(packages)} …")
    command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    update = run([*command, "update"], seconds=APT_SECONDS)
    install = run([*command, "install", "-y", "--no-install-recommends", *packages], seconds=APT_SECONDS)
    if install.code != 0:
        told = install.tail() if update.code == 0 else f"{update.tail(5)}\n{install.tail()}"
        raise Stop(
            f"{told}\n\nThe system packages could not be installed. "
            "Mend what is said above, then run the same command again."
        )


def provide(needs: Iterable[Need], *, required: bool = True) -> None:
    """Install what is missing of *needs*, or stop with the one line that does.

    Nothing happens on Windows and macOS, where the wheels bring everything. What is not required is named and left.
    """
    if sys.platform != "linux":
        return
    absent = missing(needs)
    if not absent:
        return
    root = _as_root() if shutil.which("apt-get") else None
    if root is not None:
        _apt(root, absent)
        return
    line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(absent)}"
    if not required:
        say(f"  Not installed, the tests that need them are left out: {', '.join(absent)}\n  They come with: {line}")
        return
    if shutil.which("apt-get"):
        raise Stop(f"System packages are missing. Run this line once, then the same command again:\n\n  {line}\n")
    libraries = ", ".join(need.library or need.program or need.module for need in needs if not need.met())
    raise Stop(
        f"System libraries are missing: {libraries}\n"
        f"Install them with the tool of your system (on Debian they are called {' '.join(absent)}), "
        "then run the same command again."
    )
