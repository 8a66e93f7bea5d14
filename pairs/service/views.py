"""Pages about the service itself."""

from django.shortcuts import render


def show_accessibility(request):
    """How far these pages can be used by everyone, and whom to tell when they cannot."""
    return render(request, "service/accessibility.html")
