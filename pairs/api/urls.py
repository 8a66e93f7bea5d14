"""Addresses of the API's own description, and of what its forms take by id or by code."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

reference = lazy_views("pairs.api.reference", before_fork=False)
schema = lazy_views("pairs.api.schema_views", before_fork=False)

api_patterns = [
    path("schema/", schema.api_schema, name="api-schema"),
    path("docs/", schema.show_docs, name="api-docs"),
    path("sites/", reference.SiteList, name="api-sites"),
    path("places/", reference.PlaceList, name="api-places"),
    path("colleagues/", reference.ColleagueList, name="api-colleagues"),
]
