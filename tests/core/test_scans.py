"""What is kept of a scan or photo: its dots. What is made to do harm is refused in words, and nothing of it is kept."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from shelterdesk.scans import intake, paper, pdf_pages, pictures, refusals, showing
from shelterdesk.scans.apart import prepare, prepare_bytes
from shelterdesk.scans.intake import Prepared, clean
from shelterdesk.scans.refusals import NotTaken
from tests.scans import SECRET, a_pdf, a_photo, as_bytes, drawn, pages

ROOT = Path(__file__).resolve().parents[2]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def refused(content: bytes, message: str, name: str = "scan.pdf") -> None:
    with pytest.raises(NotTaken) as caught:
        clean(content, name)
    assert caught.value.message == message
    assert name in caught.value.text("en")
    assert "Nothing was kept" in caught.value.text("en")


# --- what is kept -------------------------------------------------------------------------------------------------


def test_a_photo_keeps_its_dots_and_tells_nothing_else() -> None:
    source = a_photo()
    assert SECRET in source
    kept = clean(source, "photo.jpg")
    image = opened(kept.content)
    assert image.format == "JPEG"
    assert image.size == (240, 320), "it stands upright as the camera said"
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET not in kept.content
    assert SECRET not in kept.small
    assert kept.pages == 1
    assert opened(kept.small).width <= 220


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF"])
def test_what_was_drawn_without_loss_keeps_every_dot(form: str) -> None:
    kept = clean(as_bytes(drawn(), form), "scan")
    image = opened(kept.content)
    assert image.format == "PNG"
    assert image.tobytes() == drawn().tobytes()


def test_words_inside_a_png_and_what_is_behind_its_transparency_go() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", SECRET.decode())
    hidden = drawn().convert("RGBA")
    hidden.putalpha(0)
    kept = clean(as_bytes(hidden, pnginfo=words), "scan.png")
    assert SECRET not in kept.content
    assert opened(kept.content).convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_way_to_keep_colours_is_taken(mode: str) -> None:
    image = Image.new("I;16", (60, 40), 65535) if mode == "I;16" else drawn(60, 80).convert(mode)
    form = "TIFF" if mode == "CMYK" else "PNG"
    kept = clean(as_bytes(image, form), "scan")
    assert opened(kept.content).mode in ("1", "L", "RGB")


def test_several_pages_become_one_paper_that_says_nothing_of_itself() -> None:
    kept = clean(pages(3), "scan.tif")
    assert kept.pages == 3
    assert SECRET not in kept.content
    read = pypdf.PdfReader(io.BytesIO(kept.content))
    assert len(read.pages) == 3
    assert not read.metadata
    assert showing.on_screen(kept.content, 2).width > 100
    again = clean(kept.content, "again.pdf")
    assert again.pages == 3


def test_a_pdf_is_drawn_and_nothing_hidden_in_it_stays() -> None:
    hidden = (
        b"/OpenAction<</S/JavaScript/JS(app.alert\\('" + SECRET + b"'\\))>>"
        b"/Names<</EmbeddedFiles<</Names[(" + SECRET + b")<</Type/Filespec/EF<</F 9 0 R>>>>]>>>>"
        b"/Metadata 8 0 R"
    )
    extra = b"8 0 obj<</Length 11>>stream\n" + SECRET + b"\nendstream endobj\n"
    extra += b"9 0 obj<</Length 11>>stream\n" + SECRET + b"\nendstream endobj\n"
    source = a_pdf(more=hidden, extra=extra)
    assert source.count(SECRET) >= 4
    kept = clean(source, "paper.pdf")
    assert SECRET not in kept.content
    assert not any(word in kept.content for word in (b"JavaScript", b"EmbeddedFile", b"/Info", b"Producer", b"Date"))
    assert kept.pages == 1
    picture = showing.on_screen(kept.content, 0)
    at = 3 * (picture.width * (picture.height - 80) + 120)
    red, green, blue = picture.dots[at : at + 3]
    assert blue > 200, "what can be seen is there"
    assert max(red, green) < 60


def test_a_page_is_printed_as_it_is_seen() -> None:
    png, ratio = showing.on_paper(clean(pages(2), "scan.tif").content, 1)
    assert png.startswith(b"\x89PNG")
    assert ratio == pytest.approx(240 / 320, abs=0.01)


# --- what is refused ----------------------------------------------------------------------------------------------


def test_more_than_25_mb_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    with file.open("wb") as stream:
        stream.truncate(refusals.LARGEST_FILE + 1)
    began = time.monotonic()
    with pytest.raises(NotTaken) as caught:
        prepare(file)
    assert caught.value.message == refusals.TOO_LARGE
    assert time.monotonic() - began < 1
    refused(b"\xff\xd8\xff" + bytes(refusals.LARGEST_FILE), refusals.TOO_LARGE)


def test_exactly_25_mb_are_taken() -> None:
    whole = as_bytes(drawn())
    padded = whole + bytes(refusals.LARGEST_FILE - len(whole))
    assert clean(padded, "scan.png").pages == 1


def test_pages_that_need_too_much_room_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    source = pages(3)
    monkeypatch.setattr(intake, "LARGEST_FILE", 5_000)
    with pytest.raises(NotTaken) as caught:
        intake._of_picture(source, "scan.tif", intake._unheard)
    assert caught.value.message == refusals.STILL_TOO_LARGE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", refusals.EMPTY),
        (b"words and nothing else", refusals.NO_PICTURE),
        (b"PK\x03\x04 a spreadsheet", refusals.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", refusals.NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run", refusals.NO_PICTURE),
        (b"\0\0\0\x18ftypheic and so on", refusals.PHONE_PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", refusals.PHONE_PICTURE),
        (b"\xff\xd8\xff\xe0 no picture at all", refusals.NOT_WHOLE),
        (b"%PDF-1.7 and nothing more", refusals.NOT_WHOLE),
    ],
)
def test_what_is_no_scan_is_refused_in_words(content: bytes, message: str) -> None:
    refused(content, message)


def test_what_is_gone_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jpg", tmp_path):
        with pytest.raises(NotTaken) as caught:
            prepare(path)
        assert caught.value.message == refusals.GONE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "BMP"])
def test_a_cut_picture_is_refused(form: str) -> None:
    whole = as_bytes(drawn(), form)
    for length in (12, 60, len(whole) // 2, len(whole) * 3 // 4):
        refused(whole[:length], refusals.NOT_WHOLE)


def a_bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kilobytes that says it has very many dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(5000))) + chunk(b"IEND", b"")
    )


def test_a_bomb_of_dots_goes_off_nowhere() -> None:
    began = time.monotonic()
    refused(a_bomb(60_000, 60_000), refusals.TOO_MANY_DOTS, "bomb.png")
    refused(a_bomb(2**31 - 1, 2**31 - 1), refusals.TOO_MANY_DOTS, "bomb.png")
    assert time.monotonic() - began < 1


def test_words_that_unpack_without_end_are_refused() -> None:
    packed = zlib.compress(bytes(80_000_000))
    body = b"Comment\0\0" + packed
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    whole = as_bytes(drawn())
    refused(whole[:33] + chunk + whole[33:], refusals.NOT_WHOLE, "bomb.png")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    source, as_paper = pages(4), clean(pages(4), "scan.tif").content
    monkeypatch.setattr(pictures, "MOST_PAGES", 3)
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 3)
    refused(source, refusals.TOO_MANY_PAGES, "scan.tif")
    refused(as_paper, refusals.TOO_MANY_PAGES)


def test_a_pdf_with_a_password_says_so() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(clean(pages(2), "scan.tif").content))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    refused(out.getvalue(), refusals.ASKS_PASSWORD)


def an_endless_pdf() -> bytes:
    """Return a PDF in which each level draws the next one ten times: 10^8 drawings from a kilobyte."""
    levels, extra = 8, b""
    for level in range(levels):
        own, following = 10 + level, 11 + level
        body = b"/X Do " * 10 if level < levels - 1 else b"0 0 m 300 200 l S"
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % following if level < levels - 1 else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 300 200]%s/Length %d>>" % (inner, len(body))
        extra += b"%d 0 obj%sstream\n%s\nendstream endobj\n" % (own, head, body)
    return a_pdf(body=b"/X Do", extra=extra).replace(b"/Resources<<>>", b"/Resources<</XObject<</X 10 0 R>>>>", 1)


def test_a_page_that_never_ends_is_given_up_with_the_process_that_draws_it() -> None:
    began = time.monotonic()
    with pytest.raises(NotTaken) as caught:
        prepare_bytes(an_endless_pdf(), "slow.pdf", seconds=1.5)
    assert caught.value.message == refusals.TOO_SLOW
    assert time.monotonic() - began < 10


def test_a_page_as_large_as_a_field_gets_fewer_dots() -> None:
    source = a_pdf().replace(b"[0 0 300 200]", b"[0 0 14400 14400]")
    picture = showing.on_screen(clean(source, "huge.pdf").content, 0)
    assert picture.width * picture.height <= refusals.MOST_DOTS


def test_drawing_can_be_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(NotTaken):
        prepare_bytes(an_endless_pdf(), "slow.pdf", stop=lambda: time.monotonic() - began > 0.5)
    assert time.monotonic() - began < 10


def test_what_is_made_apart_is_what_is_made_here() -> None:
    heard: list[tuple[int, int]] = []
    for source, name in ((a_photo(), "photo.jpg"), (pages(2), "scan.tif"), (a_pdf(), "paper.pdf")):
        assert prepare_bytes(source, name, lambda *steps: heard.append(steps)) == clean(source, name)
    assert heard == [(1, 2), (2, 2), (1, 1)]
    with pytest.raises(NotTaken) as caught:
        prepare_bytes(b"no picture", "notes.txt")
    assert caught.value.message == refusals.NO_PICTURE
    assert "notes.txt" in caught.value.text("en")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set elsewhere only")
def test_the_process_apart_cannot_write_a_file(tmp_path: Path) -> None:
    script = (
        "from shelterdesk.scans.apart import _give_up_what_is_not_needed as give_up; give_up(); "
        f"open({str(tmp_path / 'left.bin')!r}, 'wb', buffering=0).write(b'clear')"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0
    assert (tmp_path / "left.bin").stat().st_size == 0


@pytest.mark.parametrize("seed", range(12))
def test_files_with_random_faults_are_taken_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    source = [a_photo(), as_bytes(drawn()), pages(2), a_pdf(), clean(pages(2), "x.tif").content][seed % 5]
    for _round in range(6):
        harmed = bytearray(source)
        for _fault in range(chance.randint(1, 12)):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        kept: Prepared | None = None
        with suppress(NotTaken):
            kept = clean(bytes(harmed), "harmed")
        assert kept is None or showing.on_screen(kept.content, kept.pages - 1).width > 0


def test_a_paper_is_joined_as_the_standard_says() -> None:
    scan = pictures.page_scan(drawn(), (200, 150))
    read = pypdf.PdfReader(io.BytesIO(paper.joined([scan, scan])), strict=True)
    assert [float(page.mediabox.width) for page in read.pages] == [200, 200]


def test_nothing_is_written_to_disk_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise AssertionError("a temporary file")

    source = tmp_path / "scan.tif"
    source.write_bytes(pages(2))
    before = set(Path(tempfile.gettempdir()).iterdir())
    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    kept = prepare(source)
    again = clean(kept.content, "again.pdf")
    showing.on_screen(again.content, 0)
    showing.on_paper(kept.content, 0)
    ours = SECRET[:6].decode()
    left = set(Path(tempfile.gettempdir()).iterdir()) - before
    assert [one for one in left if ours in one.name or one.suffix in (".tif", ".pdf", ".png", ".jpg")] == []
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["scan.tif"]
