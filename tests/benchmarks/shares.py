"""A share of labelled examples, for benchmarks that would take too long with all of them."""

import dataclasses
from pathlib import Path


@dataclasses.dataclass
class Share:
    data: str  # a table, or what the program knows by name (wordnet:train)
    rows: int  # how many of it, evenly spread


def named_examples(output_of, model, data, folder):
    """Header and rows of data that are no file: pieces joined to words, and the labels of the same run."""
    read = output_of(["tokenize", model, "--data", data])["texts"]
    predictions = folder / "predictions.tsv"
    output_of(["run", model, "--data", data, "--predictions", str(predictions)])
    labels = [line.split("\t")[1] for line in predictions.read_text("utf-8").splitlines()[1:]]
    texts = [" ".join(text["tokens"][1:-1]).replace(" ##", "") for text in read]
    return "text\tlabel", [f"{text}\t{label}" for text, label in zip(texts, labels, strict=True)]


def written_share(output_of, model, share, folder):
    """Writes them as a table and returns its path. `output_of` runs the program with arguments and
    returns the JSON it prints."""
    source = Path(share.data)
    if source.exists():
        header, *rows = source.read_text("utf-8").splitlines()
    else:
        header, rows = named_examples(output_of, model, share.data, folder)
    count = min(share.rows, len(rows))
    chosen = [rows[i * len(rows) // count] for i in range(count)]
    file = folder / f"rows{source.suffix if source.exists() else '.tsv'}"
    file.write_text("\n".join([header, *chosen]) + "\n", "utf-8")
    return str(file)
