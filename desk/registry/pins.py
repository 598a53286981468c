"""The PIN of who works here: kept as its argon2id hash only."""

from __future__ import annotations


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
