"""Modules of the standard library that others name at their top and seldom use: read when something of them is used."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def later(name: str, **known: Any) -> None:
    """``import name`` costs nothing from now on, until something of it is asked for that is not ``known`` here. What is
    read already stays."""
    if name in sys.modules:
        return
    stands = sys.modules[name] = _Later(name)
    vars(stands).update(known)
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(import_module(parent), own, stands)


class _Later(ModuleType):
    """Stands for a module; whoever holds it is handed on to the real one."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]  # then the real one is found
        return getattr(import_module(self.__name__), name)
