"""What a code list is, and the answers that every list shares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from shelterdesk.i18n import LANGUAGES, N_, text

NOT_KNOWN = "not_known"
PREFERS_NOT = "prefers_not"
DOES_NOT_APPLY = "does_not_apply"
NOT_ASKED = N_("Not asked yet")
OWN_MARK: Final = ".own_"
"""Stands in the codes a shelter adds: ``court.own_2`` is counted, exported and put on paper as ``court``."""


def plain(value: str) -> str:
    """Return *value* reduced to letters and digits, so that «At work», «AtWork» and « at  work» are equal."""
    return "".join(sign for sign in value.replace("İ", "i").replace("ı", "i").casefold() if sign.isalnum())


def base_of(code: str) -> str:
    """Return the code of the standard list that *code* is a kind of; itself where the shelter did not add it."""
    return code.split(OWN_MARK, 1)[0]


@dataclass(frozen=True)
class Code:
    """One choice of a list.

    ``code`` is stored and never changes. ``standard`` names the value of an outside standard it is exported as.
    ``paper`` are neutral words for the person's own sheet: they give away no trade, court, staff, relative or
    shelter. ``listed`` are neutral words for lists that lie open on a desk, ``filed`` the words of the plan for the
    file; where they are empty, the label serves. ``aliases`` are further texts understood when reading sheets.
    """

    code: str
    label: str
    standard: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    group: str = ""
    paper: str = ""
    listed: str = ""
    filed: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()


RESERVED = (
    Code(
        NOT_KNOWN,
        N_("Not known"),
        aliases=("unknown", "n/k", "bilinmir", "məlum deyil", "naməlum", "неизвестно", "не известно"),
    ),
    Code(PREFERS_NOT, N_("Prefers not to say"), aliases=("prefers not to answer", "не хочет отвечать")),
    Code(DOES_NOT_APPLY, N_("Does not apply"), aliases=("n/a", "not applicable", "aid deyil", "не применимо")),
)


@dataclass(frozen=True)
class CodeList:
    """An ordered list of choices with a name of its own.

    ``open`` lists accept choices that the shelter adds itself; ``retired`` ones are no longer offered and stay
    readable. Iteration and length leave those and the reserved answers («not known» …) out; :meth:`get`,
    :meth:`label` and ``in`` know them. What a shelter added and this list does not hold reads as what it is a kind of.
    """

    name: str
    codes: tuple[Code, ...]
    open: bool = False
    reserved: tuple[Code, ...] = RESERVED
    retired: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Code]:
        return (entry for entry in self.codes if entry.code not in self.retired)

    def __len__(self) -> int:
        return len(self.codes) - len(self.retired)

    def as_used(self, own: Mapping[str, str], retired: Collection[str], places: Mapping[str, int]) -> CodeList:
        """Return the list as a shelter uses it: with its *own* codes and their labels, without what it *retired*.

        An own code takes group, standard values and neutral words from what it is a kind of. *places* says where
        codes stand, from 0; one it does not name stands where it always stood.
        """
        known = {entry.code: entry for entry in self.codes}
        for code, label in own.items():
            kind_of = known.get(base_of(code))
            known[code] = replace(kind_of, code=code, label=label, aliases=()) if kind_of else Code(code, label)
        usual = {code: number for number, code in enumerate(known)}
        codes = sorted(known.values(), key=lambda entry: places.get(entry.code, usual[entry.code]))
        return replace(self, codes=tuple(codes), retired=frozenset(retired) & known.keys())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        return {entry.code: entry for entry in (*self.codes, *self.reserved)}

    @cached_property
    def _by_text(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in (*self.codes, *self.reserved):
            for words in (entry.code, *self._labels(entry), *entry.aliases):
                found.setdefault(plain(words), entry.code)
        found.pop("", None)
        return found

    @cached_property
    def _by_standard(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for entry in (*self.codes, *self.reserved):
            for standard, value in entry.standard.items():
                key = (standard, plain(value))
                if entry.code == "other":
                    found[key] = entry.code
                else:
                    found.setdefault(key, entry.code)
        return found

    @cached_property
    def _standards(self) -> tuple[str, ...]:
        return tuple(sorted({name for entry in self.codes for name in entry.standard}))

    def _labels(self, entry: Code) -> tuple[str, ...]:
        return tuple(self._label(entry, code) for code in LANGUAGES)

    def _label(self, entry: Code, language: str | None) -> str:
        return text(entry.label, language)

    def get(self, code: str | None) -> Code | None:
        """Return the choice with *code*, reserved answers included."""
        return self._by_code.get(code) or self._by_code.get(base_of(code)) if code else None

    def label(self, code: str | None, language: str | None = None) -> str:
        """Return the label of *code* in *language*; of nothing «Not asked yet»; of a foreign code the code itself."""
        if not code:
            return text(NOT_ASKED, language)
        entry = self.get(code)
        return self._label(entry, language) if entry else code

    def listed(self, code: str | None, language: str | None = None) -> str:
        """Return words for lists that may be seen in passing."""
        entry = self.get(code)
        return text(entry.listed, language) if entry and entry.listed else self.label(code, language)

    def filed(self, code: str | None, language: str | None = None) -> str:
        """Return words for the plan that stays in the file."""
        entry = self.get(code)
        return text(entry.filed, language) if entry and entry.filed else self.label(code, language)

    def paper(self, code: str | None, language: str | None = None) -> str:
        """Return neutral words for the person's own sheet; empty where nobody has chosen any."""
        entry = self.get(code)
        return text(entry.paper, language) if entry and entry.paper else ""

    def group(self, code: str | None) -> str:
        """Return the group of *code*, empty for a foreign or reserved one."""
        entry = self.get(code)
        return entry.group if entry else ""

    def of_group(self, group: str) -> tuple[Code, ...]:
        """Return the choices of one group in the order of the list."""
        return tuple(entry for entry in self if entry.group == group)

    def to_standard(self, standard: str, code: str | None) -> str | None:
        """Return the value of *standard* (such as ``"htcds"``) that *code* is exported as."""
        entry = self.get(code)
        return entry.standard.get(standard) if entry else None

    def from_standard(self, standard: str, value: str) -> str | None:
        """Return the code for a system name, a label or an alias of *standard*.

        Where several of our codes are exported as one value, «other» takes it, else the first of them: an import
        never claims more than the value says.
        """
        wanted = plain(value)
        return self._by_standard.get((standard, wanted)) or self._by_text.get(wanted)

    def find(self, words: str) -> str | None:
        """Return the code that *words* mean: code, label in any of our languages, alias or value of a standard."""
        wanted = plain(words)
        if not wanted:
            return None
        found = self._by_text.get(wanted)
        if found:
            return found
        in_standards = (self._by_standard.get((standard, wanted)) for standard in self._standards)
        return next((code for code in in_standards if code), None)
