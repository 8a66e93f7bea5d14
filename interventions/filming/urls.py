"""Addresses of filming."""

urlpatterns = []
api_patterns = []
