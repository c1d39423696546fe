"""Bases of the schemas that validate requests and answers, and that OpenAPI is made of."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

Item = TypeVar("Item")


class Body(BaseModel):
    """A request body: exact types, unknown fields refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _show_changes(schema: dict[str, Any]) -> None:
    schema["minProperties"] = 1
    for field in schema["properties"].values():
        field.pop("default", None)


class Changes(Body):
    """A PATCH: at least one field, and what is left out stays; defaults stand in for it and mean nothing."""

    model_config = ConfigDict(json_schema_extra=_show_changes)

    @model_validator(mode="after")
    def _demand_one(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("missing", "at least one field is needed")
        return self

    def given(self) -> dict[str, Any]:
        """The fields that were sent."""
        return self.model_dump(exclude_unset=True)


class Query(BaseModel):
    """A query string: text converted, unknown parameters refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """An answer; built by name, so that what is not declared cannot leave."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoBody(Body):
    """An operation without a body."""


class NoQuery(Query):
    """An operation without parameters."""


class Listing(Answer, Generic[Item]):
    """A short list, whole."""

    data: list[Item]


class Pagination(Answer):
    """Where a long list goes on."""

    limit: int
    has_more: bool
    next_cursor: str | None


class Page(Answer, Generic[Item]):
    """One page of a long list."""

    data: list[Item]
    pagination: Pagination


class PageQuery(Query):
    """How much of a long list, from where."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[str, Field(max_length=500)] | None = None


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def no_control_characters(value: str) -> str:
    if any(character < " " and character not in "\n\t" for character in value) or "\x7f" in value:
        raise ValueError("control characters are not allowed")
    return value


def line(maximum: int, minimum: int = 1) -> Any:
    """A text of ``minimum`` to ``maximum`` characters after trimming, without control characters."""
    return Annotated[
        str,
        StringConstraints(min_length=minimum, max_length=maximum),
        BeforeValidator(_strip),
        AfterValidator(no_control_characters),
    ]


Moment = Annotated[AwareDatetime, AfterValidator(lambda value: _utc(value))]


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
