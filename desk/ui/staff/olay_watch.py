"""The window's part in unusual events: the key that opens them, and what other desks report.

Every staff window is told of an event in writing and without a sound (a security call must not be heard), and the shift
lead of a very bad survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.widgets import toasts

if TYPE_CHECKING:  # the window stands before the database layer is imported
    from desk.registry.incidents import IncidentView
    from desk.ui.staff.olay import IncidentSheet
    from desk.ui.staff.shell import StaffWindow

KEY = "Alt+O"
SECONDS = 30

tr = translator()


class IncidentDesk(QObject):
    """``IncidentDesk(window)``; ``ask()`` is what the key does."""

    def __init__(self, window: StaffWindow) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: IncidentSheet | None = None
        window.office.bridge.changed.connect(self._on_changes)

    # --- the key

    def ask(self) -> None:
        """Choose a kind, or go on with what is open."""
        from desk.actions import surveys

        ctx = self._window.office.ctx
        tasks.run(self._window, lambda: surveys.incidents_open(ctx), self._choose, self._choose_blind)

    def _choose(self, going_on: tuple[IncidentView, ...]) -> None:
        from desk.ui.staff.olay import ChooseIncident

        overlay = ChooseIncident(self._window, going_on)
        overlay.started.connect(self._start)
        overlay.opened.connect(self.show)
        self._window.show_overlay(overlay)

    def _choose_blind(self, error: DeskError) -> None:
        """The database is away: say so; nothing pretends to have been recorded."""
        self._window.show_error(error.text(tr))

    def _start(self, kind: object, place: str) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx

        def start() -> IncidentView | None:
            return surveys.incident(ctx, surveys.note_incident(ctx, kind, place))  # type: ignore[arg-type]

        tasks.run(self._window, start, self.show, self._failed)

    def show(self, event: IncidentView | None) -> None:
        """The sheet of one event."""
        from desk.ui.staff.olay import IncidentSheet

        if event is None:
            return
        sheet = self._sheet = IncidentSheet(self._window, event)
        sheet.step_taken.connect(lambda text: self._step(event.id, text))
        sheet.ended.connect(lambda outcome: self._end(event, outcome))
        sheet.closed.connect(self._sheet_gone)
        self._window.show_overlay(sheet)

    def _sheet_gone(self) -> None:
        self._sheet = None

    def _step(self, event: UUID, text: str) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx

        def keep() -> IncidentView | None:
            surveys.incident_step(ctx, event, text)
            return surveys.incident(ctx, event)

        tasks.run(self._window, keep, self._show_again, self._failed)

    def _show_again(self, event: IncidentView | None) -> None:
        if self._sheet is not None and event is not None and self._sheet.event.id == event.id:
            self._sheet.show_event(event)

    def _end(self, event: IncidentView, outcome: str) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx
        words = tr(N_("{number} sonlandırıldı; gün çizelgesine yazıldı.")).format(number=event.number)
        tasks.run(
            self._window,
            lambda: surveys.end_incident(ctx, event.id, outcome),
            lambda _: toasts(self._window).info(words, seconds=6),
            self._failed,
        )

    def _failed(self, error: DeskError) -> None:
        self._window.show_error(error.text(tr))

    # --- what others report

    def _on_changes(self, changes: list[Change]) -> None:
        if not self._window.isVisible():
            return
        own = self._window.office.ctx.actor.terminal_id
        for change in changes:
            if change.subject_id is None:
                continue
            if change.kind is Kind.INCIDENT_OPENED and change.terminal_id != own:
                self._tell_incident(change.subject_id)
            elif change.kind is Kind.INCIDENT_CHANGED and self._sheet is not None:
                self._refresh(change.subject_id)
            elif change.kind is Kind.SURVEY_ALARMING:
                self._tell_survey(change.subject_id)

    def _tell_incident(self, event: UUID) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx
        tasks.run(self._window, lambda: surveys.incident(ctx, event), self._told, lambda error: None)

    def _told(self, event: IncidentView | None) -> None:
        if event is None or event.ended_at is not None:
            return
        from desk.ui.staff.olay import named

        words = tr(N_("Olay bildirildi: {event}")).format(event=named(event))
        toasts(self._window).info(
            words,
            icon="warning",
            action=tr(N_("Aç")),
            key="Ctrl+O",
            on_action=lambda: self.show(event),
            seconds=SECONDS,
        )

    def _refresh(self, event: UUID) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx
        tasks.run(self._window, lambda: surveys.incident(ctx, event), self._show_again, lambda error: None)

    def _tell_survey(self, survey: UUID) -> None:
        from desk.actions import surveys

        ctx = self._window.office.ctx
        tasks.run(self._window, lambda: surveys.alarm_for_lead(ctx, survey), self._told_survey, lambda error: None)

    def _told_survey(self, about: str | None) -> None:
        if about is not None:
            words = tr(N_("Çok olumsuz anket: {about}")).format(about=about)
            toasts(self._window).info(
                words,
                icon="comment",
                action=tr(N_("Vardiya’yı aç")),
                key="Ctrl+O",
                on_action=lambda: self._window.show_page("vardiya"),
                seconds=SECONDS,
            )
