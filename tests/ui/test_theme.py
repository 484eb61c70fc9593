"""The theme: contrast of every pair in use, one place for colours, scale, high contrast, icons and faces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton

from shelterdesk.paths import resources
from ui import icons, theme
from ui.theme import tokens as sizes
from ui.theme.palette import palette_of, tokens_of
from ui.theme.style_sheet import style_sheet
from ui.theme.tokens import DARK, LIGHT, Tokens

SURFACES = ("base", "window", "sidebar", "alt", "selection", "accentsoft", "hover", "neutral_back")
UI = Path(__file__).resolve().parents[2] / "ui"


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def plain(qapp: QApplication):
    theme.apply(qapp, "light")
    yield qapp
    theme.apply(qapp, "light")


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
def test_record_text_and_muted_text_can_be_read_on_every_surface(scheme: Tokens, surface: str) -> None:
    assert contrast(scheme.text, scheme.colour(surface)) >= 7
    assert contrast(scheme.muted, scheme.colour(surface)) >= 4.6


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_links_and_chips_reach_their_bar(scheme: Tokens) -> None:
    for surface in ("base", "window"):
        assert contrast(scheme.border, scheme.colour(surface)) >= 3
        assert contrast(scheme.accent, scheme.colour(surface)) >= 4.5
        for tone in ("done", "attention", "error", "info"):
            assert contrast(scheme.colour(tone), scheme.colour(surface)) >= 4.5
    assert contrast(scheme.onaccent, scheme.accent) >= 4.5
    assert contrast(scheme.accent, scheme.selection) >= 3
    for tone in ("done", "attention", "error", "info", "neutral"):
        assert contrast(scheme.colour(tone), scheme.colour(f"{tone}_back")) >= 4.5


def test_no_colour_is_written_outside_the_tokens() -> None:
    found = {
        str(file.relative_to(UI)): matches
        for file in UI.rglob("*.py")
        if file.name != "tokens.py" and "printing" not in file.parts
        for matches in [re.findall(r"[\"'](#[0-9A-Fa-f]{3,8})[\"']", file.read_text(encoding="utf-8"))]
        if matches
    }
    # The mark's own two colours are named where they are replaced; the other is what Windows calls its dialogs.
    assert found == {"icons.py": ["#1F6F78", "#FFFFFF"], "privacy/native_dialogs.py": ["#32770"]}


def test_style_sheet_is_short_and_complete(plain: QApplication) -> None:
    for scheme in (LIGHT, DARK):
        sheet = style_sheet(scheme, 1.0)
        assert len(sheet.splitlines()) <= 200
        assert "$" not in sheet
        assert sheet.count("{") == sheet.count("}")
    assert "QPushButton" in plain.styleSheet()


def test_scheme_changes_palette_tokens_and_tells(plain: QApplication, qtbot) -> None:
    with qtbot.waitSignal(theme.notifier.changed):
        theme.apply(plain, "dark")
    assert theme.current() is DARK
    assert plain.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert plain.palette().color(QPalette.ColorRole.PlaceholderText) == QColor(DARK.muted)
    theme.apply(plain, "light")
    assert theme.color("accent") == QColor(LIGHT.accent)


def test_text_scale_grows_fonts_and_controls_but_never_shrinks_small_text(plain: QApplication, qtbot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.ensurePolished()
    normal = button.sizeHint().height()
    theme.apply(plain, "light", 1.5)
    button.ensurePolished()
    assert plain.font().pointSizeF() == pytest.approx(15)
    assert button.sizeHint().height() == round(normal * 1.5) == theme.px(sizes.CONTROL)
    theme.apply(plain, "light", 0.5)
    assert theme.font("small").pointSizeF() >= 9


def test_high_contrast_takes_only_window_base_and_text_of_the_system() -> None:
    system = QPalette()
    for role, color in (("Window", "#000000"), ("WindowText", "#FFFF00"), ("Base", "#000000"), ("Text", "#FFFFFF")):
        system.setColor(QPalette.ColorRole[role], QColor(color))
    made = tokens_of(system)
    assert made.high_contrast
    assert made.dark
    assert set(made.colours().values()) <= {"#000000", "#ffff00", "#ffffff"}
    for tone in ("done", "attention", "error", "info", "neutral"):
        assert contrast(made.colour(tone), made.colour(f"{tone}_back")) > 15


def test_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.colour("purple")
    with pytest.raises(KeyError):
        LIGHT.colour("dark")


def test_every_palette_role_comes_from_the_tokens() -> None:
    palette = palette_of(DARK)
    known = {color.lower() for color in DARK.colours().values()}
    for role in ("Window", "Base", "Text", "Button", "Highlight", "Link", "ToolTipBase"):
        assert palette.color(QPalette.ColorRole[role]).name() in known


def test_icons_are_drawn_at_the_real_ratio_and_recoloured(plain: QApplication) -> None:
    sharp = icons.pixmap("lock", 16, QColor("#FF0000"), 1.5)
    assert (sharp.width(), sharp.height()) == (24, 24)
    image = sharp.toImage()
    inks = {image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 250}
    assert inks == {"#ff0000"}


def test_every_icon_draws_something(plain: QApplication) -> None:
    assert len(icons.names()) >= 70
    for name in icons.names():
        image = icons.pixmap(name, 16, QColor("#000000")).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name


def test_every_icon_named_in_the_window_is_carried_along() -> None:
    known = set(icons.names())
    pattern = re.compile(
        r"(?:paint_icon\(\s*painter|IconLabel\(|follow\(\s*[\w.]+|icons\.icon\()[,\s]*\"([a-z0-9-]+)\""
    )
    for file in UI.rglob("*.py"):
        for name in pattern.findall(file.read_text(encoding="utf-8")):
            assert name in known, f"{file.name}: {name}"


def test_faces_cover_the_three_languages(plain: QApplication) -> None:
    letters = "ƏəİıĞğŞşÇçÖöÜü₼«»…•–АБЯабяЁёІіЇїЄєҐґ"
    for name in ("Regular", "SemiBold", "Bold"):
        face = QRawFont(QByteArray((resources() / "fonts" / f"NotoSans-{name}.ttf").read_bytes()), 16)
        assert face.isValid()
        assert [letter for letter in letters if not face.supportsCharacter(ord(letter))] == []
    assert QFontMetricsF(theme.font(strong=True)).horizontalAdvance("Sherzod") > QFontMetricsF(
        theme.font()
    ).horizontalAdvance("Sherzod")


def test_licences_lie_beside_what_is_carried_along() -> None:
    words = (resources() / "LICENCES.md").read_text(encoding="utf-8")
    for file in ("icons/LICENCE-lucide.txt", "fonts/OFL.txt"):
        assert file in words
        assert (resources() / file).stat().st_size > 1000
