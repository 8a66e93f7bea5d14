"""URLs of competences and sign-offs."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.competencies.views")
api = lazy_views("interventions.competencies.api")

urlpatterns = [
    path("competencies/", views.list_competencies, name="competencies"),
    path("competencies/new/", views.RecordCompetencePage, name="new-competence"),
    path("competencies/<uuid:competence_id>/", views.show_competence, name="competence"),
    path("competencies/<uuid:competence_id>/change/", views.ChangeCompetencePage, name="change-competence"),
    path("competencies/<uuid:competence_id>/remove/", views.RemoveCompetencePage, name="remove-competence"),
    path("interventions/<slug:way_id>/requirement/", views.RequirementPage, name="requirement"),
    path("ways/<uuid:use_id>/sign-off/", views.SignOffDeliveryPage, name="sign-off-delivery"),
]
api_patterns = [
    path("competencies/", api.CompetenceList, name="api-competencies"),
    path("competencies/<uuid:competence_id>/", api.CompetenceDetail, name="api-competence"),
    path("competencies/<uuid:competence_id>/remove/", api.CompetenceRemoval, name="api-remove-competence"),
    path("requirements/", api.RequirementList, name="api-requirements"),
    path("interventions/<slug:way_id>/requirement/", api.RequirementDetail, name="api-requirement"),
    path("ways/<uuid:use_id>/sign-offs/", api.SignOffList, name="api-sign-offs"),
]
