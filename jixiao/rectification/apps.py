"""How is this room called in Django?"""

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    """The room rectification."""

    name = "jixiao.rectification"
    verbose_name = "整改"
