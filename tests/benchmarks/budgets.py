#!/usr/bin/env python3
"""Compares what `pare search` finds with the best uniform recipe of the same techniques that fits the same budget, on
examples that neither has seen, and prints a table in Markdown; the last line is JSON.

  tests/benchmarks/budgets.py [--pare build/release/pare] [--model resources/demo] [--data wordnet:dev]
                              [--test wordnet:test] [--threads N] [--budgets 0.09,0.1,0.11,0.12,0.13]

Budgets are shares of the original's bytes. A uniform recipe rounds the matrices of all blocks to one number of
bits and the token table to another; the best of those that fit is chosen on --data, as the search chooses with
what it learns there. Both are measured on --test.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

BITS = [8, 6, 5, 4, 3, 2]


def output_of(options, *arguments):
    threads = ["--threads", str(options.threads)] if options.threads else []
    done = subprocess.run([options.pare, *arguments, "--json", *threads], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def uniform_run(options, blocks, table):
    """Steps and the run on --data."""
    steps = ["--step", f"quantize.affine bits={blocks}", "--step", f"quantize.affine bits={table} @ embedding.token"]
    return steps, output_of(options, "run", options.model, "--data", options.data, *steps)


def accuracy(run):
    return run["metrics"][run["primaryMetric"]]


def percent(interval):
    return f"{100 * interval['value']:.2f} % ({100 * interval['low']:.1f} … {100 * interval['high']:.1f})"


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--model", default=str(root / "resources/demo"))
    parser.add_argument("--data", default="wordnet:dev")
    parser.add_argument("--test", default="wordnet:test")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--budgets", default="0.09,0.1,0.11,0.12,0.13")
    options = parser.parse_args()

    uniform = [uniform_run(options, blocks, table) for blocks in BITS for table in BITS]
    original = uniform[0][1]["baseline"]["bytes"]
    techniques = []
    for places in ("", " @ embedding.token"):
        techniques += ["--technique", f"quantize.affine bits={'|'.join(map(str, BITS))}{places}"]
    rows = []
    for share in map(float, options.budgets.split(",")):
        budget = int(share * original)
        fitting = [(steps, run) for steps, run in uniform if run["bytes"] <= budget]
        steps, _ = max(fitting, key=lambda one: accuracy(one[1])["value"])
        best = output_of(options, "run", options.model, "--data", options.test, *steps)
        found = output_of(options, "search", options.model, "--data", options.data, "--target", f"bytes<={budget}",
                          *techniques)
        with tempfile.TemporaryDirectory() as folder:
            recipe = Path(folder) / "recipe.json"
            recipe.write_text(json.dumps(found["recipe"]), "utf-8")
            chosen = output_of(options, "run", options.model, "--data", options.test, "--recipe", str(recipe))
        rows.append({"budget": budget, "uniform": accuracy(best), "uniformBytes": best["bytes"],
                     "name": "/".join(step.split("bits=")[1].split()[0] for step in steps if step != "--step"),
                     "bytes": chosen["bytes"], "chosen": accuracy(chosen),
                     "predicted": found["predicted"]["accuracy"], "gap": found["certificate"]["gap"],
                     "attempts": found["attempts"]})
        print(f"{budget} bytes: {100 * accuracy(best)['value']:.2f} %, chosen {100 * accuracy(chosen)['value']:.2f} %",
              file=sys.stderr, flush=True)
    print("| budget, bytes | best uniform, bits of blocks/table | its accuracy | chosen, bytes | its accuracy | better | gap |\n"
          "|---|---|---|---|---|---|---|")
    for row in rows:
        difference = 100 * (row["chosen"]["value"] - row["uniform"]["value"])
        print(f"| {row['budget']} | {row['name']} | {percent(row['uniform'])} | {row['bytes']} | "
              f"{percent(row['chosen'])} | {difference:+.2f} | {row['gap']:.1g} |".replace("| -", "| −"))
    better = sum(row["chosen"]["value"] > row["uniform"]["value"] for row in rows)
    print(json.dumps({"better": better, "budgets": len(rows), "rows": rows}))


if __name__ == "__main__":
    main()
