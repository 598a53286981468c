"""Every component in every state, theme and text size, as pictures to look at (``desk gallery``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.ui import widgets as kit
from desk.ui.tables.rows_model import Column
from desk.ui.theme import LIGHT, THEMES, Look, dress, load_fonts, stand_on_petrol

TEXT_SCALES = (1.0, 1.5)


def every() -> Iterator[tuple[str, Look, QWidget]]:
    """All sheets in every theme and text size, shown and laid out: their name, look, and the sheet itself."""
    load_fonts()
    for name, build in SHEETS.items():
        for theme in THEMES.values():
            if name == "kiosk" and theme.name == "dark":
                continue  # the kiosk knows light and high contrast
            for scale in TEXT_SCALES:
                look = Look(theme, scale, 0.5 if name == "kiosk" else 1.0)
                yield f"{name}-{theme.name}-{round(scale * 100)}", look, laid_out(build, look)


def laid_out(build: Callable[[QWidget], None], look: Look) -> QWidget:
    """One sheet, as high as its content."""
    sheet = QWidget()
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    build(sheet)
    dress(sheet, look)
    sheet.setAutoFillBackground(True)
    sheet.setBackgroundRole(QPalette.ColorRole.Window)
    wide = round(1440 * (1 if look.text_scale == 1 else 1.25))
    sheet.resize(wide, 100)
    sheet.show()
    sheet.resize(wide, max(sheet.layout().heightForWidth(wide), sheet.layout().totalMinimumSize().height()))
    QApplication.processEvents()
    return sheet


def picture(sheet: QWidget) -> QImage:
    """The sheet as it is shown, with the focus rings that its examples hold."""
    image = QImage(sheet.size(), QImage.Format.Format_RGB32)
    sheet.render(image, QPoint(0, 0))
    for target in sheet.findChildren(kit.Control):
        if target.property("gallery_focus"):
            _paint_ring(image, sheet, target)
    return image


def _paint_ring(image: QImage, sheet: QWidget, target: kit.Control) -> None:
    """The focus ring as it shows on the screen (there is one per window, so it is drawn apart here)."""
    ring = kit.FocusRing(sheet)
    ring.follow(target, target.radius(), target.sizes, target.theme)
    painter = QPainter(image)
    try:
        ring.render(painter, ring.pos(), QRect(QPoint(0, 0), ring.size()), QWidget.RenderFlag.DrawChildren)
    finally:
        painter.end()
    ring.leave()
    ring.deleteLater()


def _focused(control: kit.Control) -> kit.Control:
    control.setProperty("gallery_focus", True)
    return control


def _held(control: kit.Control, state: str) -> kit.Control:
    control.preview_state(state)
    return control


def _off(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def _flow(*parts: QWidget, gap: int = 16) -> QWidget:
    holder = QWidget()
    row = kit.FlowLayout(holder, gap)
    for part in parts:
        row.addWidget(part)
    return holder


def _card(title: str, *parts: QWidget, tone: str = "surface", right: str = "") -> kit.Card:
    card = kit.Card(title, right, tone=tone)
    card.body.setSpacing(12)
    for part in parts:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card


def _grid(sheet: QWidget, rows: list[list[QWidget]]) -> None:
    column = QVBoxLayout(sheet)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(16)
    for parts in rows:
        row = QHBoxLayout()
        row.setSpacing(16)
        for part in parts:
            row.addWidget(part, 1)
        column.addLayout(row)
    column.addStretch(1)


def _buttons() -> list[QWidget]:
    rows = []
    for kind in kit.KINDS:
        row = [kit.Button("Kaydet", icon="check", key="F2", kind=kind)]
        row += [_held(kit.Button("Kaydet", icon="check", key="F2", kind=kind), each) for each in ("hover", "pressed")]
        row.append(_focused(kit.Button("Kaydet", icon="check", key="F2", kind=kind)))
        row.append(_off(kit.Button("Kaydet", icon="check", key="F2", kind=kind)))
        row.append(kit.Button("Değiştir", kind=kind, compact=True))
        row.append(kit.Button(icon="dots", kind=kind, name="Diğer işlemler"))
        rows.append(_flow(*row))
    return rows


def controls(sheet: QWidget) -> None:
    """Buttons, chips, fields and other things to act on."""
    hero = kit.HeroButton(
        "Sıra ver ve yazdır",
        "V 017 · Emlak ve çevre temizlik vergisi · 2 kişi",
        keys=("F2", "Enter ↵"),
        joiner="veya",
        icon="printer",
    )
    off = _off(kit.HeroButton("Sıra ver ve yazdır", "Önce bir hizmet seçiniz", keys=("F2",), icon="printer"))
    chips = _flow(
        kit.Chip("Hamile", hint="3"),
        kit.Chip("65 yaş ve üzeri", hint="1", checked=True),
        kit.Chip("Yürüme desteği", icon="walking-stick"),
        _held(kit.Chip("Engelli", hint="2"), "hover"),
        _focused(kit.Chip("Şehit yakını / gazi", hint="5")),
        _off(kit.Chip("Türk İşaret Dili (TİD)", icon="hand")),
    )
    options = [
        kit.Option("walk_in", "Randevusuz"),
        kit.Option("booked", "Randevulu", "calendar"),
        kit.Option("kep", "KEP", "shield-check"),
    ]
    tabs = [kit.Option(0, "Tümü", note="214"), kit.Option(1, "Yeni", note="12"), kit.Option(2, "İşlemde", note="58")]
    toggles = _flow(
        kit.Toggle("Refakat isteniyor", checked=True),
        kit.Toggle("Ses kapalı"),
        _focused(kit.Toggle("Üstte tut", checked=True, show_label=False)),
        _off(kit.Toggle("Kullanılamaz", checked=True)),
        kit.Stepper("Kişi sayısı", value=2),
        _off(kit.Stepper("Adet", value=1)),
    )
    _grid(
        sheet,
        [
            [_card("Button", *_buttons(), hero, off)],
            [
                _card("Chip, Segmented, Toggle, Stepper", chips, kit.Segmented(options, name="Geliş biçimi"),
                      kit.Segmented(tabs, kind="tabs", name="Durum"), toggles),
            ],
            [_card("Field, Choice", *_fields())],
        ],
    )  # fmt: skip


def _fields() -> list[QWidget]:
    valid = kit.Field("Ad soyad", hint="zorunlu")
    valid.set_text("Ayşe Yıldırım")
    valid.set_valid(True)
    wrong = kit.Field("T.C. kimlik no", hint="isteğe bağlı")
    wrong.set_text("10000000147")
    wrong.set_error("T.C. kimlik numarası geçersiz; son iki haneyi denetleyiniz.")
    noted = kit.Field("Cadde, sokak ve kapı no")
    noted.set_text("Ihlamur Sk.")
    noted.set_note("Kapı numarası yazılmamış; varsa ekleyiniz. Kayda engel değildir.")
    units = [kit.Option(i, name) for i, name in enumerate(("Fen İşleri Müdürlüğü", "Zabıta Müdürlüğü"))]
    chosen = kit.Choice("İlgili birim", units, value=0)
    failed = kit.Choice("Mahalle", units)
    failed.set_error("Mahalle seçiniz.")
    area = kit.TextArea("Konu özeti", placeholder="Ne isteniyor?")
    first = _row(kit.Field("Varsayılan", placeholder="Ad soyad"), valid, wrong, _off(kit.Field("Devre dışı")))
    second = _row(noted, chosen, failed, area)
    search = kit.SearchField("Birim veya konu", hint="Ctrl+K", placeholder="Konu ya da birim yazınız", large=True)
    filters = _flow(
        kit.SearchField(placeholder="Kayıt no, takip kodu ya da ad", key="Ctrl+F"),
        kit.ChoiceBox([kit.Option(None, "tümü"), kit.Option(1, "KEP")], prefix="Kanal", placeholder="tümü"),
        kit.ChoiceBox(units, prefix="Birim", value=1),
    )
    return [first, second, search, filters]


def _row(*parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for part in parts:
        row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    return holder


@dataclass(frozen=True)
class _Record:
    """A row of the sample table."""

    id: str
    subject: str
    unit: str
    channel: str
    icon: str
    state: kit.Pill
    left: int | None
    count: str


RECORDS = (
    _Record("2026/003902", "Sokak aydınlatması arızası", "Fen İşleri · Yenimahalle", "Telefon", "phone",
            kit.Pill("İşlemde", "sliders"), -2, "1"),
    _Record("2026/003917", "Pazar yeri tahsisi", "Zabıta · Çarşı", "Elden", "person",
            kit.Pill("Birime havale", "arrow-right"), 0, "12"),
    _Record("2026/003948", "Ağaç budama isteği", "Park ve Bahçeler · Ihlamur", "E-posta", "globe",
            kit.Pill("Yeni", "plus", "outline"), 3, "3"),
    _Record("2026/004218", "Kaldırım onarımı", "Fen İşleri · Gülbahçe", "KEP", "shield-check",
            kit.Pill("Sonuçlandı", "check", "filled"), 30, "–"),
)  # fmt: skip

COLUMNS = (
    Column("Kayıt no", lambda r: r.id, strong=True, width=120),
    Column("Konu, birim ve mahalle", lambda r: r.subject, sub=lambda r: r.unit, stretch=True),
    Column("Kanal", lambda r: r.channel, icon=lambda r: r.icon, width=120),
    Column("Ek", lambda r: r.count, align="right", width=48),
    Column("Durum", lambda r: r.state.words, pill=lambda r: r.state, width=160),
    Column("Kalan süre", lambda r: kit.deadline(r.left).words, pill=lambda r: kit.deadline(r.left), width=140),
)


def display(sheet: QWidget) -> None:
    """What only shows: figures, queues, states, tables."""
    pills = [
        kit.Pill("Yeni", "plus", "outline"),
        kit.Pill("Birime havale", "arrow-right"),
        kit.Pill("Sonuçlandı", "check", "filled"),
        kit.Pill("Kaydedildi", "check", "neutral"),
        kit.Pill("Kâğıt az", "warning", "amber"),
        kit.Pill("Çevrim dışı", "cross", "brick"),
    ]
    chips = [kit.DeadlineChip(days) for days in (30, 5, 0, -2)] + [kit.DeadlineChip(None, done_on_day=8)]
    keys = [kit.KeyHint(key) for key in ("F2", "Enter ↵", "Esc", "Alt+R", "Ctrl+K", "↑ ↓")]
    cells = _row(*[kit.CounterCell(i + 1, s) for i, s in enumerate(("serving", "called", "break", "free", "closed"))])
    table = kit.DataTable(COLUMNS, name="Başvurular", two_line=True)
    table.set_rows(RECORDS)
    table.choose("2026/003902")
    table.setMinimumHeight(320)
    _grid(
        sheet,
        [
            _stats(),
            [_card("StatusPill, DeadlineChip, KeyHint", _flow(*[kit.StatusPill(p) for p in pills], *chips, gap=8),
                   _flow(*keys, gap=8),
                   _flow(*[kit.ServiceBadge(c) for c in "DTE"], kit.ServiceBadge("V", filled=True)))],
            [_card("Bekleyenler", *_queue(), right="29 bekliyor"), _card("Açık refakat", *_jobs(), right="3 iş"),
             _card("Bankolar", cells, kit.EmptyState("check", "Bekleyen yok", "Yeni sıra verildiğinde burada görünür."),
                   right="7 açık")],
            [_card("DataTable", table)],
        ],
    )  # fmt: skip


def _stats() -> list[QWidget]:
    return [
        kit.StatTile("persons", "Ziyaretçi", "247", "", "Dün 231 · %6,9 artış"),
        kit.StatTile("clock", "Ortalama bekleme", "10", "dk", "En uzun 41 dk, Sosyal Destek"),
        kit.StatTile("walking-stick", "Öncelikli", "61", "", "61 / 231 numara"),
        kit.StatTile("person-off", "Hizmet almadan ayrılan", "9", "", "9 / 231 numara"),
    ]


def _queue() -> list[QWidget]:
    rows = []
    for letter, name, waiting, band, share, busy in (
        ("D", "Danışma", 4, "3–6 dk", 0.3, False),
        ("V", "Emlak ve çevre temizlik vergisi", 6, "12–18 dk", 0.6, False),
        ("S", "Sosyal Destek", 8, "28–40 dk · yoğun", 1.0, True),
        ("N", "Evlendirme", 0, "Bekleme yok", 0.0, False),
    ):
        row = kit.QueueRow(letter, name)
        row.set_state(waiting, band, share, busy)
        rows.append(row)
    return rows


def _jobs() -> list[QWidget]:
    return [
        kit.ListRow("R 003 → 2. kat, İmar", "Hakan T.", icon="wheelchair", right="6 dk", passive=True),
        kit.ListRow("S 004 → Sosyal Destek", "Murat Ö.", icon="escort", right="17 dk",
                    note="Hedef 15 dk · 2 dk aşıldı", tone="amber", passive=True),
        kit.ListRow("Fiş yazıcısı: kâğıt azaldı", "40 fiş kaldı", icon="printer", icon_tone="amber", passive=True),
    ]  # fmt: skip


def panels(sheet: QWidget) -> None:
    """Charts, time lines, paper, messages, coloured cards."""
    bars = kit.HourBars("Saatlere göre ziyaretçi", ("Bugün", "4 haftalık salı ortalaması"))
    counts = ((18, 20), (38, 34), (42, 39), (35, 33), (12, 14), (29, 27), (33, 30), (26, 25), (14, 13))
    bars.set_hours([kit.Hour(f"{8 + i:02d}.00", value, usual) for i, (value, usual) in enumerate(counts)], now=2)
    bars.setMinimumHeight(300)
    found = [
        kit.ListRow("Emlak ve çevre temizlik vergisi", "Mali Hizmetler · Zemin kat, Banko 3–5", letter="V",
                    right="6 bekliyor", note="12–18 dk", key="↵"),
        kit.ListRow("İmar durum belgesi", "İmar ve Şehircilik · 2. kat, Banko 8", letter="R", right="3 bekliyor",
                    note="8–14 dk", key="Ctrl+2"),
    ]  # fmt: skip
    found[0].set_current(True)
    counts_card = _card(
        "Türüne göre refakat",
        kit.BarRow("Yürüme desteği", "16", 1.0, icon="walking-stick"),
        kit.BarRow("Tekerlekli sandalye", "9", 0.56, icon="wheelchair"),
        kit.BarRow("Emlak vergisi", "46", 0.65, letter="V", sub="Mali Hizmetler", columns=("14 dk", "3")),
    )
    _grid(
        sheet,
        [
            [_card("Saatlere göre ziyaretçi", bars), counts_card],
            [_card("ListRow", *found), _timeline(), _paper()],
            [_toasts(), _called(), _rail()],
        ],
    )


def _timeline() -> QWidget:
    line = kit.Timeline("Süreç")
    line.set_moments(
        [
            kit.Moment("warning", "Süre aşıldı", "Birim sorumlusuna uyarı gönderildi.", "22 Kas 09.00", "brick"),
            kit.Moment("bell", "7 gün kala uyarı", "Fen İşleri Müdürlüğü bilgilendirildi.", "15 Kas 09.00", "amber"),
            kit.Moment("arrow-right", "Birime havale edildi", "Fen İşleri, aydınlatma servisi.", "23 Eki 11.05"),
            kit.Moment("plus", "Kayıt açıldı", "ALO 153 görüşmesi.", "23 Eki 10.47"),
        ]
    )
    steps = kit.Steps("Aşama")
    steps.set_steps([("Yeni", "23.10"), ("Havale", "23.10"), ("İşlemde", "27.10"), ("Sonuç", "–")], 2)
    return _card("Süreç", steps, line)


def _paper() -> QWidget:
    slip = QImage(576, 420, QImage.Format.Format_Grayscale8)
    slip.fill(255)
    painter = QPainter(slip)
    try:
        kit.paint_logo(painter, QRect(258, 20, 60, 60).toRectF(), LIGHT.ink)
        face = kit.Painted().font_of(120, 700)
        box = QRect(0, 100, 576, 200).toRectF()
        kit.draw_text(painter, box, "V 017", face, LIGHT.ink, Qt.AlignmentFlag.AlignCenter)
    finally:
        painter.end()
    paper = kit.PaperView("Fiş ön izleme")
    paper.set_image(slip)
    empty = kit.PaperView("Fiş ön izleme", "Bir hizmet seçildiğinde fiş burada görünür.")
    for view in (paper, empty):
        view.setMinimumHeight(240)
    return _card("PaperView", _row(paper, empty))


def _toasts() -> QWidget:
    info = kit.Toast("V 017 yazdırıldı.", action="Geri al", key="Ctrl+Z")
    error = kit.Toast("Yazıcı yanıt vermiyor. Fiş sırada bekliyor.", tone="error", action="Yeniden dene")
    for toast in (info, error):
        toast.setMinimumHeight(toast.heightForWidth(460))
    return _card("Toast", info, error)


def _called() -> QWidget:
    number = kit.Text("V 010", "number", "on_amber", align=Qt.AlignmentFlag.AlignCenter)
    called = _card("Çağrıldı, bekleniyor", number, tone="amber", right="2. çağrı")
    served = kit.Text("V 009", "number", "ink", align=Qt.AlignmentFlag.AlignCenter)
    serving = _card("İşlemde", served, kit.Button("Bitir", icon="check", key="Enter", kind="primary"),
                    kit.Button("Beklet", icon="pause", key="B"), tone="petrol")  # fmt: skip
    return _row(called, serving)


def _rail() -> QWidget:
    panel = kit.Card("Petrol üstünde", tone="petrol")
    stand_on_petrol(panel)
    languages = [kit.Option("tr", "Türkçe"), kit.Option("en", "English"), kit.Option("ar", "العربية")]
    panel.body.addWidget(kit.Segmented(languages, name="Dil"))
    panel.body.addWidget(kit.Text("Çınarova Belediyesi · Halkla İlişkiler", "body", "ink_2"))
    panel.body.addStretch(1)
    return panel


def kiosk(sheet: QWidget) -> None:
    """Kiosk controls, at half of their size."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setSpacing(12)
    tiles = (
        ("Danışma ve bilgi", "Bekleme 3–6 dk", "info"),
        ("Emlak ve çevre temizlik vergisi", "Bekleme 12–18 dk", "receipt"),
        ("İmar, evlendirme, diğer hizmetler", "Tüm birimler", "buildings"),
        ("Afyonkarahisarlılaştırdıklarımız", "Bekleme yok", "comment"),
    )
    for place, (title, note, icon) in enumerate(tiles):
        tile = kit.Tile(title, note, icon=icon, scale="kiosk")
        grid.addWidget(_focused(tile) if place == 1 else tile, place // 2, place % 2)
    first = "65 yaş ve üzeri, engelli, hamile, küçük çocuklu, gazi, şehit yakını"
    grid.addWidget(kit.BigTile("Öncelikli sıra", first, icon="walking-stick", kind="primary"), 2, 0)
    grid.addWidget(kit.BigTile("Yardım istiyorum", "Refakat: bir görevli yanınıza gelsin", icon="escort"), 2, 1)
    switches = (("Karşıtlık", "contrast"), ("Yazı boyutu", "text-size"), ("Sesli yönlendirme", "speaker"))
    settings = _row(*[kit.OptionTile(label, "Normal", icon=icon) for label, icon in switches])
    grid.addWidget(settings, 3, 0, 1, 2)
    columns = _row(*[kit.Tile(t, n, icon=i, layout="column") for t, n, i in tiles[:3]])
    buttons = _flow(
        kit.Button("Devam", kind="primary", icon="arrow-right", scale="kiosk"),
        kit.Button("Vazgeç", scale="kiosk"),
        kit.Chip("Türkçe", shape="box", checked=True, scale="kiosk"),
    )
    _grid(sheet, [[holder, _card("NumberPad", kit.NumberPad(), buttons)], [columns]])


SHEETS: dict[str, Callable[[QWidget], None]] = {
    "controls": controls,
    "display": display,
    "panels": panels,
    "kiosk": kiosk,
}
