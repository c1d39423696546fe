"""What people are told of a release."""

from dataclasses import dataclass

from ops.notify.channels import Level
from ops.releases.models import Outcome, Release, Result

_WORDS = {"rollback": "Rollback to", "restore": "Restore under"}


@dataclass(frozen=True, slots=True)
class News:
    """A message for whoever wants to hear of releases."""

    title: str
    body: str
    level: Level


def started(release: Release) -> News:
    """Return the news that somebody has begun."""
    return News(f"{_subject(release)} started", f"By {release.who}: {release.command}", Level.INFO)


def ended(release: Release, outcome: Outcome, serving: str) -> News:
    """Return the news of the end; `serving` is the release that serves if this one does not."""
    subject, then = _subject(release), f"{serving or 'Nothing'} serves."
    if outcome.result is Result.GOOD:
        phases = "\n".join(f"{name}: {seconds:.1f} s" for name, seconds in outcome.phases.items())
        warnings = "".join(f"\nWarning: {warning}" for warning in outcome.warnings)
        return News(f"{subject} is live after {outcome.seconds:.0f} s", phases + warnings, Level.GOOD)
    failure = f"At `{outcome.step}`: {outcome.message}" if outcome.step else outcome.message
    if outcome.result is Result.REFUSED:
        return News(f"{subject} was refused", f"{failure}\nNothing was changed. {then}", Level.WARNING)
    if outcome.result is Result.ROLLED_BACK:
        return News(f"{subject} failed and was taken back", f"{failure}\n{then}", Level.BAD)
    return News(f"{subject} failed and needs you", f"{failure}\n{outcome.state}\nNext: langagent status", Level.BAD)


def _subject(release: Release) -> str:
    return f"{_WORDS.get(release.kind, 'Release')} {release.tag}"
