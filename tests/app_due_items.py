"""What one app alone says is due: the pages ask every app in one query."""

from importlib import import_module

from pairs.access.batch_query import run_queries


def make_due_items(app):
    """A function (scope, on, families=None) that lists the due items of the app, a dotted path."""
    module = import_module(f"{app}.due")

    def list_app_due_items(scope, on, families=None):
        offered = [
            getattr(module, name)
            for name in ("build_due_queries", "build_family_due_queries")
            if hasattr(module, name)
        ]
        return run_queries([each for questions in offered for each in questions(scope, on, families)])

    return list_app_due_items
