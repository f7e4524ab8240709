"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

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
]
