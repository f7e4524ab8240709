"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import action_plans, competences, entries, files, sharing, versions

urlpatterns: list[URLPattern] = [
    path("portfolio/", entries.portfolio, name="portfolio"),
    path("portfolio/nieuw/", entries.entry_new, name="entry_new"),
    path("portfolio/<int:pk>/", entries.entry, name="entry"),
    path("portfolio/<int:pk>/weg/", entries.entry_delete, name="entry_delete"),
    path("portfolio/<int:pk>/bewerken/", entries.entry_edit, name="entry_edit"),
    path("portfolio/<int:pk>/concept-weg/", entries.entry_drop_drafts, name="entry_drop_drafts"),
    path("portfolio/<int:pk>/bestand/", files.file_add, name="file_add"),
    path("bestand/<int:pk>/", files.file, name="file"),
    path("bestand/<int:pk>/klein/", files.thumbnail, name="thumbnail"),
    path("bestand/<int:pk>/weg/", files.file_delete, name="file_delete"),
    path("actieplan/nieuw/", action_plans.plan_new, name="plan_new"),
    path("actieplan/<int:pk>/", action_plans.plan, name="plan"),
    path("actieplan/<int:pk>/bewerken/", action_plans.plan_edit, name="plan_edit"),
    path("actieplan/<int:pk>/concept-weg/", action_plans.plan_drop_drafts, name="plan_drop_drafts"),
    path("actieplan/<int:pk>/hoe-ging-het/", action_plans.plan_result, name="plan_result"),
    path("actieplan/<int:pk>/succes/", action_plans.plan_success, name="plan_success"),
    path("actieplan/<int:pk>/delen/", sharing.plan_share, name="plan_share"),
    path("actieplan/<int:pk>/weg/", action_plans.plan_delete, name="plan_delete"),
    path("actieplan/<int:pk>/pdf/", action_plans.plan_pdf, name="plan_pdf"),
    path("portfolio/<int:pk>/delen/", sharing.entry_share, name="entry_share"),
    path("pop/<int:pk>/delen/", versions.pop_share, name="pop_share"),
    path("pop/<int:pk>/verschil/", versions.pop_difference, name="pop_difference"),
    path("pop/versie/<int:pk>/", versions.version, name="version"),
    path("pop/versie/<int:pk>/verschil/<int:other>/", versions.version_difference, name="version_difference"),
    path("pop/versie/<int:pk>/opgesteld/", versions.version_draw_up, name="version_draw_up"),
    path("pop/versie/<int:pk>/besproken/", versions.version_discuss, name="version_discuss"),
    path("handtekening/<int:pk>/weg/", versions.signature_take_back, name="signature_take_back"),
    path("gedeeld-met-mij/", sharing.shared_with_me, name="shared_with_me"),
    path("delen/<int:pk>/intrekken/", sharing.share_revoke, name="share_revoke"),
    path("talenten/", competences.talents, name="talents"),
    path("talenten/lijst/<int:pk>/", competences.score_list, name="score_list"),
    path("talenten/eigen/", competences.score_own, name="score_own"),
    path("talenten/eigen/<int:pk>/weg/", competences.remove_own, name="remove_own_competence"),
    path("scholen/<int:pk>/bekwaamheden/", competences.frameworks, name="frameworks"),
    path("scholen/<int:pk>/bekwaamheden/nieuw/", competences.new_framework, name="new_framework"),
    path("scholen/<int:pk>/bekwaamheden/inlezen/", competences.read_framework, name="read_framework"),
    path("bekwaamheden/<int:pk>/", competences.framework, name="framework"),
    path("bekwaamheden/<int:pk>/weg/", competences.remove_framework, name="remove_framework"),
]
