"""What is done at the kiosk: taking a number, coming with an appointment, asking for help. Slow work goes to a worker,
and a second touch meanwhile is the same touch."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind
from desk.ui import tasks
from desk.ui.kiosk import answers, words
from desk.ui.kiosk.done import DonePage
from desk.ui.kiosk.frame import KioskFrame
from desk.ui.kiosk.notice import BACK_SECONDS, NoticePage
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.paper import PaperWatch
from desk.ui.kiosk.words import Notice

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.actions.context import Context
    from desk.actions.escort import Coming


class KioskDeeds(KioskFrame):
    """The kiosk's window with what it does in the database."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.paper: PaperWatch | None = None
        self._coming: Coming | None = None
        self._key = secrets.token_hex(8)

    def act(
        self, op: Callable[[Context], Any], then: Callable[[Any], None], refused: Callable[[DeskError], None]
    ) -> None:
        """Do ``op(ctx)`` in a worker; nothing while something else is under way."""
        if self._busy or self.office is None:
            return
        self._set_busy(True)
        ctx = self.office.ctx
        tasks.run(self, lambda: op(ctx), then, refused, on_end=lambda: self._set_busy(False))

    def choose(self, code: str, *, priority: bool = False) -> None:
        """Take a number."""
        lang, version = self.visitor.lang, self.offer.notice.version
        key = f"{self._key}:{code}:{'p' if priority else 'n'}"
        declared = Priority.DECLARED if priority else None
        self.act(
            lambda ctx: answers.take_number(ctx, key, code, declared, lang, version),
            self._show_number,
            self._refused,
        )

    def check_in(self, code: str) -> None:
        """The number of an appointment."""
        lang = self.visitor.lang
        self.act(lambda ctx: answers.check_in(ctx, code, lang), self._show_number, self._refused)

    def _show_number(self, answer: answers.Number) -> None:
        assert self.office is not None
        ticket = answer.ticket
        self._forget_paper()
        watch = self.paper = PaperWatch(self.office, answer.jobs, self)

        def make(stage: Stage) -> KioskPage:
            page = DonePage(stage, ticket, watch.now, helped=self._coming is not None)
            watch.changed.connect(page.set_paper)
            page.help_wanted.connect(lambda: self.call_help(ticket.place))
            return page

        self._go("done", make)

    def _forget_paper(self) -> None:
        if self.paper is not None:
            self.paper.stop()
            self.paper.deleteLater()
            self.paper = None

    def _refused(self, error: DeskError) -> None:
        """No number: say why in plain words; nothing was recorded."""
        self._notice("refused", words.trouble(error, self.offer, self.tr_, self.visitor.lang))
        self.load()

    def _notice(self, step: str, said: Notice, extra: str = "", on_extra: Callable[[], None] | None = None) -> None:
        def make(stage: Stage) -> KioskPage:
            page = NoticePage(
                stage,
                said,
                finish=self.tr_(N_("Tamam")),
                extra=extra,
                seconds=BACK_SECONDS,
                stuck=step in ("refused", "told"),
            )
            if on_extra is not None:
                page.extra_pressed.connect(on_extra)
            return page

        self._go(step, make)

    # --- help

    def call_help(self, to_place: str) -> None:
        """Ask for an escort; one request a visitor."""
        if self._coming is not None and not self._busy:
            self._help_comes(self._coming)
            return
        lang = self.visitor.lang
        self.act(
            lambda ctx: answers.ask_help(ctx, AssistanceKind.UNIT, to_place, lang),
            self._help_comes,
            self._no_help_comes,
        )

    def _no_help_comes(self, error: DeskError) -> None:
        """It rings at no desk now: whom to ask; and the loudspeaker asks for the visitor, where there is one."""
        self._notice("refused", words.no_help(self.offer, self.tr_))
        if self.offer.headphones != "always":
            self.guide.call_out(translator()(N_("Kioskta bir ziyaretçi yardım istiyor.")))
        self.load()

    def _help_comes(self, coming: Coming) -> None:
        """``coming.new`` False: whoever stood here before has asked already; only that visitor may take it back."""
        self._coming = coming
        if isinstance(self._page, DonePage):
            self._page.help_comes()
            return
        tr = self.tr_
        sentence = tr(
            N_("Lütfen burada bekleyiniz; görevlimiz yanınıza gelecektir. Ekran başa dönse de çağrınız sürer.")
        )
        said = Notice(tr(N_("Görevli geliyor")), sentence, "escort")
        if coming.new:
            self._notice("help", said, tr(N_("Yardıma gerek kalmadı")), self._no_help)
        else:
            self._notice("help", said)

    def _no_help(self) -> None:
        """The visitor takes the request back."""
        coming, self._coming = self._coming, None
        if coming is None or not coming.new or self.office is None:
            return
        ctx, job = self.office.ctx, coming.job
        # An escort who has set out already finishes the job; the visitor is told nothing wrong either way.
        tasks.run(self, lambda: answers.cancel_help(ctx, job), on_failure=lambda error: None)
        self.start()

    # --- the heir's

    def _go(self, step: str, make: Callable[[Stage], KioskPage]) -> None:
        """Show a step; ``make`` builds its page anew whenever language, look or size change."""
        raise NotImplementedError

    def start(self) -> None:
        """The start page, as the next person finds it."""
        raise NotImplementedError

    def load(self) -> None:
        """Read the offer anew."""
        raise NotImplementedError
