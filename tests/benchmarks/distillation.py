#!/usr/bin/env python3
"""Lets a small student learn from a teacher by every method, and from the labels alone, and prints a
table of both in Markdown; the last line is everything as one JSON document.

  tests/benchmarks/distillation.py [--pare build/release/pare] [--teacher resources/demo] [--threads N]
                                   [--data wordnet:train] [--dev wordnet:dev] [--test wordnet:test]
                                   [--step 'prune.layers count=2' | --student CONFIG.json]
                                   [--methods kd,pkd,…]
                                   [--seeds 3] [--epochs 1] [--before 1] [--rows N] [--corpus TEXT]
                                   [--rate X] [--kept FILE.json]

The student is the teacher after --step: the same layers for every method, seed and for the student that
learns alone, which is `pare run --recover`. With --student it is a new model that begins from nothing, and alone
it is `pare train --config`. --epochs is how many passes over the task's data each of
them makes, a part of one being allowed; --before multiplies how many a method makes besides (its own
defaults, EXTRA). A student alone is trained twice, for as many passes as the method's on the task
and for as many as all of the method's together, and what is compared is the better of the two, by mean
accuracy on --test. One who wants to choose differently finds both in the JSON.

--rows takes that many examples of --data, evenly spread; those of WordNet as the teacher's tokenizer reads
them. Methods that learn from text without labels read --corpus (a text a line) where one is given, and the
texts of the data otherwise: few labels and much text is what they are for. With --kept every training is kept in a file, and a second call goes on where the first one stopped.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from shares import Share, written_share

# Passes that a method makes beside those on the task, by setting, as the program has them.
EXTRA = {
    "kd": {},
    "pkd": {},
    "distilbert": {"transfer-epochs": 3},
    "tinybert": {"general-epochs": 1, "intermediate-epochs": 2},
    "mobilebert": {"transfer-epochs": 2, "prediction-epochs": 1},
    "minilm": {"transfer-epochs": 2},
    "minilm2": {"transfer-epochs": 2},
    "theseus": {"successor-epochs": 1},
}

# What a kept training must have been made of.
CONDITIONS = ["teacher", "data", "rows", "corpus", "dev", "test", "step", "student", "epochs", "before", "rate"]


def arguments():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--teacher", default=str(root / "resources/demo"))
    parser.add_argument("--data", default="wordnet:train")
    parser.add_argument("--dev", default="wordnet:dev")
    parser.add_argument("--test", default="wordnet:test")
    parser.add_argument("--step", default="prune.layers count=2")
    parser.add_argument("--student")
    parser.add_argument("--methods", default=",".join(EXTRA))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--before", type=float, default=1)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--corpus")
    parser.add_argument("--rate", type=float, help="learning rate of the task, instead of the defaults")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    options.source = options.data
    if options.student:
        options.step = None
    options.methods = options.methods.split(",")
    for method in options.methods:
        if method not in EXTRA:
            parser.error(f"no such method here: {method}; there are {', '.join(EXTRA)}")
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


def check_methods(options):
    """Whether EXTRA still says what the program does by itself."""
    for method in options.methods:
        told = output_of(options, ["techniques", method])
        own = {setting["name"]: float(setting["default"])
               for setting in told["settings"] if setting["name"].endswith("-epochs")}
        if own != EXTRA[method]:
            sys.exit(f"EXTRA does not have the program's defaults of {method}: {own}")


def accuracy(run):
    return run["metrics"][run["primaryMetric"]]


def rate_of(options):
    return ["--learning-rate", f"{options.rate:g}"] if options.rate else []


def begun_alone(options, seed, epochs):
    """A new student trained on the labels, measured from the folder that it was written to."""
    with tempfile.TemporaryDirectory() as folder:
        student = str(Path(folder) / "student")
        trained = output_of(options, ["train", "--config", options.student, "--vocabulary",
                                      str(Path(options.teacher) / "vocab.txt"), "--data", options.data,
                                      "--dev", options.dev, "--epochs", f"{epochs:g}", "--seed", str(seed),
                                      "--output", student, *rate_of(options)])
        run = output_of(options, ["run", student, "--data", options.test])
    return {"accuracy": accuracy(run)["value"], "tokens": trained["tokens"], "seconds": trained["seconds"]}


def learned_alone(options, seed, epochs):
    """The student trained on the labels, measured."""
    if options.student:
        return begun_alone(options, seed, epochs)
    rate = f" learning-rate={options.rate:g}" if options.rate else ""
    run = output_of(options, ["run", options.teacher, "--data", options.test, "--train", options.data,
                              "--dev", options.dev, "--step", options.step, "--seed", str(seed),
                              "--recover", f"epochs={epochs:g}{rate}"])
    return {"accuracy": accuracy(run)["value"], "tokens": run["training"]["tokens"],
            "seconds": run["training"]["seconds"]}


def extra_epochs(options, method):
    return {name: epochs * options.before for name, epochs in EXTRA[method].items()}


def distilled(options, method, seed):
    """The student taught by one method, measured from the folder that it was written to."""
    settings = [f"{name}={value:g}" for name, value in extra_epochs(options, method).items()]
    with tempfile.TemporaryDirectory() as folder:
        student = str(Path(folder) / "student")
        begin = ["--student", options.student] if options.student else ["--step", options.step]
        taught = output_of(options, ["distill", "--teacher", options.teacher, *begin,
                                     "--method", " ".join([method, *settings]), "--data", options.data,
                                     *(["--corpus", options.corpus] if options.corpus else []),
                                     "--dev", options.dev, "--epochs", f"{options.epochs:g}",
                                     "--seed", str(seed), "--output", student, *rate_of(options)])
        run = output_of(options, ["run", student, "--data", options.test])
    return {"accuracy": accuracy(run)["value"],
            "tokens": sum(stage["tokens"] for stage in taught["stages"]),
            "seconds": sum(stage["seconds"] for stage in taught["stages"])}


class Measurements:
    """Every training by name and seed, each carried out once."""

    def __init__(self, options):
        self.options = options
        self.conditions = {name: getattr(options, name) for name in CONDITIONS}
        self.by_name = {}
        if options.kept and options.kept.exists():
            kept = json.loads(options.kept.read_text("utf-8"))
            if kept["conditions"] != self.conditions:
                sys.exit(f"{options.kept}: measured under other conditions, {kept['conditions']}")
            self.by_name = kept["trainings"]

    def add(self, name, seed, train):
        of_name = self.by_name.setdefault(name, {})
        if str(seed) in of_name:
            return
        result = of_name[str(seed)] = train()
        print(f"{name}, seed {seed}: {100 * result['accuracy']:.2f} %, {result['seconds']:.0f} s",
              file=sys.stderr, flush=True)
        if self.options.kept:
            self.options.kept.write_text(
                json.dumps({"conditions": self.conditions, "trainings": self.by_name}), "utf-8")

    def of(self, name):
        """Those of the seeds asked for."""
        return [self.by_name[name][str(seed)] for seed in range(self.options.seeds)]

    def mean(self, name):
        return sum(result["accuracy"] for result in self.of(name)) / self.options.seeds


def alone(epochs):
    return f"alone, epochs={epochs:g}"


def total_epochs(options, method):
    return options.epochs + sum(extra_epochs(options, method).values())


def measure(options, results):
    """Seed after seed, so that what was stopped early has all methods."""
    for seed in range(options.seeds):
        for method in options.methods:
            for epochs in (options.epochs, total_epochs(options, method)):
                results.add(alone(epochs), seed,
                            lambda epochs=epochs: learned_alone(options, seed, epochs))
            results.add(method, seed, lambda method=method: distilled(options, method, seed))


def verdict(mine, theirs):
    gains = [one["accuracy"] - other["accuracy"] for one, other in zip(mine, theirs, strict=True)]
    better = sum(gain > 0 for gain in gains)
    if better == len(gains):
        return "yes, with every seed"
    return f"in the mean, {better} of {len(gains)} seeds" if sum(gains) > 0 else "no"


def row_of(options, results, method):
    passes = total_epochs(options, method)
    best = max((options.epochs, passes), key=lambda epochs: results.mean(alone(epochs)))
    mine = results.of(method)
    values = [result["accuracy"] for result in mine]
    return {"method": method, "passes": passes, "mean": results.mean(method), "lowest": min(values),
            "highest": max(values), "alone": results.mean(alone(best)), "alonePasses": best,
            "tokensPerSecond": sum(result["tokens"] for result in mine) /
                               sum(result["seconds"] for result in mine),
            "beats": verdict(mine, results.of(alone(best)))}


def print_table(options, rows, teacher, untrained):
    learnt = f"{options.rows} examples of {options.source}" if options.rows else options.source
    student = (f"`{options.step}`, untrained: {100 * untrained['value']:.1f} %" if options.step
               else f"{options.student}, from nothing")
    print(f"\nThe teacher: {100 * teacher['value']:.1f} % of {teacher['n']} examples. The student, "
          f"{student}. Learnt from: {learnt}, "
          f"{options.epochs:g} times on the task, {options.seeds} seeds; a method's passes before or after that: "
          f"its defaults times {options.before:g}. The student alone was trained for as many passes as the method "
          "makes on the task, and for as many as it makes in all; the better of the two stands here.\n")
    print("| method | passes in all | accuracy, mean | over seeds | student alone (passes) | difference | "
          "tokens/s | beats it |\n|---|---|---|---|---|---|---|---|")
    for row in rows:
        difference = 100 * (row["mean"] - row["alone"])
        print(f"| `{row['method']}` | {row['passes']:g} | {100 * row['mean']:.2f} % | "
              f"{100 * row['lowest']:.2f} … {100 * row['highest']:.2f} | "
              f"{100 * row['alone']:.2f} % ({row['alonePasses']:g}) | "
              f"{difference:+.2f} | ".replace("| -", "| −") +
              f"{row['tokensPerSecond']:.0f} | {row['beats']} |")


def main():
    options = arguments()
    check_methods(options)
    untrained = output_of(options, ["run", options.teacher, "--data", options.test,
                                    *(["--step", options.step] if options.step else [])])
    results = Measurements(options)
    with tempfile.TemporaryDirectory() as folder:
        if options.rows:
            options.data = written_share(lambda command: output_of(options, command), options.teacher,
                                         Share(options.data, options.rows), Path(folder))
        measure(options, results)
    rows = [row_of(options, results, method) for method in options.methods]
    teacher = accuracy({**untrained["baseline"], "primaryMetric": untrained["primaryMetric"]})
    print_table(options, rows, teacher, accuracy(untrained))
    print(json.dumps({"options": results.conditions, "seeds": options.seeds, "teacher": teacher, "untrained": accuracy(untrained),
                      "rows": rows, "trainings": results.by_name}))


if __name__ == "__main__":
    main()
