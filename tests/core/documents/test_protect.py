from __future__ import annotations

import io

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from shelterdesk import drawn_words
from shelterdesk.documents import protect
from shelterdesk.documents.plan import plan_for_the_file
from shelterdesk.documents.sheets import Sheet, SheetColumn, Workbook, write_xlsx
from shelterdesk.documents.word import docx_bytes
from tests.papers import example_plan


def opened(sealed: bytes, password: str) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(sealed))
    file.load_key(password=password, verify_password=True)
    plain = io.BytesIO()
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def test_a_word_file_opens_with_its_password_only() -> None:
    data = docx_bytes(plan_for_the_file(example_plan(), "en"))
    sealed = protect.protect_office(data, "zəfəran-гора-2")
    assert opened(sealed, "zəfəran-гора-2") == data
    assert b"R-2026-014" not in sealed
    with pytest.raises((InvalidKeyError, DecryptionError)):
        opened(sealed, "zeferan-гора-2")


def test_a_workbook_opens_with_its_password() -> None:
    stream = io.BytesIO()
    write_xlsx(Workbook("en", "x", (Sheet("s", (SheetColumn("a"),), (("canary",),)),)), stream)
    sealed = protect.protect_office(stream.getvalue(), "lamp-river")
    assert openpyxl.load_workbook(io.BytesIO(opened(sealed, "lamp-river")))["s"]["A2"].value == "canary"


def test_two_files_with_one_password_are_not_alike() -> None:
    data = docx_bytes(plan_for_the_file(example_plan(), "en"))
    assert protect.protect_office(data, "lamp") != protect.protect_office(data, "lamp")


@pytest.mark.parametrize("password", ["", "x" * 256])
def test_a_password_office_cannot_take_is_refused(password: str) -> None:
    with pytest.raises(protect.PasswordUnfit):
        protect.protect_office(b"PK", password)


def test_suggested_words_come_from_the_list_and_are_worth_what_is_said() -> None:
    words = drawn_words._words()
    assert len(words) == len(set(words)) == 1158
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 9 for word in words)
    assert drawn_words.bits(6) > 61
    assert drawn_words.bits(5) > 50
    drawn = {word for _ in range(300) for word in drawn_words.draw_words(6)}
    assert drawn <= set(words)
    assert len(drawn) > 700


def test_a_suggested_password_can_be_read_out() -> None:
    first, second = protect.suggest_password(), protect.suggest_password()
    assert first != second
    assert first.count("-") == 4
