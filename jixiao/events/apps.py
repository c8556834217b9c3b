"""How is this room called in Django?"""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The room events."""

    name = "jixiao.events"
    verbose_name = "加扣分"
