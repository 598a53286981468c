"""The EBYS exchange: which papers wait for their official number, the CSV that goes out, the one that comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import applications, exchange
from desk.actions.exchange import EbysFile, EbysState
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.text import number, short_date
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.basvurular_period import day_in
from desk.ui.staff.documents_folder import document_path, offer_document
from desk.ui.staff.dropped_files import FileDrops
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.staff.side_by_side import SideBySide
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, DataTable, EmptyState, Field, Pill, SectionLabel, Text, Toggle, WholeRows

tr = translator()


def waiting_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Takip no")), lambda one: one.record_number, strong=True, width=124),
        Column(tr(N_("Kayıt")), lambda one: short_date(one.day), width=104),
        Column(tr(N_("Konu")), lambda one: one.subject or "–", stretch=True),
    )


def line_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Satır")), lambda one: str(one.line), align="right", width=60),
        Column(tr(N_("Takip no")), lambda one: one.record_number or "–", strong=True, width=124),
        Column(tr(N_("EBYS sayısı")), lambda one: one.number or "–", width=150),
        Column(tr(N_("EBYS tarihi")), lambda one: short_date(one.on) if one.on else "–", width=104),
        Column(tr(N_("Sonuç")), lambda one: tr(one.result), pill=result_pill, stretch=True),
    )


def result_pill(one: object) -> Pill:
    """How a line of the file looks: written, to be passed over, or wrong."""
    from desk.registry.official import WRITTEN_BEFORE

    words = tr(one.result)  # type: ignore[attr-defined]
    if one.good:  # type: ignore[attr-defined]
        return Pill(words, "check", "tint")
    if one.result == WRITTEN_BEFORE:  # type: ignore[attr-defined]
        return Pill(words, "check", "outline")
    return Pill(words, "warning", "brick")


class EbysPanel(Overlay):
    """Alt+V writes the CSV, Alt+D takes the one that came back, F2 writes its numbers. One number also by hand.

    ``filled(int)`` when numbers were written.
    """

    filled = Signal(int)

    def __init__(self, window: QWidget, office: Office) -> None:
        super().__init__(window, tr(N_("EBYS alışverişi")), width=940)
        self._office, self._busy = office, False
        self._file: EbysFile | None = None
        self._build()
        self._lay_out()
        self._wire()
        self._load()

    # --- build

    def _build(self) -> None:
        self.said = Text(tr(N_("Okunuyor…")), "body", wrap=True)
        self.waiting = DataTable(waiting_columns(), name=tr(N_("EBYS sayısı bekleyen evrak")))
        self.lines = DataTable(line_columns(), name=tr(N_("Dosyanın satırları")))
        self.nothing = EmptyState("stamp", tr(N_("EBYS sayısı bekleyen evrak yok")), "", framed=False)
        self.title_of_table = SectionLabel(tr(N_("EBYS sayısı bekleyen evrak")))
        self.give = Button(tr(N_("CSV hazırla")), icon="download", key="Alt+V")
        self.choose = Button(tr(N_("EBYS dosyasını al")), icon="folder", key="Alt+D")
        self.number = Field(tr(N_("EBYS sayısı")), max_length=60)
        self.on = Field(tr(N_("EBYS tarihi")), placeholder=tr(N_("24.11.2026")), max_length=20)
        self.write = Button(tr(N_("Seçili kayda yaz")), icon="stamp", key="Enter")
        self.skip = Toggle(tr(N_("Hatalı satırları atla, ötekileri yaz")))
        self.back = Button(tr(N_("Bekleyenlere dön")), icon="arrow-left")
        self.give_up = Button(tr(N_("Kapat")), key="Esc")
        self.take = Button(tr(N_("Sayıları yaz")), icon="check", key="F2", kind="primary")

    def _lay_out(self) -> None:
        self._waiting_lines, self._file_lines = WholeRows(self.waiting), WholeRows(self.lines)
        for part in (self.said, self.title_of_table, self._waiting_lines, self._file_lines, self.nothing):
            self.body.addWidget(part)
        for lines in (self._waiting_lines, self._file_lines):
            lines.setFixedHeight(300)
        self._by_hand = SideBySide(gap=12)
        for part, least in ((self.number, 200), (self.on, 150)):
            self._by_hand.add(part, least=least)
        self._by_hand.add(_at_the_foot(self.write), stretch=0, least=210)
        self.body.addWidget(self._by_hand)
        self.body.addWidget(self.skip)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for part in (self.give, self.choose, self.back):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.give_up)
        foot.addWidget(self.take)
        self.body.addLayout(foot)
        self._show_file(None)

    def _wire(self) -> None:
        self.give.clicked.connect(self.write_csv)
        self.choose.clicked.connect(self.ask_file)
        self.back.clicked.connect(lambda: self._show_file(None))
        self.take.clicked.connect(self.take_in)
        self.give_up.clicked.connect(self.dismiss)
        PanelKeys(self, {"F2": self.take_in, "Alt+V": self.write_csv, "Alt+D": self.ask_file})
        self.write.clicked.connect(self.write_one)
        self.number.return_pressed.connect(self.on.setFocus)
        self.on.return_pressed.connect(self.write_one)
        self.skip.toggled.connect(lambda _: self._show_takeable())
        self.waiting.activated_row.connect(lambda _: self.number.setFocus())
        self.drops = FileDrops(self, lambda: tr(N_("Bırakınız: EBYS dosyası incelenir")), lambda p: self.inspect(p[0]))

    def first_focus(self) -> QWidget | None:
        return self.choose

    # --- what waits

    def _load(self) -> None:
        ctx = self._office.ctx
        tasks.latest(self, "waiting", lambda: exchange.ebys_state(ctx), self._show_state, self._failed)

    def _show_state(self, state: EbysState) -> None:
        self.waiting.set_rows(state.waiting)
        if self._file is None:
            self._say_state(state)
        self._state = state
        self._show_parts()

    def _say_state(self, state: EbysState) -> None:
        if not state.official_elsewhere:
            words = tr(N_("Bu yerleşkede resmî kayıt bu programdadır. EBYS’ye geçmek için Ayarlar’da “Resmî kayıt” "
                          "ayarını değiştiriniz; sayıları yine de yazabilirsiniz."))  # fmt: skip
        else:
            words = tr(N_("{count} evrak EBYS sayısını bekliyor; alındılarında “Ön kayıt” yazar.")).format(
                count=number(len(state.waiting))
            )
        self.said.setText(words)

    def _show_parts(self) -> None:
        looking = self._file is not None
        rows = bool(self.waiting.rows_model.rowCount())
        self._file_lines.setVisible(looking)
        self._waiting_lines.setVisible(not looking and rows)
        self.nothing.setVisible(not looking and not rows)
        self._by_hand.setVisible(not looking and rows)
        self.title_of_table.setVisible(looking or rows)
        title = N_("Dosyanın satırları") if looking else N_("EBYS sayısı bekleyen evrak")
        self.title_of_table.set_text(tr(title))
        self.skip.setVisible(looking and bool(self._file and self._file.wrong and self._file.good))
        self.back.setVisible(looking)
        self.give.setVisible(not looking)
        self._show_takeable()
        if self.isVisible():
            self._place()

    # --- out

    def write_csv(self) -> None:
        """Alt+V: the papers that wait, with room for their number."""
        ctx = self._office.ctx
        day = ctx.now()

        def op() -> tuple[int, Path]:
            target = document_path(ctx, f"ebys-{day:%Y%m%d-%H%M}.csv")
            return applications.export_for_ebys(ctx, target), target

        self._set_busy(True)
        tasks.read(self, op, self._written, self._failed, on_end=lambda: self._set_busy(False))

    def _written(self, done: tuple[int, Path]) -> None:
        count, path = done
        words = tr(N_("{count} evrak yazıldı: {name}")).format(count=number(count), name=path.name)
        self.said.setText(words)
        offer_document(self.parentWidget(), words, path)

    # --- in

    def ask_file(self) -> None:
        """Alt+D: the file that came back."""
        kinds = tr(N_("Listeler (*.csv *.xlsx *.txt)"))
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("EBYS dosyasını al")), "", kinds)
        if path:
            self.inspect(Path(path))

    def inspect(self, path: Path) -> None:
        """Look into the file; nothing is written."""
        if self._busy:
            return
        ctx = self._office.ctx
        self._set_busy(True)
        self.said.setText(tr(N_("Dosya inceleniyor…")))
        tasks.read(
            self, lambda: exchange.look_at_ebys(ctx, path), self._show_file, self._failed,
            on_end=lambda: self._set_busy(False),
        )  # fmt: skip

    def _show_file(self, file: EbysFile | None) -> None:
        self._file = file
        self.skip.setChecked(False)
        if file is not None:
            self.lines.set_rows(file.lines)
            words = tr(N_("{name}: {good} sayı yazılacak, {wrong} satır hatalı."))
            said = words.format(name=file.name, good=number(len(file.good)), wrong=number(len(file.wrong)))
            self.said.setText(said)
        elif hasattr(self, "_state"):
            self._say_state(self._state)
        self._show_parts()

    def _show_takeable(self) -> None:
        file = self._file
        good = len(file.good) if file is not None else 0
        clean = file is not None and (not file.wrong or self.skip.isChecked())
        self.take.setEnabled(bool(good) and clean and not self._busy)
        words = tr(N_("{count} sayıyı yaz")).format(count=number(good)) if good else tr(N_("Sayıları yaz"))
        self.take.set_label(words)

    def take_in(self) -> None:
        """F2: write the numbers, all that are right or none."""
        file = self._file
        if file is None or not self.take.isEnabled():
            return
        ctx, skip = self._office.ctx, self.skip.isChecked()
        self._set_busy(True)
        tasks.run(
            self, lambda: exchange.take_ebys(ctx, file, skip_bad=skip), self._taken, self._failed,
            on_end=lambda: self._set_busy(False),
        )  # fmt: skip

    def _taken(self, count: int) -> None:
        self._show_file(None)
        self.said.setText(tr(N_("{count} EBYS sayısı yazıldı.")).format(count=number(count)))
        self.filled.emit(count)
        self._file = None
        ctx = self._office.ctx
        tasks.latest(self, "waiting", lambda: exchange.ebys_state(ctx), self._refresh, self._failed)

    def _refresh(self, state: EbysState) -> None:
        """What waits now; the sentence of what was just done stays."""
        self.waiting.set_rows(state.waiting)
        self._state = state
        self._show_parts()

    # --- by hand

    def write_one(self) -> None:
        """The number of the chosen paper."""
        chosen = self.waiting.chosen()
        if chosen is None or self._busy:
            return
        given = self.number.text().strip()
        self.number.set_error("" if given else tr(N_("EBYS sayısını yazınız.")))
        on = day_in(self.on)
        if not given or on is None:
            (self.number if not given else self.on).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ctx, record = self._office.ctx, chosen.record_number
        self._set_busy(True)
        tasks.run(
            self, lambda: exchange.write_official_number(ctx, record, given, on), lambda _: self._one_written(record),
            self._failed, on_end=lambda: self._set_busy(False),
        )  # fmt: skip

    def _one_written(self, record: str) -> None:
        self.number.clear()
        self.said.setText(tr(N_("{number}: EBYS sayısı yazıldı.")).format(number=record))
        self.filled.emit(1)
        ctx = self._office.ctx
        tasks.latest(self, "waiting", lambda: exchange.ebys_state(ctx), self._refresh, self._failed)
        self.waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- common

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for part in (self.give, self.choose, self.write, self.back):
            part.setEnabled(not busy)
        self._show_takeable()

    def _failed(self, error: DeskError) -> None:
        self.said.setText(error.text(tr))
        if self.isVisible():
            self._place()


def _at_the_foot(button: Button) -> QWidget:
    """A button that stands in line with the fields beside it, below where their labels are."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(button)
    return box
