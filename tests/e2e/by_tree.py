"""A day of a front desk through the accessibility tree alone: actions, texts and names, no key and no mouse.

Registers a visitor, calls the number at a counter, serves it, registers a petition, closes the day; what was recorded
is read by ``desk`` commands, not from the screen.
"""

from hands import Window, act, applications, check, day, read, run, until

NAME, SUBJECT, STREET = "Elif Kaya", "Sokak aydınlatması yanmıyor", "Çınar Sokak no 5"


def steps():
    window = Window()
    visitor(window)
    counter(window)
    petition(window)
    close_of_day(window)


def visitor(window):
    before = day()
    window.go("Danışma")
    field = window.write("Birim veya konu", "danışma")
    window.press("Danışma ve bilgi", within=window.find("Bulunanlar"))
    window.press("Hamile")
    window.press("Sıra ver ve yazdır")
    window.heard("A 001")
    until("the form is not emptied for the next visitor", lambda: read(field) == "")
    after = day()
    check("one visit and one number more", (after["visits"], after["tickets_issued"]) == (before["visits"] + 1, 1))
    check("with the priority that was ticked", after["priority"] == before["priority"] + 1)


def counter(window):
    window.go("Banko")
    window.press("Banko 1", within=window.page())
    proceed(window, "Bankoyu aç")
    window.press("Sıradakini çağır")
    proceed(window, "Geldi, işleme al")
    proceed(window, "Bitir")
    until("the number is not served", lambda: day()["tickets_served"] == 1)
    check("the number is served", True)


def proceed(window, means):
    """The key that goes on: one name, and a description that says what it does now."""
    key = window.find("Geldi, işleme al veya bitir", "push button")
    until(f"the key does not mean “{means}”", lambda: key.description == means)
    act(key, "Press")


def petition(window):
    known = {one["record"] for one in applications()}
    window.go("Evrak Kayıt")
    window.write("Ad soyad", NAME)
    window.write("Cadde, sokak ve kapı no", STREET)
    window.write("Konu özeti", SUBJECT)
    window.press("Islak imza görüldü")
    window.press("Kaydet ve alındı yazdır")
    window.heard("kaydedildi")
    new = [one for one in applications() if one["record"] not in known]
    check("one petition more, with its subject", [one["subject"] for one in new] == [SUBJECT])
    check("the day counts it, with nothing missing", (day()["petitions"], day()["petitions_incomplete"]) == (1, 0))


def close_of_day(window):
    window.go("Vardiya")
    window.write("Vardiya notu", "Her şey yolunda.")
    window.press("Notu kaydet")
    window.heard("kaydedildi")
    window.press("Günü kapat")
    window.press("Günü kapatmayı onayla")
    window.heard("Gün kapatıldı")
    closed = day()
    check("the sheet of the closed day has its note", closed["note"] == "Her şey yolunda.")


if __name__ == "__main__":
    run("by_tree: through the AT-SPI tree alone", steps)
