"""The palette of a scheme, and the tokens of a palette for high contrast."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette Fusion and every unstyled widget draw with."""
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.base,
        role.AlternateBase: tokens.alt,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.base,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.ToolTipBase: tokens.base,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.base,
        role.Midlight: tokens.soft,
        role.Mid: tokens.hairline,
        role.Dark: tokens.border,
        role.Shadow: tokens.btnborder,
    }
    for one, colour in pairs.items():
        palette.setColor(one, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(disabled, one, QColor(tokens.border))
    return palette


def tokens_of(palette: QPalette) -> Tokens:
    """Read tokens out of the system's *palette*, so that painted parts follow a high-contrast scheme too.

    Only window, base and text are used, because a contrast scheme promises nothing about other pairs.
    """
    role = QPalette.ColorRole
    window, base = palette.color(role.Window).name(), palette.color(role.Base).name()
    window_text, text = palette.color(role.WindowText).name(), palette.color(role.Text).name()
    return Tokens(
        dark=palette.color(role.Window).lightness() < palette.color(role.WindowText).lightness(),
        sidebar=window,
        window=window,
        base=base,
        alt=base,
        text=window_text if window == base else text,
        muted=text,
        border=text,
        btnborder=text,
        hairline=text,
        soft=text,
        hover=base,
        accent=text,
        onaccent=base,
        accentsoft=base,
        selection=base,
        done=text,
        done_back=base,
        attention=text,
        attention_back=base,
        error=text,
        error_back=base,
        info=text,
        info_back=base,
        neutral=text,
        neutral_back=base,
        track=base,
        high_contrast=True,
    )
