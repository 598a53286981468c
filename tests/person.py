"""What a person does at a window: the tour's own hands and eyes."""

from desk.ui.person import PATIENCE_MS, find, find_all, press, settle, shown_text, type_text

__all__ = ["PATIENCE_MS", "find", "find_all", "press", "settle", "shown_text", "type_text"]
