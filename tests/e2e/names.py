"""Writes the table of names in docs/accessibility.md anew from what the tree holds."""

import tree

if __name__ == "__main__":
    words = tree.DOCUMENT.read_text(encoding="utf-8")
    head = words[: words.index("\n### ")] if "\n### " in words else words.rstrip("\n") + "\n"
    tree.DOCUMENT.write_text(head + tree.listed(), encoding="utf-8")
