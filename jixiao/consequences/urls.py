"""Which addresses belong to the consequences?"""

from django.urls import path

from jixiao.consequences.views import decisions, lists, measures

urlpatterns = [
    path("consequences/", lists.consequences, name="consequences"),
    path("consequences/runs/<int:pk>/", lists.consequences_of, name="consequences_of"),
    path("consequences/runs/<int:pk>/draw/", lists.consequences_draw, name="consequences_draw"),
    path("consequences/lists/<int:pk>/", lists.listing, name="listing"),
    path("consequences/lists/<int:pk>/paper/", lists.listing_paper, name="listing_paper"),
    path("consequences/lists/<int:pk>/amount/", lists.listing_amount, name="listing_amount"),
    path("consequences/units/<int:pk>/", lists.unit_consequences, name="unit_consequences"),
    path("consequences/rules/", measures.measures, name="measures"),
    path("consequences/rules/write/", measures.measure_write, name="measure_write"),
    path("consequences/rules/<int:pk>/", measures.measure, name="measure"),
    path("consequences/rules/<int:pk>/approve/", measures.measure_approve, name="measure_approve"),
    path("consequences/rules/<int:pk>/end/", measures.measure_end, name="measure_end"),
    path("consequences/people/", decisions.decisions, name="decisions"),
    path("consequences/people/mine/", decisions.decisions_mine, name="decisions_mine"),
    path("consequences/entries/<int:pk>/", decisions.decision_propose, name="decision_propose"),
    path("consequences/people/<int:pk>/", decisions.decision, name="decision"),
    path("consequences/people/<int:pk>/decide/", decisions.decision_decide, name="decision_decide"),
    path("consequences/people/<int:pk>/again/", decisions.decision_again, name="decision_again"),
    path("consequences/people/<int:pk>/tell/", decisions.decision_tell, name="decision_tell"),
    path("consequences/people/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("consequences/people/<int:pk>/paper/", decisions.decision_paper, name="decision_paper"),
]  # fmt: skip
