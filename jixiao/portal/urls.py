"""Which addresses does the portal have?"""

from django.urls import path

from jixiao.portal import standing, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("standing-in/", standing.standing_in, name="standing_in"),
    path("standing-in/<int:pk>/", standing.stand_in, name="stand_in"),
    path("standing-in/end/", standing.stand_back, name="stand_back"),
]
