"""How is this room called in Django?"""

from django.apps import AppConfig


class RatingsConfig(AppConfig):
    """The room ratings."""

    name = "jixiao.ratings"
    verbose_name = "评议"
