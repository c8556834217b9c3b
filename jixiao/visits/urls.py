"""Which addresses belong to visits?"""

from django.urls import path

from jixiao.visits.views import records, visits

urlpatterns = [
    path("visits/mine/", visits.my_visits, name="my_visits"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/feed-back/", visits.visit_feed_back, name="visit_feed_back"),
    path("visits/<int:pk>/take-back/", visits.visit_take_back, name="visit_take_back"),
    path("visits/<int:pk>/confirm/", visits.visit_confirm, name="visit_confirm"),
    path("visits/<int:pk>/agree/", visits.visit_agree, name="visit_agree"),
    path("visits/<int:pk>/close/", visits.visit_close, name="visit_close"),
    path("visits/<int:pk>/unsigned/", visits.visit_unsigned, name="visit_unsigned"),
    path("visits/<int:pk>/self/", records.self_marks, name="self_marks"),
    path("visits/<int:pk>/sheet.<str:form>", records.visit_sheet, name="visit_sheet"),
    path("visits/<int:pk>/items/<str:code>/", records.visit_record, name="visit_record"),
    path("visits/records/<int:pk>/settle/", records.visit_settle, name="visit_settle"),
    path("visits/records/<int:pk>/correct/", records.visit_correct, name="visit_correct"),
]
