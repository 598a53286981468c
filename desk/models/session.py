"""A session that is one of the ORM only once rows are wanted as objects.

Reading the ORM takes a tenth of a window's start, and what a start reads are columns, which Core reads alone. So a look
or a transaction hands out this one; the ORM's own is made within it when something asks for more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Session
else:

    class Session:
        """On a connection, within whatever transaction that is in: Core statements by itself (after what objects hold
        is written), all else by the ORM's session within it.

        The transaction is the connection's: whoever took that ends it, after a ``commit`` here of what objects hold.
        """

        def __init__(self, connection):
            self._connection = connection
            self._made = None

        def connection(self):
            return self._connection

        def execute(self, statement, *values, **options):
            if _names_classes(statement):
                return self._orm().execute(statement, *values, **options)
            self.flush()
            return self._connection.execute(statement, *values, **options)

        def flush(self):
            if self._made is not None:
                self._made.flush()

        def commit(self):
            if self._made is not None and self._made.in_transaction():
                self._made.commit()

        def close(self):
            if self._made is not None:
                self._made.close()

        def __getattr__(self, name):
            return getattr(self._orm(), name)

        def _orm(self):
            if self._made is None:
                from desk.models.orm import Session as Made

                self._made = Made(self._connection, expire_on_commit=False)
            return self._made


def _names_classes(statement: object) -> bool:
    """Whether it has a mapped class or its attributes in it, so that the ORM must take it apart."""
    return getattr(statement, "_propagate_attrs", {}).get("compile_state_plugin") == "orm"
