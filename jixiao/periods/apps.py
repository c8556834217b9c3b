"""How is this room called in Django?"""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """The room periods."""

    name = "jixiao.periods"
    verbose_name = "周期"
