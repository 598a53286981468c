"""The settings of what the desk tells: the guide, announcements, and the staff window itself (``setting_table``)."""

from __future__ import annotations

from desk.errors import N_
from desk.registry.setting_fields import Field, Group, Sort, Subject, switch, whole

_SECONDS, _DAYS = N_("saniye"), N_("gün")
_OTHERS = (("en", N_("İngilizce")), ("ar", N_("Arapça")), ("ru", N_("Rusça")), ("de", N_("Almanca")))

GUIDE = Subject(
    "rehber",
    N_("Rehber"),
    "question",
    N_("Hizmet Standartları Tablosu: her hizmet için gereken belgeler, süre, ücret ve yer. Danışma’da F11 açar."),
    (
        Group(
            N_("Hizmet"),
            (
                Field("name", N_("Hizmetin adı"), low=2, high=80),
                Field("about", N_("Aramada bağlı olduğu"), Sort.CHOICE, None, options="about", none=True),
                Field("unit", N_("Birim"), Sort.CHOICE, None, N_("bağlı değilse"), options="units", none=True),
                switch("active", N_("Rehberde görünür"), True),
            ),
        ),
        Group(
            N_("Gerekenler"),
            (
                Field("documents", N_("Belgeler"), Sort.LINES, (), N_("her satır bir belge"), low=16, high=120),
                Field("duration", N_("Süre"), help=N_("ör. 15 dakika; 7 iş günü"), high=60),
                Field("fee", N_("Ücret"), help=N_("ör. Ücretsiz; yıllık tarifeye göre"), high=80),
                Field("place", N_("Yer"), help=N_("ör. 2. kat, oda 214"), high=60),
                Field("note", N_("Not"), help=N_("isteğe bağlı"), high=160),
            ),
        ),
    ),
    kind="guide",
    add=N_("Hizmet ekle"),
)

ANNOUNCEMENTS = Subject(
    "duyurular",
    N_("Duyurular"),
    "bell",
    N_("Salon ekranında ve kioskta iki gün arasında görünen kısa cümleler. Süresi biten kendiliğinden kalkar."),
    (
        Group(
            N_("Duyuru"),
            (
                Field(
                    "text.tr",
                    N_("Türkçe"),
                    help=N_("en çok 120 harf"),
                    low=4,
                    high=120,
                    ask=N_("Duyuru metnini yazınız."),
                ),
                *(Field(f"text.{lang}", name, help=N_("boşsa Türkçesi"), high=120) for lang, name in _OTHERS),
            ),
        ),
        Group(
            N_("Nerede, ne zaman"),
            (
                Field("starts_on", N_("İlk gün"), Sort.DAY, None, N_("ör. 29.10.2026"), ask=N_("İlk günü yazınız.")),
                Field("ends_on", N_("Son gün"), Sort.DAY, None, N_("bu gün de görünür"), ask=N_("Son günü yazınız.")),
                switch("hall", N_("Salon ekranında"), True),
                switch("kiosk", N_("Kioskta"), True),
            ),
        ),
    ),
    kind="announcement",
    add=N_("Duyuru ekle"),
    remove=N_("Duyuruyu kaldır"),
)

WINDOW = Subject(
    "pencere",
    N_("Görevli penceresi"),
    "desk",
    N_("Danışma ve banko bilgisayarlarındaki pencere için."),
    (
        Group(
            N_("Başında kimse yokken"),
            (
                whole("window.mask_seconds", N_("Kişisel bilgiler gizlenir"), 30, 0, 900, _SECONDS, N_("0: hiç")),
                whole("window.lock_seconds", N_("Pencere kilitlenir"), 120, 0, 3600, _SECONDS, N_("0: hiç")),
            ),
        ),
        Group(
            N_("Hazır iletiler"),
            (
                Field(
                    "window.messages",
                    N_("Danışma ile bankolar arasında"),
                    Sort.LINES,
                    None,
                    N_("her satır bir ileti, “!” ile biten yardım çağrısıdır; boşsa hazır iletiler"),
                    low=6,
                    high=60,
                    none=True,
                ),
                switch("window.message_sound", N_("İleti gelince ses çıkar"), False),
            ),
        ),
        Group(
            N_("Ziyaretçi kartı"),
            (
                switch("window.cards", N_("Ziyaretçi kartı verilir"), False, N_("içeridekilerin listesi tutulur")),
                Field("window.card_prefix", N_("Kart barkodunun başı"), default="ZK", help=N_("ör. ZK-017"), high=6),
                whole("window.card_keep_days", N_("Kart kaydı saklanır"), 30, 1, 365, _DAYS),
            ),
        ),
    ),
)
