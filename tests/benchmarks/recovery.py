#!/usr/bin/env python3
"""Measures what training gives back to compressed models: each recipe as it is and after --recover, in a
table in Markdown; the last line is everything as one JSON document.

  tests/benchmarks/recovery.py [--pare build/release/pare] [--model resources/demo] [--threads N]
                               [--train wordnet:train] [--dev wordnet:dev] [--data wordnet:test]
                               [--epochs 1] [--rate 1e-4] [--seed 0] [--rows N]
                               [--project recovery.pare]

The work is one `pare sweep` for what nothing was learnt of and one for each way of learning. Runs are kept
in the project, so that a second call goes on where the first one stopped. --rows takes that many examples of
--train, evenly spread; those of WordNet as the model's tokenizer reads them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from shares import Share, written_share

# As `pare sweep --technique` takes them.
TWO_BITS = "quantize.affine bits=2"
RECIPES = [
    TWO_BITS,
    "quantize.ternary",
    "prune.magnitude sparsity=0.9",
    "share.layers mode=all",
    "factorize.svd keep=0.3",
]
# There is nothing before the training of these.
LEARNT = ["prune.movement sparsity=0.9", "prune.soft-movement"]
# Split into two binary planes half-way, as many passes together, with BinaryBERT's five times higher learning
# rate after it; and bits that come down from 8.
SPLIT = "quantize.ternary"
LOWERED = TWO_BITS
SPLIT_RATE_FACTOR = 5
# What the original teaches, as --recover's method.
TAUGHT = {"kd": [TWO_BITS], "tinybert": [TWO_BITS]}


def arguments():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--model", default=str(root / "resources/demo"))
    parser.add_argument("--train", default="wordnet:train")
    parser.add_argument("--dev", default="wordnet:dev")
    parser.add_argument("--data", default="wordnet:test")
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=1e-4,
                        help="learning rate before a split, where it has one of its own after it")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--project", default="recovery.pare")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    options.learnt = f"{options.rows} examples of {options.train}" if options.rows else options.train
    return options


def output_of(options, command):
    """What the program printed; what goes wrong it tells by itself."""
    computes = options.threads and command[0] != "tokenize"
    threads = ["--threads", str(options.threads)] if computes else []
    done = subprocess.run([options.pare, *command, "--json", *threads], stdout=subprocess.PIPE,
                          check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def sweep(options, lines, recovery=None):
    """The runs of these lines, in their order."""
    command = ["sweep", options.model, "--data", options.data, "--seed", str(options.seed),
               "--project", options.project]
    if recovery:
        command += ["--train", options.train, "--dev", options.dev, "--recover", recovery]
    for line in lines:
        command += ["--technique", line]
    by_technique = {run["recipe"]["steps"][0]["technique"]: run
                    for run in output_of(options, command)["runs"]}
    return [by_technique[line.split()[0]] for line in lines]


def measured(options):
    """(recipe, method, the run before, the run after), the one before missing where there is none."""
    epochs = f"epochs={options.epochs:g}"
    before = dict(zip(RECIPES, sweep(options, RECIPES), strict=True))
    lines = RECIPES + LEARNT
    rows = [(line, "", before.get(line), run)
            for line, run in zip(lines, sweep(options, lines, epochs), strict=True)]
    for method, taught in TAUGHT.items():
        runs = sweep(options, taught, f"{epochs} method={method}")
        rows += [(line, method, before[line], run) for line, run in zip(taught, runs, strict=True)]
    half = options.epochs / 2
    for line, ways in {SPLIT: [f"epochs={half:g} split-epochs={half:g}",
                               f"epochs={half:g} split-epochs={half:g} "
                               f"learning-rate={options.rate:g} "
                               f"split-rate={SPLIT_RATE_FACTOR * options.rate:g}"],
                       LOWERED: [f"{epochs} bits-from=8"]}.items():
        for way in ways:
            run, = sweep(options, [line], way)
            rows.append((line, way, before[line], run))
    return sorted(rows, key=lambda row: lines.index(row[0]))


def accuracy(run):
    return run["metrics"][run["primaryMetric"]]


def accuracy_text(run):
    if not run:
        return ""
    of_all = accuracy(run)
    return (f"{100 * of_all['value']:.1f} % "
            f"({100 * of_all['low']:.1f} … {100 * of_all['high']:.1f})")


def passes(run):
    """Over the data, of all stages of the training together."""
    points = run["training"]["points"]
    return points[-1]["epoch"] if points else 0


def row_of(line, method, before, after):
    learnt_from = (f"the labels, `{method}`" if "=" in method
                   else f"the original, by `{method}`" if method else "the labels")
    return (f"| `{line}` | {learnt_from} | {after['bytes'] / 1e6:.2f} MB | {accuracy_text(before)} | "
            f"{accuracy_text(after)} | {passes(after):g} | {after['training']['seconds']:.0f} |")


def print_table(options, rows):
    run = rows[0][3]
    of_all = run["baseline"]["metrics"][run["primaryMetric"]]
    print(f"\nThe original: {run['baseline']['bytes'] / 1e6:.2f} MB, {100 * of_all['value']:.1f} % "
          f"({100 * of_all['low']:.1f} … {100 * of_all['high']:.1f}) of {of_all['n']} examples. Learnt from: "
          f"{options.learnt}, the best epoch chosen on {options.dev}; {run['threads']} threads.\n")
    print("| recipe | learns from | size | accuracy before (95 %) | after | passes | seconds |\n"
          "|---|---|---|---|---|---|---|")
    for row in rows:
        print(row_of(*row))


def without_points(run):
    """All but layers and curve, which are long."""
    short = {name: value for name, value in run.items() if name != "layers"}
    if "training" in short:
        short["training"] = {name: value for name, value in run["training"].items()
                             if name != "points"}
    return short


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        if options.rows:
            options.train = written_share(lambda command: output_of(options, command), options.model,
                                          Share(options.train, options.rows), Path(folder))
        rows = measured(options)
    print_table(options, rows)
    print(json.dumps([{"recipe": line, "method": method or "task", "passes": passes(after),
                       "before": before and without_points(before), "after": without_points(after)}
                      for line, method, before, after in rows]))


if __name__ == "__main__":
    main()
