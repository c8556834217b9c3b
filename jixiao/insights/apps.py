"""How is this room called in Django?"""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The room insights."""

    name = "jixiao.insights"
    verbose_name = "研判"
