"""Calling a step of a provider, whose code is somebody else's and whose service may be down."""

import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

from core.kernel.unit_of_work import contained
from core.plugin_host.signing import ForgedCallbackError, ServiceDownError, ServiceRefusedError

Answer = TypeVar("Answer")
KNOWN: Final = (ServiceDownError, ServiceRefusedError, ForgedCallbackError)
log = logging.getLogger(__name__)


def call(step: Callable[..., Answer], *arguments: Any) -> Answer:
    """What a step answers. Raises the errors of the port; any other counts as a service that is down."""
    try:
        with contained():
            return step(*arguments)
    except KNOWN:
        raise
    except Exception as error:
        log.exception("a signing provider failed in %s", getattr(step, "__name__", "a step"))
        raise ServiceDownError(type(error).__name__) from error
