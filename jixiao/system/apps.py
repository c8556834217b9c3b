"""How is this room called in Django?"""

from django.apps import AppConfig


class SystemConfig(AppConfig):
    """The room system."""

    name = "jixiao.system"
    verbose_name = "系统"
