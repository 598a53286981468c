"""The settings of what the public meets: kiosk, hall and the words on paper and screens (``setting_table``)."""

from __future__ import annotations

from desk.errors import N_
from desk.registry.setting_fields import Field, Group, Sort, Subject, switch, whole

_MINUTES = N_("dakika")

TICKET_LETTERS = 36
"""A ticket with so many keeps to its 450 bytes (0.3 s at 19,200 baud) on every model with a Turkish page."""

KIOSK = Subject(
    "kiosk",
    N_("Kiosk"),
    "hand",
    N_("Kutucukların sırası Hizmetler sayfasındadır."),
    (
        Group(
            N_("İşleyiş"),
            (
                switch("appointments", N_("Randevu kabul edilir"), False),
                whole("appointment_early_minutes", N_("Randevudan önce kabul"), 30, 0, 240, _MINUTES),
                whole("appointment_late_minutes", N_("Randevudan sonra kabul"), 15, 0, 240, _MINUTES),
                Field(
                    "hardly_today_share",
                    N_("Sıra doldu eşiği"),
                    Sort.DECIMAL,
                    0.5,
                    N_("sıra gelmeme olasılığı"),
                    "",
                    0,
                    1,
                ),
                whole("crowded_minutes", N_("Kalabalık sayılan bekleme"), 25, 5, 240, _MINUTES),
            ),
        ),
        Group(
            N_("Ziyaretçinin yapabildikleri"),
            (
                switch("kiosk.status", N_("“Başvurum nerede?” sorulabilir"), True),
                switch("kiosk_survey", N_("“Bizi değerlendiriniz” gösterilir"), True),
                Field(
                    "kiosk.headphones",
                    N_("Kulaklık"),
                    Sort.CHOICE,
                    "ask",
                    N_("kişisel içerik yalnızca kulaklıktan okunur"),
                    choices=(
                        ("ask", N_("Taktığını ziyaretçi bildirir")),
                        ("always", N_("Kiosk yalnız kulaklıktan konuşur")),
                        ("never", N_("Kulaklık girişi yok")),
                    ),
                ),
            ),
        ),
        Group(
            N_("Kioskun çevresi"),
            (
                Field(
                    "kiosk.slip",
                    N_("Fiş yuvası"),
                    Sort.CHOICE,
                    "below",
                    N_("numara verilince ekranda söylenir"),
                    choices=(
                        ("below", N_("Ekranın altında")),
                        ("right", N_("Ekranın sağında")),
                        ("left", N_("Ekranın solunda")),
                        ("apart", N_("Yanında duran yazıcıda")),
                    ),
                ),
                Field(
                    "kiosk.desk",
                    N_("Danışma bankosu"),
                    Sort.CHOICE,
                    "",
                    N_("numara verilemediğinde ziyaretçi oraya yönlendirilir"),
                    choices=(
                        ("", N_("Yeri söylenmez")),
                        ("beside", N_("Kioskun yanında")),
                        ("right", N_("Ziyaretçinin sağında")),
                        ("left", N_("Ziyaretçinin solunda")),
                        ("behind", N_("Ziyaretçinin arkasında")),
                        ("entrance", N_("Girişin yanında")),
                    ),
                ),
            ),
        ),
        Group(
            N_("Gece karartma (dışarıdaki kiosk)"),
            (
                Field("kiosk.dim_from", N_("Başlangıç"), Sort.TIME, None, N_("boşsa karartılmaz"), none=True),
                Field("kiosk.dim_to", N_("Bitiş"), Sort.TIME, None, none=True),
            ),
        ),
        Group(
            N_("Erişim yüksekliği"),
            (
                Field("kiosk.inches", N_("Ekran köşegeni"), Sort.DECIMAL, 32, "", N_("inç"), 7, 98),
                Field(
                    "kiosk.shape",
                    N_("Ekranın duruşu"),
                    Sort.CHOICE,
                    "portrait",
                    choices=(("portrait", N_("Dikey")), ("landscape", N_("Yatay"))),
                ),
                whole("kiosk.bottom", N_("Ekranın alt kenarı yerden"), 550, 0, 2000, "mm"),
            ),
        ),
    ),
)

_SHOWN = (
    Field("hall.inches", N_("Ekran köşegeni"), Sort.DECIMAL, 55, "", N_("inç"), 15, 200),
    Field("hall.farthest", N_("En uzak koltuk"), Sort.DECIMAL, 4, "", N_("metre"), 1, 60),
)
_ASK = (("", N_("Yerleşkedeki gibi")), (True, N_("Açık")), (False, N_("Kapalı")))

HALL = Subject(
    "salon",
    N_("Salon"),
    "speaker",
    N_("Bütün salon ekranları için; bir ekran ayrıca başka türlü ayarlanabilir."),
    (
        Group(
            N_("Görüntü ve ses"),
            (
                switch("hall.flashing", N_("Çağrıda yavaşça yanıp söner"), True),
                switch("hall.chime", N_("Çağrı zili"), True),
                switch("hall.voice", N_("Sesli çağrı"), True),
                switch("hall.other_languages", N_("Fişin dilinde de söylenir"), True),
            ),
        ),
        Group(N_("Okunaklılık"), _SHOWN),
        Group(
            N_("Ekranda yazanlar"),
            (
                Field("hall.services", N_("Gösterilen hizmetler"), Sort.PICKS, (), options="codes"),
                Field(
                    "hall.sentences",
                    N_("Duyurular"),
                    Sort.LINES,
                    None,
                    N_("her satır bir duyuru; boşsa hazır duyurular"),
                    low=12,
                    high=120,
                    none=True,
                ),
            ),
        ),
    ),
    kind="hall",
)

SCREEN = Subject(
    "salon",
    HALL.name,
    HALL.icon,
    HALL.help,
    (
        Group(
            N_("Bu ekran"),
            tuple(Field(one.key, one.name, Sort.CHOICE, "", choices=_ASK) for one in HALL.groups[0].fields),
        ),
        Group(N_("Okunaklılık"), _SHOWN),
        HALL.groups[2],
    ),
    kind="hall",
)
"""The same for one terminal: what it leaves open is as in the whole site."""

TEXTS = Subject(
    "metinler",
    N_("Metinler"),
    "text-size",
    N_("Kâğıtta ve ekranlarda yazanlar."),
    (
        Group(
            N_("Belgeler"),
            (
                Field(
                    "official_registry",
                    N_("Resmî kayıt"),
                    Sort.CHOICE,
                    "here",
                    choices=(("here", N_("Burada yapılır")), ("ebys", N_("EBYS’de; alındı ön kayıttır"))),
                ),
                Field(
                    "receipt_copies",
                    N_("Alındı belgesi"),
                    Sort.CHOICE,
                    1,
                    choices=((1, N_("Bir nüsha")), (2, N_("İki nüsha"))),
                ),
            ),
        ),
        Group(
            N_("Fişlerde ve alındıda yazanlar"),
            (
                Field(
                    "paper.ticket_note",
                    N_("Sıra fişinin son satırı"),
                    help=N_("boşsa “Bu fişte kişisel veri yer almaz.”; en çok 36 harf sığar"),
                    high=TICKET_LETTERS,
                ),
                Field(
                    "paper.direction_note",
                    N_("Yön fişinin notu"),
                    help=N_("boşsa yazılmaz; en çok 96 harf"),
                    high=96,
                ),
                Field(
                    "paper.receipt_note",
                    N_("Alındı belgesinin notu"),
                    help=N_("boşsa yazılmaz; en çok 160 harf"),
                    high=160,
                ),
                Field(
                    "paper.receipt_privacy",
                    N_("Alındıda kişisel veri cümlesi"),
                    help=N_("boşsa programınki; en çok 200 harf"),
                    high=200,
                ),
            ),
        ),
        Group(
            N_("Aydınlatma metni"),
            (
                Field("notice_version", N_("Sürümü"), help=N_("ör. 2026-1; metin değişince artar"), high=24),
                *(
                    Field(
                        f"notice.{lang}",
                        name,
                        Sort.LINES,
                        None,
                        N_("her satır bir paragraf; boşsa programınki") if lang == "tr" else "",
                        low=8,
                        high=400,
                        none=True,
                    )
                    for lang, name in (
                        ("tr", N_("Türkçe metin")),
                        ("en", N_("İngilizce metin")),
                        ("ar", N_("Arapça metin")),
                        ("ru", N_("Rusça metin")),
                        ("de", N_("Almanca metin")),
                    )
                ),
            ),
        ),
    ),
)
