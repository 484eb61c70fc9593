"""Invented names. Nobody here exists; any likeness is chance, because these are common names of many countries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """A country people come from, the languages spoken there and names that are common in it.

    A given name carries its spelling in the other script its bearers use, or nothing. A family name has the form of
    women and that of men.
    """

    country: str
    languages: tuple[str, ...]
    weight: int
    women: tuple[tuple[str, str], ...]
    men: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]


ORIGINS = (
    Origin(
        "AZ",
        ("az", "ru"),
        10,
        (
            ("Gülər", ""),
            ("Şəbnəm", ""),
            ("Könül", ""),
            ("Ülviyyə", ""),
            ("Çiçək", ""),
            ("Ələviyyə", ""),
            ("Günəş", ""),
            ("Səkinə", ""),
            ("Xədicə", ""),
            ("İradə", ""),
            ("Zümrüd", ""),
            ("Fidan", ""),
        ),
        (("Ələkbər", ""), ("Oqtay", ""), ("Şahin", ""), ("İlqar", ""), ("Çingiz", ""), ("Vüqar", "")),
        (
            ("Məmmədova", "Məmmədov"),
            ("Əliyeva", "Əliyev"),
            ("Hüseynova", "Hüseynov"),
            ("Quliyeva", "Quliyev"),
            ("İsmayılova", "İsmayılov"),
            ("Cəfərli", "Cəfərli"),
            ("Şükürzadə", "Şükürzadə"),
        ),
    ),
    Origin(
        "UA",
        ("uk", "ru"),
        3,
        (("Oksana", "Оксана"), ("Halyna", "Галина"), ("Svitlana", "Світлана"), ("Yaryna", "Ярина")),
        (("Taras", "Тарас"), ("Bohdan", "Богдан")),
        (("Melnyk", "Melnyk"), ("Shevchuk", "Shevchuk"), ("Bondar", "Bondar"), ("Tkachuk", "Tkachuk")),
    ),
    Origin(
        "UZ",
        ("uz", "ru"),
        3,
        (("Gulnora", "Гулнора"), ("Nigora", "Нигора"), ("Zulfiya", "Зулфия"), ("Mohira", "Моҳира")),
        (("Jasur", "Жасур"), ("Otabek", "Отабек"), ("Rustam", "Рустам")),
        (("Karimova", "Karimov"), ("Yusupova", "Yusupov"), ("Rahimova", "Rahimov")),
    ),
    Origin(
        "RU",
        ("ru",),
        2,
        (("Marina", "Марина"), ("Alyona", "Алёна"), ("Tamara", "Тамара")),
        (("Fyodor", "Фёдор"),),
        (("Sokolova", "Sokolov"), ("Vorobyova", "Vorobyov")),
    ),
    Origin(
        "GE",
        ("ka", "ru"),
        2,
        (("Nino", "ნინო"), ("Tamar", "თამარ"), ("Ketevan", "ქეთევან")),
        (("Giorgi", "გიორგი"),),
        (("Kapanadze", "Kapanadze"), ("Lomidze", "Lomidze")),
    ),
    Origin(
        "PH",
        ("tl", "en"),
        2,
        (("Analyn", ""), ("Rosalie", ""), ("Jocelyn", "")),
        (("Arnel", ""),),
        (("Dela Cruz", "Dela Cruz"), ("Ramos", "Ramos"), ("Villanueva", "Villanueva")),
    ),
    Origin(
        "IR",
        ("fa", "az"),
        1,
        (("Maryam", "مریم"), ("Shirin", "شیرین")),
        (("Behrouz", "بهروز"),),
        (("Rostami", "Rostami"), ("Ahmadi", "Ahmadi")),
    ),
    Origin(
        "NG",
        ("en", "ig"),
        1,
        (("Ngozi", ""), ("Adaeze", "")),
        (("Chidi", ""),),
        (("Okafor", "Okafor"), ("Eze", "Eze")),
    ),
    Origin(
        "TR", ("tr",), 1, (("Elif", ""), ("Zeynep", "")), (("Emre", ""),), (("Yıldız", "Yıldız"), ("Şahin", "Şahin"))
    ),
)

PSYCHOLOGIST = "Nigar H."
LAWYER = "Rəşad T."
VOCATIONAL = "Orxan S."
NIGHT_WORKER = "Tural M."
"""Colleagues in the stories; those who are members of the vault stand in the records as such."""
