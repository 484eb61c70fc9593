"""Translations: collecting the strings people read, compiling the catalogues, and the rules they follow.

``python -m installer.catalogues extract|compile|check``, inside the environment: Babel is needed.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from installer.console import ROOT, say

SOURCES = ("shelterdesk", "ui")
FOLDER = ROOT / "resources" / "i18n"
TEMPLATE = FOLDER / "shelterdesk.pot"
LANGUAGES = ("az", "ru")
# Functions that take message ids, and how many; one of them has a context before its id.
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
WITH_CONTEXT = "pgettext"
_BABEL_KEYWORDS = dict.fromkeys(KEYWORDS, None)
# Calls that take a message id declared with N_, and the place of that argument.
TAKES_MESSAGE = {"text": 0, "Problem": 1}
PLAIN_WORDS = re.compile(
    r"\b(please|sorry|oops|invalid|illegal|forbidden|victims?|clients?|case files?|perpetrators?|abusers?|N/A)\b"
    r"|\.\.\.",
    re.IGNORECASE,
)

_CHANGING_HEADERS = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
    )
)


@dataclass(frozen=True)
class Found:
    """One message id in the source."""

    file: str
    line: int
    message: tuple[str, ...]
    context: str | None


def source_files(root: Path = ROOT) -> list[Path]:
    """Return the Python files with strings for people, in a steady order."""
    return sorted(file for folder in SOURCES for file in (root / folder).rglob("*.py"))


def found_in(file: Path, root: Path = ROOT) -> tuple[Found, ...]:
    """Return the message ids of *file* in the order of its lines; one that stays the same is read once."""
    return _found(file.relative_to(root).as_posix(), file.read_bytes())


@cache
def _found(name: str, source: bytes) -> tuple[Found, ...]:
    return tuple(_messages(name, source))


def _messages(name: str, source: bytes) -> Iterator[Found]:
    with BytesIO(source) as stream:
        for line, function, messages, _notes in extract_python(stream, _BABEL_KEYWORDS, [], {}):
            given = [messages] if isinstance(messages, str) else list(messages or ())
            parts = [part for part in given if isinstance(part, str)]
            context = parts.pop(0) if parts and function == WITH_CONTEXT else None
            ids = tuple(filter(None, parts[: KEYWORDS[str(function)]]))
            if ids:
                yield Found(name, line, ids, context)


def template(root: Path = ROOT) -> Catalog:
    """Return all message ids of the source; places are files without lines, so that it changes only with the words."""
    catalogue = Catalog(project="ShelterDesk", version="1", charset="utf-8", fuzzy=False)
    catalogue.header_comment = "# Strings of ShelterDesk."
    for file in source_files(root):
        for entry in found_in(file, root):
            message = entry.message if len(entry.message) > 1 else "".join(entry.message)
            catalogue.add(message, None, [(entry.file, 0)], context=entry.context)
    return catalogue


def _written(catalogue: Catalog) -> bytes:
    stream = BytesIO()
    write_po(stream, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    # Dates and the version of the tool would change the file when no word has changed.
    lines = stream.getvalue().decode("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(_CHANGING_HEADERS)]
    return ("\n".join(kept).rstrip() + "\n").encode("utf-8")


def read(language: str, folder: Path | None = None) -> Catalog:
    """Return the catalogue of *language*; Babel's errors for a broken file pass through."""
    with ((folder or FOLDER) / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def _header(language: str) -> Catalog:
    return Catalog(locale=language, project="ShelterDesk", version="1", charset="utf-8", fuzzy=False)


def extract() -> int:
    """Write the template and bring every catalogue up to it; return the number of message ids."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    current = template()
    TEMPLATE.write_bytes(_written(current))
    for language in LANGUAGES:
        file = FOLDER / f"{language}.po"
        catalogue = read(language) if file.exists() else _header(language)
        catalogue.update(current, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.header_comment = f"# {language}: translation of ShelterDesk."
        catalogue.fuzzy = False
        catalogue.project, catalogue.version = current.project, current.version
        file.write_bytes(_written(catalogue))
    return len(current)


def compile_catalogues() -> None:
    """Write an .mo file beside every .po file; unfinished (fuzzy) entries stay English."""
    for language in LANGUAGES:
        catalogue = read(language)
        with (FOLDER / f"{language}.mo").open("wb") as stream:
            write_mo(stream, catalogue, use_fuzzy=False)


def placeholders(words: str) -> set[str]:
    """Return the names in braces. Raises ``ValueError`` for braces that do not close."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name is not None}


def _calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_declared(function: str, node: ast.expr) -> bool:
    """Tell whether *node* may hold a message id that was marked with N_() elsewhere."""
    marked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"
    return function == "_" and (marked or isinstance(node, ast.Name | ast.Attribute | ast.Subscript))


def _call_problems(file: Path, name: str) -> Iterator[str]:
    for function, call in _calls(file):
        place = f"{name}:{call.lineno}"
        if function in KEYWORDS:
            texts = call.args[:2] if function in {"ngettext", "pgettext"} else call.args[:1]
            if not texts or not all(_is_text(node) or _is_declared(function, node) for node in texts):
                yield f"{place}: {function}() takes a plain string; values come in with .format() or named arguments"
        elif function in TAKES_MESSAGE and len(call.args) > TAKES_MESSAGE[function]:
            given = call.args[TAKES_MESSAGE[function]]
            if _is_text(given) and ast.literal_eval(given):
                yield f"{place}: the message of {function}() is not marked with N_()"
            elif isinstance(given, ast.JoinedStr):
                yield f"{place}: the message of {function}() is an f-string, which cannot be translated"


def source_problems(root: Path = ROOT) -> list[str]:
    """Return what keeps a string of the source from being translated, or from being plain."""
    problems: list[str] = []
    for file in source_files(root):
        name = file.relative_to(root).as_posix()
        problems += _call_problems(file, name)
        for entry in found_in(file, root):
            for message in entry.message:
                problems += [f"{name}:{entry.line}: {said}" for said in _wording_problems(message)]
    return problems


def _wording_problems(message: str) -> Iterator[str]:
    try:
        names = placeholders(message)
    except ValueError:
        yield f"braces that do not close in «{message}»"
        return
    if any(not name or name.isdigit() for name in names) or re.search(r"%[sd(]", message):
        yield f"a placeholder without a name in «{message}»"
    word = PLAIN_WORDS.search(message)
    if word:
        yield f"«{word[0]}» in «{message}»: the style of the words asks for another"


def _several(words: str | Iterable[str] | None) -> list[str]:
    """Return one text or the plural forms of a text as a list."""
    return [words] if isinstance(words, str) else list(words or ())


def message_problems(message: Message) -> list[str]:
    """Return what is wrong with the translation of one message."""
    ids, forms = _several(message.id), _several(message.string)
    expected = set[str]().union(*(placeholders(entry) for entry in ids))
    problems: list[str] = []
    for words in filter(None, forms):
        try:
            names = placeholders(words)
        except ValueError:
            problems.append(f"braces that do not close in «{words}»")
            continue
        # A plural form for exactly one or two may say the number in words.
        may_lack = {"n"} if len(ids) > 1 else set[str]()
        if names - expected or expected - names - may_lack:
            problems.append(f"«{words}» has {sorted(names)} where «{' / '.join(ids)}» has {sorted(expected)}")
    if any(forms) and not all(forms):
        problems.append(f"a plural form is missing for «{' / '.join(ids)}»")
    return problems


def catalogue_problems(language: str, folder: Path | None = None) -> list[str]:
    """Return what is wrong with the catalogue of *language*."""
    try:
        catalogue = read(language, folder)
    except (OSError, ValueError, PoFileError) as error:
        return [f"{language}.po: {error}"]
    return [f"{language}.po: {problem}" for message in catalogue if message.id for problem in message_problems(message)]


def check() -> list[str]:
    """Return every problem of strings and catalogues, empty when all is well."""
    problems = source_problems()
    if not TEMPLATE.exists():
        problems.append(f"{TEMPLATE.relative_to(ROOT)} is missing: run python -m installer.catalogues extract")
    for language in LANGUAGES:
        problems += catalogue_problems(language)
    return problems


def is_collected() -> bool:
    """Tell whether the template holds the strings the source has now."""
    return TEMPLATE.exists() and TEMPLATE.read_bytes() == _written(template())


def waiting(language: str) -> int:
    """Return how many message ids of the source have no translation into *language* yet."""
    done = {tuple(_several(entry.id)) for entry in read(language) if any(_several(entry.string))}
    return sum(1 for entry in template() if entry.id and tuple(_several(entry.id)) not in done)


def main(words: list[str]) -> int:
    """Carry out ``extract``, ``compile`` or ``check``; return the exit code."""
    match words:
        case ["extract"]:
            say(f"{extract()} strings in {TEMPLATE.relative_to(ROOT)}")
            return 0
        case ["compile"]:
            compile_catalogues()
            return 0
        case ["check"]:
            problems = check()
            for problem in problems:
                say(problem, error=True)
            if not problems:
                say(", ".join(f"{language}: {waiting(language)} strings wait" for language in LANGUAGES))
                if not is_collected():
                    say("The source has other strings than the template: run python -m installer.catalogues extract")
            return 1 if problems else 0
        case _:
            say("Say extract, compile or check.", error=True)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
