"""For information governance: who looked at what, by person or by family; and who was given access to a family."""

from django.shortcuts import render

from pairs.access import policy
from pairs.access.fetch import fetch_page
from pairs.audit.models import AccessEntry
from pairs.families.models import FamilyGrant
from pairs.service.pages import clock
from reporting.desk.forms import WhoLooked


@policy.permission("govern_records")
def access_log(request):
    """The access log, newest first; filtered by who looked or by the family looked at."""
    form = WhoLooked(request.GET or None)
    entries = AccessEntry.objects.select_related("user").order_by("-at")
    if form.is_bound and form.is_valid():
        entries = entries.matching(username=form.cleaned_data["username"], family=form.cleaned_data["family"])
    page = fetch_page(request, entries)
    context = {"form": form, "page": page, "rows": list(map(_row, page)), "grants": None}
    if form.is_bound and form.is_valid() and form.cleaned_data["family"]:
        context["grants"] = _given_access(request.scope, form.cleaned_data["family"])
    return render(request, "desk/access_log.html", context)


def _given_access(scope, family_id):
    """Everybody who was ever given access to this family beyond their sites, by whom, why and until when."""
    grants = FamilyGrant.objects.visible_to(scope).filter(family=family_id).with_names()
    return [
        [
            str(grant.user),
            grant.get_purpose_display(),
            grant.reason,
            f"{clock(grant.created_at)}, {grant.granted_by}",
            clock(grant.expires_at) if grant.expires_at else "No end",
        ]
        for grant in grants
    ]


def _row(entry):
    who = entry.user.username if entry.user else "Nobody signed in"
    answer = "refused" if entry.status in (403, 404) else "shown"
    return [clock(entry.at), who, entry.view, answer, entry.reason, len(entry.opened), len(entry.listed)]
