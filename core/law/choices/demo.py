"""The local practice that the demo shows, decided through the service."""

from datetime import timedelta

from core.kernel import clock
from core.law.choices import service
from core.plugin_host.demo import DemoChoice
from core.tenancy.service import current_tenant


def make(declared: DemoChoice) -> None:
    """Decide on a setting, as long ago as declared and from that day on."""
    with clock.frozen(clock.now() - timedelta(days=declared.days_ago)):
        today = clock.today(current_tenant().timezone)
        service.decide(declared.key, declared.value, today, declared.reason)
