"""The hall display from outside: what it shows is in the tree, and a call made elsewhere comes into it."""

from hands import application, check, desk, role, run, showing, until

PARTS = ("Yerleşke, tarih ve saat", "Şimdi çağrılan", "Son çağrılar", "Bekleyen", "Duyuru")
"""The stable names of what it shows; what each says now is its description."""


def steps():
    app = application()
    found = until("the hall does not come up", lambda: _parts(app))
    check("its parts have their names and a role", all(what == "label" for what, _ in found.values()))
    check("nobody is called yet", "burada görünür" in found["Şimdi çağrılan"][1])
    desk("ticket", "--service", "danisma")
    desk("call", "--counter", "1")
    until("the call does not come", lambda: "A 001" in _parts(app)["Şimdi çağrılan"][1])
    check("a call made at a counter is shown", True)


def _parts(app):
    parts = {one.name: (role(one), one.description) for one in showing(app) if one.name in PARTS}
    return parts if len(parts) == len(PARTS) else None


if __name__ == "__main__":
    run("hall: what it shows", steps)
