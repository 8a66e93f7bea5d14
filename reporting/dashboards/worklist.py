"""The to-do page: what is due, in three lists by what they are for; and what a person decides about an item."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem
from pairs.service.models import User, UserQuerySet
from pairs.submissions.form_page import FormPage, Link
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_cache import MAX_COUNTED, PER_PAGE, DueLists, find_due_item, get_due_lists
from reporting.dashboards.forms import DueDecisionForm
from reporting.dashboards.models import DueDecision

DUE_LISTS = (
    (SAFETY, "Safety", "safety"),
    (CLINICAL, "Clinical", "clinical"),
    (DATA_QUALITY, "Missing from records", "data"),
)
LAST_PAGE = MAX_COUNTED // PER_PAGE


def present_due_item(item: DueItem, on: date) -> dict[str, str | None]:
    """A due item as components/due_list.html draws it."""
    overdue = (on - item.due_on).days
    when = (
        f"due {item.due_on:%-d %b %Y}"
        if overdue <= 0
        else f"{overdue} days overdue"
        if overdue > 1
        else "1 day overdue"
    )
    in_time = "overdue" if overdue > 0 else "today" if overdue == 0 else "soon"
    severity = {SAFETY: "safety", DATA_QUALITY: "data"}.get(item.kind, in_time)
    return {
        "title": item.title,
        "href": item.href,
        "severity": severity,
        "who": item.who,
        "when": when,
        "why": item.why,
        "decide": reverse_cached("due-decision", item.subject_id, item.code) if item.kind != SAFETY else None,
    }


@policy.permission("read_families", "triage_referrals")
def show_worklist(request: ScopedRequest) -> HttpResponse:
    """What is due, for me or for everybody at my sites: fifty of each list, or the next fifty of one."""
    on, everybody = timezone.localdate(), request.GET.get("whose") == "everybody"
    chosen, page = _read_chosen_list(request), _read_page_number(request)
    found = get_due_lists(request.scope, on, everybody=everybody, page=page)
    lists = [_present_list(found, each, on, page) for each in DUE_LISTS if chosen in ("", each[2])]
    request.access_log.listed.update(
        item.family_id for each in lists for item in found.items[each["kind"]] if item.family_id
    )
    context = {
        "lists": lists,
        "everybody": everybody,
        "chosen": chosen,
        "page": page,
        "count": format_count(sum(found.counts.values())),
        "gaps_href": reverse("record-gaps") if request.scope.may("read_families") else None,
    }
    return render(request, "dashboards/worklist.html", context)


def _read_chosen_list(request: ScopedRequest) -> str | None:
    known = [code for *_, code in DUE_LISTS]
    return request.GET.get("list") if request.GET.get("list") in known else ""


def _read_page_number(request: ScopedRequest) -> int:
    """Of the one list that is chosen; all three begin at the beginning."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and _read_chosen_list(request) else 1


def _present_list(found: DueLists, which: tuple[str, ...], on: date, page: int) -> dict[str, Any]:
    kind, title, code = which
    count = found.counts[kind]
    return {
        "title": title,
        "id": code,
        "kind": kind,
        "items": [present_due_item(item, on) for item in found.items[kind]],
        "count": format_count(count),
        "more": count > PER_PAGE * page and page < LAST_PAGE,
    }


def format_count(count: int) -> Any:
    """A number, or that there are as many as are counted and more."""
    return f"{MAX_COUNTED} or more" if count >= MAX_COUNTED else count


@policy.permission("read_families", "triage_referrals")
class DueDecisionPage(FormPage):
    """Put a due item off, or hand it to a colleague, with the reason."""

    kind = "due-decision"
    template_name = "dashboards/due_decision.html"
    form_class = DueDecisionForm
    title = "Put off or hand on"
    message = "Saved. It comes back by itself when it is due again."

    def get_record(self, may: Any) -> DueItem:
        """The item that is due today. Its subject is named as in the list, and no record is opened."""
        subject_id, code = self.kwargs["subject_id"], self.kwargs["code"]
        item = find_due_item(self.request.scope, timezone.localdate(), subject_id=subject_id, code=code)
        if item is None or item.kind == SAFETY:
            raise Http404
        if self.request.scope.may_only_read(at=item.site_id, of=item.family_id):
            raise PermissionDenied
        if item.family_id:
            self.request.access_log.listed.add(item.family_id)
        return item

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"colleagues": _list_colleagues(self.record)}

    def get_initial(self) -> dict[str, Any]:
        return {"until": timezone.localdate() + timedelta(days=7)}

    def save(self, form: DueDecisionForm) -> DueDecision:
        return decide_due_item(item=self.record, by=self.request.user, **form.cleaned_data)

    def get_back_link(self) -> Link:
        return Link(reverse("worklist"), "Due")

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"item": present_due_item(self.record, timezone.localdate())}


def _list_colleagues(item: DueItem) -> UserQuerySet:
    """Whoever reads families or triages at the item's site."""
    return User.objects.with_permission("read_families", "triage_referrals", at=[item.site_id])
