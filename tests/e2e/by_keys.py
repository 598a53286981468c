"""The same day by the keys of the X server alone (xdotool): what a clerk's fingers do, nothing else.

The accessibility tree is only read, to wait for what a clerk would see; every deed is a key.
"""

import subprocess

import pyatspi
from hands import Window, applications, check, day, has, role, run, showing, until

SUBJECT = "Kaldirim tasi kirik"


def steps():
    window = Window()
    # There is no window manager on this screen to give the window the keys.
    found = until("the window is not on the screen", lambda: xdotool("search", "--onlyvisible", "--class", "danisma"))
    xdotool("windowfocus", "--sync", found.splitlines()[-1])
    visitor(window)
    counter(window)
    petition(window)
    close_of_day(window)


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.strip()


def keys(*names):
    """Keys one after the other, at the pace of a quick hand (a scanner is quicker)."""
    for name in names:
        xdotool("key", "--clearmodifiers", "--delay", "60", name)


def write(words):
    xdotool("type", "--clearmodifiers", "--delay", "90", words)


def focus_on(window, name):
    until(
        f"the focus does not come to “{name}”",
        lambda: any(has(one, pyatspi.STATE_FOCUSED) for one in window.all(name, "text")),
    )


def visitor(window):
    keys("F5")
    until("Danışma does not come", lambda: window.page() and window.page().name == "Sayfa: Danışma")
    focus_on(window, "Birim veya konu")
    write("danisma ve")
    found = window.find("Bulunanlar")
    until("the service is not the first line", lambda: _first(window, found) == "Danışma ve bilgi")
    keys("Return", "alt+3", "F2")
    window.heard("A 001")
    until("no number was given", lambda: day()["tickets_issued"] == 1)
    check("one visit, one number, with priority", (day()["visits"], day()["priority"]) == (1, 1))


def _first(window, found):
    """The line that Enter takes."""
    return next((one.name for one in showing(found) if role(one) == "push button"), "")


def counter(window):
    keys("F6")
    window.find("Bu bilgisayar hangi banko?")
    keys("Return")
    means(window, "Bankoyu aç")
    keys("Return")
    until("the counter does not open", lambda: window.is_shown("Açık"))
    keys("space")
    means(window, "Geldi, işleme al")
    keys("Return")
    means(window, "Bitir")
    keys("Return")
    until("the number is not served", lambda: day()["tickets_served"] == 1)
    check("called and served", True)


def means(window, words):
    def looked():
        key = next(window.all("Geldi, işleme al veya bitir", "push button"), None)
        return key is not None and key.description == words

    until(f"Enter does not mean “{words}”", looked)


def petition(window):
    known = {one["record"] for one in applications()}
    keys("F7")
    until("Evrak Kayıt does not come", lambda: window.page() and window.page().name == "Sayfa: Evrak Kayıt")
    focus_on(window, "Ad soyad")
    write("Elif Kaya")
    keys("Return", "Return", "Return")
    keys("Tab") if not _at(window, "Cadde, sokak ve kapı no") else None
    focus_on(window, "Cadde, sokak ve kapı no")
    write("Cinar Sokak no 5")
    keys("Return")
    focus_on(window, "Konu özeti")
    write(SUBJECT)
    keys("F2")
    until("the petition is not recorded", lambda: len(applications()) == len(known) + 1)
    new = [one for one in applications() if one["record"] not in known]
    check("one petition more, with its subject", [one["subject"] for one in new] == [SUBJECT])


def _at(window, name):
    return any(has(one, pyatspi.STATE_FOCUSED) for one in window.all(name, "text"))


def close_of_day(window):
    keys("F10")
    until("Vardiya does not come", lambda: window.page() and window.page().name == "Sayfa: Vardiya")
    reach(window, "Günü kapat")
    keys("Return")
    reach(window, "Günü kapatmayı onayla")
    keys("Return")
    window.heard("Gün kapatıldı")
    check("the day is closed", day()["tickets_waiting"] == 0)


def reach(window, name):
    """Tab until the focus is there, as somebody without a mouse does."""
    window.find(name, "push button")
    for _ in range(60):
        if any(has(one, pyatspi.STATE_FOCUSED) for one in window.all(name, "push button")):
            return
        keys("Tab")
    check(f"Tab reaches “{name}”", False)


if __name__ == "__main__":
    run("by_keys: through the keyboard alone", steps)
