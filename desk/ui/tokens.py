"""Design tokens: the colours of each theme, the type and measures of each kind of screen. The one place with literal
colours; values of ``LIGHT``: screens.md, "Tokens". Sizes are in device-independent pixels on a 4-px grid.

No Qt here: the frame of a window is painted in these colours before Qt's own colours and fonts are read.
"""

from __future__ import annotations

from dataclasses import field, replace

from desk.values import dataclass


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

STYLE = "Fusion"
"""The one of Qt's own styles that ours is drawn upon."""

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
