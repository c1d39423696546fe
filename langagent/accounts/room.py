"""The accounts room, built whole."""

from dataclasses import dataclass

from langagent.accounts.onboarding.routes import OnboardingRoutes
from langagent.accounts.onboarding.service import Drafts
from langagent.accounts.plans.models import Resource
from langagent.accounts.plans.service import Plans
from langagent.accounts.profiles import queries as profile_queries
from langagent.accounts.profiles.routes import ProfileRoutes
from langagent.accounts.profiles.service import Profiles
from langagent.accounts.reference.routes import ReferenceRoutes
from langagent.accounts.reference.service import meta
from langagent.accounts.sessions import queries as session_queries
from langagent.accounts.sessions.access_tokens import AccessTokens
from langagent.accounts.sessions.authenticator import TokenAuthenticator
from langagent.accounts.sessions.cookies import RefreshCookies
from langagent.accounts.sessions.memory import SessionMemory
from langagent.accounts.sessions.routes import SessionRoutes
from langagent.accounts.sessions.service import Sessions
from langagent.accounts.sign_in import queries as code_queries
from langagent.accounts.sign_in.one_time import SignInCodes
from langagent.accounts.sign_in.routes import SignInRoutes
from langagent.accounts.sign_in.service import SignIn
from langagent.accounts.users.erasure import Erasure
from langagent.accounts.users.export import Export
from langagent.accounts.users.personal_data import PersonalData
from langagent.accounts.users.routes import UserRoutes
from langagent.accounts.users.service import Users
from langagent.core.floor import Floor
from langagent.core.http.client_address import networks
from langagent.core.http.operation import Operation
from langagent.jobs.service import Jobs
from langagent.jobs.tasks import Purge


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the rooms above build on; ``purges`` are for the nightly clean-up."""

    plans: Plans
    personal: PersonalData
    users: Users
    profiles: Profiles
    drafts: Drafts
    codes: SignInCodes
    authenticator: TokenAuthenticator
    operations: tuple[Operation, ...]
    purges: tuple[Purge, ...]


def open_accounts(floor: Floor, jobs: Jobs) -> Accounts:
    """Raises: SettingsError for a PLAN_LIMITS_JSON that names what does not exist."""
    settings, clock = floor.settings, floor.clock
    tokens = AccessTokens(settings, clock)
    memory = SessionMemory(floor.cache, tokens.life)
    plans, personal, drafts = Plans(settings, clock), PersonalData(), Drafts(floor.cache)
    sessions = Sessions(floor, tokens, memory)
    users = Users(floor, plans, memory, personal)
    profiles = Profiles(floor, plans, users, drafts)
    codes = SignInCodes(settings, clock, users)
    cookies = RefreshCookies(settings)
    personal.collect("sessions", session_queries.exported)
    personal.collect("profiles", profile_queries.exported)
    personal.count_usage(Resource.PROFILES, profile_queries.count)
    sign_in = SignIn(floor, users, sessions, codes)
    trusted = networks(settings.trusted_proxies)
    routes = (
        SignInRoutes(sign_in, cookies, clock, trusted, settings.dev_sign_in),
        SessionRoutes(sessions, cookies, clock),
        UserRoutes(users, Export(floor, personal), Erasure(floor, sessions, memory, drafts, jobs)),
        ProfileRoutes(profiles),
        OnboardingRoutes(drafts),
        ReferenceRoutes(meta(settings, plans)),
    )
    return Accounts(
        plans=plans,
        personal=personal,
        users=users,
        profiles=profiles,
        drafts=drafts,
        codes=codes,
        authenticator=TokenAuthenticator(floor, tokens, memory),
        operations=tuple(operation for each in routes for operation in each.operations()),
        purges=(session_queries.purge, code_queries.purge, profile_queries.purge),
    )
