"""One's own account: everybody has this page, from their name in the header."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.account_actions import end_own_keys
from pairs.access.open_sessions import end_session
from pairs.access.requests import ScopedRequest
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, PageOf
from reporting.dashboards.accounts.facts import load_own_account
from reporting.dashboards.accounts.record_forms import ChooseDigest
from reporting.dashboards.digest import LIST_PERMISSIONS


@policy.signed_in
@never_cache
def show_my_account(request: ScopedRequest) -> HttpResponse:
    """Who I am here, what I may do where, how I sign in, and what happened to the account lately."""
    return render(request, "accounts/mine.html", load_own_account(request))


@policy.permission(*LIST_PERMISSIONS)
class DigestPage(ChooseDigest, FormPage):
    """Choose the daily and the weekly e-mail, or stop them."""

    title = "E-mails about your to-do list"
    button = "Save"
    message = "Saved."
    back = PageOf("my-account", text="My account")


@policy.signed_in
@require_POST
def end_my_session(request: ScopedRequest) -> HttpResponse:
    """Sign out in another browser."""
    try:
        ended = end_session(user=request.user, mark=request.POST.get("mark", ""), request=request)
        messages.success(request, f"You are signed out in {ended.device}.")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("my-account")


@policy.signed_in
@require_POST
def end_my_keys(request: ScopedRequest) -> HttpResponse:
    """Sign out in every other browser, and revoke tokens and calendar."""
    end_own_keys(user=request.user, request=request)
    update_session_auth_hash(request, request.user)
    messages.success(
        request, "You are signed out everywhere else. Your API tokens and calendar address are revoked."
    )
    return redirect("my-account")
