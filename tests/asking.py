"""What one room alone says is due: the pages ask every room in one query."""

from importlib import import_module

from pairs.access.asking import answers


def due_in(room):
    """due_items(scope, on, families=None) of the room, a dotted path."""
    module = import_module(f"{room}.due")

    def due_items(scope, on, families=None):
        offered = [
            getattr(module, name) for name in ("questions", "family_questions") if hasattr(module, name)
        ]
        return answers([each for questions in offered for each in questions(scope, on, families)])

    return due_items
