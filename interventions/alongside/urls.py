"""Addresses of alongside."""

urlpatterns = []
api_patterns = []
