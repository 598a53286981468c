"""The kiosk from outside: every key of its pages has a Turkish name, a role and a state; a number is taken by the tree.

The kiosk is closed (nobody brings a screen reader to it), and yet its tree is what scripts and inspections read.
"""

from hands import Missing, act, application, check, day, has, pyatspi, role, run, showing, until
from tree import faults, is_control


class Kiosk:
    def __init__(self):
        self.app = application()
        self.page_of("Hoş geldiniz")

    def controls(self):
        return [one for one in showing(self.app) if is_control(one)]

    def page_of(self, words):
        """Wait until the page says ``words``; its name is what is said of it."""

        def said():
            return any(words in one.name or words in one.description for one in showing(self.app))

        until(f"the kiosk does not say “{words}”", said)

    def press(self, name):
        def key():
            for one in self.controls():
                if one.name == name and has(one, pyatspi.STATE_ENABLED):
                    return one
            return None

        act(until(f"“{name}” cannot be pressed", key), "Press")

    def judged(self, page):
        """How many keys the page has; raises Missing for one that is not right."""
        keys = until(f"{page}: no keys", self.controls)
        bad = list(faults(keys))
        for words in bad:
            print(f"  FAULT  {page}: {words}")
        check(f"{page}: {len(keys)} keys, each with a name, a role and a state", not bad)


def steps():
    kiosk = Kiosk()
    if not any(role(one) == "check box" and one.name == "English" for one in kiosk.controls()):
        raise Missing("the languages are not there")
    kiosk.judged("start")
    kiosk.press("Diğer hizmetler")
    kiosk.page_of("Geri")
    kiosk.judged("all services")
    kiosk.press("Geri")
    kiosk.page_of("Hoş geldiniz")
    kiosk.press("Danışma ve bilgi")
    kiosk.page_of("A 001")
    kiosk.judged("number")
    until("no number was given", lambda: day()["tickets_issued"] == 1)
    kiosk.press("Tamam, bitir")
    kiosk.page_of("Hoş geldiniz")
    check("one number was taken, and the kiosk is back at its start", True)


if __name__ == "__main__":
    run("kiosk: what its tree holds, and a number taken through it", steps)
