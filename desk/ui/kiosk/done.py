"""The number: large, with what to expect, where to go, and what the slip is doing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.queue.types import Ticket
from desk.registry.places import place
from desk.ui.kiosk import words
from desk.ui.kiosk.keys import FinishKey, SlimKey
from desk.ui.kiosk.number_parts import FigureBox, NumberCard, PaperBox
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.paper import Paper
from desk.ui.kiosk.parts import EXPAND, Assurance, Countdown, PageTitle
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Text

BACK_SECONDS = 30
TROUBLE_SECONDS = 60
"""Time to find a pencil and write the number down."""

_REPORT = N_("Numaranız geçerlidir; ekranda çağrılacaktır. Lütfen danışmaya bildiriniz.")

_PAPER = {
    Paper.COMING: (N_("Fişiniz hazırlanıyor"), N_("Lütfen bekleyiniz.")),
    Paper.PRINTED: (N_("Lütfen fişinizi alınız"), ""),
    Paper.TROUBLE: (N_("Fiş basılamadı, numaranızı not alınız"), _REPORT),
    Paper.UNKNOWN: (
        N_("Fiş basılamadı, numaranızı not alınız"),
        N_("Fişiniz çıktıysa alabilirsiniz. Numaranız geçerlidir; ekranda çağrılacaktır. Lütfen danışmaya bildiriniz."),
    ),
}


class DonePage(KioskPage):
    """Stays until "Tamam, bitir" or the end of its bar."""

    help_wanted = Signal()

    def __init__(self, stage: Stage, ticket: Ticket, paper: Paper, *, helped: bool = False) -> None:
        super().__init__(stage)
        tr = self.tr_
        title = tr(N_("Sıra numaranız hazır"))
        self._grown = stage.visitor.text_step > 0
        body = self.frame(hero=title)
        if not stage.portrait and self._grown:
            self.panel.setFixedWidth(stage.px(500))  # large letters leave the room to the number
        if stage.visitor.text_step > 1:
            body.setSpacing(stage.px(14))
            body.setContentsMargins(stage.px(48), stage.px(20), stage.px(48), stage.px(24))
        self._number = card = self._card(ticket)
        self._troubled, self._told = False, paper
        self.paper_box = PaperBox(320 if stage.portrait else 500)
        self.paper_box.setObjectName("paper")
        self.countdown = Countdown(
            BACK_SECONDS,
            tr(N_("{seconds} saniye sonra başlangıç ekranına dönülür.")),
            tr(N_("Süre durduruldu.")),
        )
        self.countdown.ended.connect(lambda: self.go.emit("start"))
        self.set_paper(paper)
        self.help_key = SlimKey(tr(N_("Yardım istiyorum")), icon="escort", scale="kiosk")
        self.help_key.setObjectName("help")
        self.help_key.clicked.connect(self.help_wanted.emit)
        if helped:
            self.help_comes()
        if stage.portrait:
            if stage.visitor.text_step == 0:  # large letters leave the room to the number
                body.addWidget(PageTitle(title, "check"))
            body.addWidget(card, 1)
            self._rest(body, ticket)
        else:
            row = QHBoxLayout()
            row.setSpacing(stage.px(24))
            left = QVBoxLayout()
            left.setSpacing(stage.px(16))
            left.addWidget(card, 1)
            if self._grown:  # what to expect stands below the number: there is the width for large letters
                left.addLayout(self._figures(ticket))
            row.addLayout(left, 6)
            right = QVBoxLayout()
            right.setSpacing(stage.px(16))
            row.addLayout(right, 5)
            body.addLayout(row, 1)
            self._rest(right, ticket)

    def set_paper(self, paper: Paper) -> None:
        """Say what the slip is doing."""
        told, how = _PAPER[paper]
        if paper is Paper.PRINTED:
            how = words.slip_place(self.stage.offer)
        title, sentence = self.tr_(told), self.tr_(how)
        if paper is not self._told:
            self.added.emit(f"{title}. {sentence}".strip())
        self._told = paper
        trouble = paper in (Paper.TROUBLE, Paper.UNKNOWN)
        self.paper_box.set_words(title, sentence, trouble=trouble)
        if trouble and not self._troubled:
            self.countdown.allow(TROUBLE_SECONDS)
            if self._grown:  # both say "ekranda çağrılacaktır"; with large letters and more words the number needs it
                self._number.leave_pill()
        self._troubled = trouble

    def help_comes(self) -> None:
        """Somebody is on the way; the number stays where it is."""
        self.help_key.set_label(self.tr_(N_("Görevli geliyor")))
        self.help_key.set_icon("check")
        self.help_key.set_kind("tint")
        self.added.emit(self.tr_(N_("Görevli geliyor")) + ".")
        # It only says something now, as legibly as before: no pressing, no focus, not greyed.
        self.help_key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.help_key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self.help_key.hasFocus():
            self.focusNextChild()

    def _card(self, ticket: Ticket) -> NumberCard:
        tr = self.tr_
        label, kind = tr(N_("Sıra numaranız")), tr(N_("Öncelikli")) if ticket.priority else ""
        titled = not self.stage.portrait or self.stage.visitor.text_step == 0  # what it is stands above it already
        card = NumberCard(
            " · ".join(one for one in (label, kind) if one),
            kind if titled else label,
            ticket.number,
            tr(ticket.service_name),
            place(ticket.place, tr),
            tr(N_("Ekranda çağrılacaktır")),
        )
        card.setObjectName("number")
        return card

    def _rest(self, body, ticket: Ticket) -> None:
        stage, tr = self.stage, self.tr_
        if stage.portrait or not self._grown:
            body.addLayout(self._figures(ticket))
        if ticket.window is not None or (ticket.forecast is not None and ticket.forecast.high > 0):
            note = words.forecast_note(ticket.window, stage.visitor.lang, tr)
            body.addWidget(Text(note, "caption", "ink_2_kiosk", scale="kiosk", wrap=True, align=ALIGN_CENTER))
        body.addWidget(self.paper_box)
        if not stage.portrait:
            body.addStretch(1)
        finish = FinishKey(tr(N_("Tamam, bitir")), stage.px(140 if stage.portrait else 110))
        finish.setObjectName("finish")
        finish.clicked.connect(lambda: self.go.emit("start"))
        if stage.portrait and stage.visitor.text_step:  # side by side: large letters take nothing from the number
            row = QHBoxLayout()
            row.setSpacing(body.spacing())
            for key in (self.help_key, finish):
                key.setSizePolicy(EXPAND, EXPAND)
                row.addWidget(key, 1)
            body.addLayout(row)
        else:
            body.addWidget(self.help_key)
            body.addWidget(finish)
        body.addWidget(self.countdown)
        if not self._grown:
            wrong = tr(N_("Bir yanlışlık varsa lütfen danışmaya bildiriniz."))
            private = tr(N_("Fişte ve bu ekranda kişisel veriniz yer almaz."))
            line = Assurance(private, wrong) if stage.portrait else Assurance(wrong, lines=2, icon="info")
            body.addWidget(line)

    def _figures(self, ticket: Ticket) -> QBoxLayout:
        """Beside each other; on a landscape screen and in larger letters a line each."""
        tr, flat = self.tr_, self._grown or not self.stage.portrait
        row: QBoxLayout = QVBoxLayout() if flat else QHBoxLayout()
        row.setSpacing(self.stage.px(12 if self._grown else 20))
        ahead = tr(N_("{count} numara")).format(count=ticket.ahead)
        row.addWidget(FigureBox(tr(N_("Önünüzde")), ahead, icon="persons", beside=flat), 1)
        if ticket.window is not None:
            window = words.clock_window(ticket.window, self.stage.visitor.lang, tr)
            row.addWidget(FigureBox(tr(N_("Tahmini çağrı")), window, icon="clock", beside=flat), 1)
        elif ticket.forecast is not None:
            band = words.wait_band(ticket.forecast, tr)
            row.addWidget(FigureBox(tr(N_("Tahmini bekleme")), band, icon="clock", beside=flat), 1)
        return row
