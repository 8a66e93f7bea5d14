"""Information governance says why it opens a family's record."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from pairs.access import policy
from pairs.access.opening_reasons import MAX_LENGTH, MIN_LENGTH, keep_reason
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.models import Family


class OpeningReasonForm(forms.Form):
    """Why the record is opened."""

    reason = forms.CharField(
        label="Why do you need to open this family\u2019s record?",
        min_length=MIN_LENGTH,
        max_length=MAX_LENGTH,
        help_text="For example: subject access request 2026/14. Your reason is kept in the access log.",
    )


@policy.permission("govern_records")
@never_cache
def give_opening_reason(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Ask for the reason, once a family and an hour; then go on to the page that was asked for."""
    family = get_visible_or_404(request, Family.objects.all(), pk=family_id)
    form = OpeningReasonForm(request.POST or None)
    onward = request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        keep_reason(request.session, family.pk, form.cleaned_data["reason"])
        request.access_log.reason = form.cleaned_data["reason"]
        is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
        return redirect(onward if is_ours else reverse("family", args=[family.pk]))
    return render(request, "families/opening_reason.html", {"form": form})
