"""Which addresses belong to the years?"""

from django.urls import path

from jixiao.periods import views

urlpatterns = [
    path("cycle/", views.cycle, name="cycle"),
    path("cycle/plan/", views.cycle_plan, name="cycle_plan"),
    path("cycle/steps/<int:pk>/", views.stage_change, name="stage_change"),
]
