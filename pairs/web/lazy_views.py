"""Views by the name of their module: an address is known at once, and its page is imported when it is first asked for.

What only makes addresses (a job that writes a link into an e-mail, a command) loads no page, no form and no API for it.
A web process imports all of them before it forks: see pairs.web.preload.
"""

from functools import cached_property
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, include, path


class LazyView:
    """Stands for one view in a URLconf. Whatever is asked of it but its name is asked of the view."""

    def __init__(self, module: str, name: str, *, before_fork: bool) -> None:
        self.__module__, self.__name__, self.__qualname__ = module, name, name
        self.before_fork = before_fork

    @cached_property
    def loaded(self) -> Any:
        """The view. Raises ImportError when there is none of that name."""
        module = import_module(self.__module__)
        if not hasattr(
            module, self.__name__
        ):  # an AttributeError here would have us ask ourselves without end
            raise ImportError(f"{self.__module__} has no view {self.__name__}.")
        view = getattr(module, self.__name__)
        return view.as_view() if isinstance(view, type) else view

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self.loaded(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        if name == "view_class":  # Django asks it of every view while it lists the addresses
            raise AttributeError(name)
        return getattr(self.loaded, name)

    def __repr__(self) -> str:
        return f"<{self.__module__}.{self.__name__}>"


class _LazyModule:
    def __init__(self, name: str, before_fork: bool) -> None:
        self._name, self._before_fork = name, before_fork

    def __getattr__(self, name: str) -> LazyView:
        return LazyView(self._name, name, before_fork=self._before_fork)


def lazy_views(module: str, *, before_fork: bool = True) -> Any:
    """The views of a module by their names, for `path()`: ``notes = lazy_views("interventions.episodes.views")``.

    ``before_fork=False``: asked for so rarely that web processes do not load it ahead.
    """
    return _LazyModule(module, before_fork)


def record_paths(prefix: str, *patterns: URLPattern) -> URLResolver:
    """The addresses of one record: each begins with the prefix, which names it."""
    return path(prefix, include(list(patterns)))
