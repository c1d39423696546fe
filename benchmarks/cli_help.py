"""How long `langagent --help` takes beside a bare Typer application's, turn by turn."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 25
BUDGET = 1.3
BARE = """\
import typer

app = typer.Typer({options})


@app.command()
def first() -> None: ...


@app.command()
def second() -> None: ...


app()
"""


def once(argv: list[str]) -> float:
    """Return the seconds one run takes."""
    began = time.perf_counter()
    subprocess.run(argv, check=True, capture_output=True)
    return time.perf_counter() - began


def measure(commands: dict[str, list[str]]) -> dict[str, float]:
    """Return each command's median in seconds; the runs alternate, so that noise hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, argv in commands.items():
            times[name].append(once(argv))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        scripts = {"bare Typer": "", "bare Typer without rich": "rich_markup_mode=None"}
        commands = {"langagent": [str(Path(sys.executable).with_name("langagent")), "--help"]}
        for name, options in scripts.items():
            script = Path(folder) / f"{name.replace(' ', '_')}.py"
            script.write_text(BARE.format(options=options))
            commands[name] = [sys.executable, str(script), "--help"]
        medians = measure(commands)
    own = medians["langagent"]
    print(f"{'command':<26}{'median ms':>10}{'langagent is':>14}")
    for name, seconds in medians.items():
        print(f"{name:<26}{seconds * 1000:>10.1f}{own / seconds:>13.2f}×")
    return int(own / medians["bare Typer"] > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
