#!/usr/bin/env python3
"""Reads packed exports by FORMAT.md alone, with numpy and nothing of Pare, and compares every matrix with the dense
export of the same recipe; prints a line a recipe in Markdown.

  tests/benchmarks/unpack.py [--pare build/release/pare] [--model resources/demo] [--calibration wordnet:train]
  tests/benchmarks/unpack.py FOLDER/model.safetensors        # what there is, and how large its numbers are

The second way needs no Pare at all.
"""

import argparse
import json
import math
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "U8": "u1", "I8": "i1", "I32": "<i4", "I64": "<i8"}
RECIPES = [
    "quantize.affine bits=4 group=32 granularity=group", "quantize.affine bits=3", "quantize.affine bits=8 @ embedding.token",
    "quantize.affine bits=5 symmetric=no", "quantize.awq bits=4", "quantize.codebook k=12", "quantize.ternary",
    "quantize.binary granularity=group group=32", "quantize.int8",
    "quantize.smoothquant", "quantize.llm-int8 threshold=3", "prune.magnitude sparsity=0.5", "prune.magnitude sparsity=0.97",
    "prune.magnitude pattern=2:4", "factorize.svd rank=16", "factorize.kronecker keep=0.3", "share.layers mode=all",
]
TOGETHER = ["factorize.svd rank=24", "prune.magnitude sparsity=0.6", "quantize.affine bits=4"]


def read(path):
    """Tensors by name, and what is said of their packing."""
    content = Path(path).read_bytes()
    size, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + size])
    packing = json.loads(header.pop("__metadata__", {}).get("pare", '{"layers": {}}'))
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + size + offset for offset in entry["data_offsets"])
        raw = content[begin:end]
        if entry["dtype"] == "BF16":
            values = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
        else:
            values = np.frombuffer(raw, TYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors, packing["layers"]


def unpacked(raw, bits, count):
    """Numbers of a few bits one after the other, least significant bit first."""
    stream = np.unpackbits(raw.reshape(-1).view(np.uint8), bitorder="little")[:count * bits]
    return (stream.reshape(count, bits) << np.arange(bits)).sum(axis=1) if bits else np.zeros(count, int)


def mask_of(description, name, tensors, shape):
    rows, columns = shape
    if description.get("mask") == "bitmap":
        return unpacked(tensors[name + ".mask"], 1, rows * columns).reshape(shape).astype(bool)
    if description.get("mask") != "indices":
        return None
    width = next(width for width in (1, 2, 4) if columns < 256 ** width)
    counts = tensors[name + ".counts"].reshape(-1).view({1: "u1", 2: "<u2", 4: "<u4"}[width])
    places = unpacked(tensors[name + ".columns"], math.ceil(math.log2(columns)), int(counts.sum()))
    mask = np.zeros(shape, bool)
    mask[np.repeat(np.arange(rows), counts), places] = True
    return mask


def slots_of(codec, shape):
    """Of each weight the number of the scale (or codebook) it uses."""
    rows, columns = shape
    row, column = np.indices(shape)
    if codec["granularity"] == "tensor":
        return np.zeros(shape, int)
    if codec["granularity"] == "channel":
        return row
    return row * math.ceil(columns / codec["group"]) + column // codec["group"]


def decoded(codec, codes, name, tensors):
    slots = slots_of(codec, codes.shape)
    if codec["kind"] == "codebook":
        return tensors[name + ".codebook"].astype(np.float32)[slots, codes]
    scales = tensors[name + ".scales"].astype(np.float32)
    if codec["kind"] == "ternary":
        return scales[slots] * (codes - 1)
    if codec["kind"] == "binary":
        planes = codec.get("planes", 1)
        signs = [2 * (codes >> plane & 1) - 1 for plane in range(planes)]
        parts = scales.reshape(planes, -1)
        return sum(parts[plane][slots] * signs[plane] for plane in range(planes))
    if codec["symmetric"]:
        return scales[slots] * (codes - 2 ** (codec["bits"] - 1))
    zeros = unpacked(tensors[name + ".zeros"], codec["bits"], len(scales))
    return scales[slots] * (codes - zeros[slots])


def bits_of(codec):
    return {"affine": lambda: codec["bits"], "ternary": lambda: 2, "binary": lambda: codec.get("planes", 1),
            "codebook": lambda: math.ceil(math.log2(codec["size"]))}[codec["kind"]]()


def factor(description, name, tensors):
    shape, codec = description["shape"], description["codec"]
    dense = codec["kind"] in ("float32", "float16", "bfloat16")
    mask = mask_of(description, name, tensors, shape) if len(shape) == 2 else None
    if dense and mask is None:
        values = tensors[name].astype(np.float32).reshape(shape)
    elif dense:
        values = np.zeros(shape, np.float32)
        values[mask] = tensors[name + ".codes"].astype(np.float32)
    else:
        count = int(mask.sum()) if mask is not None else math.prod(shape)
        kept = unpacked(tensors[name + ".codes"], bits_of(codec), count)
        codes = np.zeros(shape, int)
        codes[mask if mask is not None else np.ones(shape, bool)] = kept
        values = decoded(codec, codes, name, tensors).astype(np.float32)
        if mask is not None:
            values[~mask] = 0
    if description.get("inputScale"):
        values = values * tensors[name + ".inputScale"].astype(np.float32)
    return values


def weight(description, name, tensors):
    """float32 [out, in]; `name` is that of the checkpoint's own tensor."""
    def part(which):
        return factor(description[which], f"{name}.{which}", tensors)
    form = description.get("form", "")
    if form == "product":
        return part("left") @ part("right")
    if form == "kronecker":
        return np.kron(part("a"), part("b"))
    if form == "columns":
        chosen, rest = part("chosen"), part("rest")
        indices = tensors[name + ".indices"]
        others = np.setdiff1d(np.arange(chosen.shape[1] + rest.shape[1]), indices)
        values = np.empty((chosen.shape[0], len(indices) + len(others)), np.float32)
        values[:, indices], values[:, others] = chosen, rest
        return values
    return factor(description, name, tensors)


BERT = {"attention.query": "attention.self.query", "attention.key": "attention.self.key",
        "attention.value": "attention.self.value", "attention.output": "attention.output.dense",
        "ffn.up": "intermediate.dense", "ffn.down": "output.dense"}


def checkpoint_name(layer):
    """Of a BERT."""
    if layer == "embedding.token":
        return "bert.embeddings.word_embeddings.weight"
    stack, block, rest = layer.split(".", 2)
    return f"bert.{stack}.layer.{block}.{BERT.get(rest, rest)}.weight"


def matrices(path):
    tensors, layers = read(path)
    values = {}
    for layer in layers:
        if ".norm" in layer:
            continue  # two vectors, shared along with matrices or not at all
        owner = layer
        while layers.get(owner, {}).get("form") == "shared":
            owner = layers[owner]["layer"]
        name = checkpoint_name(owner)
        values[layer] = (weight(layers[owner], name, tensors) if owner in layers
                         else tensors[name].astype(np.float32))
    return values


def exported(options, steps, format_, folder):
    command = [options.pare, "export", options.model, "--format", format_, "--output", str(folder),
               "--calibration", options.calibration, "--calibration-examples", "64"]
    for step in steps:
        command += ["--step", step]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return folder / "model.safetensors"


def compare(options, steps, folder):
    ours = matrices(exported(options, steps, "packed", folder / "packed"))
    dense, _ = read(exported(options, steps, "dense", folder / "dense"))
    worst = 0
    for layer, values in ours.items():
        theirs = dense[checkpoint_name(layer)]
        worst = max(worst, float(np.abs(values - theirs).max() / max(np.abs(theirs).max(), 1e-30)))
    return len(ours), worst


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?")
    parser.add_argument("--pare", default=str(root / "build/release/pare"))
    parser.add_argument("--model", default=str(root / "resources/demo"))
    parser.add_argument("--calibration", default="wordnet:train")
    options = parser.parse_args()
    if options.file:
        for layer, values in matrices(options.file).items():
            print(f"{layer}: {list(values.shape)}, root mean square {np.sqrt(np.mean(values ** 2)):.6g}")
        return
    print("| recipe | layers | largest difference, of the largest weight |\n|---|---|---|")
    failed = False
    for steps in [*([recipe] for recipe in RECIPES), TOGETHER]:
        with tempfile.TemporaryDirectory() as folder:
            layers, worst = compare(options, steps, Path(folder))
        failed |= layers == 0 or worst > 1e-6
        print(f"| `{'`, `'.join(steps)}` | {layers} | {worst:.1e} |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
