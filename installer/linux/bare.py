"""The .deb on systems that have nothing: installed, started, updated and removed in fresh roots of Debian 12 and 13.

The roots hold neither Python nor a desktop. Their mounts live in a namespace of their own and end with each command.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from installer import program, system_packages
from installer.console import Stop, expect, run, say, step
from installer.linux import packages
from installer.system_packages import Need

RELEASES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
NEEDS = (Need("debootstrap", program="debootstrap"), Need("xvfb", program="Xvfb"))
OLDER = "0.0.9"
SECONDS = 900

_WORKER = "worker"
_VAULT = "desk-0000.vault"
_APT = "apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Languages=none"
_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
_SOCKETS = Path("/", "tmp", ".X11-unix")
# Inside: devices, processes and the sockets of the display outside; the root itself stays as it is.
_ENTER = """\
mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mkdir -p "$0$2" &&
mount --bind "$2" "$0$2" && exec chroot "$0" /bin/sh -euc "$1"
"""


def check(built: program.Built, package: Path, wishes: program.Wishes) -> None:
    """Try *package* on every release of :data:`RELEASES`; needs the rights of root. Raises :class:`Stop`."""
    if os.geteuid() != 0:
        raise Stop("Bare systems can only be made by root. Run the same command with sudo.")
    system_packages.provide(NEEDS)
    older = _older_package(built, wishes)
    for release, name in RELEASES.items():
        say(f"  {name}, bare:")
        _try_on(_fresh_root(release, wishes), older, package, name)


def _older_package(built: program.Built, wishes: program.Wishes) -> Path:
    """Pack the same program once more under an older version, for trying the update."""
    into = wishes.work / "older"
    into.mkdir(parents=True, exist_ok=True)
    old = replace(built, version=OLDER)
    root = wishes.work / "older-root"
    packages.lay_out(old, root)
    package = packages.deb(old, root, replace(wishes, into=into, release=False))
    shutil.rmtree(root)
    return package


def _fresh_root(release: str, wishes: program.Wishes) -> Path:
    """Return a new root of *release*; what it is made of is fetched once and kept."""
    kept = wishes.work / "bare" / release
    if not (kept / "finished").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        with step(f"Fetching the smallest {RELEASES[release]}"):
            command = ["debootstrap", "--variant=minbase", f"--keyring={_KEYS}", release, kept / "root", _mirror()]
            expect(run(command, seconds=SECONDS), f"The smallest {RELEASES[release]} could not be fetched.")
        for file in Path("/etc/apt/apt.conf.d").glob("99*"):
            shutil.copy(file, kept / "root/etc/apt/apt.conf.d")
        (kept / "finished").touch()
    root = wishes.work / "bare" / f"{release}-tried"
    expect(run(["rm", "-rf", "--one-file-system", root], seconds=120), f"{root} could not be removed.")
    expect(run(["cp", "-a", kept / "root", root], seconds=120), "The root could not be copied.")
    return root


def _mirror() -> str:
    """Return where this machine fetches Debian's packages from."""
    asked = run(["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"], seconds=60)
    addresses = [line for line in asked.output.splitlines() if line.rstrip("/").endswith("/debian")]
    if not addresses:
        raise Stop("apt names no place that Debian's packages come from.")
    return addresses[0]


def _try_on(root: Path, older: Path, newer: Path, name: str) -> None:
    for package in (older, newer):
        shutil.copy(package, root / "root" / package.name)
    with step(f"  {name}: installing {OLDER} without Python, and a vault of a worker"):
        _inside(root, f"{_APT} update; ! command -v python3", "The bare system is not as expected.")
        _inside(root, f"{_APT} install --no-install-recommends /root/{older.name}", "The package does not install.")
        _inside(root, f"useradd -m {_WORKER}", "The worker could not be made.")
        demo = f"shelterdesk-cli demo /home/{_WORKER}/{_VAULT} --residents 4 --months 2 >/home/{_WORKER}/said"
        _as_worker(root, demo, "The packaged shelterdesk-cli cannot make a vault.")
    with step(f"  {name}: updating to {newer.name}, and the window on a real display"):
        _inside(root, f"{_APT} install --no-install-recommends /root/{newer.name}", "The package does not update.")
        _inside(root, "shelterdesk-cli --version; ! command -v python3", "The updated program does not start.")
        _inside(root, "shelterdesk-cli verify-program", "The installed files are not those of the build.")
        with _display() as display:
            started = f"DISPLAY={display} QT_QPA_PLATFORM=xcb shelterdesk --self-test"
            said = _as_worker(root, started, "The installed ShelterDesk failed its self-test.")
        if "xcb, 1366" not in said:
            raise Stop(f"{said}\n\nThe self-test did not show a window on the display.")
    with step(f"  {name}: the vault after the update"):
        said = _as_worker(root, _reading(root), "The vault does not open after the update.")
        if len(said.split()) < 4:
            raise Stop(f"{said}\n\nThe residents of the vault are not all there after the update.")
    with step(f"  {name}: removing it, with everything it brought"):
        _inside(root, f"{_APT} purge shelterdesk", "The package cannot be removed.")
        left = [place for place in _OURS if (root / place).exists() or (root / place).is_symlink()]
        if left:
            raise Stop(f"Removing the package leaves {', '.join(left)} behind.")
        if not (root / "home" / _WORKER / _VAULT / "header.json").is_file():
            raise Stop("Removing the package took the vault away.")


_OURS = (
    "usr/lib/shelterdesk", "usr/bin/shelterdesk", "usr/bin/shelterdesk-cli",
    "usr/share/applications/shelterdesk.desktop", "usr/share/doc/shelterdesk", "usr/share/man/man1/shelterdesk.1.gz",
)  # fmt: skip


def _reading(root: Path) -> str:
    """Return the command that lists the residents, with the user and passphrase that `demo` printed."""
    lines = (root / "home" / _WORKER / "said").read_text(encoding="utf-8").splitlines()
    told = {line.partition(":")[0].strip().lower(): line.partition(":")[2].strip() for line in lines}
    secret = root / "home" / _WORKER / "passphrase"
    secret.write_text(told["passphrase"] + "\n", encoding="utf-8")
    secret.chmod(0o644)
    return (
        f"shelterdesk-cli --vault /home/{_WORKER}/{_VAULT} --user {told['user']} "
        f"--passphrase-file /home/{_WORKER}/passphrase residents"
    )


def _inside(root: Path, words: str, what: str) -> str:
    """Carry out shell *words* in *root* and return what they printed."""
    _SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-euc", _ENTER, root, words, _SOCKETS]
    extra = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    return expect(run(command, seconds=SECONDS, extra=extra), what).output


def _as_worker(root: Path, words: str, what: str) -> str:
    return _inside(root, f'cd /home/{_WORKER} && exec su {_WORKER} -s /bin/sh -c "{words}"', what)


@contextmanager
def _display() -> Iterator[str]:
    """Start a display of our own and yield its name."""
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(writing,), stdout=said, stderr=said,
        )  # fmt: skip
        try:
            os.close(writing)
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                raise Stop("The display for the trial does not start.")
            yield f":{number}"
        finally:
            server.terminate()
            server.wait(timeout=30)
