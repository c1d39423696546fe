"""What a refused request says: field → text in the reader's language."""

from pydantic import ValidationError
from starlette.requests import Request

from langagent.core import i18n
from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.responses import language_of

_KEYS = {
    "missing": "validation.missing",
    "extra_forbidden": "validation.unknown_field",
    "string_too_short": "validation.too_short",
    "string_too_long": "validation.too_long",
    "too_short": "validation.too_few",
    "too_long": "validation.too_many",
    "greater_than_equal": "validation.too_small",
    "greater_than": "validation.too_small",
    "less_than_equal": "validation.too_large",
    "less_than": "validation.too_large",
    "enum": "validation.not_a_choice",
    "literal_error": "validation.not_a_choice",
    "json_invalid": "validation.not_json",
}


def refused(error: ValidationError, request: Request) -> AppError:
    """VALIDATION_ERROR with one text per field; the values sent are not repeated."""
    language = language_of(request.scope)
    details: dict[str, str] = {}
    for problem in error.errors(include_input=False, include_url=False, include_context=True):
        field = ".".join(str(part) for part in problem["loc"]) or "body"
        limits = {name: value for name, value in problem.get("ctx", {}).items() if isinstance(value, int | float | str)}
        details[field] = i18n.text(
            language, _KEYS.get(problem["type"], "validation.wrong_type"), limits=_limits(limits)
        )
    return AppError(ErrorCode.VALIDATION_ERROR, details=_innermost(details))


def _innermost(details: dict[str, str]) -> dict[str, str]:
    """Leaves out a list or object whose parts are refused: pydantic counts only the parts that are right."""
    return {
        field: text for field, text in details.items() if not any(other.startswith(f"{field}.") for other in details)
    }


def _limits(context: dict[str, int | float | str]) -> str:
    order = ("min_length", "max_length", "ge", "gt", "le", "lt", "expected")
    return ", ".join(str(context[name]) for name in order if name in context)
