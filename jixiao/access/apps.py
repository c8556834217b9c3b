"""How is this room called in Django?"""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room access."""

    name = "jixiao.access"
    verbose_name = "权限"
