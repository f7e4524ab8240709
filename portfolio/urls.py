"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import competence_views, views

urlpatterns: list[URLPattern] = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/nieuw/", views.entry_new, name="entry_new"),
    path("portfolio/<int:pk>/", views.entry, name="entry"),
    path("portfolio/<int:pk>/weg/", views.entry_delete, name="entry_delete"),
    path("actieplan/nieuw/", views.plan_new, name="plan_new"),
    path("actieplan/<int:pk>/", views.plan, name="plan"),
    path("actieplan/<int:pk>/bewerken/", views.plan_edit, name="plan_edit"),
    path("actieplan/<int:pk>/concept-weg/", views.plan_drop_drafts, name="plan_drop_drafts"),
    path("actieplan/<int:pk>/hoe-ging-het/", views.plan_result, name="plan_result"),
    path("actieplan/<int:pk>/succes/", views.plan_success, name="plan_success"),
    path("actieplan/<int:pk>/delen/", views.plan_share, name="plan_share"),
    path("actieplan/<int:pk>/weg/", views.plan_delete, name="plan_delete"),
    path("actieplan/<int:pk>/pdf/", views.plan_pdf, name="plan_pdf"),
    path("delen/<int:pk>/intrekken/", views.share_revoke, name="share_revoke"),
    path("talenten/", competence_views.talents, name="talents"),
    path("talenten/lijst/<int:pk>/", competence_views.score_list, name="score_list"),
    path("talenten/eigen/", competence_views.score_own, name="score_own"),
    path("talenten/eigen/<int:pk>/weg/", competence_views.remove_own, name="remove_own_competence"),
    path("scholen/<int:pk>/bekwaamheden/", competence_views.frameworks, name="frameworks"),
    path("scholen/<int:pk>/bekwaamheden/nieuw/", competence_views.new_framework, name="new_framework"),
    path("scholen/<int:pk>/bekwaamheden/inlezen/", competence_views.read_framework, name="read_framework"),
    path("bekwaamheden/<int:pk>/", competence_views.framework, name="framework"),
    path("bekwaamheden/<int:pk>/weg/", competence_views.remove_framework, name="remove_framework"),
]
