"""API tokens: issued, listed and revoked by a person who is signed in."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.forms import NewTokenForm
from pairs.access.models import ApiToken
from pairs.access.requests import ScopedRequest


@policy.signed_in
@never_cache
def manage_tokens(request: ScopedRequest) -> HttpResponse:
    """My tokens; a new one's text is shown once, on this answer only."""
    if request.method == "POST" and request.api_token:
        raise PermissionDenied
    form, issued = NewTokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
        _, issued = ApiToken.issue(user=request.user, name=form.cleaned_data["name"], expires_at=expires_at)
        form = NewTokenForm()
    live = ApiToken.objects.live(timezone.now()).filter(user=request.user).order_by("expires_at")
    return render(request, "access/tokens.html", {"form": form, "issued": issued, "tokens": live})


@policy.signed_in
@require_POST
def revoke_token(request: ScopedRequest, token_id: UUID) -> HttpResponse:
    """The token works no more, from now on."""
    token = get_object_or_404(ApiToken.objects.filter(user=request.user, revoked_at=None), pk=token_id)
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    messages.success(request, f"The token “{token.name}” no longer works.")
    return redirect("api-tokens")
