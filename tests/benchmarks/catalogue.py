#!/usr/bin/env python3
"""Measures every technique there is on the demo and prints a table in Markdown, by family.

  tests/benchmarks/catalogue.py [--pare build/release/pare] [--project catalogue.pare] [--threads N]
                                [--model resources/demo] [--data wordnet:test]
                                [--calibration wordnet:train] [--dev wordnet:dev] [--front]

The work is one `pare sweep` over the lines of CATALOGUE; a technique that comes to the program needs one
more line there, and the script ends with an error while it has none, but for those that training learns, which
recovery.py measures. Runs are kept in the project, so
that a second call goes on where the first one stopped. In the table a row stands in bold where no other
row of its family is as small and as accurate: the family's front; with
--front the others are left out.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

# Embeddings are half of a small model, so that what may act on them does.
ALL = "@ role=query,key,value,output,up,down,token-embedding"

# As `pare sweep --technique` takes them.
CATALOGUE = [
    "prune.heads keep=0.75|0.5|0.25",
    "prune.heads keep=0.75|0.5|0.25 importance=gradient",
    "prune.neurons keep=0.75|0.5|0.25",
    "prune.neurons keep=0.75|0.5|0.25 importance=activation|first-order",
    "prune.layers count=5|4|3 mode=every-other|last|importance",
    "prune.vocabulary",
    "share.layers mode=all|attention|ffn|sandwich keep-weights=first|average|best",
    "share.layers mode=groups|cycle|cycle-reverse groups=3 keep-weights=first|average|best",
    "share.layers mode=every-n every=2|3 keep-weights=first|average|best",
    "share.codebook k=16|8|4 " + ALL,
    "factorize.svd keep=0.75|0.5|0.25",
    "factorize.fwsvd keep=0.75|0.5|0.25",
    "factorize.asvd keep=0.75|0.5|0.25",
    "factorize.svd-llm keep=0.75|0.5|0.25",
    "factorize.embedding keep=0.75|0.5|0.25",
    "factorize.safe keep=0.75|0.5|0.25",
    "factorize.kronecker",
    "prune.magnitude sparsity=0.3|0.5|0.7|0.9 " + ALL,
    "prune.magnitude pattern=2:4",
    "prune.wanda sparsity=0.3|0.5|0.7|0.9",
    "prune.wanda pattern=2:4",
    "prune.sparsegpt sparsity=0.3|0.5|0.7|0.9",
    "prune.sparsegpt pattern=2:4",
    "prune.first-order sparsity=0.3|0.5|0.7|0.9",
    "quantize.affine bits=8|4|3|2 group=32 " + ALL,
    "quantize.affine bits=4|3|2 group=32 clip=mse " + ALL,
    "quantize.gptq bits=4|3|2 group=32",
    "quantize.awq bits=4|3|2 group=32",
    "quantize.smoothquant",
    "quantize.int8",
    "quantize.llm-int8",
    "quantize.codebook k=16|8|4 " + ALL,
    "quantize.half " + ALL,
    "quantize.bfloat16 " + ALL,
    "quantize.ternary group=32 " + ALL,
    "quantize.binary group=32 " + ALL,
]


def arguments():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--model", default=str(root / "resources/demo"))
    parser.add_argument("--data", default="wordnet:test")
    parser.add_argument("--calibration", default="wordnet:train")
    parser.add_argument("--dev", default="wordnet:dev")
    parser.add_argument("--project", default="catalogue.pare")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--front", action="store_true")
    return parser.parse_args()


def output_of(command):
    """Standard output; what goes wrong is told by the program itself."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def lines_and_table(pare):
    """The lines of techniques the program has, and its table of them by id, in its order."""
    table = {row["id"]: row for row in output_of([pare, "techniques", "--json"])["techniques"]}
    known = [line for line in CATALOGUE if line.split()[0] in table]
    for line in CATALOGUE:
        if line not in known:
            print(f"not in this program: {line}", file=sys.stderr)
    learnt = {id for id, row in table.items() if row["needs"] == "training"}
    missing = set(table) - learnt - {line.split()[0] for line in known}
    if missing:
        sys.exit("no line in CATALOGUE for: " + ", ".join(sorted(missing)))
    return known, table


def sweep(options, lines):
    command = [options.pare, "sweep", options.model, "--data", options.data, "--calibration",
               options.calibration, "--dev", options.dev, "--project", options.project, "--json"]
    if options.threads:
        command += ["--threads", str(options.threads)]
    for line in lines:
        command += ["--technique", line]
    return output_of(command)["runs"]


def accuracy(run):
    return run["metrics"][run["primaryMetric"]]


def step_text(run, table):
    """The settings as the recipe has them, without choices that nobody made."""
    step = run["recipe"]["steps"][0]
    usual = {setting["name"]: setting["default"] for setting in table[step["technique"]]["settings"]
             if setting["kind"] == "choice"}
    settings = " ".join(f"{name}={value}" for name, value in step["settings"].items()
                        if value != usual.get(name))
    where = " and embeddings" if "token-embedding" in step["layers"] and "," in step["layers"] else ""
    return f"`{step['technique']} {settings}`".replace(" `", "`") + where


def on_front(run, others):
    def beats(other):
        gains = (run["bytes"] - other["bytes"], accuracy(other)["value"] - accuracy(run)["value"])
        return min(gains) >= 0 and max(gains) > 0
    return not any(beats(other) for other in others)


def row(cells, bold):
    return "| " + " | ".join(f"**{cell}**" if bold and cell else cell for cell in cells) + " |"


def cells_of(run, table):
    of_all = accuracy(run)
    share = 100 * run["bytes"] / run["baseline"]["bytes"]
    work = 100 * run["multiplyAdds"] / run["baseline"]["multiplyAdds"]
    return [step_text(run, table), f"{run['bytes'] / 1e6:.2f} MB", f"{share:.0f} %",
            f"{100 * of_all['value']:.1f} % ({100 * of_all['low']:.1f} … {100 * of_all['high']:.1f})",
            str(run["answersChanged"]), f"{run['latencyMs']['median']:.2f} ms", f"{work:.0f} %"]


def print_table(runs, table, front_only):
    baseline = runs[0]["baseline"]
    of_all = baseline["metrics"][runs[0]["primaryMetric"]]
    print(f"\nThe original: {baseline['bytes'] / 1e6:.2f} MB, {100 * of_all['value']:.1f} % "
          f"({100 * of_all['low']:.1f} … {100 * of_all['high']:.1f}) of {of_all['n']} examples, "
          f"{baseline['latencyMs']['median']:.2f} ms an answer, {runs[0]['threads']} threads.\n")
    print("| recipe | size | of the original | accuracy (95 %) | answers changed | one answer | "
          "multiply-adds |\n|---|---|---|---|---|---|---|")
    for family in dict.fromkeys(row["family"] for row in table.values()):
        own = [run for run in runs if table[run["recipe"]["steps"][0]["technique"]]["family"] == family]
        if own:
            print(row([f"*{family}*"] + [""] * 6, False))
        for run in sorted(own, key=lambda run: (-run["bytes"], -accuracy(run)["value"])):
            front = on_front(run, own)
            if front or not front_only:
                print(row(cells_of(run, table), front and not front_only))


def main():
    options = arguments()
    lines, table = lines_and_table(options.pare)
    print_table(sweep(options, lines), table, options.front)


if __name__ == "__main__":
    main()
