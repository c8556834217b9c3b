"""How is this room called in Django?"""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """The room schemes."""

    name = "jixiao.schemes"
    verbose_name = "办法"
