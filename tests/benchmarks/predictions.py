#!/usr/bin/env python3
"""Measures random recipes and compares each with what the others and the response table would have predicted; prints a
table in Markdown, the worst first, and JSON in the last line.

  tests/benchmarks/predictions.py --project P.pare [--pare build/release/pare] [--model resources/demo] [--data wordnet:dev]
                                  [--recipes 50] [--seed 5] [--threads N]

Every layer of a recipe gets one of a few options or none; how many do, and which options, differs from recipe to
recipe. A second call with the same project measures only what is missing.
"""

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

OPTIONS = [*(f"quantize.affine bits={bits}" for bits in (8, 4, 3, 2)),
           *(f"prune.magnitude sparsity={sparsity}" for sparsity in (0.5, 0.9)), "factorize.svd keep=0.5"]
ROLES = {"query", "key", "value", "output", "up", "down"}


def output_of(options, *arguments):
    done = subprocess.run([options.pare, *arguments, "--json"], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def recipes(layers, count, seed):
    """Steps of each recipe."""
    chance = random.Random(seed)
    for _ in range(count):
        share = chance.choice([0.3, 0.6, 1])
        options = chance.sample(OPTIONS, chance.randint(1, len(OPTIONS)))
        chosen = {}
        for layer in layers:
            if chance.random() < share:
                chosen.setdefault(chance.choice(options), []).append(layer)
        yield [f"{option} @ {','.join(names)}" for option, names in chosen.items()]


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--model", default=str(root / "resources/demo"))
    parser.add_argument("--data", default="wordnet:dev")
    parser.add_argument("--project", required=True)
    parser.add_argument("--recipes", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    threads = ["--threads", str(options.threads)]

    sweep = ["sweep", options.model, "--data", options.data, "--per-layer", "--tolerance", "0", *threads]
    for option in OPTIONS:
        sweep += ["--technique", option]
    output_of(options, *sweep)
    layers = [layer["name"] for layer in output_of(options, "inspect", options.model)["layers"]
              if layer["role"] in ROLES]
    for number, steps in enumerate(recipes(layers, options.recipes, options.seed)):
        if not steps:
            continue
        run = ["run", options.model, "--data", options.data, "--project", options.project, *threads]
        for step in steps:
            run += ["--step", step]
        measured = output_of(options, *run)
        print(f"{number}: {100 * measured['metrics']['accuracy']['value']:.2f} %", file=sys.stderr, flush=True)
    scored = output_of(options, "runs", options.project, "--predictions")
    base = output_of(options, "runs", options.project)["runs"][0]["baseline"]["metrics"]["accuracy"]["value"]
    rows = sorted(scored["predictions"], key=lambda row: -abs(row["predicted"] - row["measured"]))
    print("| run | measured, % | predicted, % (90 %) | summed, % | miss, points |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['run']} | {100 * row['measured']:.2f} | {100 * row['predicted']:.2f} "
              f"({100 * row['low']:.1f} … {100 * row['high']:.1f}) | {100 * row['summed']:.2f} | "
              f"{100 * (row['predicted'] - row['measured']):+.2f} |".replace("| -", "| −"))
    small = [row for row in rows if base - row["measured"] < 0.1]
    mean = lambda some, key: 100 * sum(abs(row[key] - row["measured"]) for row in some) / max(1, len(some))
    print(f"\n{scored['inside']} of {scored['runs']} inside their bands; mean miss {mean(rows, 'predicted'):.2f} points, of sums "
          f"{mean(rows, 'summed'):.2f}; of the {len(small)} that lose less than 10 points {mean(small, 'predicted'):.2f} and "
          f"{mean(small, 'summed'):.2f}.\n")
    print(json.dumps({"inside": scored["inside"], "runs": scored["runs"], "meanMiss": mean(rows, "predicted"),
                      "smallLosses": len(small), "meanMissSmall": mean(small, "predicted")}))


if __name__ == "__main__":
    main()
