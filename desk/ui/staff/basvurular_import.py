"""Taking in a list of another system: choose, look at what would come, take it, and take it back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desk.actions import imports
from desk.actions.imports import CallPreview
from desk.clock import local
from desk.errors import N_, Cancelled, DeskError
from desk.i18n import translator
from desk.registry.application_types import CALL_NAMES, CallOutcome
from desk.registry.import_writing import Run
from desk.registry.imports import Preview
from desk.text import date_and_time, number, short_date
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.basvurular_calls import shown_seconds
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.staff.picker import Picker
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, Choice, DataTable, Field, Option, SectionLabel, Text, Toggle

SHOWN_ERRORS = 200
SHOWN_CALLS = 50
CALLS = "calls"
"""The source that is no list of applications but the exchange's own log."""

tr = translator()


def error_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Satır")), lambda one: str(one.line), align="right", width=64),
        Column(tr(N_("Sütun")), lambda one: one.column or "–", width=150),
        Column(tr(N_("Neden alınmıyor")), lambda one: tr(one.sentence), stretch=True),
    )


def sample_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Satır")), lambda one: str(one.line), align="right", width=64),
        Column(tr(N_("Dış numara")), lambda one: one.outside or "–", strong=True, width=150),
        Column(tr(N_("Geliş")), lambda one: short_date(local(one.received).date()), width=104),
        Column(tr(N_("Başvuran")), lambda one: one.applicant_masked or "–", width=104),
        Column(tr(N_("Konu")), lambda one: one.subject or "–", stretch=True),
    )


def call_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Geliş")), lambda one: date_and_time(one.at), strong=True, width=150),
        Column(tr(N_("Hat")), lambda one: one.line or "–", width=120),
        Column(tr(N_("Görevli")), lambda one: one.agent or "–", stretch=True),
        Column(tr(N_("Durum")), lambda one: tr(CALL_NAMES[CallOutcome(one.outcome)]), width=160),
        Column(tr(N_("Bekleme")), lambda one: shown_seconds(one.waiting_seconds), align="right", width=110),
        Column(tr(N_("Görüşme")), lambda one: shown_seconds(one.talk_seconds), align="right", width=110),
    )


class ImportPanel(Overlay):
    """``taken(Imported)`` when rows came in. Reading and writing happen in a worker; Esc while writing takes back."""

    taken = Signal(object)

    def __init__(self, window: QWidget, office: Office) -> None:
        super().__init__(window, tr(N_("İçe aktar")), width=880)
        self._office = office
        self._preview: Preview | CallPreview | None = None
        self._stop, self._stopped = Event(), False  # asked for; happened
        self._busy = False
        self._progress = (0, 0)
        self._build()
        self._wire()
        ctx = office.ctx
        tasks.read(self, lambda: imports.sources(ctx), self._show_sources, self._failed)

    # --- build

    def _build(self) -> None:
        self.source = Choice(tr(N_("Kaynak")), [], placeholder=tr(N_("Seçiniz")))
        self.file = Field(tr(N_("Dosya")), placeholder=tr(N_("CSV ya da Excel dosyasının yolu")), max_length=1000)
        self.choose = Button(tr(N_("Dosya seç")), icon="folder", key="Alt+D")
        self.look_button = Button(tr(N_("İncele")), icon="search", key="Enter")
        self.said = Text("", "body", wrap=True)
        self.errors = DataTable(error_columns(), name=tr(N_("Alınmayacak satırlar")))
        self.sample = DataTable(sample_columns(), name=tr(N_("İlk satırlar")))
        self.calls = DataTable(call_columns(), name=tr(N_("İlk çağrılar")))
        self.errors_title = SectionLabel(tr(N_("Alınmayacak satırlar")))
        self.sample_title = SectionLabel(tr(N_("İlk satırlar")))
        self.skip = Toggle(tr(N_("Hatalı satırları atla, ötekileri al")))
        self.undo = Button(tr(N_("Önceki alımı geri al")), icon="undo")
        self.give_up = Button(tr(N_("Kapat")), key="Esc")
        self.take = Button(tr(N_("İçe aktar")), icon="check", key="F2", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.source, 2)
        row.addWidget(self.file, 3)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        for part in (self.errors_title, self.errors, self.sample_title, self.sample, self.calls, self.skip):
            self.body.addWidget(part)
        self.errors.setFixedHeight(190)
        self.sample.setFixedHeight(190)
        self.calls.setFixedHeight(190)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(self.give_up)
        foot.addWidget(self.take)
        self.body.addLayout(foot)
        self._show_preview(None)

    def _wire(self) -> None:
        self._tick = QTimer(self, interval=200)
        self._tick.timeout.connect(self._show_progress)
        self.choose.clicked.connect(self._ask_file)
        self.look_button.clicked.connect(self.inspect)
        self.file.return_pressed.connect(self.inspect)
        self.file.text_edited.connect(lambda _: self._show_preview(None))
        self.source.changed.connect(lambda _: self._show_preview(None))
        self.skip.toggled.connect(lambda _: self._show_takeable())
        self.take.clicked.connect(self.take_in)
        self.give_up.clicked.connect(self._give_up)
        PanelKeys(self, {"F2": self.take_in, "Alt+D": self._ask_file})
        self.undo.clicked.connect(self._ask_undo)

    def first_focus(self) -> QWidget | None:
        return self.source.box

    def _show_sources(self, found: tuple) -> None:
        lists = [Option(one.code, tr(one.name)) for one in found]
        log = Option(CALLS, tr(N_("Çağrı kaydı")), note=tr(N_("Asterisk queue_log ya da CDR (Master.csv)")))
        self.source.set_options([*lists, log])

    # --- look

    def _ask_file(self) -> None:
        kinds = tr(N_("Listeler (*.csv *.xlsx *.txt)"))
        if self.source.value() == CALLS:
            kinds = tr(N_("Çağrı kayıtları (*)"))
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("Dosya seç")), "", kinds)
        if path:
            self.file.set_text(path)
            self.inspect()

    def inspect(self) -> None:
        """Read the file to its end and show what would come; nothing is written."""
        source, path = self.source.value(), self.file.text().strip()
        if not source:
            self.source.set_error(tr(N_("Kaynağı seçiniz.")))
            return
        if not path:
            self.file.set_error(tr(N_("Dosyayı seçiniz.")))
            return
        self.source.set_error("")
        self.file.set_error("")
        if self._busy:
            return
        self._progress = (0, 0)
        self._set_busy(True, tr(N_("Dosya inceleniyor…")))
        ctx = self._office.ctx
        log = source == CALLS
        tasks.read(
            self,
            lambda: imports.look_calls(ctx, Path(path)) if log else imports.look(ctx, source, Path(path), self._note),
            self._show_preview,
            self._failed,
            on_end=lambda: self._set_busy(False),
        )

    def _note(self, done: int, all_: int) -> None:
        """Called in the worker: only remembered, the timer shows it."""
        self._progress = (done, all_)

    def _show_preview(self, preview: Preview | CallPreview | None) -> None:
        self._preview = preview
        errors = preview.errors[:SHOWN_ERRORS] if preview is not None else ()
        log = isinstance(preview, CallPreview)
        sample = preview.sample if isinstance(preview, Preview) else ()
        calls = preview.calls[:SHOWN_CALLS] if isinstance(preview, CallPreview) else ()
        self.errors.set_rows(errors)
        self.sample.set_rows(sample)
        self.calls.set_rows(calls)
        self.calls.setVisible(bool(calls))
        self.sample_title.set_text(tr(N_("İlk çağrılar")) if log else tr(N_("İlk satırlar")))
        for title, table, rows in (
            (self.errors_title, self.errors, errors),
            (self.sample_title, self.sample, sample),
        ):
            title.setVisible(bool(rows))
            table.setVisible(bool(rows))
        self.sample_title.setVisible(bool(sample or calls))
        self.skip.setVisible(bool(errors) and bool(_good(preview)))
        self.skip.setChecked(False)
        self.said.setText(_summary(preview) if preview is not None else "")
        self._show_takeable()
        if self.isVisible():
            self._place()

    def _show_takeable(self) -> None:
        preview = self._preview
        good = len(_good(preview))
        clean = preview is not None and (not preview.errors or self.skip.isChecked())
        self.take.setEnabled(bool(good) and clean and not self._busy)
        words = N_("{count} çağrıyı içe aktar") if isinstance(preview, CallPreview) else N_("{count} kaydı içe aktar")
        self.take.set_label(tr(words).format(count=number(good)) if good else tr(N_("İçe aktar")))

    # --- take

    def take_in(self) -> None:
        preview = self._preview
        if preview is None or not self.take.isEnabled():
            return
        self._stop.clear()
        self._progress = (0, len(_good(preview)))
        self._set_busy(True, tr(N_("Kayıtlar alınıyor…")))
        ctx, skip = self._office.ctx, self.skip.isChecked()
        log = isinstance(preview, CallPreview)

        def op() -> imports.Imported:
            asked: dict[str, Any] = {"progress": self._note, "cancelled": self._stop.is_set}
            try:
                if isinstance(preview, CallPreview):
                    return imports.take_calls(ctx, preview, **asked)
                return imports.take(ctx, preview, skip_bad=skip, **asked)
            except Cancelled:
                self._stopped = True
                raise

        tasks.run(
            self,
            op,
            partial(self._taken, log),
            self._failed,
            on_end=lambda: self._set_busy(False),
        )

    def _taken(self, log: bool, done: imports.Imported) -> None:
        self._show_preview(None)
        words = tr(N_("{created} başvuru alındı, {known} satır zaten kayıtlıydı, {refused} satır alınmadı."))
        if log:
            words = tr(N_("{created} çağrı alındı, {known} çağrı zaten kayıtlıydı, {refused} satır okunamadı."))
        self.said.setText(
            words.format(created=number(done.created), known=number(done.known), refused=number(done.refused))
        )
        self.taken.emit(done)

    def _set_busy(self, busy: bool, words: str = "") -> None:
        self._busy = busy
        for part in (self.look_button, self.choose, self.undo):
            part.setEnabled(not busy)
        self.give_up.set_label(tr(N_("Durdur")) if busy else tr(N_("Kapat")))
        if busy:
            self.said.setText(words)
            self._tick.start()
        else:
            self._tick.stop()
            if self._stopped:  # asked for behind the last row it stops nothing: then all are taken, and that is said
                self.said.setText(tr(N_("Durduruldu; alınan kayıtlar geri alındı.")))
            self._stop.clear()
            self._stopped = False
        self._show_takeable()

    def _show_progress(self) -> None:
        done, all_ = self._progress
        if all_:
            self.said.setText(tr(N_("{done} / {all} satır")).format(done=number(done), all=number(all_)))

    def _give_up(self) -> None:
        if self._busy:
            self._stop.set()
        else:
            self.dismiss()

    def dismiss(self) -> None:
        """While something is written it is stopped first; the panel stays until that is done."""
        if self._busy:
            self._stop.set()
            return
        super().dismiss()

    def _failed(self, error: DeskError) -> None:
        self._tick.stop()
        self.said.setText(error.text(tr))

    # --- take back

    def _ask_undo(self) -> None:
        ctx = self._office.ctx
        tasks.read(self, lambda: imports.runs(ctx), self._pick_run, self._failed)

    def _pick_run(self, runs: tuple[Run, ...]) -> None:
        alive = [one for one in runs if one.finished and one.undone_at is None and one.created]
        if not alive:
            self.said.setText(tr(N_("Geri alınabilecek bir alım yok.")))
            return
        options = [
            Option(
                one.id, one.file_name, "undo",
                tr(N_("{at} · {count} kayıt · {by}")).format(
                    at=date_and_time(one.at), count=number(one.created), by=one.by
                ),
            )
            for one in alive
        ]  # fmt: skip
        picker = Picker(self.window(), tr(N_("Hangi alım geri alınacak?")), options)
        picker.picked.connect(self._undo)
        picker.open()

    def _undo(self, import_id: object) -> None:
        ctx = self._office.ctx
        tasks.run(self, lambda: imports.undo(ctx, import_id), self._undone, self._failed)  # type: ignore[arg-type]

    def _undone(self, count: int) -> None:
        self.said.setText(tr(N_("{count} kayıt geri alındı.")).format(count=number(count)))
        self.taken.emit(None)


def _good(preview: Preview | CallPreview | None) -> Sequence[object]:
    """What would be written."""
    if isinstance(preview, CallPreview):
        return preview.calls
    return preview.good if preview is not None else ()


def _call_summary(preview: CallPreview) -> str:
    answered = sum(one.outcome == CallOutcome.ANSWERED for one in preview.calls)
    words = tr(N_("{count} çağrı, {answered} yanıtlanan"))
    parts = [words.format(count=number(len(preview.calls)), answered=number(answered))]
    if preview.calls:
        days = sorted(one.day for one in preview.calls)
        span = short_date(days[0]) if days[0] == days[-1] else f"{short_date(days[0])} – {short_date(days[-1])}"
        parts.append(span)
    if preview.repeated:
        parts.append(tr(N_("{count} dosyada yinelenen")).format(count=number(preview.repeated)))
    if preview.errors:
        parts.append(tr(N_("{count} hatalı")).format(count=number(len(preview.errors))))
    return ", ".join(parts)


def _summary(preview: Preview | CallPreview) -> str:
    if isinstance(preview, CallPreview):
        return _call_summary(preview)
    bad = len({one.line for one in preview.errors})
    parts = [tr(N_("{rows} satır: {good} alınacak")).format(rows=number(preview.rows), good=number(len(preview.good)))]
    if preview.repeated:
        parts.append(tr(N_("{count} dosyada yinelenen")).format(count=number(preview.repeated)))
    if bad:
        parts.append(tr(N_("{count} hatalı")).format(count=number(bad)))
    if preview.notices:
        parts.append(tr(N_("{count} uyarı")).format(count=number(len(preview.notices))))
    if preview.unused:
        parts.append(tr(N_("kullanılmayan sütunlar: {names}")).format(names=", ".join(preview.unused[:6])))
    return ", ".join(parts)
