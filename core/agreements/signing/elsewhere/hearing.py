"""Letting a service in: its signature is checked before anything of the tenant's agreements is looked up."""

from flask_babel import lazy_gettext as _

from core.agreements.signing.elsewhere.news import take
from core.agreements.signing.providers.access import access_to, service_row
from core.agreements.signing.providers.calling import call
from core.agreements.signing.providers.catalogue import find
from core.kernel import security_log
from core.kernel.errors import Invalid, NotFound, Refused
from core.plugin_host.signing import (
    Callback,
    ForgedCallbackError,
    ServiceDownError,
    ServiceRefusedError,
)


def hear(provider_key: str, callback: Callback) -> bool:
    """Take in what a service tells; whether anything of it was new.

    Raises NotFound where the tenant does not use the service, Refused when it is not signed by the service,
    Invalid when it cannot be read, and the problems of `news.take`.
    """
    provider = find(provider_key)
    if provider is None or service_row(provider_key) is None:
        raise NotFound("signing_callback.no_service", _("This service is not used here."))
    try:
        news = call(provider.steps.read_callback, callback, access_to(provider_key))
    except ForgedCallbackError as error:
        security_log.note(security_log.CALLBACK_FORGED, provider=provider_key)
        raise Refused(
            "signing_callback.forged", _("This is not signed with the secret that we share with the service.")
        ) from error
    except (ServiceDownError, ServiceRefusedError) as error:
        raise Invalid("signing_callback.unreadable", _("We cannot read what this says.")) from error
    return take(provider_key, news)
