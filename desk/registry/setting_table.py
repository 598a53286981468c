"""Every setting of a site, declared once: the Ayarlar page, its checks and what is written come from this table.

A field "hall.flashing" is the key ``flashing`` in the setting ``hall``. Defaults are those of the readers
(``desk.models.settings.setting``); a value that is the default is not written.
"""

from __future__ import annotations

from desk.errors import N_
from desk.registry.setting_desk import ANNOUNCEMENTS, GUIDE, WINDOW
from desk.registry.setting_fields import Field, Group, Sort, Subject, switch, whole
from desk.registry.setting_roster import ROSTER
from desk.registry.setting_screens import HALL, KIOSK, SCREEN, TEXTS

_MINUTES, _SECONDS, _DAYS = N_("dakika"), N_("saniye"), N_("gün")
_WORKING = N_("iş günü")


def _time(key: str, name: str, none: bool = False) -> Field:
    return Field(key, name, Sort.TIME, None, none=none)


SITE = Subject(
    "yerleske",
    N_("Yerleşke"),
    "buildings",
    N_("Fişlerin, belgelerin ve ekranların başında yazanlar."),
    (
        Group(
            N_("Ad ve adres"),
            (
                Field("site.name", N_("Yerleşkenin adı"), low=2, high=60),
                Field("place", N_("Giriş yeri"), default="Giriş", help=N_("refakatin başladığı yer"), low=2, high=60),
                Field("municipality.name", N_("Belediye"), low=2, high=80),
                Field("municipality.authority", N_("Belgelerdeki makam"), low=2, high=80),
                Field("municipality.department", N_("Müdürlük"), low=2, high=80),
                Field("municipality.address", N_("Adres"), low=2, high=160),
                Field("municipality.hotline", N_("Danışma hattı"), help=N_("ör. ALO 153"), high=40),
            ),
        ),
        Group(
            N_("Belge başlığı"),
            (
                Field(
                    "header_lines",
                    N_("Başlık satırları"),
                    Sort.LINES,
                    (),
                    N_("boşsa T.C. / makam / müdürlük yazılır"),
                    low=4,
                    high=60,
                ),
                Field("logo", N_("Logo"), help=N_("PNG dosyasının yolu; boşsa örnek logo"), high=400),
            ),
        ),
    ),
)

HOURS = Subject(
    "saatler",
    N_("Çalışma saatleri"),
    "clock",
    N_("Kiosk bu saatlerde numara verir; danışma her saatte verebilir. Resmî tatiller kendiliğinden kapalıdır."),
    (
        Group(
            N_("Haftanın günü"),
            (
                _time("opens", N_("Açılış"), none=True),
                _time("closes", N_("Kapanış"), none=True),
                _time("lunch_from", N_("Öğle arası başlangıcı"), none=True),
                _time("lunch_to", N_("Öğle arası bitişi"), none=True),
            ),
        ),
    ),
    kind="hours",
)

CLOSED = Subject(
    "kapali-gunler",
    N_("Kapalı günler"),
    "calendar",
    N_("Kapalı ya da kısa günler. Kiosk ve salon ekranı nedenini söyler."),
    (
        Group(
            N_("Gün"),
            (
                Field("day", N_("Gün"), Sort.DAY, None, N_("ör. 29.10.2026"), only_new=True),
                Field(
                    "kind",
                    N_("Neden"),
                    Sort.CHOICE,
                    "local",
                    choices=(
                        ("bridge", N_("Bayram köprüsü")),
                        ("leave", N_("İdari izin")),
                        ("local", N_("Yerel tatil")),
                        ("works", N_("Bakım ve onarım çalışması")),
                        ("other", N_("Başka (yazınız)")),
                    ),
                ),
                Field("reason", N_("Gösterilecek neden"), help=N_("isteğe bağlı"), high=80),
                Field("opens", N_("Kısa günde açılış"), Sort.TIME, None, N_("bütün gün kapalıysa boş"), none=True),
                Field("closes", N_("Kısa günde kapanış"), Sort.TIME, None, none=True),
            ),
        ),
    ),
    kind="closed",
    add=N_("Kapalı gün ekle"),
    remove=N_("Kapalı günü kaldır"),
)

SERVICES = Subject(
    "hizmetler",
    N_("Hizmetler"),
    "comment",
    N_("Sıra numarası verilen hizmetler. Kapatılan hizmete numara verilmez; geçmiş kayıtları kalır."),
    (
        Group(
            N_("Hizmet"),
            (
                Field("name", N_("Hizmetin adı"), low=2, high=60),
                Field("short_name", N_("Kısa ad"), low=2, high=24),
                Field("letter", N_("Harf"), help=N_("boşsa yalnız sayı verilir"), high=1),
                Field("unit", N_("Birim"), Sort.CHOICE, options="units"),
                Field("place", N_("Yer"), help=N_("ör. Zemin kat · Banko 4, 5"), high=60),
                switch("active", N_("Numara veriliyor"), True),
                switch("sensitive", N_("Hassas: salonda adı yazılmaz"), False),
            ),
        ),
        Group(
            N_("Kiosk"),
            (
                switch("kiosk", N_("Kioskun ilk ekranında"), True),
                whole("position", N_("Kiosktaki sırası"), 1, 1, 99),
            ),
        ),
        Group(
            N_("Numaralar"),
            (
                Field("daily_cap", N_("Günlük sınır"), Sort.NUMBER, None, N_("boşsa yok"), "", 1, 9999, none=True),
                whole("first_serial", N_("İlk numara"), 1, 1, 9999),
                whole("last_serial", N_("Son numara"), 999, 1, 9999),
            ),
        ),
        Group(
            N_("Kendi saatleri"),
            (
                Field("hours.opens", N_("Başlangıç"), Sort.TIME, None, N_("boşsa yerleşkenin saatleri"), none=True),
                Field("hours.closes", N_("Bitiş"), Sort.TIME, None, N_("her gün için"), none=True),
            ),
        ),
        Group(
            N_("Öbür dillerde adı"),
            (
                Field("name.en", N_("İngilizce"), help=N_("boşsa sözlükteki"), high=60),
                Field("name.ar", N_("Arapça"), high=60),
                Field("name.ru", N_("Rusça"), high=60),
                Field("name.de", N_("Almanca"), high=60),
            ),
        ),
    ),
    kind="service",
    add=N_("Hizmet ekle"),
)

COUNTERS = Subject(
    "bankolar",
    N_("Bankolar"),
    "counter",
    N_("Hangi bankoda hangi hizmetin numaraları çağrılır."),
    (
        Group(
            N_("Banko"),
            (
                whole("number", N_("Banko numarası"), 1, 1, 99),
                Field("name", N_("Adı"), low=2, high=40),
                whole(
                    "auto_call_seconds",
                    N_("Kendiliğinden çağrı"),
                    0,
                    0,
                    120,
                    _SECONDS,
                    N_("bitirdikten sonra; 0: yok"),
                ),
            ),
        ),
        Group(N_("Hizmetleri"), (Field("services", N_("Çağırdığı hizmetler"), Sort.PICKS, (), options="services"),)),
    ),
    kind="counter",
    add=N_("Banko ekle"),
)

UNITS = Subject(
    "birimler",
    N_("Birimler"),
    "folder",
    N_("Adı değişen birimin eski kayıtları eski adıyla kalır. Birim silinmez; kapanış günü yazılır."),
    (
        Group(
            N_("Birim"),
            (
                Field("name", N_("Birimin adı"), low=2, high=100),
                Field("short_name", N_("Kısa ad"), low=2, high=40),
                Field("place", N_("Yer"), help=N_("ör. 2. kat"), high=40),
                Field(
                    "valid_from",
                    N_("Bu adın başlangıcı"),
                    Sort.DAY,
                    None,
                    N_("yeni adın geçerli olduğu gün"),
                    none=True,
                ),
                Field("valid_to", N_("Kapanış günü"), Sort.DAY, None, N_("açık birimde boş"), none=True),
            ),
        ),
    ),
    kind="unit",
    add=N_("Birim ekle"),
)

STAFF = Subject(
    "gorevliler",
    N_("Görevliler"),
    "persons",
    N_("Ayrılan görevli silinmez, kapatılır; yaptığı kayıtlar kalır."),
    (
        Group(
            N_("Görevli"),
            (
                Field("code", N_("Sicil ya da kod"), help=N_("sonradan değişmez"), low=2, high=24, only_new=True),
                Field("name", N_("Adı soyadı"), low=2, high=60),
                Field(
                    "role",
                    N_("Görevi"),
                    Sort.CHOICE,
                    "desk",
                    choices=(
                        ("desk", N_("Danışma")),
                        ("counter", N_("Banko")),
                        ("registry", N_("Evrak kayıt")),
                        ("escort", N_("Refakat")),
                        ("lead", N_("Vardiya sorumlusu")),
                    ),
                ),
                switch("active", N_("Çalışıyor"), True),
                Field("pin", N_("Yeni PIN"), Sort.PIN, "", N_("4–8 rakam; boşsa değişmez")),
            ),
        ),
    ),
    kind="staff",
    add=N_("Görevli ekle"),
)

PRINTERS = Subject(
    "yazicilar", N_("Yazıcılar"), "printer", N_("Yazıcıların durumu ve bekleyen fişler kendi sayfasında.")
)

RULES = Subject(
    "kurallar",
    N_("Kurallar"),
    "sliders",
    N_("Numaraların çağrılma sırası ve sıranın kuralları."),
    (
        Group(
            N_("Çağrı sırası"),
            (
                Field(
                    "calling_rule",
                    N_("Çağrı kuralı"),
                    Sort.CHOICE,
                    "head_start",
                    choices=(
                        ("head_start", N_("Önce gelmiş sayma")),
                        ("strict", N_("Önce öncelikliler")),
                        ("interleave", N_("Dönüşümlü")),
                        ("accumulating", N_("Biriken süre")),
                    ),
                ),
                whole("head_start_minutes", N_("Öncelikliye tanınan ön süre"), 30, 0, 240, _MINUTES),
                whole("interleave_k", N_("Dönüşümlüde art arda öncelikli"), 2, 1, 10),
                Field("accumulating_ratio", N_("Biriken sürede katsayı"), Sort.DECIMAL, 3.0, "", "", 1, 10),
                whole("priority_share_percent", N_("Öncelikli payı uyarısı"), 18, 1, 100, "%"),
                switch("further_service_keeps_arrival", N_("Ek hizmette ilk geliş sayılır"), False),
            ),
        ),
        Group(
            N_("Gelmeyenler"),
            (
                whole("no_show_after_recalls", N_("Gelmedi için en az çağrı"), 2, 1, 9),
                whole("no_show_after_seconds", N_("Son çağrıdan sonra"), 20, 0, 600, _SECONDS),
                whole("bring_back_minutes", N_("Geç gelen geri alınabilir"), 30, 0, 480, _MINUTES),
            ),
        ),
        Group(
            N_("Hedefler"),
            (
                whole("wait_target_minutes", N_("Bekleme hedefi"), 20, 1, 240, _MINUTES),
                whole("assistance_target_minutes", N_("Refakat hedefi"), 15, 1, 240, _MINUTES),
                whole("serves_on_minutes", N_("Kapanıştan sonra işleme devam"), 20, 0, 240, _MINUTES),
            ),
        ),
        Group(
            N_("Yazıcı"),
            (
                whole("print_stale_seconds", N_("Geç fiş sorulur (danışma)"), 120, 10, 3600, _SECONDS),
                whole("print_stale_seconds_kiosk", N_("Geç fiş sorulur (kiosk)"), 60, 10, 3600, _SECONDS),
                whole("print_takeover_seconds", N_("Yedek yazıcı devralır"), 10, 1, 600, _SECONDS),
                whole("print_keep_days", N_("Fişlerin kaydı saklanır"), 30, 1, 365, _DAYS),
            ),
        ),
    ),
)

PERIODS = Subject(
    "sureler",
    N_("Süreler"),
    "alarm",
    N_("Yasal süreler ve saklama süreleri. Yasal süreyi ancak mevzuat değişirse değiştiriniz."),
    (
        Group(
            N_("Yasal süreler"),
            (
                whole("petition_days", N_("Dilekçe (3071)"), 30, 1, 365, _DAYS),
                whole("information_working_days", N_("Bilgi edinme (4982)"), 15, 1, 90, _WORKING),
                whole("information_long_working_days", N_("Bilgi edinme, uzun süre"), 30, 1, 180, _WORKING),
                whole("cimer_days", N_("CİMER başvurusu"), 30, 1, 365, _DAYS),
                whole("cimer_information_working_days", N_("CİMER bilgi edinme"), 15, 1, 90, _WORKING),
                whole("fee_working_days", N_("Ücretin yatırılması"), 15, 1, 90, _WORKING),
                switch("due_moves_off_days_off", N_("Son gün tatilse iş gününe kayar"), False),
                switch("half_days_count", N_("Yarım günler iş günü sayılır"), True),
            ),
        ),
        Group(
            N_("Hedef tarihler"),
            (
                whole("target_working_days.urgent", N_("Acil"), 1, 1, 90, _WORKING),
                whole("target_working_days.high", N_("Öncelikli"), 3, 1, 90, _WORKING),
                whole("target_working_days.normal", N_("Olağan"), 10, 1, 90, _WORKING),
                whole("target_working_days.low", N_("Acelesi yok"), 20, 1, 180, _WORKING),
            ),
        ),
        Group(
            N_("Kişisel verilerin saklanması"),
            (
                whole("person_keep_days", N_("Dilekçe sahibi"), 730, 1, 3650, _DAYS),
                whole("visit_person_keep_days", N_("Danışmada adını veren"), 30, 1, 365, _DAYS),
                whole("appointment_person_keep_days", N_("Randevu sahibi"), 30, 1, 365, _DAYS),
            ),
        ),
        Group(
            N_("Kayıt"),
            (
                whole("duplicate_days", N_("Yinelenen başvuru aranır"), 30, 1, 365, _DAYS),
                whole("file_limit_megabytes", N_("Ek dosya sınırı"), 20, 1, 500, "MB"),
                Field(
                    "files_folder",
                    N_("Ortak belge klasörü"),
                    help=N_("taranan belgeler; birden çok masada ağdaki bir klasör, boşsa bu bilgisayar"),
                    high=400,
                ),
                whole("day_jump_working_days", N_("Gün atlamasında sorulur"), 5, 1, 60, _WORKING),
            ),
        ),
    ),
)

SUBJECTS = (
    SITE, HOURS, CLOSED, SERVICES, GUIDE, COUNTERS, ROSTER, UNITS, STAFF, WINDOW, PRINTERS, KIOSK, HALL, ANNOUNCEMENTS,
    RULES, PERIODS, TEXTS,
)  # fmt: skip


def subject(code: str) -> Subject:
    return next(one for one in SUBJECTS if one.code == code)


def subject_of(record: str) -> Subject:
    """The subject a record belongs to. "site:CODE" holds the site's own settings of that sub-page."""
    kind, _, rest = record.partition(":")
    if kind == "site":
        return subject(rest)
    if kind == "hall":
        return SCREEN if rest else HALL
    return next(one for one in SUBJECTS if one.kind == kind)
