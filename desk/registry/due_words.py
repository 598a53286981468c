"""Why a last answer date is this one, in words of whoever reads it.

A record keeps the rule's name and the period that was in force when it came in ("petition:30"): the site's settings may
change later, and the words must not. Records of before this kept the sentence itself, which is read as it stands.
"""

from __future__ import annotations

from desk.errors import N_
from desk.i18n import Translator

_BASES = {
    "petition": N_("Kayıt tarihinden itibaren {count} gün (3071 s. K. m. 7)"),
    "information": N_("Kayıt tarihinden itibaren {count} iş günü (4982 s. K. m. 11)"),
    "information_long": N_("Kayıt tarihinden itibaren {count} iş günü; birden çok kurum ilgili (4982 s. K. m. 11)"),
    "cimer": N_("Kayıt tarihinden itibaren {count} gün (CİMER)"),
    "cimer_information": N_("Kayıt tarihinden itibaren {count} iş günü (CİMER, 4982 s. K. m. 11)"),
    "target": N_("Birimin aciliyete göre hedef süresi: {count} iş günü"),
}

OLD_SENTENCES = (
    N_("Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)"),
    N_("Kayıt tarihinden itibaren 15 iş günü (4982 s. K. m. 11)"),
)
"""What records of the first version hold; kept here so that the catalogues keep them."""


def basis(rule: str, count: int) -> str:
    """What a record keeps; ``rule`` is a ``Clock``. Raises KeyError for one without words."""
    _ = _BASES[rule]
    return f"{rule}:{count}"


def basis_words(kept: str, tr: Translator) -> str:
    """The sentence for what a record keeps; an old record's own sentence, translated where it can be."""
    rule, _, count = kept.partition(":")
    if rule in _BASES and count.isascii() and count.isdecimal():
        return tr(_BASES[rule]).format(count=int(count))
    return tr(kept) if kept else ""
