"""Password hashes that cost little, so that a suite does not spend its time on them."""

from flask import Flask


def hash_quickly(app: Flask) -> None:
    """Keep argon2 but with its smallest parameters; for tests only."""
    context = app.extensions["security"].pwd_context
    context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
