"""The look of the window: apply it once, read colours, fonts and sizes from here.

``notifier.changed`` fires after every change of scheme, contrast or text scale; what is painted by hand reads
``color``, ``font`` and ``px`` each time it paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessibilityHints, QColor, QFont, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import faces
from ui.theme.palette import palette_of, tokens_of
from ui.theme.style_sheet import style_sheet
from ui.theme.tokens import CHART_DARK, CHART_LIGHT, DARK, LIGHT, Tokens

Scheme = Literal["system", "light", "dark"]

__all__ = [
    "DARK",
    "LIGHT",
    "Scheme",
    "Tokens",
    "apply",
    "chart_colors",
    "color",
    "current",
    "font",
    "mark",
    "notifier",
    "px",
    "restyle",
    "scale",
]


class Notifier(QObject):
    """Tells everything that keeps a picture of the theme (icons, charts) to make a new one."""

    changed = Signal()


@dataclass
class _State:
    tokens: Tokens = LIGHT
    scheme: Scheme = "system"
    scale: float = 1.0
    hints: QStyleHints | None = None
    contrast: QAccessibilityHints | None = None
    worn: tuple[Tokens, float] | None = None
    """What the application was dressed with last."""


notifier = Notifier()
_state = _State()
_OF_THE_SYSTEM = ("QMenu", "QMenuBar", "QMessageBox", "QStatusBar", "QTipLabel")
"""Windows has a face and a size of its own for each of these, which do not grow with our text."""


def apply(app: QApplication, scheme: Scheme = "system", text_scale: float = 1.0) -> None:
    """Dress *app*: style, palette, fonts, style sheet. Call again whenever a setting changes."""
    faces.load()
    _state.scheme, _state.scale = scheme, min(max(text_scale, 0.9), 2.0)
    if _state.hints is None or _state.contrast is None:
        # Both are kept: their wrappers die with the last name for them, and the next look would fail.
        _state.hints = app.styleHints()
        _state.contrast = _state.hints.accessibility()
        _state.hints.colorSchemeChanged.connect(_follow_system)
        _state.contrast.contrastPreferenceChanged.connect(_follow_system)
    asked = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}[scheme]
    _state.hints.setColorScheme(asked)
    _dress(app, again=False)


def current() -> Tokens:
    """Return the tokens in use."""
    return _state.tokens


def color(name: str) -> QColor:
    """Return the colour with this token name in the current scheme."""
    return QColor(_state.tokens.colour(name))


def scale() -> float:
    """Return the text scale chosen by the person (1.0 is normal)."""
    return _state.scale


def px(size: float) -> int:
    """Return *size* logical pixels grown with the text scale."""
    return round(size * _state.scale)


def font(size: faces.Size = "body", *, strong: bool = False) -> QFont:
    """Return the font of one of the four sizes; *strong* is weight 600."""
    return QFont(faces.face(size, _state.scale, strong=strong))


def chart_colors() -> tuple[str, ...]:
    """Return the colours of a chart's series in their order."""
    return CHART_DARK if _state.tokens.dark else CHART_LIGHT


def mark(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties the style sheet asks for, and make it look again where one has changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at *widget*."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _follow_system() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        # The system may have changed fonts and palette of ours on its own, even where our colours stay.
        _dress(app, again=True)


@cache
def _system_palette() -> QPalette:
    """Return the palette the system gave us before ours was set."""
    return QPalette(QGuiApplication.palette())


def _wants_contrast() -> bool:
    hints = _state.contrast
    return hints is not None and hints.contrastPreference() == Qt.ContrastPreference.HighContrast


def _scheme_of_system() -> Qt.ColorScheme:
    return _state.hints.colorScheme() if _state.hints is not None else Qt.ColorScheme.Unknown


def _dress(app: QApplication, *, again: bool) -> None:
    """Give *app* its looks; what it wears already only when asked to do it *again*."""
    system = _system_palette()
    if _wants_contrast():
        _state.tokens = tokens_of(system)
        palette = QPalette()
    else:
        dark = _state.scheme == "dark" or (_state.scheme == "system" and _scheme_of_system() == Qt.ColorScheme.Dark)
        _state.tokens = DARK if dark else LIGHT
        palette = palette_of(_state.tokens)
    if _state.worn == (_state.tokens, _state.scale) and not again:
        return
    if _state.worn is None:
        app.setStyle("Fusion")
    _state.worn = (_state.tokens, _state.scale)
    app.setPalette(palette)
    app.setFont(font())
    app.setStyleSheet(style_sheet(_state.tokens, _state.scale))
    # Afterwards: the first style sheet has Qt ask the system again.
    for kind in _OF_THE_SYSTEM:
        app.setFont(font(), kind)  # pyright: ignore[reportArgumentType]  # the stub says bytes, the binding takes text
    notifier.changed.emit()
