"""From the source to the Windows program, its set-up and the portable folder, each tried through Wine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from installer import environment, outputs, program, repeatability, signing, system_packages
from installer.console import Outcome, Stop, expect, say, step
from installer.drive import driving
from installer.program import Built, Wishes
from installer.system_packages import Need
from installer.windows import inputs, installing, on_a_stick, packing, python_source, vouched, wheels, wine
from installer.windows.places import ICONS, PYTHON

NEEDS = (
    Need("wine", program="wine"),
    Need("gcc-mingw-w64-x86-64-posix", program="x86_64-w64-mingw32-gcc"),
    Need("osslsigncode", program="osslsigncode"),
    Need("nsis", program="makensis"),
    Need("xvfb", program="Xvfb"),
)
TEST_SECONDS = 900


def prepare() -> None:
    """Have everything there that the build needs; what an earlier build left is used again."""
    system_packages.provide(NEEDS)
    environment.prepare("run", "build")
    with step("The Windows Python, checked against its publisher's signatures"):
        python_source.provide()
    with step("The libraries for Windows, by hash"):
        wheels.provide()
    with step("Wine"):
        wine.provide()
    with step("Icons"):
        packing.provide_icons()


def _through_wine(words: list[str | Path], extra: dict[str, str]) -> Outcome:
    told = [wine.inside(word) if isinstance(word, Path) else word for word in words]
    return wine.start([PYTHON / "python.exe", *told], seconds=program.BUILD_SECONDS, extra=extra)


def make(wishes: Wishes, folder: Path) -> Built:
    """Return the finished program folder: made, checked, signed where that is wished, with its lists in it."""
    built = program.make(wishes, folder=folder, runner=_through_wine)
    shutil.copytree(ICONS, folder / "icons", ignore=shutil.ignore_patterns("*.bmp"))
    with step("Where each program file comes from"):
        say(f"    {vouched.check(built)} program files, each as its publisher made it")
    command = signing.command(wishes.sign_with)
    if command is not None:
        signing.sign(command, built.window, built.words)
    outputs.put_inside(built)
    return built


def build(wishes: Wishes) -> list[Path]:
    """Build everything *wishes* ask for and return what lies there then."""
    if wishes.twice and signing.command(wishes.sign_with) is not None:
        raise Stop("A signature holds its moment, so no two signed builds are the same. Compare without signing.")
    # Who goes on writing meanwhile changes what the next build has to see.
    begun_with = inputs.digest()
    prepare()
    try:
        built = make(wishes, wishes.into / "ShelterDesk-windows" / "ShelterDesk")
        if wishes.test:
            with step("Tests of the Windows parts"):
                run_tests()
        report = wishes.into / "self-test-windows.json"
        if wishes.folder_only:
            with step("Self-test of the program folder"):
                installing.prove_program(built.folder, report)
            return [built.folder]
        place = program.untried(wishes)
        set_up, zipped = packed = _packages(wishes, built, place)
        if wishes.twice:
            _compare_with_another(wishes, built.folder, set_up, zipped)
        installing.prove(built, set_up, report, drive=_driver(wishes))
        with step("The portable folder leaves nothing on the computer"):
            on_a_stick.prove(zipped)
        published = program.publish(place, packed)
        written = outputs.write(built, wishes.into)
    finally:
        wine.end()
    if wishes.drive and wishes.test:
        inputs.keep(begun_with)
    return [built.folder, *published, *written]


def _packages(wishes: Wishes, built: Built, into: Path) -> tuple[Path, Path]:
    set_up = into / f"ShelterDesk-{built.version}-Setup.exe"
    zipped = into / f"ShelterDesk-{built.version}-portable.zip"
    with step("The set-up program"):
        packing.set_up(built, set_up, signing=signing.nsis_lines(signing.command(wishes.sign_with)))
    with step("The portable folder"):
        packing.portable(built, zipped)
    return set_up, zipped


def _compare_with_another(wishes: Wishes, *parts: Path) -> None:
    """Build once more and stop when anything in *parts*, the folder and the packages, has become another."""
    place = wishes.work / "again"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    again = make(wishes, place / "ShelterDesk")
    others = (again.folder, *_packages(wishes, again, place))
    with step("Comparing byte for byte with another build"):
        found = [line for part, other in zip(parts, others, strict=True) for line in repeatability.compare(part, other)]
    if found:
        raise Stop("\n".join([*found[:30], "", f"{len(found)} differences to another build of the same source."]))
    say("    Both times the same")
    shutil.rmtree(place)


def _driver(wishes: Wishes) -> Callable[[Path], None] | None:
    """Return what uses a program by keyboard, unless that is not wished."""
    if not wishes.drive:
        return None
    shots = driving.where_pictures_go(wishes.into, "windows")
    return lambda program: driving.drive(["wine", str(program)], shots, wine=True, extra=wine.surroundings())


def run_tests() -> None:
    """Run the tests of what only Windows has on the Windows Python."""
    testing = wheels.provide_for_tests()
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "tests/windows"]
    extra = {
        "PYTHONPATH": wine.inside(testing),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "windows",
    }
    outcome = wine.start([PYTHON / "python.exe", *words], seconds=TEST_SECONDS, extra=extra, display=True)
    expect(outcome, "The tests of the Windows parts failed.", lines=60)
    say(f"    {outcome.tail(3)}")
