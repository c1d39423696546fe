"""`python -m ops.environment.example > .env.example`: the file that shows every setting."""

import sys

from langagent.settings import SETTINGS, Required, Setting

PLACEHOLDER = "change-me"
SUGGESTIONS = {
    "DATABASE_URL": f"postgresql://langagent_app:{PLACEHOLDER}@db:5432/langagent",
    "REDIS_URL": "redis://redis:6379/0",
}
_HEADER = """\
# Every setting of LangAgent. `langagent env init` makes a .env of this file, with its secrets generated;
# `langagent env check` lists what is still to be filled in. What is commented out has the default shown.
"""
_WHEN = {
    Required.NEVER: "",
    Required.ALWAYS: " Required.",
    Required.PRODUCTION: " Required in production.",
    Required.SERVER: " Required on a server.",
}


def example() -> str:
    """Return the text of `.env.example`."""
    groups = dict.fromkeys(setting.group for setting in SETTINGS)
    return _HEADER + "".join(_section(group) for group in groups)


def _section(group: str) -> str:
    entries = [_entry(setting) for setting in SETTINGS if setting.group == group]
    return f"\n# ---- {group} ----\n" + "".join(entries)


def _entry(setting: Setting) -> str:
    assignment = f"{setting.name}={SUGGESTIONS.get(setting.name) or _default(setting)}"
    comment = "" if setting.required is Required.ALWAYS else "#"
    return f"\n# {setting.doc}.{_WHEN[setting.required]}\n{comment}{assignment}\n"


def _default(setting: Setting) -> str:
    if setting.required is Required.ALWAYS:
        return PLACEHOLDER
    if setting.secret:
        return ""
    if isinstance(setting.default, tuple):
        return ",".join(map(str, setting.default))
    return str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)


if __name__ == "__main__":
    sys.stdout.write(example())
