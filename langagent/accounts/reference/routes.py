"""HTTP: reference data and legal texts, for everybody."""

from dataclasses import dataclass

from langagent.accounts.legal import legal_text
from langagent.accounts.reference.models import LegalAnswer, LegalQuery, Meta
from langagent.core.http.operation import Call, Operation
from langagent.core.http.responses import language_of
from langagent.core.http.schemas import NoBody, NoQuery


@dataclass(frozen=True, slots=True)
class ReferenceRoutes:
    reference: Meta

    def operations(self) -> tuple[Operation, ...]:
        legal = "/api/legal"
        return (
            Operation("GET", "/api/meta", self.meta, "Languages, plans, ways to sign in", answer=Meta, public=True),
            Operation(
                "GET", f"{legal}/privacy-policy", self.privacy_policy, "Privacy policy",
                query=LegalQuery, answer=LegalAnswer, public=True,
            ),
            Operation(
                "GET", f"{legal}/terms-of-service", self.terms_of_service, "Terms of service",
                query=LegalQuery, answer=LegalAnswer, public=True,
            ),
        )  # fmt: skip

    async def meta(self, call: Call[NoBody, NoQuery]) -> Meta:  # noqa: ARG002
        return self.reference

    async def privacy_policy(self, call: Call[NoBody, LegalQuery]) -> LegalAnswer:
        return _legal("privacy-policy", call)

    async def terms_of_service(self, call: Call[NoBody, LegalQuery]) -> LegalAnswer:
        return _legal("terms-of-service", call)


def _legal(document: str, call: Call[NoBody, LegalQuery]) -> LegalAnswer:
    text = legal_text(document, call.query.lang or language_of(call.request.scope))
    return LegalAnswer(version=text.version, effective_date=text.effective_date, content=text.content)
