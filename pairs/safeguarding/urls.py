"""Addresses of safeguarding statuses, concerns and cautions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
