"""The rules that hold for the whole tree, whatever is in it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    "shelterdesk", "ui", "resources", "installer", "tests",
}  # fmt: skip
LONGEST = 450
LOCKS = ("requirements", "dev", "build")
NETWORK = {"socket", "http", "requests", "ssl", "urllib.request", "ftplib", "smtplib", "PySide6.QtNetwork"}
# How the import of a distribution is called where the two names differ.
IMPORT_NAMES = {
    "pyside6-essentials": "PySide6", "python-docx": "docx", "msoffcrypto-tool": "msoffcrypto", "tzdata": "zoneinfo",
    "pillow": "PIL",
}  # fmt: skip


def tracked() -> list[Path]:
    """Return the files under version control, or in an unpacked archive every file that would be."""
    if shutil.which("git"):
        asked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout:
            return [ROOT / name for name in asked.stdout.split("\0") if name and (ROOT / name).is_file()]
    layout = [ROOT / name for name in (*TOP, ".ci") if (ROOT / name).exists()]
    files = [file for entry in layout for file in ([entry] if entry.is_file() else entry.rglob("*")) if file.is_file()]
    return [file for file in files if "__pycache__" not in file.parts and file.suffix != ".mo"]


def product_modules() -> list[Path]:
    return [
        file for file in tracked() if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in {"shelterdesk", "ui"}
    ]


def imports(file: Path) -> set[str]:
    """Return the full dotted names a module imports, those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def readable() -> list[tuple[Path, str]]:
    texts: list[tuple[Path, str]] = []
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content[:8000]:
            texts.append((file.relative_to(ROOT), content.decode("utf-8")))
    return texts


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def required(name: str) -> list[str]:
    """Return the requirement lines of an ``.in`` file."""
    lines = (ROOT / "installer" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-c"))]


def bare(requirement: str) -> str:
    return re.split(r"[ <>=!~;\[]", requirement, maxsplit=1)[0].lower()


def locked(name: str) -> dict[str, list[str]]:
    """Return what a lock pins, each with the lines that follow it."""
    pins: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (ROOT / "installer" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            current = pins.setdefault(line.rstrip(" \\"), [])
        else:
            current.append(line.strip())
    return pins


def test_top_level_holds_what_the_layout_names() -> None:
    odd = {file.relative_to(ROOT).parts[0] for file in tracked()} - TOP
    assert [name for name in sorted(odd) if not name.startswith(".")] == []


def test_no_machine_path_and_no_registry_host_in_the_tree() -> None:
    path = re.compile(r"(?:^|[^a-zA-Z0-9_.])/(?:work|farm|root|tmp)/[a-z.]", re.MULTILINE)
    host = re.compile("|".join(["python" + "hosted", "pypi" + r"\.org", "registry" + r"\.npm" + "js"]))
    assert [str(file) for file, text in readable() if path.search(text) or host.search(text)] == []


def test_nothing_is_left_half_done() -> None:
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    python = [(file, text) for file, text in readable() if file.suffix in {".py", ".spec"}]
    assert [f"{file}: {found.group()}" for file, text in python if (found := mark.search(text))] == []


def test_no_module_of_the_product_is_too_long_to_read() -> None:
    # A revision is a frozen list of tables and is read as a list.
    read = [file for file in product_modules() if file.parent.name != "revisions"]
    lengths = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8").count("\n") for file in read}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_the_product_has_no_network_code() -> None:
    found = {file.relative_to(ROOT).as_posix(): imports(file) & NETWORK for file in product_modules()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_only_the_vault_uses_the_cipher() -> None:
    users = {file.relative_to(ROOT).parent.as_posix() for file in product_modules()
             if any(name.partition(".")[0] in {"cryptography", "sqlcipher3"} for name in imports(file))}  # fmt: skip
    assert users <= {"shelterdesk/vault"}


def test_every_import_is_a_declared_dependency_and_every_dependency_is_used() -> None:
    declared = {IMPORT_NAMES.get(name, name) for name in map(bare, project()["dependencies"])}  # type: ignore[arg-type]
    used = {name.partition(".")[0] for file in product_modules() for name in imports(file)}
    known = set(sys.stdlib_module_names) | {"shelterdesk", "ui", "shiboken6"}
    assert used - known - declared == set()
    assert declared - used == set()


def test_project_and_lock_input_name_the_same_libraries() -> None:
    names = {bare(line) for line in required("requirements")}
    assert names == {bare(line) for line in project()["dependencies"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_and_hashes_everything_and_names_no_address(name: str) -> None:
    pins = locked(name)
    assert {bare(line) for line in required(name)} <= {bare(pin) for pin in pins}
    assert [pin for pin in pins if "==" not in pin] == []
    assert [pin for pin, lines in pins.items() if not any(line.startswith("--hash=sha256:") for line in lines)] == []
    text = (ROOT / "installer" / f"{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host|\bfile:", text) == []


def test_locks_agree_where_they_pin_the_same_library() -> None:
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for pin in locked(name):
            versions.setdefault(re.sub(r"==[^ ]+", "", pin), set()).add(pin)
    assert {name: pins for name, pins in versions.items() if len(pins) > 1} == {}


def test_installer_and_project_accept_the_same_pythons() -> None:
    source = (ROOT / "installer" / "__main__.py").read_text(encoding="utf-8")
    oldest, newest = (
        int(re.search(rf"^{name} = \(3, (\d+)\)$", source, re.MULTILINE)[1]) for name in ("OLDEST", "NEWEST")
    )  # type: ignore[index]
    assert project()["requires-python"] == f">=3.{oldest},<3.{newest + 1}"


def test_installer_needs_nothing_but_the_standard_library_to_start() -> None:
    allowed = set(sys.stdlib_module_names) | {"installer"}
    started = ("__main__", "console", "checks", "environment", "locks", "program", "system_packages")
    found = {
        name: {one.partition(".")[0] for one in imports(ROOT / "installer" / f"{name}.py")} - allowed
        for name in started
    }
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize("module", ["shelterdesk", "shelterdesk.desk", "shelterdesk.cli"])
def test_core_starts_without_qt(module: str) -> None:
    qt = "[name for name in sys.modules if name.startswith(('PySide6', 'shiboken', 'ui.'))]"
    script = f"import sys, {module}; print({qt})"
    asked = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.stdout.strip() == "[]", asked.stderr
