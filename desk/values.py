"""Dataclasses that are quick to define: a start reads a hundred of them before a window shows anything.

``dataclasses`` writes and compiles six functions for each frozen class, and a signature for its help: 0.7 ms a class, a
tenth of a start. Here the five that all classes can share are shared, and ``__init__`` is compiled when it is needed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options):
        """``dataclasses.dataclass``, quick for ``frozen=True, slots=True`` classes that derive from nothing and write
        none of its functions themselves."""
        if cls is None:
            return lambda one: dataclass(one, **options)
        if options == {"frozen": True, "slots": True} and _is_plain(cls):
            return _quick(cls)
        return dataclasses.dataclass(cls, **options)


_OWN = frozenset({"__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__getstate__"})


def _is_plain(cls: type) -> bool:
    if cls.__bases__ != (object,) or not _OWN.isdisjoint(vars(cls)):
        return False
    fields = [one for one in vars(cls).values() if isinstance(one, dataclasses.Field)]
    return all(one.init and one.kw_only is not True for one in fields)


def _quick(cls: Any) -> Any:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else a signature is written out for it
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__dataclass_params__.frozen = True
    fields = dataclasses.fields(made)
    shown = [one.name for one in fields if one.repr]
    compared = _values([one.name for one in fields if one.compare])
    hashed = _values([one.name for one in fields if (one.compare if one.hash is None else one.hash)])
    every = [one.name for one in fields]

    def begin(self: Any, *args: Any, **values: Any) -> None:
        made.__init__ = _init(made, fields)
        made.__init__(self, *args, **values)

    def tell(self: Any) -> str:
        return f"{made.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def equals(self: Any, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is made else NotImplemented

    def code(self: Any) -> int:
        return hash(hashed(self))

    def keep(self: Any) -> list[Any]:
        return [getattr(self, name) for name in every]

    def take(self: Any, state: list[Any]) -> None:
        for name, value in zip(every, state, strict=True):
            object.__setattr__(self, name, value)

    own = {"__init__": begin, "__repr__": tell, "__eq__": equals, "__hash__": code}
    own |= {"__getstate__": keep, "__setstate__": take, "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_del}
    for name, function in own.items():
        setattr(made, name, function)
    return made


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _one: ()


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_del(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _init(cls: Any, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """``__init__``, written out: each value goes into its slot by the slot's own setter."""
    known: dict[str, Any] = {"_none": object()}
    wanted, lines = [], []
    for one in fields:
        known[f"_set_{one.name}"] = vars(cls)[one.name].__set__
        value = one.name
        if one.default is not dataclasses.MISSING:
            known[f"_is_{one.name}"] = one.default
            wanted.append(f"{one.name}=_is_{one.name}")
        elif one.default_factory is not dataclasses.MISSING:
            known[f"_new_{one.name}"] = one.default_factory
            wanted.append(f"{one.name}=_none")
            value = f"_new_{one.name}() if {one.name} is _none else {one.name}"
        else:
            wanted.append(one.name)
        lines.append(f"    _set_{one.name}(_self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("    _self.__post_init__()")
    exec(f"def __init__({', '.join(['_self', *wanted])}):\n" + "\n".join(lines or ["    pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
