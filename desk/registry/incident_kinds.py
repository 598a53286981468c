"""Kinds of unusual events, the steps that are ticked and how they end."""

from __future__ import annotations

from enum import StrEnum

from desk.errors import N_


class IncidentKind(StrEnum):
    HEALTH = "health"
    LOST_CHILD = "lost_child"
    SECURITY = "security"
    EVACUATION = "evacuation"
    OUTAGE = "outage"
    OTHER = "other"


INCIDENT_NAMES = {
    IncidentKind.HEALTH: N_("Sağlık (112)"),
    IncidentKind.LOST_CHILD: N_("Kayıp çocuk"),
    IncidentKind.SECURITY: N_("Güvenlik"),
    IncidentKind.EVACUATION: N_("Yangın, tahliye"),
    IncidentKind.OUTAGE: N_("Elektrik veya sistem kesintisi"),
    IncidentKind.OTHER: N_("Diğer"),
}

REPORTED = N_("Olay bildirildi.")
"""The first step: all that is certain when the key is pressed."""

STEPS = {
    IncidentKind.HEALTH: (
        N_("112 arandı."),
        N_("İlk yardım görevlisine haber verildi."),
        N_("Çevre açıldı, ekip girişte karşılanıyor."),
        N_("112 ekibi geldi."),
    ),
    IncidentKind.LOST_CHILD: (
        N_("Güvenliğe haber verildi; çıkışlar izleniyor."),
        N_("Çocuğun yakını danışmada bekliyor."),
        N_("Katlar ve çevre arandı."),
        N_("112 (polis) arandı."),
    ),
    IncidentKind.SECURITY: (
        N_("Güvenlik görevlisi geldi."),
        N_("112 (polis) arandı."),
        N_("Çevredekiler uzaklaştırıldı."),
    ),
    IncidentKind.EVACUATION: (
        N_("112 arandı."),
        N_("Tahliye anonsu yapıldı."),
        N_("Engelli ve yaşlı ziyaretçilere eşlik edildi."),
        N_("Katların boş olduğu bildirildi."),
        N_("Toplanma alanında sayım yapıldı."),
    ),
    IncidentKind.OUTAGE: (N_("Bilgi işleme haber verildi."), N_("Elle numara verilmeye başlandı.")),
    IncidentKind.OTHER: (N_("Vardiya sorumlusuna haber verildi."),),
}
"""What is usually done, to be ticked with its time."""

OUTCOMES = {
    IncidentKind.HEALTH: (N_("112 ekibine teslim edildi."), N_("Yerinde müdahale edildi.")),
    IncidentKind.LOST_CHILD: (N_("Çocuk ailesine kavuştu."), N_("Çocuk polise teslim edildi.")),
    IncidentKind.SECURITY: (N_("Güvenlik görevlisi çözdü."), N_("Polise bırakıldı.")),
    IncidentKind.EVACUATION: (N_("Bina güvenle boşaltıldı, dönüşe izin verildi."), N_("Tatbikat tamamlandı.")),
    IncidentKind.OUTAGE: (N_("Hizmet normale döndü."),),
    IncidentKind.OTHER: (N_("Çözüldü."),),
}

FALSE_ALARM = N_("Yanlış alarm.")
"""How any event may end."""


def canned(kind: IncidentKind) -> frozenset[str]:
    """Every sentence that the program itself offers for a kind."""
    return frozenset((REPORTED, FALSE_ALARM, *STEPS[kind], *OUTCOMES[kind]))
