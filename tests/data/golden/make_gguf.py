#!/usr/bin/env python3
"""Makes gguf-blocks.json beside this file: random blocks of each GGUF type, and what the format's own
reader makes of them. Needs numpy and gguf (made with gguf 0.19):

    python3 make_gguf.py
"""

import json
import pathlib

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

BLOCKS = 3
HALVES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0]}  # where halves stand


def main():
    random = np.random.default_rng(11)
    cases = []
    for name in ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"]:
        kind = GGMLQuantizationType[name]
        if name in HALVES:
            size = GGML_QUANT_SIZES[kind][1]
            data = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
            for at in HALVES[name]:
                scales = random.normal(0, 0.05, BLOCKS).astype(np.float16)
                data[:, at : at + 2] = scales.view(np.uint8).reshape(BLOCKS, 2)
            data = data.reshape(1, -1)
        else:
            values = random.normal(0, 1, (1, BLOCKS * 32)).astype(np.float32)
            if name == "F16":
                values = values.astype(np.float16)
            data = values.view(np.uint8)
            if name == "BF16":
                data = np.ascontiguousarray(values.view(np.uint16)[:, 1::2]).view(np.uint8)
        found = dequantize(data if name not in ("F32", "F16") else values, kind)
        cases.append(
            {
                "type": name,
                "bytes": data.reshape(-1).tobytes().hex(),
                "values": [float(v) for v in np.asarray(found, dtype=np.float32).reshape(-1)],
            }
        )
    text = json.dumps({"cases": cases})
    pathlib.Path(__file__).with_name("gguf-blocks.json").write_text(text + "\n")


main()
