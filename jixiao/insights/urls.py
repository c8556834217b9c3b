"""Which addresses belong to the insights?"""

from django.urls import path

from jixiao.insights import views

urlpatterns = [
    path("schemes/<int:pk>/simulate/", views.scheme_simulate, name="scheme_simulate"),
]
