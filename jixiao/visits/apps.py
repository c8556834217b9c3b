"""How is this room called in Django?"""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The room visits."""

    name = "jixiao.visits"
    verbose_name = "现场评估"
