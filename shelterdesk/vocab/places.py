"""Countries and languages: codes of ISO 3166 and ISO 639, names from the locale data of Babel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, cast

from babel import Locale
from babel.core import get_global

from shelterdesk import i18n
from shelterdesk.vocab.lists import Code, CodeList, plain

# Territories of the locale data that are no countries: regions of the world, test entries, parts of others.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_NO_LANGUAGES = frozenset(["und", "mul", "zxx", "mis", "root"])
# Languages that the locale data names as a region of another one.
_NAMED_AS = {"prs": "fa_AF"}

_COUNTRY_VARIANTS = {
    "AZ": ("azerbaijan republic", "republic of azerbaijan", "azerbaijani", "azeri", "azərbaycan respublikası"),
    "AF": ("afghan",),
    "AE": ("uae", "emirates", "bəə", "оаэ"),
    "AM": ("armenian",),
    "BD": ("bangladeshi",),
    "BY": ("belarusian", "белоруссия"),
    "BA": ("bosnia",),
    "BO": ("bolivia plurinational state of",),
    "BN": ("brunei darussalam",),
    "BQ": ("bonaire sint eustatius and saba",),
    "CA": ("canadian",),
    "CC": ("cocos (keeling) islands",),
    "CD": (
        "congo the democratic republic of the",
        "congo democratic republic of the",
        "democratic republic of the congo",
        "drc",
    ),
    "CG": ("congo", "republic of the congo"),
    "CI": ("ivory coast", "cote d'ivoire"),
    "CN": ("chinese", "prc"),
    "CV": ("cabo verde",),
    "CW": ("curacao",),
    "CZ": ("czech republic",),
    "FK": ("falkland islands (malvinas)",),
    "FM": ("micronesia federated states of",),
    "GB": (
        "uk",
        "u.k.",
        "great britain",
        "england",
        "britain",
        "british",
        "united kingdom of great britain",
        "united kingdom of great britain and northern ireland",
    ),
    "GE": ("georgian", "republic of georgia"),
    "GS": ("south georgia and the south sandwich islands",),
    "HM": ("heard island and mcdonald islands",),
    "HK": ("hong kong",),
    "IN": ("indian",),
    "IQ": ("iraqi",),
    "IR": ("iran islamic republic of", "islamic republic of iran", "iranian"),
    "KG": ("kyrgyz republic", "kyrgyz", "kirgizstan", "киргизия"),
    "KP": ("korea democratic people's republic of", "dprk"),
    "KR": ("korea republic of", "republic of korea", "korea"),
    "KZ": ("kazakh", "kazakstan"),
    "LA": ("lao people's democratic republic",),
    "LY": ("libyan arab jamahiriya",),
    "MD": ("moldova republic of", "republic of moldova", "moldovan", "молдавия"),
    "MF": ("saint martin (french part)",),
    "MK": ("macedonia", "macedonia the former yugoslav republic of", "fyrom"),
    "MM": ("burma", "myanmar"),
    "MO": ("macao", "macau"),
    "NG": ("nigerian",),
    "NL": ("holland",),
    "PH": ("filipino", "filipina", "philippine"),
    "PK": ("pakistani",),
    "PN": ("pitcairn",),
    "PS": ("palestine", "palestine state of", "palestinian territory occupied", "palestinian"),
    "RO": ("romanian",),
    "RU": ("russian federation", "russian", "рф", "российская федерация", "rusiya federasiyası"),
    "SH": ("saint helena ascension and tristan da cunha",),
    "SX": ("sint maarten (dutch part)",),
    "ST": ("sao tome and principe",),
    "SY": ("syrian arab republic", "syrian"),
    "SZ": ("swaziland",),
    "TJ": ("tajik",),
    "TL": ("east timor",),
    "TM": ("turkmen",),
    "TR": ("turkey", "turkish", "turkiye", "republic of turkey"),
    "TW": ("taiwan province of china",),
    "TZ": ("tanzania united republic of", "united republic of tanzania"),
    "UA": ("ukrainian", "the ukraine"),
    "US": ("usa", "u.s.a.", "u.s.", "america", "united states of america", "american", "abş", "сша"),
    "UM": ("united states minor outlying islands",),
    "UZ": ("uzbek",),
    "VA": ("holy see", "holy see (vatican city state)", "vatican"),
    "VC": ("saint vincent and the grenadines",),
    "VE": ("venezuela bolivarian republic of",),
    "VG": ("virgin islands british",),
    "VI": ("virgin islands u.s.",),
    "VN": ("viet nam", "vietnamese"),
    "ZA": ("south african",),
}

_LANGUAGE_VARIANTS = {
    "az": ("azeri", "azeri turkish", "azərbaycan dili", "azərbaycanca", "азербайджанский язык"),
    "fa": ("farsi", "fars dili"),
    "ky": ("kirghiz", "kirgiz"),
    "ru": ("rus dili", "rusca", "русский язык"),
    "tr": ("türk dili", "türkcə", "турецкий язык"),
    "en": ("ingilis dili", "ingiliscə", "английский язык"),
    "uk": ("ukrayna dili", "украинский язык"),
    "ku": ("kurmanji", "kurmancî"),
    "ckb": ("sorani",),
    "zh": ("mandarin",),
    "lez": ("lezgin", "ləzgi dili"),
    "tly": ("talysh", "talış dili"),
    "tt": ("tatar dili",),
    "ka": ("gürcü dili",),
    "uz": ("özbək dili",),
}


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(cast("Mapping[str, str]", Locale.parse(language).territories))


@cache
def _languages(language: str) -> dict[str, str]:
    return dict(cast("Mapping[str, str]", Locale.parse(language).languages))


def _chosen(language: str | None) -> str:
    return language or i18n.language()


@cache
def country_codes() -> tuple[str, ...]:
    """Return the two-letter codes of ISO 3166 (and XK), in the order of the codes."""
    return tuple(sorted(code for code in _territories("en") if len(code) == 2 and code not in _NO_COUNTRIES))


def country_name(code: str, language: str | None = None) -> str:
    """Return the name of a country in *language*; of a foreign code the code itself."""
    return _territories(_chosen(language)).get(code) or _territories("en").get(code, code)


@cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of languages: two letters of ISO 639-1, else three of ISO 639-2 or 639-3."""
    named = (code for code in _languages("en") if "_" not in code and code not in _NO_LANGUAGES)
    return tuple(sorted((*named, *_NAMED_AS)))


def language_name(code: str, language: str | None = None) -> str:
    """Return the name of a language in *language*; English where the locale data has none."""
    entry = _NAMED_AS.get(code, code)
    return _languages(_chosen(language)).get(entry) or _languages("en").get(entry, code)


@cache
def _old_codes(kind: Literal["country", "language"]) -> dict[str, str]:
    """Return three-letter, numeric and retired codes with the code they stand for here."""
    known = frozenset(country_codes() if kind == "country" else language_codes())
    found: dict[str, str] = {}
    if kind == "country":
        for old, successors in get_global("territory_aliases").items():
            # A country that split up has several successors, and guessing one would be wrong.
            if len(successors) == 1 and successors[0] in known:
                found[old.lower()] = successors[0]
    else:
        for old, new in get_global("language_aliases").items():
            if new in known:
                found[old.lower()] = new
    return found


def _index(
    codes: Iterable[str], variants: dict[str, tuple[str, ...]], kind: Literal["country", "language"]
) -> dict[str, str]:
    name = country_name if kind == "country" else language_name
    found: dict[str, str] = {}
    listed = tuple(codes)
    for code in listed:
        for words in (*(name(code, shown) for shown in i18n.LANGUAGES), *variants.get(code, ())):
            long = words.replace("&", "and").replace("St.", "Saint")
            found.setdefault(plain(words), code)
            found.setdefault(plain(long), code)
    found.pop("", None)
    return found


@cache
def _country_index() -> dict[str, str]:
    return _index(country_codes(), _COUNTRY_VARIANTS, "country")


@cache
def _language_index() -> dict[str, str]:
    return _index(language_codes(), _LANGUAGE_VARIANTS, "language")


def find_country(words: str) -> str | None:
    """Return the two-letter code for a code (alpha-2, alpha-3, number) or a name in any of our languages."""
    token = words.strip()
    if token.upper() in country_codes():
        return token.upper()
    return _old_codes("country").get(token.lower()) or _country_index().get(plain(token))


def find_language(words: str) -> str | None:
    """Return the language code for a code (ISO 639-1, 639-2, 639-3) or a name in any of our languages."""
    token = words.strip()
    if token.lower() in language_codes():
        return token.lower()
    return _old_codes("language").get(token.lower()) or _language_index().get(plain(token))


@dataclass(frozen=True)
class PlaceList(CodeList):
    """A list whose labels come from the locale data instead of our catalogues."""

    kind: Literal["country", "language"] = "country"

    def _label(self, entry: Code, language: str | None) -> str:
        if entry in self.reserved:
            return super()._label(entry, language)
        name = country_name if self.kind == "country" else language_name
        return name(entry.code, language)

    @cached_property
    def _reserved_by_text(self) -> dict[str, str]:
        return {
            plain(words): entry.code
            for entry in self.reserved
            for words in (*self._labels(entry), *entry.aliases, entry.code)
        }

    def find(self, words: str) -> str | None:
        """Return the code that *words* mean in any of our languages."""
        found = find_country(words) if self.kind == "country" else find_language(words)
        return found or self._reserved_by_text.get(plain(words))

    def from_standard(self, standard: str, value: str) -> str | None:
        """Return the code for *value*: an ISO code or a name in any of our languages."""
        return super().from_standard(standard, value) or self.find(value)


COUNTRIES = PlaceList(
    "countries",
    tuple(Code(code, country_name(code, "en"), {"htcds": code}) for code in country_codes()),
    kind="country",
)
LANGUAGE_NAMES = PlaceList(
    "languages",
    tuple(Code(code, language_name(code, "en"), {"htcds": code}) for code in language_codes()),
    kind="language",
)
