"""Writes the table of names in docs/accessibility.md anew from what the tree holds."""

import tree

if __name__ == "__main__":
    words = tree.DOCUMENT.read_text(encoding="utf-8")
    head = words[: words.index("\n### ")] if "\n### " in words else words.rstrip("\n") + "\n"
    after = words[len(head) :]
    rest = after[after.index("\n## ") :] if "\n## " in after else ""  # what was written by hand below the tables
    tree.DOCUMENT.write_text(head + tree.listed() + rest, encoding="utf-8")
