"""HTTP: language profiles."""

from dataclasses import dataclass

from langagent.accounts.profiles.models import CreatedProfile, NewProfile, ProfileAnswer, ProfileChanges
from langagent.accounts.profiles.service import Profiles
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import Listing, NoBody, NoQuery

_RULES = (ErrorCode.INVALID_FIELD_VALUE, ErrorCode.INVALID_LEVEL, ErrorCode.TARGET_BELOW_CURRENT)


@dataclass(frozen=True, slots=True)
class ProfileRoutes:
    profiles: Profiles

    def operations(self) -> tuple[Operation, ...]:
        missing = (ErrorCode.PROFILE_NOT_FOUND,)
        return (
            Operation("GET", "/api/profiles", self.listed, "The learner's profiles", answer=Listing[ProfileAnswer]),
            Operation(
                "POST", "/api/profiles", self.create, "Take up a language",
                body=NewProfile, answer=CreatedProfile, status=201, creates=True,
                errors=(*_RULES, ErrorCode.DUPLICATE_LANGUAGE, ErrorCode.LIMIT_REACHED),
            ),
            Operation(
                "GET", "/api/profiles/{id:uuid}", self.read, "One profile", answer=ProfileAnswer, errors=missing
            ),
            Operation(
                "PATCH", "/api/profiles/{id:uuid}", self.change, "Change a profile",
                body=ProfileChanges, answer=ProfileAnswer, errors=(*missing, *_RULES),
            ),
            Operation(
                "DELETE", "/api/profiles/{id:uuid}", self.delete, "Leave a language",
                errors=(*missing, ErrorCode.LAST_PROFILE),
            ),
            Operation(
                "POST", "/api/profiles/{id:uuid}/activate", self.activate, "Study this language now",
                answer=ProfileAnswer, errors=missing,
            ),
        )  # fmt: skip

    async def listed(self, call: Call[NoBody, NoQuery]) -> Listing[ProfileAnswer]:
        return Listing(data=await self.profiles.listed(call.principal))

    async def create(self, call: Call[NewProfile, NoQuery]) -> CreatedProfile:
        return await self.profiles.create(call.principal, call.body)

    async def read(self, call: Call[NoBody, NoQuery]) -> ProfileAnswer:
        return await self.profiles.read(call.principal, call.id())

    async def change(self, call: Call[ProfileChanges, NoQuery]) -> ProfileAnswer:
        return await self.profiles.change(call.principal, call.id(), call.body)

    async def delete(self, call: Call[NoBody, NoQuery]) -> None:
        await self.profiles.delete(call.principal, call.id())

    async def activate(self, call: Call[NoBody, NoQuery]) -> ProfileAnswer:
        return await self.profiles.activate(call.principal, call.id())
