"""What the rules say of families, for apps below that ask for some of the rules alone (pairs/service/hooks.py)."""

from reporting.dashboards.due_cache import build_rule_queries, list_rule_items

__all__ = ["build_rule_queries", "list_rule_items"]
