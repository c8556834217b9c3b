"""Which addresses belong to visits?"""

from django.urls import path

from jixiao.visits.views import data, raters, summary

urlpatterns = [
    path("rounds/<int:number>/summary/", summary.round_summary, name="round_summary"),
    path("rounds/<int:number>/sheet/", summary.round_sheet, name="round_sheet"),
    path("rounds/<int:number>/raters/", raters.round_raters, name="round_raters"),
    path("rounds/<int:number>/adjust/", raters.round_adjust, name="round_adjust"),
    path("adjustments/<int:number>/revoke/", raters.adjustment_revoke, name="adjustment_revoke"),
    path("data/", data.data_items, name="data_items"),
    path("data/<int:number>/workbook/<path:code>/", data.data_workbook, name="data_workbook"),
    path("data/<int:number>/<path:code>/", data.data_item, name="data_item"),
]
