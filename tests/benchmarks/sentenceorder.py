#!/usr/bin/env python3
"""Trains one model with next sentence prediction and one with sentence order prediction on the same
running text, and scores each on both: the comparison of ALBERT (Lan et al. 2020, table 5).

    sentenceorder.py --pare build/release/pare --corpus TEXT --init resources/demo

TEXT is plain text, a blank line between documents; or "kjv", the King James Bible as the Debian
package bible-kjv prints it, a document to each chapter. Every tenth document is kept for scoring.
Prints a table in Markdown and one JSON document in the last line.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def king_james():
    """Chapters of the Bible, without the numbers of the verses."""
    text = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], check=True, capture_output=True,
                          text=True).stdout
    chapters = {}
    for line in text.splitlines():
        verse = re.match(r"(\S+?):\d+ (.*)", line)
        if verse:
            chapters.setdefault(verse[1], []).append(verse[2])
    return ["\n".join(verses) for verses in chapters.values()]


def documents(source):
    if source == "kjv":
        return king_james()
    blocks = re.split(r"\n\s*\n", Path(source).read_text(encoding="utf-8"))
    return [block for block in blocks if block.strip()]


def trained(options, objective, folder):
    command = [options.pare, "train", "--init", options.init, "--objective", f"mlm+{objective}",
               "--corpus", folder / "train.txt", "--dev", folder / "dev.txt", "--output",
               folder / objective, "--epochs", str(options.epochs), "--seed", str(options.seed),
               "--threads", str(options.threads), "--json"]
    result = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def interval(share, n):
    """Wilson's, 95 %."""
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * ((share * (1 - share) + z * z / (4 * n)) / n) ** 0.5 / (1 + z * z / n)
    return f"{100 * share:.1f} ({100 * (middle - half):.1f}–{100 * (middle + half):.1f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pare", required=True)
    parser.add_argument("--corpus", default="kjv")
    parser.add_argument("--init", required=True, help="model folder both begin with")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    found = documents(options.corpus)
    if len(found) < 20:
        sys.exit(f"{options.corpus}: expected at least 20 documents, found {len(found)}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        dev = found[::10]
        train = [text for i, text in enumerate(found) if i % 10]
        (folder / "train.txt").write_text("\n\n".join(train), encoding="utf-8")
        (folder / "dev.txt").write_text("\n\n".join(dev), encoding="utf-8")
        reports = {name: trained(options, name, folder) for name in ("nsp", "sop")}
    print(f"{len(train)} documents to learn from, {len(dev)} to be scored on, "
          f"{options.epochs:g} epochs, accuracy in % (95 %)\n")
    print("| trained with | masked tokens | scored on NSP | scored on SOP | seconds |")
    print("|---|---|---|---|---|")
    results = {}
    for name, report in reports.items():
        last = report["evaluations"][-1]
        scores = last["scores"]
        results[name] = dict(scores, n=last["n"], tokensPerSecond=report["tokensPerSecond"])
        print(f"| mlm+{name} | {100 * scores['mlm']:.1f} | {interval(scores['nsp'], last['n'])} | "
              f"{interval(scores['sop'], last['n'])} | {report['seconds']:.0f} |")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
