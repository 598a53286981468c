"""How the design tokens (``desk.ui.tokens``) reach a window: palette, fonts, style sheets of single parts.

A window is *dressed* in a ``Look`` (theme + text scale + pixel scale)::

    look = Look(LIGHT)
    dress(window, look)            # palette and font, now and whenever the look changes
    look.change(theme=DARK)        # every widget below the window with a ``look_changed()`` method is told

Staff, kiosk and hall windows of one process each have a look of their own: high contrast at the kiosk does not
touch the clerk's screen. ``apply(app, theme)`` sets the look of everything that was not dressed.

Contrast ratios of all themes are computed in tests/ui/test_kit_theme.py (WCAG 2.2: text 4.5, borders and focus 3).
"""

from __future__ import annotations

import weakref
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollBar, QWidget

from desk.ui.tokens import (  # noqa: F401 - the kit asks for look and tokens in one place
    DARK,
    HALL,
    HIGH_CONTRAST,
    KIOSK,
    LIGHT,
    SIZES,
    STAFF,
    STYLE,
    THEMES,
    Sizes,
    Theme,
    on_petrol,
)


class Look(QObject):
    """What a window looks like just now: theme, text scale (1.0–2.0) and pixel scale (screen over design size).

    The text scale is the reader's wish and works everywhere; the pixel scale works on kiosk and hall sizes, whose
    pictures are drawn for 1080 or 1920 pixels.
    """

    changed = Signal()

    def __init__(self, theme: Theme = LIGHT, text_scale: float = 1.0, pixel_scale: float = 1.0) -> None:
        super().__init__()
        self.theme = theme
        self.text_scale = text_scale
        self.pixel_scale = pixel_scale
        self._sizes: dict[str, Sizes] = {}

    def change(
        self, *, theme: Theme | None = None, text_scale: float | None = None, pixel_scale: float | None = None
    ) -> None:
        """Take on what is given and tell the windows dressed in this look; text_scale is held within 1.0–2.0."""
        before = (self.theme, self.text_scale, self.pixel_scale)
        self.theme = theme or self.theme
        if text_scale is not None:
            self.text_scale = min(max(text_scale, 1.0), 2.0)
        if pixel_scale is not None:
            self.pixel_scale = max(pixel_scale, 0.1)
        if before != (self.theme, self.text_scale, self.pixel_scale):
            self._sizes.clear()
            self.changed.emit()

    def sizes(self, name: str = "staff") -> Sizes:
        """The sizes of a kind of screen under this look."""
        if name not in self._sizes:
            pixels = 1.0 if name == "staff" else self.pixel_scale
            self._sizes[name] = SIZES[name].scaled(pixels, self.text_scale)
        return self._sizes[name]


# --- fonts -------------------------------------------------------------------------------------------------------

FAMILY = "IBM Plex Sans"
ARABIC = "IBM Plex Sans Arabic"
ARABIC_SEMIBOLD = "IBM Plex Sans Arabic SemiBold"


def load_fonts() -> None:
    """Register the typefaces of the font packages with Qt; a second call does nothing."""
    app = QGuiApplication.instance()
    if app is None or app.property("desk_fonts"):
        return
    import fontpkg_ibm_plex_sans as sans
    import fontpkg_ibm_plex_sans_arabic as arabic

    folder = Path(arabic.ROOT) / "files"
    files = [Path(sans.ROOT) / "files" / "IBMPlexSans[wdth,wght].ttf"]
    files += [folder / f"IBMPlexSansArabic-{cut}.ttf" for cut in ("Regular", "SemiBold")]
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(file)
    app.setProperty("desk_fonts", True)


class Face(QFont):
    """A font of ``font()``. ``ident`` is what it was made of, for those who keep widths and heights by it."""

    ident: tuple[int, int] = (0, 0)

    def is_itself(self) -> bool:
        """Whether nobody changed its size since."""
        return self.pixelSize() == self.ident[0]


def font(role_or_px: str | int, weight: int | None = None, sizes: Sizes = STAFF) -> QFont:
    """IBM Plex Sans for a role of ``sizes`` ("body", "label", …) or for a height in pixels.

    Arabic letters come from Plex Sans Arabic by family fallback, semi-bold when ``weight`` is 600 or more.
    """
    if isinstance(role_or_px, str):
        pixels, usual = sizes.type[role_or_px]
    else:
        pixels, usual = role_or_px, 400
    pixels = max(1, pixels)
    weight = usual if weight is None else weight
    made = Face(_font(pixels, weight))
    made.ident = (pixels, weight)
    return made


@lru_cache(maxsize=256)
def _font(pixels: int, weight: int) -> QFont:
    made = QFont()
    made.setFamilies([FAMILY, ARABIC_SEMIBOLD if weight >= 600 else ARABIC])
    made.setPixelSize(pixels)
    # The variable font takes its weight from the axis; setWeight on top of it would make a double bold.
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setFeature(QFont.Tag("liga"), 0)  # "fi" would merge, and ı with it
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


# --- from tokens to Qt -------------------------------------------------------------------------------------------


def color(name: str, alpha: float = 1.0) -> QColor:
    """A token's value as a QColor."""
    made = QColor(name)
    if alpha < 1:
        made.setAlphaF(alpha)
    return made


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for whatever Qt draws itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: theme.paper,
        role.WindowText: theme.ink,
        role.Base: theme.surface,
        role.AlternateBase: theme.paper,
        role.Text: theme.ink,
        role.Button: theme.surface,
        role.ButtonText: theme.ink,
        role.BrightText: theme.on_petrol,
        role.Highlight: theme.petrol_600,
        role.HighlightedText: theme.on_petrol,
        role.ToolTipBase: theme.petrol_900,
        role.ToolTipText: theme.on_petrol if not theme.outlined else theme.ink,
        role.PlaceholderText: theme.ink_3,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line_strong,
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.ink_3))
    return made


def style_part(part: QWidget) -> None:
    """Give ``part`` (line edit, text area, table, list, scroll bar, menu) the style sheet for what Qt draws of it and
    of what is in it. Called by its owner when the look is another one.

    A style sheet of the application would do for all of them, but then every widget is drawn and measured by way of it:
    a tenth of the time until Danışma is usable.
    """
    look = look_of(part)
    sheet = style_sheet(look.theme, look.sizes(), part)
    if part.styleSheet() != sheet:
        part.setStyleSheet(sheet)


def style_sheet(theme: Theme, sizes: Sizes, part: QWidget) -> str:
    """The small style sheet: what the kit does not paint of ``part``."""
    if isinstance(part, QScrollBar):
        return _bar_rules(theme, sizes)
    if isinstance(part, QMenu):
        return _menu_rules(theme, sizes)
    if isinstance(part, QLineEdit):
        return _edit_rules(theme) + _menu_rules(theme, sizes)  # it opens a menu of its own
    areas = "QAbstractScrollArea { border: none; background: transparent; }"
    return _edit_rules(theme) + areas + _bar_rules(theme, sizes) + _menu_rules(theme, sizes)


def _edit_rules(theme: Theme) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextBrowser {{ background: transparent; border: none; padding: 0; color: {theme.ink};
        placeholder-text-color: {theme.ink_3};
        selection-background-color: {theme.petrol_600}; selection-color: {theme.on_petrol}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {theme.ink_3}; }}"""


def _bar_rules(theme: Theme, sizes: Sizes) -> str:
    bar = max(8, sizes.pad // 2 + 2)
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.line_strong}; border-radius: {bar // 2 - 1}px; margin: 1px; }}
    QScrollBar::handle:vertical {{ min-height: {sizes.control}px; }}
    QScrollBar::handle:horizontal {{ min-width: {sizes.control}px; }}
    QScrollBar::handle:hover {{ background: {theme.petrol_500}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""


def _menu_rules(theme: Theme, sizes: Sizes) -> str:
    return f"""
    QMenu {{ background: {theme.surface}; color: {theme.ink}; border: 1px solid {theme.line_strong};
        padding: 4px; }}
    QMenu::item {{ padding: {sizes.gap}px {sizes.pad}px; border-radius: {sizes.radius_key}px; }}
    QMenu::icon {{ padding-left: {sizes.gap}px; }}
    QMenu::item:selected {{ background: {theme.petrol_600}; color: {theme.on_petrol}; }}
    QMenu::item:disabled {{ color: {theme.ink_3}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px; }}"""


_app_look: Look | None = None
_dressed: weakref.WeakKeyDictionary[QWidget, Look] = weakref.WeakKeyDictionary()
_any: list[bool] = []
"""Not empty once something was dressed at all (a list answers quicker than the dictionary)."""
_within: list[int] = []
"""Not empty while something is dressed that is no window: as long every parent is asked."""


def app_look() -> Look:
    """The look of every window that has none of its own."""
    global _app_look
    if _app_look is None:
        _app_look = Look()
    return _app_look


def look_of(widget: QWidget) -> Look:
    """The look of the nearest dressed widget above (and with) ``widget``, else the application's."""
    if _any:
        if not _within:
            return widget.window().__dict__.get("_desk_look") or app_look()
        at: QWidget | None = widget
        while at is not None:
            look = at.__dict__.get("_desk_look")
            if look is not None:
                return look
            at = at.parentWidget()
    return app_look()


def theme_of(widget: QWidget) -> Theme:
    """The theme to paint ``widget`` with: that of its look, turned light-on-dark below a petrol panel."""
    at: QWidget | None = widget
    while at is not None:
        if at.__dict__.get("_desk_on_petrol"):
            return on_petrol_cached(look_of(widget).theme)
        at = at.parentWidget()
    return look_of(widget).theme


@lru_cache(maxsize=16)
def on_petrol_cached(theme: Theme) -> Theme:
    return on_petrol(theme)


def stand_on_petrol(panel: QWidget) -> None:
    """Say that ``panel`` is painted petrol: kit widgets below it turn light."""
    panel.__dict__["_desk_on_petrol"] = True


def dress(window: QWidget, look: Look) -> None:
    """Give ``window`` a look of its own, now and whenever it changes."""
    window.__dict__["_desk_look"] = look
    _dressed[window] = look
    _any[:] = [True]
    part = None if window.isWindow() else id(window)
    if part is not None:
        _within.append(part)
    held = weakref.ref(window)

    def put_on() -> None:
        target = held()
        if target is None:
            return
        try:
            _clothe(target, look)
            tell(target)
        except RuntimeError:  # its C++ half is gone already
            return

    look.changed.connect(put_on)
    window.destroyed.connect(lambda *_: _undress(look, put_on, part))
    put_on()


def _undress(look: Look, slot: Any, part: int | None) -> None:
    if part in _within:
        _within.remove(part)
    try:
        look.changed.disconnect(slot)
    except (RuntimeError, TypeError):  # the look went first
        return


def apply(app: QApplication, theme: Theme, text_scale: float = 1.0) -> Look:
    """Load the fonts and set the look of all that is not dressed; returns that look, to ``change()`` later."""
    load_fonts()
    look = app_look()
    if not app.property("desk_style"):
        app.setStyle(STYLE)
    _clothe(app, look)
    if not app.property("desk_look"):
        app.setProperty("desk_look", True)
        look.changed.connect(_tell_app)
    look.change(theme=theme, text_scale=text_scale)
    return look


def _tell_app() -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _clothe(app, app_look())
    for window in app.topLevelWidgets():
        if look_of(window) is app_look():
            tell(window)


def _clothe(target: QApplication | QWidget, look: Look) -> None:
    target.setPalette(palette(look.theme))
    target.setFont(font("body", sizes=look.sizes()))


def tell(root: QWidget) -> None:
    """Call ``look_changed()`` of ``root`` and of every widget below it that has one, outermost first."""
    for widget in (root, *root.findChildren(QWidget)):
        react = getattr(widget, "look_changed", None)
        if react is not None:
            react()


ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_CENTER = Qt.AlignmentFlag.AlignCenter
