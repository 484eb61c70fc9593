"""Set-up is the first thing a shelter sees of the program: it may stop, but it says what to do next."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from installer import __main__ as commands
from installer import console, environment, program, system_packages
from installer.console import Stop
from installer.system_packages import Need

ABSENT = Need("libnowhere1", library="libnowhere.so.1")
linux = pytest.mark.skipif(sys.platform != "linux", reason="apt is Debian's")


def test_what_is_missing_is_found_by_trying() -> None:
    needs = [Need("here", module="venv"), ABSENT, Need("nowhere", program="no-such-program"), Need("sh", program="sh")]
    assert system_packages.missing(needs[:3]) == ["libnowhere1", "nowhere"]
    assert sys.platform == "win32" or system_packages.missing(needs[3:]) == []


@linux
def test_without_the_right_to_install_the_one_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_as_root", lambda: None)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(Stop) as stopped:
        system_packages.provide([ABSENT])
    assert "sudo apt-get install -y --no-install-recommends libnowhere1" in str(stopped.value)


@linux
def test_another_linux_is_told_which_libraries_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    with pytest.raises(Stop, match=r"libnowhere\.so\.1"):
        system_packages.provide([ABSENT])


@linux
def test_what_is_not_required_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "_as_root", lambda: None)
    system_packages.provide([ABSENT], required=False)
    assert "libnowhere1" in capsys.readouterr().out


@linux
def test_apt_that_fails_stops_with_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_as_root", list)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        system_packages, "run", lambda command, seconds: console.Outcome(100, "E: no room on the disk\n")
    )
    with pytest.raises(Stop, match="no room on the disk"):
        system_packages.provide([ABSENT])


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    began = time.monotonic()
    outcome = console.run([sys.executable, "-c", script], seconds=1)
    assert outcome.code == 124
    assert time.monotonic() - began < 20


def test_a_program_gets_no_other_python_and_its_output_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    script = "import os, sys; print(os.environ.get('PYTHONPATH'), flush=True); print('ə', file=sys.stderr); sys.exit(3)"
    lines: list[str] = []
    outcome = console.run([sys.executable, "-c", script], seconds=60, on_line=lines.append)
    assert outcome == console.Outcome(3, "None\nə\n")
    assert lines == ["None\n", "ə\n"]


def point_at(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the installer work on an environment in *folder*, with an empty list of libraries."""
    venv = folder / ".venv"
    programs = venv / ("Scripts" if environment.WINDOWS else "bin")
    lock = folder / "run.txt"
    lock.write_text("", encoding="utf-8")
    patch.setattr(environment, "VENV", venv)
    patch.setattr(environment, "PROGRAMS", programs)
    patch.setattr(environment, "PYTHON", programs / environment.PYTHON.name)
    patch.setattr(environment, "_STAMP", venv / "set-up.json")
    patch.setattr(environment, "_UNFINISHED", venv / "set-up-unfinished")
    patch.setattr(environment, "_LOCK", folder / "lock")
    patch.setattr(environment, "LOCKS", {"run": lock})
    patch.setattr(environment, "_compile_catalogues", lambda stamp: None)
    patch.setattr(environment.system_packages, "provide", lambda needs: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set up once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("made")
    if folder.drive != environment.ROOT.drive:
        pytest.skip("the environment lies on the drive of the checkout")
    with pytest.MonkeyPatch.context() as patch:
        point_at(folder, patch)
        environment.prepare("run")
    return folder / ".venv"


@pytest.fixture
def venv(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    point_at(tmp_path, monkeypatch)
    shutil.copytree(made, tmp_path / ".venv", symlinks=True)
    return tmp_path / ".venv"


def test_set_up_makes_programs_and_the_product_can_be_imported(venv: Path) -> None:
    python = [environment.PYTHON, "-c", "import shelterdesk.i18n"]
    # The libraries are not there (the list is empty), but the product is, from wherever it is started.
    environment.prepare("run")
    found = subprocess.run(python, cwd=venv, capture_output=True, text=True, check=False)
    assert "No module named 'platformdirs'" in found.stderr
    program = environment.PROGRAMS / ("shelterdesk-cli.cmd" if environment.WINDOWS else "shelterdesk-cli")
    started = subprocess.run([program, "--help"], cwd=venv, capture_output=True, text=True, check=False)
    assert "No module named" in started.stderr
    assert "No module named 'shelterdesk" not in started.stderr


def test_the_second_set_up_finds_everything_done(venv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    environment.prepare("run")
    assert time.monotonic() - began < 1
    assert capsys.readouterr().out == ""


@pytest.mark.long
def test_after_an_interruption_the_environment_is_made_anew(venv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = environment.site_packages("{}.{}".format(*sys.version_info[:2])) / "half-installed"
    half.touch()
    (venv / "set-up-unfinished").touch()
    environment.prepare("run")
    assert "made anew" in capsys.readouterr().out
    assert not half.exists()
    assert not (venv / "set-up-unfinished").exists()


def test_a_changed_lock_is_installed_again(venv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = json.loads((venv / "set-up.json").read_text(encoding="utf-8"))
    environment.LOCKS["run"].write_text("# nothing new\n", encoding="utf-8")
    capsys.readouterr()
    environment.prepare("run")
    assert "Libraries (run)" in capsys.readouterr().out
    assert json.loads((venv / "set-up.json").read_text(encoding="utf-8"))["run"] != before["run"]


def test_a_library_that_cannot_be_had_stops_with_advice_and_keeps_the_environment(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.LOCKS["run"].write_text("no-such-library==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Stop, match="internet connection"):
        environment.prepare("run")
    assert not (venv / "set-up-unfinished").exists()


def test_options_after_run_and_test_belong_to_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(environment, "start", lambda words: started.append(words) or 0)
    assert commands.main(["run", "--demo", "--", "-x"]) == 0
    assert started == [["--demo", "--", "-x"]]


def test_a_stop_is_a_sentence_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(wishes: program.Wishes) -> int:
        raise Stop(f"The disk is full, and {wishes.into.name} stays empty.")

    monkeypatch.setattr(program, "build", stop)
    assert commands.main(["build"]) == 1
    assert capsys.readouterr().err == "The disk is full, and dist stays empty.\n"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "dist/ShelterDesk"),
        OSError(errno.EROFS, "Read-only file system", ".venv.lock"),
        shutil.Error([("from", "to", "[Errno 28] No space left on device")]),
    ],
)
def test_a_full_disk_and_a_folder_nobody_may_write_to_are_told_in_words(
    error: OSError, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(wishes: program.Wishes) -> int:
        raise error

    monkeypatch.setattr(program, "build", fail)
    assert commands.main(["build"]) == 1
    told = capsys.readouterr().err
    assert str(error) in told
    assert told.endswith("then run the same command again.\n")


def test_what_is_wrong_in_the_installer_itself_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(wishes: program.Wishes) -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "nowhere")

    monkeypatch.setattr(program, "build", fail)
    with pytest.raises(FileNotFoundError):
        commands.main(["build"])


@linux
def test_a_second_build_waits_for_the_first_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def second() -> None:
        with environment.alone(tmp_path / "build" / "lock", "build"):
            order.append("second")

    other = threading.Thread(target=second)
    with environment.alone(tmp_path / "build" / "lock", "build"):
        other.start()
        until = time.monotonic() + 10
        told = ""
        while "waits" not in told and time.monotonic() < until:
            told += capsys.readouterr().out
            time.sleep(0.01)
        order.append("first")
    other.join(10)
    assert "Another build is at work" in told
    assert order == ["first", "second"]


def test_builds_share_a_lock_where_they_share_a_folder(tmp_path: Path) -> None:
    here, elsewhere = (
        {system: program.Wishes(system=system, into=into).lock for system in ("linux", "windows")}
        for into in (program.DIST, tmp_path)
    )
    assert here["linux"] != here["windows"]
    assert here["linux"] != elsewhere["linux"]
    # What was fetched, and Wine, lie in one place wherever the packages go.
    assert here["windows"] == elsewhere["windows"]


def test_a_build_that_fails_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(wishes: program.Wishes) -> list[Path]:
        raise Stop("The .deb could not be packed.")

    monkeypatch.setattr(program, "_parts", fail)
    monkeypatch.setattr(environment, "prepare", lambda *layers: None)
    monkeypatch.setattr(system_packages, "provide", lambda needs, required=True: None)
    with pytest.raises(Stop, match=r"(?s)could not be packed.*run the same command again"):
        program.build(program.Wishes(into=tmp_path / "dist"))


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_ends_what_was_begun(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []

    def build(wishes: program.Wishes) -> int:
        def hang_up(line: str) -> None:
            ended.append(int(line))
            os.kill(os.getpid(), number)

        console.run(["sh", "-c", "echo $$; exec sleep 60"], seconds=60, on_line=hang_up)
        return 0

    monkeypatch.setattr(program, "build", build)
    before = signal.signal(number, signal.SIG_DFL)
    try:
        assert commands.main(["build"]) == 130
    finally:
        signal.signal(number, before)
    assert "Run the same command again" in capsys.readouterr().err
    assert not Path(f"/proc/{ended[0]}").exists()
