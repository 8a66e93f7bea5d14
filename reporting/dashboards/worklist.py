"""The to-do page: what is due, in the order one chooses; and what a person decides about an item."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.due import build_agreed_query, build_done_query
from pairs.access import policy
from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem
from pairs.families.family_line import FAMILY_HEADERS, build_family_cells
from pairs.service.models import User, UserQuerySet
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.csv_files import build_csv_response
from pairs.web.formats import format_plural
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_cache import (
    KINDS,
    MAX_LISTED,
    PER_PAGE,
    DueLists,
    find_due_item,
    get_due_lists,
    list_due_pages,
)
from reporting.dashboards.due_groups import DueGroup, group_due_items, present_due_groups
from reporting.dashboards.due_orders import BY_FAMILY, ORDERS, arrange_due_groups, read_order
from reporting.dashboards.forms import PostponeForm, ReassignForm
from reporting.dashboards.models import DueDecision
from reporting.dashboards.urgent_count import (
    URGENT_KINDS,
    UrgentCount,
    count_urgent,
    count_urgent_items,
    describe_urgent,
    format_due_count,
    format_urgent_count,
)

MINE, EVERYBODY, SUPERVISION, GAPS = "", "all", "supervision", "gaps"
VIEWS = (
    (MINE, "Mine or unassigned"),
    (EVERYBODY, "Everyone at my sites"),
    (SUPERVISION, "Agreed in supervision"),
    (GAPS, "Gaps in records"),
)
LAST_PAGE = MAX_LISTED // PER_PAGE
FAMILIES_SHOWN = 6
MAX_SHOWN_FOR_SAFETY = 20
POSTPONE_DAYS = 14
CSV_HEADERS = (*FAMILY_HEADERS, "To do", "Why", "When")


@policy.permission("read_families", "triage_referrals")
def show_worklist(request: ScopedRequest) -> HttpResponse:
    """What is due, safety first, then overdue, then soonest; by family, date or kind; fifty of each kind a page."""
    on, view, page = timezone.localdate(), _read_view(request), _read_page_number(request)
    order = read_order(request)
    found = get_due_lists(request.scope, on, page=page, counted=KINDS, **_choose_due_lists(view))
    agreed, done = _list_agreed(request)
    urgent = count_urgent(found, on) if view == MINE and page == 1 else None
    items = _select_items(found, agreed, view)
    groups = group_due_items(items, on, done=done if view in (MINE, SUPERVISION) else [])
    whole = request.GET.get("show") == "all" or page > 1 or order != BY_FAMILY
    first = len(groups) if whole else _count_shown(groups)
    shown = present_due_groups(request.scope, groups[:first], on)
    request.access_log.listed.update(group["family"] for group in shown if group["family"])
    context = {
        "groups": arrange_due_groups(shown, order),
        "orders": ORDERS,
        "order": order,
        "more_families": _describe_hidden(groups[first:]),
        "view": view,
        "views": _present_views(found, agreed, view),
        "summary": _summarise(items, len(groups), on, urgent),
        "urgent_count": format_urgent_count(urgent) if urgent else "",
        "page": page,
        "more": view != SUPERVISION and bool(found.goes_on),
        "gaps_href": reverse("record-gaps") if request.scope.may("read_families") else None,
    }
    return render(request, "dashboards/worklist.html", context)


@policy.permission("read_families", "triage_referrals", background=True)
def show_urgent_count(request: ScopedRequest) -> HttpResponse:
    """The number beside To do, for pages that did not work it out: asked by the header's script."""
    on = timezone.localdate()
    count = format_urgent_count(count_urgent(get_due_lists(request.scope, on, kinds=URGENT_KINDS), on))
    return JsonResponse({"text": count}, headers={"Cache-Control": "no-store"})


@policy.permission("read_families", "triage_referrals")
def download_worklist(request: ScopedRequest) -> HttpResponse:
    """All of the view as a CSV file (at most 500 of each kind), with the families noted as listed."""
    on, view = timezone.localdate(), _read_view(request)
    agreed, _done = _list_agreed(request)
    items = _list_all_items(request, on, agreed, view)
    groups = present_due_groups(request.scope, group_due_items(items, on), on, with_contacts=False)
    request.access_log.listed.update(group["family"] for group in groups if group["family"])
    rows = ([*build_family_cells(row["line"]), row["title"], row["why"], row["chip"]]
            for group in arrange_due_groups(groups, read_order(request)) for row in group["rows"])  # fmt: skip
    return build_csv_response(f"to-do-{on:%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _list_all_items(request: ScopedRequest, on: date, agreed: list[DueItem], view: str) -> list[DueItem]:
    if view == SUPERVISION:
        return agreed
    pages = list_due_pages(request.scope, on, **_choose_due_lists(view))
    return [item for found in pages for item in _select_items(found, agreed, view)]


def _choose_due_lists(view: str) -> dict[str, Any]:
    """What ``get_due_lists`` is asked for."""
    return {"everybody": view == EVERYBODY, "kinds": (DATA_QUALITY,) if view == GAPS else URGENT_KINDS}


def _count_shown(groups: list[DueGroup]) -> int:
    """So many families at first, and more where there is something about safety: those come first."""
    return max(FAMILIES_SHOWN, min(sum(group.is_about_safety for group in groups), MAX_SHOWN_FOR_SAFETY))


def _describe_hidden(groups: list[DueGroup]) -> str:
    """“4 more families”, “31 more families, 12 of them about safety”; '' of none."""
    about_safety = sum(group.is_about_safety for group in groups)
    rest = f", {about_safety} of them about safety" if about_safety else ""
    return f"{format_plural(len(groups), 'more family', 'more families')}{rest}" if groups else ""


def _read_view(request: ScopedRequest) -> str:
    asked = request.GET.get("view", MINE)
    return asked if asked in dict(VIEWS) else MINE


def _read_page_number(request: ScopedRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() else 1


def _select_items(found: DueLists, agreed: list[DueItem], view: str) -> list[DueItem]:
    """Gaps in records are a list of their own, and not among what is to do."""
    if view == SUPERVISION:
        return agreed
    if view == GAPS:
        return found.items[DATA_QUALITY]
    return [*found.items[SAFETY], *found.items[CLINICAL]]


def _list_agreed(request: ScopedRequest) -> tuple[list[DueItem], list[dict[str, Any]]]:
    """What I took on in supervision and have not done; what of it I have done today."""
    found = _AGREED_BATCH.list_results(request.scope, user=request.user.pk)
    return (
        [each for each in found if isinstance(each, DueItem)],
        [each for each in found if not isinstance(each, DueItem)],
    )


def _build_agreed_queries(scope: TemplateScope, user: UUID) -> list[Query]:
    return [build_agreed_query(scope, user), build_done_query(scope, user)]


_AGREED_BATCH = PreparedBatch(_build_agreed_queries)


def _present_views(found: DueLists, agreed: list[DueItem], view: str) -> list[dict[str, Any]]:
    """The tabs. What is counted is counted of the list that was read: mine, or everybody's."""
    to_do = format_due_count(found.counts[SAFETY] + found.counts[CLINICAL])
    counts = {EVERYBODY if view == EVERYBODY else MINE: to_do, SUPERVISION: len(agreed)}
    if view != EVERYBODY:
        counts[GAPS] = format_due_count(found.counts[DATA_QUALITY])
    return [
        {
            "text": text,
            "href": f"?view={code}" if code else "?",
            "count": counts.get(code),
            "current": code == view,
        }
        for code, text in VIEWS
    ]


def _summarise(items: list[DueItem], families: int, on: date, urgent: UrgentCount | None) -> str:
    """“16 things for 10 families. For today 6: 1 about safety, 3 overdue, 2 due today.”"""
    shown = urgent or count_urgent_items(items, on)
    things = f"{format_plural(len(items), 'thing')} for {format_plural(families, 'family', 'families')}."
    today = f"For today {format_urgent_count(shown)}: {describe_urgent(shown)}." if shown.total else ""
    return f"{things} {today}".strip() if items else ""


class DueItemPage(FormPage):
    """A form about an item that is due today. Its subject is named as in the list, and no record is opened."""

    template_name = "dashboards/due_decision.html"
    back = PageOf("worklist", text="To do")

    def get_record(self, may: Any) -> DueItem:
        """The item, for whoever may do more here than read."""
        subject_id, code = self.kwargs["subject_id"], self.kwargs["code"]
        item = find_due_item(self.request.scope, timezone.localdate(), subject_id=subject_id, code=code)
        if item is None or not self.is_offered(item):
            raise Http404
        if self.request.scope.may_only_read(at=item.site_id, of=item.family_id):
            raise PermissionDenied
        if item.family_id:
            self.request.access_log.listed.add(item.family_id)
        return item

    def is_offered(self, item: DueItem) -> bool:
        return True

    def get_success_path(self, made: DueDecision) -> str:
        """Back to where it was seen: the family's overview, or the list."""
        if self.request.GET.get("to") == "family" and self.record.family_id:
            return reverse("family", args=[self.record.family_id])
        return super().get_success_path(made)

    def get_context(self, form: Any) -> dict[str, Any]:
        """The item as a row of the list, with whose it is."""
        on = timezone.localdate()
        groups = group_due_items([self.record], on)
        shown = present_due_groups(self.request.scope, groups, on, with_contacts=False)
        return {"item": shown[0]["rows"][0]}


@policy.permission("read_families", "triage_referrals")
class PostponePage(DueItemPage):
    """Postpone a due item, with the reason. Never one about safety."""

    form_class = PostponeForm
    title = "Postpone"
    button = "Postpone"
    message = "Postponed. It will return on that date."

    def is_offered(self, item: DueItem) -> bool:
        return item.kind != SAFETY

    def get_initial(self) -> dict[str, Any]:
        return {"until": timezone.localdate() + timedelta(days=POSTPONE_DAYS)}

    def save(self, form: PostponeForm) -> DueDecision:
        return decide_due_item(item=self.record, by=self.request.user, handed_to=None, **form.cleaned_data)


@policy.permission("read_families", "triage_referrals")
class ReassignPage(DueItemPage):
    """Give a due item to a colleague, with the reason."""

    form_class = ReassignForm
    title = "Reassign"
    button = "Reassign"
    message = "Reassigned. It is now in your colleague’s To do."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"colleagues": _list_colleagues(self.record)}

    def save(self, form: ReassignForm) -> DueDecision:
        return decide_due_item(item=self.record, by=self.request.user, until=None, **form.cleaned_data)


def _list_colleagues(item: DueItem) -> UserQuerySet:
    """Whoever reads families or triages at the item's site."""
    return User.objects.with_permission("read_families", "triage_referrals", at=[item.site_id])
