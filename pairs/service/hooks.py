"""How an app takes part in what is made of all apps: by an agreed name in a module of an agreed name.

| module | function | asked by |
|---|---|---|
| `urls` | `urlpatterns`, `api_patterns` | `config.urls` |
| `due` | `build_due_queries`, `build_family_due_queries` | `reporting.dashboards.due_items` |
| `due` | `build_governance_due_queries` | `reporting.dashboards.governance_home` |
| `chronology` | `build_chronology_queries` | `reporting.dashboards.timeline` |
| `agenda` | `build_agenda_queries`, `KINDS_BY_CODE` | `interventions.supervision.session_agenda` |
| `due_rules` | `build_rule_queries`, `list_rule_items` | `interventions.supervision.session_agenda` |
| `outstanding_work` | `build_outstanding_queries` | `interventions.endings.outstanding_work` |
| `banner_lines` | `build_banner_line_queries` | `pairs.families.banner` |
| `grants` | `query_granted_permissions` | `pairs.access.scope` |
| `own_records` | `list_own_record_queries` | `pairs.access.scope` |
| `family_header` | `build_family_header` | `pairs.families.record_pages` |
| `documents` | `DOCUMENTS` | `pairs.documents.document` |
| `diary_entries` | `build_diary_queries` | `interventions.diary.engagements` |
| `standings` | `build_delivery_query` | `interventions.episodes.deliveries` |
| `referral_progress` | `build_progress_queries` | `referrals.referrer_progress` |
| `booking_warnings` | `list_staff_warnings` | `referrals.record_forms.consultations` |
| `loss_warnings` | `list_loss_warnings` | `pairs.families.record_forms.infants` |
| `draft_families` | `name_families` | `pairs.submissions.views` |
| `field_words` | `CODE_WORDS` | `pairs.families.field_words` |
| `confirmations` | `link_to_family` | `pairs.submissions.form_page` |
| `account_keys` | `revoke_keys` | `pairs.access.account_actions` |
| `family_team` | `list_leads`, `list_team` | `pairs.restrictions.team` |
| `bundle_sections` | `BUNDLE_SECTIONS`, `NOT_IN_BUNDLE` | `pairs.subject_access.sections` |
| `report_sections` | `REPORT_SECTIONS` | `reporting.evidence.sections` |
| `held_work` | `list_held_work`, `list_site_work` | `pairs.service.work_to_hand_over` |
| `sent_notices` | `keep_notice` | `pairs.jobs.notifications` |
| `suppression` | `must_suppress_email` | `pairs.jobs.suppression` |
| `reference_data`, `triggers` | `load_reference_data`, `install_triggers` | `prepare_database` |

So a lower app hears of a higher one without importing it, and a new app needs its folder and a line in INSTALLED_APPS.
"""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

OUR_PACKAGES = {
    "pairs",
    "referrals",
    "interventions",
    "outcomes",
    "reporting",
}  # others have a `urls` as well
PAGE_MODULES = (
    "agenda", "banner_lines", "booking_warnings", "chronology", "confirmations", "cover", "diary_entries",
    "draft_families", "due", "due_rules", "family_header", "family_team", "grants", "loss_warnings", "outstanding_work",
    "own_records", "referral_progress", "standings",
)  # fmt: skip


@cache
def list_hooks(module: str, name: str) -> tuple[Any, ...]:
    """What each app of ours has under this name in its module of that name, in the order of INSTALLED_APPS.

    Apps without the module, or without the name in it, take no part. The apps have to be loaded.
    """
    return tuple(getattr(each, name) for each in _import_modules(module) if hasattr(each, name))


def collect_from_hooks(module: str, name: str, *arguments: Any, **named: Any) -> list[Any]:
    """All that the apps' functions of this name give for these arguments, in the order of INSTALLED_APPS."""
    return [each for ask in list_hooks(module, name) for each in ask(*arguments, **named)]


def load_page_hooks() -> None:
    """Import every app's modules that pages ask: in a web process before it forks (pairs.web.preload)."""
    for name in PAGE_MODULES:
        _import_modules(name)


def _import_modules(name: str) -> list[ModuleType]:
    return [
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in OUR_PACKAGES and module_has_submodule(config.module, name)
    ]
