"""Where does a result stand on its way to the units?"""

from django.db.models import TextChoices


class ResultState(TextChoices):
    """loaded → published; a newer published result of the year takes the place of an older one."""

    LOADED = "loaded", "已录入"
    PUBLISHED = "published", "已公布"
