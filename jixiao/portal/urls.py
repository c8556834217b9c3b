"""Which addresses does the portal have?"""

from django.urls import path

from jixiao.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help"),
]
