"""How is this room called in Django?"""

from django.apps import AppConfig
from django.conf import settings

from jixiao.periods.workdays import OWN_TABLES, TABLE


class PeriodsConfig(AppConfig):
    """The room periods."""

    name = "jixiao.periods"
    verbose_name = "周期"

    def ready(self) -> None:
        """The county's own years are looked for among its data."""
        OWN_TABLES[:] = [settings.DATA / TABLE.name]
