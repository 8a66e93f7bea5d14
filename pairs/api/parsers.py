"""How a body is read."""

from io import BytesIO
from typing import Any

from rest_framework import exceptions
from rest_framework.parsers import JSONParser


class SafeJSONParser(JSONParser):
    """JSON whose excessive nesting is a parse error (400) instead of a RecursionError (500)."""

    def parse(
        self, stream: BytesIO, media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError("JSON parse error - nested too deeply.") from None
