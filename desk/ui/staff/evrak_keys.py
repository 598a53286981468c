"""The keys of Evrak Kayıt: what each does, and what Shift+F1 says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.page_keys import PageKeys

if TYPE_CHECKING:
    from desk.ui.staff.evrak import EvrakPage


def page_keys(page: EvrakPage) -> PageKeys:
    """The chords of the page, watched in all of its fields."""
    keys = PageKeys(page)
    for chord, slot in (
        ("F2", page.register),
        ("Shift+F2", page.register_and_keep_sender),
        ("F3", page.papers.print_again),
        ("F4", page.with_deficiency),
        ("Ctrl+N", page.start_new),
        ("Ctrl+Shift+N", page.repeats.take_over),
        ("Alt+M", page.duplicates.press),
        ("Alt+T", page.open_kinds),
        ("Ctrl+F", page.to_search),
        ("Ctrl+E", page.add_enclosure),
        ("Ctrl+D", page.files.ask),
        ("Ctrl+P", page.papers.make_a4),
        ("Ctrl+5", page.papers.make_a5),
        ("Ctrl+K", page.papers.print_label),
        ("Ctrl+2", page.papers.print_second),
        ("Esc", page.close_record),
    ):
        keys.add(chord, slot)
    for place, button in enumerate(page.form.channel.buttons(), start=1):
        keys.add(f"Alt+{place}", button.click)
    keys.watch(page)
    page.form.fields.built.connect(lambda: keys.watch(page.form.fields))
    return keys


def key_lines() -> list[tuple[str, str]]:
    """For the page of keys."""
    tr = translator()
    return [
        ("F2", tr(N_("Kaydeder ve alındı yazdırır"))),
        ("Shift+F2", tr(N_("Kaydeder; aynı gönderenle yeni kayda başlar"))),
        ("F3", tr(N_("Alındıyı yeniden yazdırır (açık ya da son kayıt)"))),
        ("F4", tr(N_("Eksiklik bildirimiyle kaydeder; kayıt açıkken bildirimi yazdırır"))),
        ("Ctrl+N", tr(N_("Yeni kayda başlar; form temizlenir"))),
        ("Ctrl+Shift+N", tr(N_("Açık ya da son kaydın göndereniyle yeni kayda başlar"))),
        ("Alt+M", tr(N_("Mükerrer olabilecek kayıtla birleştirir ya da bundan vazgeçer"))),
        ("Ctrl+F", tr(N_("Kayıt arar"))),
        ("Ctrl+E", tr(N_("Ek ekler"))),
        ("Ctrl+D", tr(N_("Taranmış belge ekler: yeni kayda ya da açık kayda (dosya sayfaya da bırakılabilir)"))),
        ("Ctrl+P", tr(N_("A4 alındı belgesini hazırlar (açık, seçili ya da son kayıt)"))),
        ("Ctrl+5", tr(N_("A5 alındı belgesini hazırlar (açık, seçili ya da son kayıt)"))),
        ("Ctrl+K", tr(N_("Evraka yapıştırılacak kayıt kaşesini yazdırır (açık, seçili ya da son kayıt)"))),
        ("Ctrl+2", tr(N_("Alındının kurumda kalacak 2. nüshasını yazdırır (açık, seçili ya da son kayıt)"))),
        ("Alt+T", tr(N_("Evrakın türünü seçer"))),
        ("Alt+1…6", tr(N_("Geliş kanalını seçer"))),
        ("Enter", tr(N_("Sonraki alana geçer; listede kaydı açar"))),
        ("Esc", tr(N_("Açık kaydı kapatır"))),
    ]
