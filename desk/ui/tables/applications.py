"""The columns of Başvurular, and a model that grows page by page: names are masked in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import APPLICATION_KIND_NAMES, OUTCOME_NAMES, ApplicationKind, Urgency, WorkRow
from desk.registry.channels import BY_CHANNEL
from desk.registry.types import CHANNEL_NAMES, ApplicationState, Channel
from desk.ui.tables.resting import RestingRows
from desk.ui.tables.rows_model import Column, RowsModel
from desk.ui.widgets.pill import Pill, deadline

NO_VALUE = "–"

STATE_PILLS = {
    ApplicationState.NEW: (N_("Yeni"), "plus", "outline"),
    ApplicationState.REFERRED: (N_("Birime havale"), "arrow-right", "tint"),
    ApplicationState.IN_PROGRESS: (N_("İşlemde"), "sliders", "tint"),
    ApplicationState.WAITING: (N_("Bilgi bekliyor"), "pause", "amber"),
    ApplicationState.REOPENED: (N_("Yeniden açıldı"), "redo", "tint"),
    ApplicationState.CLOSED: (N_("Sonuçlandı"), "check", "filled"),
    ApplicationState.FORWARDED: (N_("Kurum dışında"), "forward-arrow", "outline"),
    ApplicationState.OUT_OF_SCOPE: (N_("Görev dışı"), "cross", "outline"),
    ApplicationState.WITHDRAWN: (N_("Geri çekildi"), "return", "outline"),
    ApplicationState.DUPLICATE: (N_("Mükerrer"), "rings", "outline"),
    ApplicationState.VOIDED: (N_("Geri alındı"), "undo", "outline"),
}
"""How a state looks in a line: short words, an icon, a tone."""

SHORT_CHANNELS = {
    Channel.MEETING: N_("Mahalle"),
    Channel.FIELD: N_("Saha"),
    Channel.BODY_VISIT: N_("STK, muhtar"),
}
"""Names that a line has no room for."""


def state_pill(state: ApplicationState) -> Pill:
    words, icon, tone = STATE_PILLS[state]
    return Pill(translator()(words), icon, tone)


def deadline_pill(row: WorkRow) -> Pill:
    """How much time is left; how it ended, once it has; "Süre durdu" while the citizen is asked."""
    tr = translator()
    if not row.open:
        words = tr(OUTCOME_NAMES[row.outcome]) if row.outcome else tr(N_("Kapandı"))
        return Pill(words, "check", "outline")
    if row.stopped:
        return Pill(tr(N_("Süre durdu")), "pause", "outline")
    return deadline(row.days_left)


def _second_line(row: WorkRow, applicant: str) -> str:
    return " · ".join(part for part in (row.unit, row.neighbourhood, applicant) if part) or NO_VALUE


def subject_words(subject: str, kind: ApplicationKind) -> str:
    """What it is about; of one whose subject was not written at least what kind it is."""
    tr = translator()
    return subject or tr(N_("{kind} · konu belirtilmemiş")).format(kind=tr(APPLICATION_KIND_NAMES[kind]))


def _subject(row: WorkRow) -> str:
    tr = translator()
    words = subject_words(row.subject, row.kind)
    if not row.open or row.urgency not in (Urgency.URGENT, Urgency.HIGH):
        return words
    return (tr(N_("Acil: {words}")) if row.urgency is Urgency.URGENT else tr(N_("Yüksek: {words}"))).format(words=words)


class WorkModel(RowsModel):
    """Rows of a work list that come page by page: ``more_wanted`` when the last one comes into sight.

    Marked rows (for one cover list) carry a check before their subject.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        self.marked: dict[UUID, WorkRow] = {}
        self.alone = False
        super().__init__(self._columns(), parent=parent)
        self._more = self._asked = False

    def _columns(self) -> tuple[Column, ...]:
        tr = translator()
        return (
            Column(
                tr(N_("Kayıt no")),
                lambda row: row.record_number,
                strong=True,
                width=118,
            ),
            Column(
                tr(N_("Konu, birim ve mahalle")),
                _subject,
                sub=lambda row: _second_line(row, "" if self.alone else row.applicant_masked),
                icon=lambda row: "check" if row.id in self.marked else "",
                stretch=True,
            ),
            Column(
                tr(N_("Kanal")),
                lambda row: tr(SHORT_CHANNELS.get(row.channel, CHANNEL_NAMES[row.channel])),
                icon=lambda row: BY_CHANNEL[row.channel].icon,
                width=144,
            ),
            Column(
                tr(N_("Durum")), lambda row: state_pill(row.state).words, pill=lambda row: state_pill(row.state),
                width=156,
            ),
            Column(
                tr(N_("Kalan süre")), lambda row: deadline_pill(row).words, pill=deadline_pill, width=142,
            ),
        )  # fmt: skip

    def set_rows(self, rows: Sequence[Any], *, more: bool = False) -> None:
        self._more, self._asked = more, False
        super().set_rows(rows)

    def _kept(self, rows: Sequence[WorkRow]) -> RestingRows[WorkRow]:
        kept = RestingRows(WorkRow)
        kept.append(rows)
        return kept

    def find(self, key: UUID) -> int:
        return self._rows.place_of(key)

    def append(self, rows: Sequence[Any], *, more: bool) -> None:
        """The next page. What is here already (a row moved while it was read) is passed over."""
        fresh = {row.id: row for row in rows if self.find(row.id) < 0}.values()
        self._more, self._asked = more, False
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.append(fresh)
            self.endInsertRows()

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def is_whole(self) -> bool:
        """Whether the list's end has been read."""
        return not self._more

    def set_alone(self, alone: bool) -> None:
        """Whether one record is open in front of a citizen: then nobody else's name stands here, not even masked."""
        if alone != self.alone:
            self.alone = alone
            self._repaint()

    def toggle_mark(self, row: WorkRow) -> None:
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        self._repaint()

    def clear_marks(self) -> None:
        self.marked.clear()
        self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 1))
