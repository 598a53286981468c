"""The PIN of who works here: kept as its argon2id hash only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

FREE_TRIES = 5
"""Wrong PINs in a row before the next one has to wait."""

FIRST_WAIT, LONGEST_WAIT = 30, 900
"""Seconds to wait after the fifth wrong PIN, doubled by each further one, and where the doubling ends."""


@dataclass(slots=True)
class PinTries:
    """How often somebody's PIN was written wrongly in a row; ``clock`` gives seconds. Kept while the program runs."""

    clock: Callable[[], float]
    _wrong: dict[UUID, int] = field(default_factory=dict)
    _until: dict[UUID, float] = field(default_factory=dict)

    def wait(self, staff_id: UUID) -> int:
        """Whole seconds until the next PIN of this person is looked at; 0 when it is at once."""
        left = self._until.get(staff_id, 0.0) - self.clock()
        return max(0, -int(-left // 1))

    def wrong(self, staff_id: UUID) -> None:
        count = self._wrong[staff_id] = self._wrong.get(staff_id, 0) + 1
        if count >= FREE_TRIES:
            doubled: int = FIRST_WAIT * 2 ** min(count - FREE_TRIES, 10)
            self._until[staff_id] = self.clock() + min(doubled, LONGEST_WAIT)

    def right(self, staff_id: UUID) -> None:
        self._wrong.pop(staff_id, None)
        self._until.pop(staff_id, None)


def pin_hash(pin: str) -> str:
    """The argon2id hash of a PIN; nothing else of it is kept."""
    from argon2 import PasswordHasher  # 20 ms, and only here

    return PasswordHasher().hash(pin)


def pin_fits(kept: str | None, pin: str) -> bool:
    """Whether the PIN is the one kept; a person without one needs none."""
    if not kept:
        return True
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(kept, pin)
    except VerificationError:
        return False
