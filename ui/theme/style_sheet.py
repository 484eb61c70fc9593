"""The style sheet, written from tokens. What it cannot draw well is painted by the widgets themselves."""

from __future__ import annotations

from string import Template

from ui.theme import tokens as sizes
from ui.theme.faces import points
from ui.theme.tokens import Tokens

_SHEET = Template("""
QToolTip { background: $base; color: $text; border: 1px solid $btnborder; padding: 4px 8px; font-size: ${small}pt; }

QLabel[type="small"] { font-size: ${small}pt; }
QLabel[type="group"] { font-size: ${group}pt; font-weight: 600; }
QLabel[type="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="done"] { color: $done; }
QLabel[tone="attention"] { color: $attention; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="info"] { color: $info; }

QFrame[surface="card"] { background: $base; border: 1px solid $hairline; border-radius: ${card_radius}px; }
QFrame[surface="popup"] { background: $base; border: 1px solid $btnborder; border-radius: ${card_radius}px; }
QFrame[surface="drawer"] { background: $window; border: 0; border-right: 1px solid $btnborder; }
QFrame[surface="panel"] { background: $alt; border: 1px solid $hairline; border-radius: 4px; }
QFrame[surface="editor"] { background: $accentsoft; border: 0; border-top: 1px solid $hairline;
    border-bottom: 1px solid $hairline; }
QFrame[surface="strip"] { background: $window; border: 0; border-top: 1px solid $hairline; }
QFrame[surface="line"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }
QFrame[surface="line-down"] { background: $hairline; border: 0; max-width: 1px; min-width: 1px; }
QFrame[banner="info"] { background: $info_back; border: 1px solid $info_edge; border-radius: 4px; }
QFrame[banner="done"] { background: $done_back; border: 1px solid $done_edge; border-radius: 4px; }
QFrame[banner="undo"] { background: $neutral_back; border: 1px solid $hairline; border-radius: 4px; }
QFrame[banner="attention"] { background: $attention_back; border: 1px solid $attention_edge; border-radius: 4px; }
QFrame[banner="error"] { background: $error_back; border: 1px solid $error; border-radius: 4px; }

QPushButton { background: $base; color: $text; border: 1px solid $btnborder; border-radius: 4px;
    min-height: ${inner}px; max-height: ${inner}px; padding: 0 12px; }
QPushButton:hover { background: $alt; border-color: $border; }
QPushButton:pressed { background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: ${inner2}px; max-height: ${inner2}px; }
QPushButton:disabled { color: $border; border-color: $hairline; background: $window; }
QPushButton[kind="primary"] { background: $accent; color: $onaccent; border: 1px solid $accent; font-weight: 600;
    padding: 0 16px; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0 15px; }
QPushButton[kind="primary"]:disabled { background: $track; color: $muted; border-color: $track; }
QPushButton[kind="danger"]:enabled { color: $error; border-color: $error; }
QPushButton[kind="link"] { background: transparent; color: $accent; border: 1px solid transparent; padding: 0 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton[kind="link"]:disabled { color: $border; }
QPushButton[kind="link"][tone="error"] { color: $error; text-decoration: underline; }
QPushButton[kind="link"][tone="attention"] { color: $attention; text-decoration: underline; }
QPushButton[kind="link"][slim="true"] { min-height: ${slim}px; max-height: ${slim}px; padding: 0 1px; }
QPushButton[kind="link"][slim="true"]:focus { min-height: ${slim2}px; max-height: ${slim2}px; padding: 0; }
QPushButton[only="true"] { padding: 0; min-width: ${only}px; max-width: ${only}px; }
QPushButton[only="true"]:focus { min-width: ${only2}px; max-width: ${only2}px; }

QPushButton[segment="true"] { border-radius: 0; border-right-width: 0; padding: 0; }
QPushButton[segment="true"][first="true"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[segment="true"][last="true"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px;
    border-right-width: 1px; }
QPushButton[segment="true"]:checked { background: $selection; font-weight: 600; }
QPushButton[segment="true"]:focus { border: 2px solid $accent; }

QLineEdit, QComboBox { background: $base; border: 1px solid $border; border-radius: 4px;
    min-height: ${inner}px; max-height: ${inner}px; selection-background-color: $selection; selection-color: $text; }
QLineEdit { padding: 0 8px; }
QLineEdit[echoMode="2"] { lineedit-password-character: 8226; }
QComboBox { padding: 0 30px 0 10px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $accent; min-height: ${inner2}px; max-height: ${inner2}px; }
QLineEdit:focus { padding: 0 7px; }
QComboBox:focus { padding: 0 29px 0 9px; }
QLineEdit[quiet="true"] { border-color: $hairline; }
QLineEdit[quiet="true"]:focus { border-color: $accent; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $error; min-height: ${inner2}px;
    max-height: ${inner2}px; }
QLineEdit[wrong="true"] { padding: 0 7px; }
QComboBox[wrong="true"] { padding: 0 29px 0 9px; }
QLineEdit:read-only { background: $alt; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $window; border-color: $hairline; }
QComboBox::drop-down { border: 0; width: 30px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }
QPlainTextEdit { background: $base; border: 1px solid $border; border-radius: 4px; padding: 7px 6px;
    selection-background-color: $selection; selection-color: $text; }
QPlainTextEdit[single="true"] { padding: 2px 6px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 6px 5px; }
QPlainTextEdit[wrong="true"] { border: 2px solid $error; padding: 6px 5px; }
QPlainTextEdit[single="true"]:focus, QPlainTextEdit[single="true"][wrong="true"] { padding: 1px 5px; }
QAbstractItemView { outline: 0; selection-background-color: $selection; selection-color: $text; }
QComboBox QAbstractItemView, QListView[popup="true"] { background: $base; border: 1px solid $btnborder;
    padding: 4px; }
QComboBox QAbstractItemView::item, QListView[popup="true"]::item { min-height: ${item}px; padding: 0 6px;
    border-radius: 4px; color: $text; }
QComboBox QAbstractItemView::item:selected, QListView[popup="true"]::item:selected { background: $selection; }

QMenuBar { background: transparent; border: 0; spacing: 0; }
QMenuBar::item { background: transparent; color: $text; padding: 6px 12px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $base; border: 1px solid $btnborder; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $border; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }

QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $thumb; border-radius: 3px; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::handle:vertical { min-height: 32px; margin: 0 1px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 1px 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hairline; }

QTableView { background: transparent; border: 0; gridline-color: transparent; }
QHeaderView { background: transparent; border: 0; }
QFileDialog QHeaderView { background: $base; }
QFileDialog QHeaderView::section { background: $base; color: $muted; border: 0; padding: 4px 8px; }
QListView[plain="true"] { background: transparent; border: 0; }
QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $base; }
QCalendarWidget QToolButton { color: $text; background: transparent; border: 0; padding: 4px 8px; border-radius: 4px; }
QCalendarWidget QToolButton:hover { background: $hover; }
""")


def mix(front: str, back: str, share: float) -> str:
    """Return *front* laid over *back* with the given *share* (0 to 1), as ``#RRGGBB``."""
    pairs = ((int(front[i : i + 2], 16), int(back[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def style_sheet(tokens: Tokens, scale: float) -> str:
    """Write the style sheet for *tokens* at the text *scale*."""
    control = round(sizes.CONTROL * scale)
    slim = round(24 * scale)
    contrast = tokens.high_contrast
    return _SHEET.substitute(
        tokens.colours(),
        small=points("small", scale),
        group=points("group", scale),
        title=points("title", scale),
        card_radius=sizes.CARD_RADIUS,
        inner=control - 2,
        inner2=control - 4,
        only=control + 2,
        only2=control,
        slim=slim - 2,
        slim2=slim - 4,
        item=round(28 * scale),
        thumb=mix(tokens.border, tokens.window, 1.0 if contrast else 0.5),
        accent_hover=mix(tokens.text, tokens.accent, 0 if contrast else 0.15),
        accent_pressed=mix(tokens.text, tokens.accent, 0 if contrast else 0.3),
        info_edge=tokens.info if contrast else tokens.info_back,
        done_edge=tokens.done if contrast else tokens.done_back,
        attention_edge=tokens.attention if contrast else tokens.attention_back,
    )
