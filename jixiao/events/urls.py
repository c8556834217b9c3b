"""Which addresses belong to matters that add or take points?"""

from django.urls import path

from jixiao.events.views import entering, matters

urlpatterns = [
    path("events/", matters.matters, name="matters"),
    path("events/notice/", matters.matters_noticed, name="matters_noticed"),
    path("events/schemes/<int:pk>/new/", entering.matter_apply, name="matter_apply"),
    path("events/schemes/<int:pk>/import/", entering.matters_import, name="matters_import"),
    path("events/schemes/<int:pk>/blank/", entering.matters_blank, name="matters_blank"),
    path("events/files/<int:pk>/", matters.matter_file, name="matter_file"),
    path("events/objections/<int:pk>/", matters.objection_answer, name="objection_answer"),
    path("events/<int:pk>/", matters.matter, name="matter"),
    path("events/<int:pk>/change/", entering.matter_change, name="matter_change"),
    path("events/<int:pk>/check/", matters.matter_check, name="matter_check"),
    path("events/<int:pk>/notice/", matters.matter_notice, name="matter_notice"),
    path("events/<int:pk>/sign/", matters.matter_sign, name="matter_sign"),
    path("events/<int:pk>/file-sign/", matters.matter_file_sign, name="matter_file_sign"),
    path("events/<int:pk>/send-back/", matters.matter_send_back, name="matter_send_back"),
    path("events/<int:pk>/reject/", matters.matter_reject, name="matter_reject"),
    path("events/<int:pk>/withdraw/", matters.matter_withdraw, name="matter_withdraw"),
    path("events/<int:pk>/restore/", matters.matter_restore, name="matter_restore"),
    path("events/<int:pk>/answer/", matters.matter_answer, name="matter_answer"),
    path("events/<int:pk>/object/", matters.matter_object, name="matter_object"),
]
