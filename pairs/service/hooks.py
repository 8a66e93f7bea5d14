"""How an app takes part in what is made of all apps: by a function of an agreed name in a module of an agreed name.

| module | function | asked by |
|---|---|---|
| `urls` | `urlpatterns`, `api_patterns` | `config.urls` |
| `due` | `build_due_queries`, `build_family_due_queries` | `reporting.dashboards.due_items` |
| `chronology` | `build_chronology_queries` | `reporting.dashboards.chronology` |
| `outstanding_work` | `build_outstanding_queries` | `interventions.endings.outstanding_work` |
| `banner_lines` | `build_banner_line_queries` | `pairs.families.banner` |
| `grants` | `query_granted_permissions` | `pairs.access.scope` |
| `suppression` | `must_suppress_email` | `pairs.jobs.suppression` |
| `reference_data`, `triggers` | `load_reference_data`, `install_triggers` | `prepare_database` |

So a lower app hears of a higher one without importing it, and a new app needs its folder and a line in INSTALLED_APPS.
"""

from functools import cache
from importlib import import_module
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


@cache
def list_hooks(module: str, name: str) -> tuple[Any, ...]:
    """What each app of ours has under this name in its module of that name, in the order of INSTALLED_APPS.

    Apps without the module, or without the name in it, take no part. The apps have to be loaded.
    """
    modules = [
        import_module(f"{config.name}.{module}")
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in OUR_PACKAGES and module_has_submodule(config.module, module)
    ]
    return tuple(getattr(each, name) for each in modules if hasattr(each, name))
