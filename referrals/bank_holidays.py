"""The bank holidays of England, substitute days included, for whatever year is asked."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays


def load_country(name: str) -> Any:
    """One country's module of the `holidays` package. Raises FileNotFoundError when there is none of that name.

    Asking the package itself for a country loads all 250 of them: 300 modules and 11 MB in every process.
    """
    path = Path(holidays.__file__).parent / "countries" / f"{name}.py"
    spec = spec_from_file_location(f"holidays_of_{name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ENGLAND = load_country("united_kingdom").UnitedKingdom(subdiv="ENG")
