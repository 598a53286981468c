"""Design tokens: colours, type, sizes; and how they reach a window.

The one place with literal colours. A window is *dressed* in a ``Look`` (theme + text scale + pixel scale)::

    look = Look(LIGHT)
    dress(window, look)            # palette and style sheet, now and whenever the look changes
    look.change(theme=DARK)        # every widget below the window with a ``look_changed()`` method is told

Staff, kiosk and hall windows of one process each have a look of their own: high contrast at the kiosk does not
touch the clerk's screen. ``apply(app, theme)`` sets the look of everything that was not dressed.

Sizes are in device-independent pixels on a 4-px grid. Values of ``LIGHT``: screens.md, "Tokens"; contrast ratios
of all themes are computed in tests/ui/test_kit_theme.py (WCAG 2.2: text 4.5, control borders and focus 3).
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, ``#RRGGBB``. Names are those of screens.md; they keep their *role* in every theme."""

    name: str
    paper: str  # ground of a window
    surface: str  # cards and controls
    sunken: str  # side panels, empty bars, disabled controls
    ink: str
    ink_2: str
    ink_2_kiosk: str
    ink_3: str  # hints only, never on sunken
    petrol_900: str  # darkest panel: hall, toast
    petrol_700: str  # rail; a pressed action
    petrol_600: str  # a filled action, something chosen
    petrol_hover: str
    petrol_500: str  # focus, bars
    petrol_100: str  # tint: selection, icon boxes
    petrol_soft: str  # secondary text on petrol; a pressed tint
    on_petrol: str  # text and icons on petrol 600–900
    on_tint: str  # text and icons on petrol_100
    accent: str  # petrol as text, icons and outlines on paper and surface
    hover: str  # ground of an outlined control under the pointer
    amber_500: str  # called, attention now
    amber_100: str
    amber_text: str
    on_amber: str
    brick_600: str  # error, overdue: filled
    brick_100: str
    brick_text: str  # error as text and outline
    on_brick: str
    line: str
    line_strong: str  # borders of controls
    paper_slip: str  # a printed slip is white in every theme
    slip_edge: str
    outlined: bool = False  # high contrast: fills that carry meaning get an outline too
    border: float = 1.0  # width of control borders at staff size


LIGHT = Theme(
    name="light",
    paper="#F6F1E7",
    surface="#FFFDF8",
    sunken="#ECE5D7",
    ink="#1B2326",
    ink_2="#465054",
    ink_2_kiosk="#3A4447",
    ink_3="#646C6E",
    petrol_900="#05262D",
    petrol_700="#07353E",
    petrol_600="#0B4A56",
    petrol_hover="#125B68",
    petrol_500="#1F7482",
    petrol_100="#DCE8E8",
    petrol_soft="#CFE3E3",
    on_petrol="#FFFFFF",
    on_tint="#07353E",
    accent="#0B4A56",
    hover="#ECF2F1",
    amber_500="#F2A81D",
    amber_100="#FCEED0",
    amber_text="#7A4A00",
    on_amber="#1B2326",
    brick_600="#A2301F",
    brick_100="#F9E5E0",
    brick_text="#A2301F",
    on_brick="#FFFFFF",
    line="#DDD5C4",
    line_strong="#8B8778",
    paper_slip="#FFFFFF",
    slip_edge="#E3DACB",
)

DARK = Theme(
    name="dark",
    paper="#11191B",
    surface="#192326",
    sunken="#0B1214",
    ink="#F1ECE1",
    ink_2="#BDC4C2",
    ink_2_kiosk="#CCD2D0",
    ink_3="#98A2A1",
    petrol_900="#0A3039",
    petrol_700="#072A32",
    petrol_600="#1A6B79",
    petrol_hover="#207786",
    petrol_500="#5BB3C0",
    petrol_100="#1E3B42",
    petrol_soft="#D3E7E8",
    on_petrol="#FFFFFF",
    on_tint="#D5E8E9",
    accent="#8FCCD5",
    hover="#212E31",
    amber_500="#F2A81D",
    amber_100="#3B2E12",
    amber_text="#F6C766",
    on_amber="#1B2326",
    brick_600="#BE4331",
    brick_100="#43211B",
    brick_text="#F59A88",
    on_brick="#FFFFFF",
    line="#2D393C",
    line_strong="#7B8684",
    paper_slip="#FFFFFF",
    slip_edge="#0B1214",
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    paper="#000000",
    surface="#000000",
    sunken="#000000",
    ink="#FFFFFF",
    ink_2="#FFFFFF",
    ink_2_kiosk="#FFFFFF",
    ink_3="#FFFFFF",
    petrol_900="#000000",
    petrol_700="#000000",
    petrol_600="#FFD400",
    petrol_hover="#FFFFFF",
    petrol_500="#FFD400",
    petrol_100="#000000",
    petrol_soft="#FFFFFF",
    on_petrol="#000000",
    on_tint="#FFD400",
    accent="#FFD400",
    hover="#000000",
    amber_500="#FFD400",
    amber_100="#000000",
    amber_text="#FFD400",
    on_amber="#000000",
    brick_600="#FFFFFF",
    brick_100="#000000",
    brick_text="#FFFFFF",
    on_brick="#000000",
    line="#FFFFFF",
    line_strong="#FFFFFF",
    paper_slip="#FFFFFF",
    slip_edge="#FFFFFF",
    outlined=True,
    border=2.0,
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}


def on_petrol(theme: Theme) -> Theme:
    """The same theme for what stands *on* a petrol panel (rail, kiosk header): outlines and text turn light."""
    if theme.outlined:
        return theme
    return replace(
        theme,
        paper=theme.petrol_600,
        surface=theme.petrol_600,
        sunken=theme.petrol_700,
        ink=theme.on_petrol,
        ink_2=theme.petrol_soft,
        ink_2_kiosk=theme.petrol_soft,
        ink_3=theme.petrol_soft,
        accent=theme.on_petrol,
        hover=theme.petrol_hover,
        petrol_600=theme.on_petrol,
        petrol_hover=theme.petrol_soft,
        petrol_700=theme.petrol_soft,
        on_petrol=LIGHT.petrol_600,
        petrol_500=theme.amber_500,
        line=theme.petrol_hover,
        line_strong=theme.on_petrol,
    )


@dataclass(frozen=True, slots=True)
class Sizes:
    """The measures of one kind of screen. ``type`` maps a role to (pixels, weight)."""

    name: str
    type: dict[str, tuple[int, int]] = field(hash=False)
    control: int  # least height of a button, chip or field
    pad: int  # inner side padding of a control
    gap: int  # between icon and label
    icon: int
    radius: int  # of a control
    radius_card: int
    radius_key: int
    radius_tile: int
    card_pad: int
    row: int  # one-line table and list rows
    row_two: int  # two-line rows
    border: float
    ring: int  # width of the focus ring
    ring_gap: int

    def scaled(self, factor: float, text: float) -> Sizes:
        """These sizes on a screen ``factor`` times as large, with text (and what holds it) ``text`` times as large."""

        def grown(value: int) -> int:
            return round(value * factor * text)

        def fixed(value: int) -> int:
            return round(value * factor)

        return replace(
            self,
            type={role: (max(1, grown(px)), weight) for role, (px, weight) in self.type.items()},
            control=grown(self.control),
            pad=fixed(self.pad),
            gap=fixed(self.gap),
            icon=grown(self.icon),
            radius=fixed(self.radius),
            radius_card=fixed(self.radius_card),
            radius_key=fixed(self.radius_key),
            radius_tile=fixed(self.radius_tile),
            card_pad=fixed(self.card_pad),
            row=grown(self.row),
            row_two=grown(self.row_two),
            border=max(1.0, self.border * factor),
            ring=max(2, fixed(self.ring)),
            ring_gap=max(1, fixed(self.ring_gap)),
        )


STAFF = Sizes(
    name="staff",
    type={
        "number": (64, 700),
        "display": (36, 600),
        "title": (24, 600),
        "value": (22, 600),
        "search": (20, 500),
        "heading": (16, 600),
        "strong": (14, 600),
        "table": (14, 500),
        "body": (14, 400),
        "label": (13, 600),
        "hint": (13, 400),
        "caption": (12, 400),
        "key": (12, 500),
    },
    control=44, pad=16, gap=8, icon=20, radius=8, radius_card=12, radius_key=4, radius_tile=12,
    card_pad=16, row=40, row_two=58, border=1.0, ring=3, ring_gap=2,
)  # fmt: skip

KIOSK = Sizes(
    name="kiosk",
    type={
        "number": (300, 700),
        "display": (100, 600),
        "title": (48, 400),
        "value": (48, 600),
        "search": (42, 500),
        "heading": (42, 600),
        "strong": (36, 600),
        "table": (36, 500),
        "body": (28, 400),
        "label": (28, 600),
        "hint": (28, 400),
        "caption": (24, 400),
        "key": (24, 500),
    },
    control=88, pad=32, gap=16, icon=40, radius=16, radius_card=20, radius_key=8, radius_tile=20,
    card_pad=24, row=88, row_two=120, border=2.0, ring=6, ring_gap=4,
)  # fmt: skip

HALL = Sizes(
    name="hall",
    type={
        "number": (384, 700),
        "display": (200, 600),
        "title": (72, 600),
        "value": (100, 700),
        "search": (60, 500),
        "heading": (60, 600),
        "strong": (48, 600),
        "table": (72, 500),
        "body": (40, 500),
        "label": (40, 500),
        "hint": (40, 400),
        "caption": (40, 400),
        "key": (40, 500),
    },
    control=96, pad=32, gap=24, icon=48, radius=16, radius_card=20, radius_key=8, radius_tile=20,
    card_pad=32, row=96, row_two=132, border=2.0, ring=6, ring_gap=4,
)  # fmt: skip

SIZES = {sizes.name: sizes for sizes in (STAFF, KIOSK, HALL)}


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


def font(role_or_px: str | int, weight: int | None = None, sizes: Sizes = STAFF) -> QFont:
    """IBM Plex Sans for a role of ``sizes`` ("body", "label", …) or for a height in pixels.

    Arabic letters come from Plex Sans Arabic by family fallback, semi-bold when ``weight`` is 600 or more.
    """
    if isinstance(role_or_px, str):
        pixels, usual = sizes.type[role_or_px]
    else:
        pixels, usual = role_or_px, 400
    return QFont(_font(pixels, usual if weight is None else weight))


@lru_cache(maxsize=256)
def _font(pixels: int, weight: int) -> QFont:
    made = QFont()
    made.setFamilies([FAMILY, ARABIC_SEMIBOLD if weight >= 600 else ARABIC])
    made.setPixelSize(max(1, pixels))
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


def style_sheet(theme: Theme, sizes: Sizes) -> str:
    """The small style sheet: what the kit does not paint (line edits' text, scroll bars, popups, tooltips)."""
    tip_ink = theme.ink if theme.outlined else theme.on_petrol
    bar = max(8, sizes.pad // 2 + 2)
    return f"""
    QLineEdit, QPlainTextEdit {{ background: transparent; border: none; padding: 0; color: {theme.ink};
        selection-background-color: {theme.petrol_600}; selection-color: {theme.on_petrol}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {theme.ink_3}; }}
    QScrollArea, QAbstractScrollArea {{ border: none; background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.line_strong}; border-radius: {bar // 2 - 1}px; margin: 1px; }}
    QScrollBar::handle:vertical {{ min-height: {sizes.control}px; }}
    QScrollBar::handle:horizontal {{ min-width: {sizes.control}px; }}
    QScrollBar::handle:hover {{ background: {theme.petrol_500}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {theme.petrol_900}; color: {tip_ink}; border: 1px solid {theme.line_strong};
        padding: 4px 8px; }}
    QMenu {{ background: {theme.surface}; color: {theme.ink}; border: 1px solid {theme.line_strong};
        padding: 4px; }}
    QMenu::item {{ padding: {sizes.gap}px {sizes.pad}px; border-radius: {sizes.radius_key}px; }}
    QMenu::icon {{ padding-left: {sizes.gap}px; }}
    QMenu::item:selected {{ background: {theme.petrol_600}; color: {theme.on_petrol}; }}
    QMenu::item:disabled {{ color: {theme.ink_3}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px; }}
    QComboBox QAbstractItemView {{ background: {theme.surface}; color: {theme.ink};
        border: 1px solid {theme.line_strong}; selection-background-color: {theme.petrol_600};
        selection-color: {theme.on_petrol}; outline: none; }}
    """


_app_look: Look | None = None
_dressed: weakref.WeakKeyDictionary[QWidget, Look] = weakref.WeakKeyDictionary()


def app_look() -> Look:
    """The look of every window that has none of its own."""
    global _app_look
    if _app_look is None:
        _app_look = Look()
    return _app_look


def look_of(widget: QWidget) -> Look:
    """The look of the nearest dressed widget above (and with) ``widget``, else the application's."""
    if _dressed:
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
    window.destroyed.connect(lambda *_: _disconnect(look, put_on))
    put_on()


def _disconnect(look: Look, slot: Any) -> None:
    try:
        look.changed.disconnect(slot)
    except (RuntimeError, TypeError):  # the look went first
        return


def apply(app: QApplication, theme: Theme, text_scale: float = 1.0) -> Look:
    """Load the fonts and set the look of all that is not dressed; returns that look, to ``change()`` later."""
    load_fonts()
    look = app_look()
    app.setStyle("Fusion")
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
    target.setStyleSheet(style_sheet(look.theme, look.sizes()))


def tell(root: QWidget) -> None:
    """Call ``look_changed()`` of ``root`` and of every widget below it that has one, outermost first."""
    for widget in (root, *root.findChildren(QWidget)):
        react = getattr(widget, "look_changed", None)
        if react is not None:
            react()


ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_CENTER = Qt.AlignmentFlag.AlignCenter
