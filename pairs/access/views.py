"""One's own account: API tokens, and what has happened to the account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.account_actions import record_account_event
from pairs.access.forms import NewTokenForm
from pairs.access.models import ApiToken
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.audit.models import AccountEvent, AccountEventKind
from pairs.web.formats import format_day_and_time


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
        record_account_event(AccountEventKind.TOKEN_ISSUED, user=request.user, request=request)
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
    record_account_event(AccountEventKind.TOKEN_REVOKED, user=request.user, request=request)
    messages.success(request, f"The token “{token.name}” no longer works.")
    return redirect("api-tokens")


@policy.signed_in
@never_cache
def show_account_activity(request: ScopedRequest) -> HttpResponse:
    """Sign-ins, failures and changes of one's own account, newest first."""
    page = get_visible_page(request, AccountEvent.objects.of(request.user).select_related("by"))
    context = {"page": page, "rows": list(map(_build_event_row, page))}
    return render(request, "access/activity.html", context)


def _build_event_row(event: AccountEvent) -> list[Any]:
    by = f"by {event.by}" if event.by else event.network
    what = event.get_kind_display()
    return [format_day_and_time(event.at), f"{what}: {event.detail}" if event.detail else what, by]
