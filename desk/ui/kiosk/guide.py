"""The kiosk read aloud (EN 301 549, 5.1.3): each page as it comes, then the key that the arrows have reached.

It begins with "Sesli yönlendirme" or with the first key of the keypad, can be interrupted by any key, repeated and made
louder, and is forgotten with the visitor. Numbers are said as words: "V 017" as "V on yedi".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator, translator
from desk.queue.spoken import number_in_words
from desk.ui.kiosk.parts import Countdown, SiteHead
from desk.ui.voice import USUAL, Said, Voice
from desk.ui.widgets.control import Control, Painted
from desk.ui.widgets.labels import Text

KEYS = N_("{count} seçenek var. Ok tuşlarıyla gezininiz, Enter ile seçiniz. Yeniden dinlemek için F1.")
PLUG = N_(
    "Bu sayfa size özeldir ve yalnızca kulaklıktan okunur. Kulaklığınızı takınız, ok tuşuyla “Kulaklık taktım” "
    "düğmesine geliniz ve Enter’a basınız."
)
SILENT = N_("Bu sayfa size özeldir ve hoparlörden okunmaz. Yardım için görevlimizi çağırabilirsiniz.")
CHOSEN = N_("seçili")
BETWEEN = N_("{low} ile {high} dakika arası")

_LABEL = re.compile(r"\b([A-ZÇĞİÖŞÜ]{1,2}) (\d{3,4})\b")
_BAND = re.compile(r"(\d+)[–-](\d+)\s*(?:dk|min|мин\.?|Min\.?|دقيقة|د)")


class Guide(QObject):
    """Says what the page and its keys say, while ``on``."""

    ended = Signal()

    def __init__(self, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._page: QWidget | None = None
        self._lang = ""
        self.on = False
        self.private = False
        """Whether nobody else hears: what is somebody's own is said only then."""
        voice.finished.connect(self.ended)

    @property
    def available(self) -> bool:
        return self._voice.can_speak

    @property
    def speaking(self) -> bool:
        return self._voice.speaking

    def page(self, page: QWidget, lang: str, keys: int, changed: QWidget | None = None) -> None:
        """Another page is shown, with so many keys. ``changed``: it is the same one, and only this key has another
        value now."""
        self._page, self._lang, self._count = page, lang, keys
        if isinstance(changed, Control):
            self.key(changed)
        elif self.on:
            self.repeat()

    def key(self, control: QWidget) -> None:
        """The arrows have reached a key."""
        if self.on and isinstance(control, Control) and (self._may_say() or control.property("public")):
            self._say(" ".join(of_key(control, translator(self._lang))))

    def told(self, words: str, public: bool) -> None:
        """Something happened on the page: a sign was written, a code refused."""
        if self.on and (public or self._may_say()):
            self._say(words)

    def add(self, words: str) -> None:
        """Something came to the page: told after what is being said."""
        if self.on and self._may_say():
            self._voice.add([(self._lang, aloud(words, self._lang, translator(self._lang)))])

    def repeat(self) -> None:
        """The whole page from its beginning."""
        if self._page is None:
            return
        if not self._may_say():
            self._say_why()
            return
        said = [(self._lang, " ".join(of_page(self._page)))]
        if self._count:
            lang = getattr(self._page, "keys_in", "") or self._lang
            said.append((lang, translator(lang)(KEYS).format(count=self._count)))
        self._say_all(said)

    def _may_say(self) -> bool:
        """What stands here is nobody's own, or only its owner hears it."""
        return self.private or not getattr(self._page, "private", False)

    def _say_why(self) -> None:
        """Instead of a page that is somebody's own: why it is silent, and which key makes it speak."""
        tr = translator(self._lang)
        keys = [one for one in self._page.findChildren(Control) if one.property("public")]
        self._say(tr(PLUG) if any(one.objectName() == "headphones" for one in keys) else tr(SILENT))

    def louder(self, steps: int) -> None:
        self._voice.louder(steps)
        self.repeat()

    def hush(self) -> None:
        """Interrupted: what follows is said by whoever interrupts."""
        self._voice.stop()

    def alarm(self, parts: list[Said]) -> None:
        """An emergency is said to everybody, whether a visitor asked to be read to or not."""
        self._voice.say(parts)

    def call_out(self, words: str) -> None:
        """For whoever works near, in Turkish, after what the visitor is being told."""
        self._voice.add([(SOURCE_LANGUAGE, words)])

    def end(self) -> None:
        """The visitor is gone: silence, and the usual loudness for the next one."""
        self.on = False
        self._voice.stop()
        self._voice.loudness = USUAL

    def _say(self, words: str) -> None:
        self._say_all([(self._lang, words)])

    def _say_all(self, said: list[Said]) -> None:
        """Words with their languages, one after the other; neighbours of one language are one sentence."""
        joined: list[Said] = []
        for lang, words in said:
            told = aloud(words, lang, translator(lang))
            if joined and joined[-1][0] == lang:
                joined[-1] = (lang, f"{joined[-1][1]} {told}".strip())
            else:
                joined.append((lang, told))
        self._voice.say(joined)


def of_page(page: QWidget) -> Iterator[str]:
    """What stands on a page besides its keys, each thing once, in reading order."""
    told: set[str] = set()
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or isinstance(widget, Control | Countdown | SiteHead):
            continue
        said = ()
        if isinstance(widget, Text):
            said = (widget.text(),)
        elif isinstance(widget, Painted):
            said = (widget.accessibleName(), widget.accessibleDescription())
        for words in said:
            words = words.strip()
            if words and words not in told and any(letter.isalpha() for letter in words):
                told.add(words)
                yield words if words[-1] in ".!?…" else f"{words}."


def of_key(control: Control, tr: Translator) -> Iterator[str]:
    """A key: its name, what it tells besides, and whether it is chosen."""
    name = control.accessibleName()
    yield name if name.endswith(("?", "!", "…")) else f"{name}."
    if control.accessibleDescription():
        yield f"{control.accessibleDescription()}."
    if control.isCheckable() and control.isChecked():
        yield f"{tr(CHOSEN)}."


def aloud(words: str, lang: str, tr: Translator) -> str:
    """Written words as they are said: numbers of tickets in words, bands of minutes as sentences, no dividing dots."""
    words = _LABEL.sub(lambda found: number_in_words(found.group(), lang), words)
    words = _BAND.sub(lambda found: tr(BETWEEN).format(low=found.group(1), high=found.group(2)), words)
    return words.replace(" · ", ", ").replace("→", ", ").replace(" / ", ", ")
