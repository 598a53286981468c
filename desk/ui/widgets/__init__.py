"""The widgets of Danışma. Import names from here; QtWidgets, QtGui and QtSvg are all they need.

Common to all: ``scale`` is "staff" (default), "kiosk" or "hall"; colours and sizes come from the look of the window
(``desk.ui.theme``: ``apply``, ``dress``, ``Look.change``) at every use, so nothing has to be told on a change. Whoever
keeps fonts or colours of its own gives itself a method ``look_changed()``. Texts are ready sentences in the reader's
language. Controls have an accessible name (``name=``, else their label), a tab stop, Space and Enter, a focus ring.
Painted widgets that only show: accessible name = what it is, accessible description = what it says now.

Text and frame
    Text(words, role="body", color="ink", weight=, wrap=, align=)   QLabel in tokens; setText(), set_color()
    ElidedText(…)                       one line ending in … instead of widening its column
    SectionLabel(words, hint)           set_text(), set_hint()
    Lines(words, role, count=)          as high as so many lines, whatever it says
    Card(title, right, tone=)           .body (QVBoxLayout), .head; set_title(), set_right(), set_tone()
                                        tones: surface outline dashed amber petrol tint brick
    FlowLayout(parent, gap)             a row that wraps; FittingRow: of chips, denser before it does
    EmptyState(icon, title, text)       set_texts()
    KeyHint(key)
Press
    Button(label, icon=, key=, kind=, compact=)
                                        kinds: primary secondary tint danger ghost; set_label(), set_icon(), set_kind()
    HeroButton(label, subtitle, keys=(…), joiner="veya", icon=)     the big one of a page; set_subtitle()
    Chip(label, icon=, hint=, shape="pill"|"box", checked=)         isChecked(), setChecked(), toggled
    Segmented([Option(value, label, icon, note)], kind="boxes"|"tabs", name=)   value(), set_value(), changed(value)
    Toggle(label, checked=, show_label=)                            toggled
    ListRow(title, sub, letter=|icon=, right=, note=, key=, boxed=, passive=, tone=)
                                        set_current(), set_right(), set_texts()
    Tile(title, note, icon=, layout="row"|"column")                 kiosk service
    BigTile(title, sentence, icon=, kind=)                          kiosk choice
    OptionTile(label, value, icon=)     kiosk setting; set_value(words, on)
    NumberPad()                         digit(str), erased(), accepted()
Enter
    Field(label, hint=, placeholder=, icon=, key=, max_length=)     text(), set_text(), clear(), set_error(), error(),
                                        set_note(), set_valid(); text_edited, return_pressed, editing_finished; .edit
    TextArea(label, …)                  several lines
    SearchField(label, placeholder=, key=, large=)      a Field with moved(±n) on ↑↓ and chosen() on Enter
    Stepper(name, value=, low=, high=)  value(), set_value(), step_up(), step_down(), value_changed(int)
    Choice(label, options, hint=)       drop-down with search: value(), set_value(), set_options(), set_error(),
                                        changed(value)
    ChoiceBox(options, prefix="Kanal")  the same without label, for filter rows; choose(), open(), popup()
Show
    StatTile(icon, label)               set_value(value, unit, note)
    QueueRow(letter, service)           set_state(waiting, forecast, share, busy)
    BarRow(label, value, share, icon=|letter=, sub=, columns=)      set_value()
    HourBars(name, legend)              set_hours([Hour(label, value, usual)], now=)
    ServiceBadge(letter, filled=)       set_letter()
    CounterCell(number, state)          states: serving called break free closed; set_state()
    StatusPill(Pill(words, icon, tone)) set_pill(); tones: outline tint filled neutral amber amber-filled brick
                                        brick-filled
    DeadlineChip(days, done_on_day=)    set_days(); deadline(days) gives its Pill for a table
    Timeline(name)                      set_moments([Moment(icon, title, text, when, tone)])
    Steps(name)                         set_steps([(title, when)], current)
    PaperView(name, placeholder)        set_image(QImage | None, words)
    DataTable(columns, name=, two_line=)   set_rows(), chosen(), choose(key), selected(row), activated_row(row);
                                        Column and RowsModel are in desk.ui.tables.rows_model
    toasts(widget)                      the window's messages: info(words, action=, key=, on_action=), error(words),
                                        undo(), clear(), .anchor
Painting your own
    Dressed (mixin: .theme .sizes .font_of(role) .border()), Painted, Control; painting(), draw_box(), draw_text(),
    text_width(), line_height(), wrap(), paint_icon(), paint_logo(), icon_pixmap(), paint_pill(), paint_bar()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desk.ui.widgets.painting import painting  # now: its module has its name and would stand in its place

if TYPE_CHECKING:
    from desk.ui.widgets.badge import ServiceBadge, paint_badge
    from desk.ui.widgets.bar import BarRow, QueueRow, paint_bar
    from desk.ui.widgets.button import KINDS, Button, HeroButton
    from desk.ui.widgets.card import Card
    from desk.ui.widgets.chip import Chip
    from desk.ui.widgets.choice import Choice, ChoiceBox
    from desk.ui.widgets.control import Control, Dressed, Painted
    from desk.ui.widgets.counter_cell import CounterCell
    from desk.ui.widgets.data_table import DataTable, WholeRows
    from desk.ui.widgets.empty_state import EmptyState
    from desk.ui.widgets.field import Field, TextArea
    from desk.ui.widgets.flow_layout import FittingRow, FlowLayout
    from desk.ui.widgets.focus_ring import FocusRing, ring_of
    from desk.ui.widgets.hour_bars import Hour, HourBars
    from desk.ui.widgets.icons import icon_names, icon_pixmap, paint_icon, paint_logo
    from desk.ui.widgets.key_hint import KeyHint, key_size, paint_key
    from desk.ui.widgets.labels import ElidedText, Lines, SectionLabel, Text
    from desk.ui.widgets.list_row import ListRow
    from desk.ui.widgets.number_pad import NumberPad
    from desk.ui.widgets.painting import draw_box, draw_lines, draw_text, line_height, mixed, text_width, wrap
    from desk.ui.widgets.paper_view import PaperView
    from desk.ui.widgets.pill import DeadlineChip, Pill, StatusPill, deadline, paint_pill, pill_size
    from desk.ui.widgets.search_field import SearchField
    from desk.ui.widgets.segmented import Option, Segmented
    from desk.ui.widgets.stat_tile import StatTile
    from desk.ui.widgets.stepper import Stepper
    from desk.ui.widgets.tile import BigTile, OptionTile, Tile
    from desk.ui.widgets.timeline import Moment, Steps, Timeline
    from desk.ui.widgets.toast import Toast, ToastHost, toasts
    from desk.ui.widgets.toggle import Toggle

__all__ = [
    "KINDS", "BarRow", "BigTile", "Button", "Card", "Chip", "Choice", "ChoiceBox", "Control", "CounterCell",
    "DataTable", "DeadlineChip", "Dressed", "ElidedText", "EmptyState", "Field", "FittingRow", "FlowLayout",
    "FocusRing", "HeroButton", "Hour", "HourBars", "KeyHint", "Lines", "ListRow", "Moment", "NumberPad", "Option",
    "OptionTile", "Painted", "PaperView", "Pill", "QueueRow", "SearchField", "SectionLabel", "Segmented",
    "ServiceBadge", "StatTile", "StatusPill", "Stepper", "Steps", "Text", "TextArea", "Tile", "Timeline", "Toast",
    "ToastHost", "Toggle", "WholeRows", "deadline", "draw_box", "draw_lines", "draw_text", "icon_names",
    "icon_pixmap", "key_size", "line_height", "mixed", "paint_badge", "paint_bar", "paint_icon", "paint_key",
    "paint_logo", "paint_pill", "painting", "pill_size", "ring_of", "text_width", "toasts", "wrap",
]  # fmt: skip

_HOMES = {
    "badge": "ServiceBadge paint_badge",
    "bar": "BarRow QueueRow paint_bar",
    "button": "KINDS Button HeroButton",
    "card": "Card",
    "chip": "Chip",
    "choice": "Choice ChoiceBox",
    "control": "Control Dressed Painted",
    "counter_cell": "CounterCell",
    "data_table": "DataTable WholeRows",
    "empty_state": "EmptyState",
    "field": "Field TextArea",
    "flow_layout": "FittingRow FlowLayout",
    "focus_ring": "FocusRing ring_of",
    "hour_bars": "Hour HourBars",
    "icons": "icon_names icon_pixmap paint_icon paint_logo",
    "key_hint": "KeyHint key_size paint_key",
    "labels": "ElidedText Lines SectionLabel Text",
    "list_row": "ListRow",
    "number_pad": "NumberPad",
    "painting": "draw_box draw_lines draw_text line_height mixed text_width wrap",
    "paper_view": "PaperView",
    "pill": "DeadlineChip Pill StatusPill deadline paint_pill pill_size",
    "search_field": "SearchField",
    "segmented": "Option Segmented",
    "stat_tile": "StatTile",
    "stepper": "Stepper",
    "tile": "BigTile OptionTile Tile",
    "timeline": "Moment Steps Timeline",
    "toast": "Toast ToastHost toasts",
    "toggle": "Toggle",
}
"""Where each part is; a module is read when one of its parts is asked for first: a window stands sooner."""

_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return found
