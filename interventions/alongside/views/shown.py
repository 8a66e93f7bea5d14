"""What every page of this room shows, and the one shape of a page that asks something."""

from django.contrib import messages
from django.shortcuts import redirect, render

from pairs.access.fetch import fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import RiskAlert


def page(request, template, family, typed=None, **context):
    """A record page of this room: the banner with its alerts, and the token of what is being typed."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts),
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"alongside/{template}.html", shared | context)


def after(request, path, said):
    """On to the page where it stands now."""
    messages.success(request, said)
    return redirect(path)
