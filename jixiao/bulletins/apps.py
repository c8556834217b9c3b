"""How is this room called in Django?"""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """The room bulletins."""

    name = "jixiao.bulletins"
    verbose_name = "通报"
