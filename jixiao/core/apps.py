"""How is this room called in Django?"""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The room core."""

    name = "jixiao.core"
    verbose_name = "界面外壳"
