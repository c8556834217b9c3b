"""Which addresses belong to visits?"""

from django.urls import path

from jixiao.visits.views import data

urlpatterns = [
    path("data/", data.data_items, name="data_items"),
    path("data/<int:number>/workbook/<path:code>/", data.data_workbook, name="data_workbook"),
    path("data/<int:number>/<path:code>/", data.data_item, name="data_item"),
]
