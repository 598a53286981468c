"""A call in words, as it is read aloud: "A kırk beş numara, üç numaralı bankoya lütfen"."""

from __future__ import annotations

from collections.abc import Callable

from desk.errors import N_
from desk.i18n import Translator
from desk.queue.types import Call

TO_COUNTER = N_("{number} numara, {counter} numaralı bankoya lütfen.")
TO_PLACE = N_("{number} numara, lütfen: {place}.")


def call_sentence(call: Call, lang: str, tr: Translator) -> str:
    """What is said of ``call`` in ``lang``; ``tr`` is that language's translator."""
    number = number_in_words(call.number, lang)
    if call.counter_name == f"Banko {call.counter_number}":
        return tr(TO_COUNTER).format(number=number, counter=in_words(call.counter_number, lang))
    return tr(TO_PLACE).format(number=number, place=tr(call.counter_name))


def number_in_words(label: str, lang: str) -> str:
    """ "A 045" as "A kırk beş"; a label without a letter is its number alone."""
    return " ".join(in_words(int(part), lang) if part.isdigit() else part for part in label.split())


def in_words(value: int, lang: str) -> str:
    """A whole number in words of ``lang``; digits in a language that is not known."""
    import num2words  # reads its languages on import

    said: Callable[..., str] = num2words.num2words
    try:
        if lang == "tr":  # num2words writes "yüzkırkbeş": hundreds, tens and ones are said apart
            return " ".join(said(part, lang="tr") for part in _turkish_parts(value)) or "sıfır"
        return said(value, lang=lang)
    except NotImplementedError:
        return str(value)


def _turkish_parts(value: int) -> list[int]:
    """145 as 100, 40, 5; 345 as 3, 100, 40, 5."""
    parts: list[int] = []
    for place in (1000, 100):
        count, value = divmod(value, place)
        parts += [*(_turkish_parts(count) if count > 1 else []), place] if count else []
    tens, ones = divmod(value, 10)
    return [*parts, *([tens * 10] if tens else []), *([ones] if ones else [])]
