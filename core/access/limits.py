"""Limits on how often one address may post a form that strangers can reach."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from flask import current_app
from flask_limiter import Limiter

View = Callable[..., Any]


def limited(rate: str) -> Callable[[View], View]:
    """Let a view answer only so often to one address; ``rate`` reads as "20 per minute"."""

    def decorate(view: View) -> View:
        known: WeakKeyDictionary[Limiter, View] = WeakKeyDictionary()

        @wraps(view)
        def counted(*args: object, **kwargs: object) -> object:
            limiter: Limiter = current_app.extensions["fotfeste_limiter"]
            if limiter not in known:
                known[limiter] = limiter.limit(rate)(view)
            return known[limiter](*args, **kwargs)

        return counted

    return decorate
