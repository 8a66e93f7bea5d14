"""What one room alone says is due: the pages ask every room in one query."""

from importlib import import_module

from pairs.access.asking import answers


def due_in(room):
    """due_items(scope, on, families=None) of the room, a dotted path."""
    questions = import_module(f"{room}.due").questions

    def due_items(scope, on, families=None):
        return answers(questions(scope, on, families))

    return due_items
