"""The declarative base and the column types that every table shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid5

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.inspection import _inspects
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from uuid_utils.compat import uuid7

from desk.models.table_of import table_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMESPACE = UUID("5f0f2a36-6b0e-5d0e-9c3b-2f6a5c0d7e11")

new_id = uuid7
"""A new time-ordered primary key (UUIDv7). Its order is not the order of commits."""


def reference_id(municipality: str, kind: str, code: str) -> UUID:
    """The key of a row that sites share (unit, subject, neighbourhood): the same everywhere for the same code."""
    return uuid5(_NAMESPACE, f"{municipality}/{kind}/{code}")


class Key(TypeDecorator[UUID]):
    """A UUID: ``uuid`` on PostgreSQL, 16 bytes on SQLite (27 % smaller than CHAR(32))."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return value if value is None or isinstance(value, UUID) else UUID(bytes=value)


_NAIVE = "a moment without a zone"


def moment_number(moment: datetime) -> int:
    """Whole microseconds since 1970. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(_NAIVE)
    gone = moment - _EPOCH
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: ``timestamptz`` on PostgreSQL, whole microseconds since 1970 on SQLite.

    Whole numbers keep comparisons and the arithmetic of the calling rule in SQL (see ``micros``). A naive
    datetime is a bug and raises ValueError.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(_NAIVE)
        return value if dialect.name == "postgresql" else moment_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return _EPOCH + timedelta(microseconds=value)


class micros(GenericFunction[int]):  # noqa: N801 - reads as the SQL function it is
    """A moment column as microseconds since 1970, for arithmetic on both engines."""

    type = BigInteger()
    inherit_cache = True
    name = "micros"


@compiles(micros)
def _micros_default(element: micros, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(_only(element), **kw)


@compiles(micros, "postgresql")
def _micros_postgresql(element: micros, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(EXTRACT(EPOCH FROM {compiler.process(_only(element), **kw)}) * 1000000 AS BIGINT)"


def _only(element: micros) -> ColumnElement[Any]:
    (argument,) = element.clauses
    return argument


def written(column: Any, *values: str) -> ColumnElement[bool]:
    """``column`` is one of these constants, which stand in the statement itself and not as bound values.

    SQLite takes a partial index only when the statement repeats its condition (https://sqlite.org/partialindex.html):
    with bound values it read the whole table.
    """
    constants: list[ColumnElement[Any]] = [literal_column(f"'{value}'") for value in values]
    found: ColumnElement[bool] = column == constants[0] if len(constants) == 1 else column.in_(constants)
    return found


WHERE = "where"
"""In the ``info`` of an index: the condition of a partial one (``tables`` hands it on to PostgreSQL)."""


def only(condition: str) -> dict[str, Any]:
    """Arguments of a partial index on both engines. SQLite takes it when the statement repeats the condition as it
    stands.

    Where ``postgresql_where`` is said, SQLAlchemy reads all its drivers of PostgreSQL, a twentieth of a window's start:
    so it is said in ``tables``, which only migrations need.
    """
    return {"sqlite_where": text(condition), "info": {WHERE: condition}}


NARROW = {"sqlite_with_rowid": False}
"""Table arguments for small rows under a long key: on SQLite one tree instead of two."""


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase
    from sqlalchemy.orm import Mapped as Mapped
    from sqlalchemy.orm import mapped_column as mapped_column

    class Base(DeclarativeBase):
        __table__: ClassVar[Table]  # every one of ours is mapped to a table, never to a join

else:
    _TYPES = {
        "UUID": Key,
        "datetime": Moment,
        "date": Date,
        "str": String,
        "int": Integer,
        "float": Double,
        "bool": Boolean,
        "bytes": LargeBinary,
        "dict[str, Any]": JSON,
        "list[Any]": JSON,
    }

    class _MappedWhenUsed(type):
        """The ORM learns of a class when its rows are wanted as objects; until then its attributes are the columns of
        its table, which statements take as well. Half of a start went into mappers that its reads never used."""

        def __call__(cls, **values):
            _mapper_of(cls)
            return super().__call__(**values)

        def __getattr__(cls, name):
            if name != "__mapper__":
                raise AttributeError(name)
            return _mapper_of(cls)

    class Base(metaclass=_MappedWhenUsed):
        metadata = METADATA

        def __init__(self, **values):
            _mappers().constructor(self, **values)

        def __init_subclass__(cls):
            cls.__table__ = table_of(cls, METADATA, _TYPES)
            for column in cls.__table__.columns:
                setattr(cls, column.key, column)

    def _mapper_of(cls):
        with _ONE_MAPS:
            if "__mapper__" not in vars(cls):
                _mappers().map_imperatively(cls, cls.__table__)
            return vars(cls)["__mapper__"]

    @cache
    def _mappers():
        from desk.models.orm import registry

        return registry(metadata=METADATA)

    class Mapped:
        """For annotations, which are read as words (``table_of``)."""

    _ONE_MAPS = RLock()
    _inspects(_MappedWhenUsed)(lambda cls: _mapper_of(cls) if "__table__" in vars(cls) else None)

    def mapped_column(*args, **options):
        """As SQLAlchemy's own."""
        return args, options
