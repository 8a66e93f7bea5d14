"""Addresses of endings."""

urlpatterns = []
api_patterns = []
