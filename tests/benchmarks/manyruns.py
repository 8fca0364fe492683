#!/usr/bin/env python3
"""Fills a copy of a project with copies of its runs and says how long it takes to take one of them back and to list them;
JSON in the last line.

  tests/benchmarks/manyruns.py PROJECT.pare [--pare build/release/pare] [--runs 500] [--turns 5]

Each figure is the median of so many calls of the program, its start among them, in seconds of the processor, which other
programs do not disturb; that of `pare --version` is beside it.
"""

import argparse
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


def fill(project, count):
    """Copies its runs, with what they answered, until there are so many; returns an id from the middle."""
    with sqlite3.connect(project) as base:
        runs = base.execute("SELECT id, time, model, data, bytes, metric, value, document FROM runs").fetchall()
        if not runs:
            sys.exit(f"{project}: no runs to copy")
        answers = {row[0]: row[1:] for row in base.execute("SELECT run, data, original, predicted, logits FROM answers")}
        for number in range(len(runs), count):
            (of, *others, document) = runs[number % len(runs)]
            run = json.loads(document)
            run["id"] = f"{number:012x}"
            base.execute("INSERT INTO runs (id, time, model, data, bytes, metric, value, document) VALUES (?,?,?,?,?,?,?,?)",
                         (run["id"], *others, json.dumps(run)))
            if of in answers:
                base.execute("INSERT INTO answers (run, data, original, predicted, logits) VALUES (?,?,?,?,?)",
                             (run["id"], *answers[of]))
        return base.execute("SELECT id FROM runs WHERE number = (SELECT max(number) / 2 FROM runs)").fetchone()[0]


def median_seconds(command, turns):
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    times = []
    for _ in range(turns):
        start = spent()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(spent() - start)
    return statistics.median(times)


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project")
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = str(Path(folder) / "many.pare")
        shutil.copy(options.project, project)
        run = fill(project, options.runs)
        commands = {"start": ["--version"], "recipe": ["recipe", f"{project}#{run}", "--json"], "list": ["runs", project],
                    "json": ["runs", project, "--json"]}
        seconds = {name: median_seconds([options.pare, *command], options.turns) for name, command in commands.items()}
    print(f"{options.runs} runs: the recipe of one {seconds['recipe']:.2f} s (aim: under a second), a list of all "
          f"{seconds['list']:.2f} s, as JSON {seconds['json']:.2f} s; the program starts in {seconds['start']:.2f} s")
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
