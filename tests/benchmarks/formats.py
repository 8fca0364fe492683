#!/usr/bin/env python3
"""Opens exported GGUF and TorchScript files with the formats' own readers and compares them.

  tests/benchmarks/formats.py [--pare build/release/pare] [--environment DIR] [MODEL] [--recipe STEPS]…
  tests/benchmarks/formats.py --files DENSE GGUF|SCRIPT…

The first exports MODEL (the demo) as it is and after each recipe ("quantize.affine bits=4 group=32; …")
as a dense folder, as GGUF and as TorchScript; the second takes files that are there. Either way the
dense folder is what the others are compared with:

- every tensor of the GGUF file, as pip's gguf reads and widens it, against the dense one of the same
  layer: the relative error is printed, and one above that of its type is a failure; names, shapes and
  keys must be those llama.cpp asks for;
- the same file, run by llama.cpp on texts, against transformers on the dense folder with its tokenizer:
  the largest difference of logits as a share of the largest logit; above 2 % is a failure (llama.cpp
  looks GELU up in half precision, and rounds the inputs of quantized layers to 8 bits);
- the TorchScript file, run by PyTorch, against transformers on the dense folder: the largest difference
  of logits, with padding, in a batch; above --tolerance (0.05 for a file in float16) is a failure.

Without --environment, or where DIR does not exist, a virtual environment is made (in a temporary
folder, or DIR) and the packages are installed into it by pip. The last line is JSON: of each file its
name, bytes, and the largest error. The exit code is 1 where something failed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PACKAGES = ["torch", "transformers", "gguf", "safetensors", "numpy", "xllamacpp"]

# ‖W − written‖/‖W‖: exact, or what rounding the weights of a trained model to that type costs.
CEILINGS = {"F32": 0, "F16": 1e-3, "BF16": 4e-3, "Q8_0": 0.02, "Q5_0": 0.1, "Q5_1": 0.1, "Q4_0": 0.2,
            "Q4_1": 0.2}

LLAMA_TOLERANCE = 0.02  # of the largest logit

TEXTS = ["a small domesticated feline kept as a pet", "the act of running quickly", "a device used to measure heat",
         "a feeling of great happiness", "a large body of water", "a person who writes books",
         "a plant with yellow flowers", "the capital of france", "a musical instrument with strings",
         "money paid for work", "a group of soldiers", "a written agreement"]

HALF_TOLERANCE = 0.05  # of logits, where a TorchScript file holds its values in float16

NAMES = {
    "token_embd": "embeddings.word_embeddings",
    "position_embd": "embeddings.position_embeddings",
    "token_types": "embeddings.token_type_embeddings",
    "token_embd_norm": "embeddings.LayerNorm",
    "cls": "pooler.dense",
    "cls.output": "classifier",
}
BLOCK_NAMES = {
    "attn_q": "attention.self.query",
    "attn_k": "attention.self.key",
    "attn_v": "attention.self.value",
    "attn_output": "attention.output.dense",
    "attn_output_norm": "attention.output.LayerNorm",
    "ffn_up": "intermediate.dense",
    "ffn_down": "output.dense",
    "layer_output_norm": "output.LayerNorm",
}


def hugging_face_name(name):
    """Of a GGUF tensor: "encoder.layer.3.output.dense.weight", without the prefix."""
    stem, part = name.rsplit(".", 1)
    if stem.startswith("blk."):
        _, block, layer = stem.split(".")
        return f"encoder.layer.{block}.{BLOCK_NAMES[layer]}.{part}"
    return f"{NAMES[stem]}.{part}"


def check_keys(reader, config, failures):
    def value(key):
        field = reader.get_field(key)
        return None if field is None else field.contents()

    expected = {
        "general.architecture": "bert",
        "bert.block_count": config["num_hidden_layers"],
        "bert.context_length": config["max_position_embeddings"],
        "bert.embedding_length": config["hidden_size"],
        "bert.feed_forward_length": config["intermediate_size"],
        "bert.attention.head_count": config["num_attention_heads"],
        "bert.attention.causal": False,
        "tokenizer.ggml.model": "bert",
        "tokenizer.ggml.token_type_count": config["type_vocab_size"],
    }
    for key, wanted in expected.items():
        if value(key) != wanted:
            failures.append(f"{key}: expected {wanted}, found {value(key)}")
    for key in ("tokens", "scores", "token_type"):
        found = value(f"tokenizer.ggml.{key}")
        if found is None or len(found) != config["vocab_size"]:
            failures.append(f"tokenizer.ggml.{key}: expected {config['vocab_size']} of them")
    labels = [config["id2label"][str(i)] for i in range(len(config["id2label"]))]
    if reader.get_field("bert.pooling_type").contents() == 4 and \
            value("bert.classifier.output_labels") != labels:
        failures.append("bert.classifier.output_labels are others")


def compare_gguf(file, dense):
    import numpy
    from gguf import GGUFReader
    from gguf.quants import dequantize
    from safetensors.numpy import load_file

    expected = {name.removeprefix("bert."): values
                for name, values in load_file(dense / "model.safetensors").items()}
    failures = []
    reader = GGUFReader(file)
    check_keys(reader, json.loads((dense / "config.json").read_text()), failures)
    largest = {}
    for tensor in reader.tensors:
        kind = tensor.tensor_type.name
        found = numpy.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=numpy.float64)
        wanted = expected.pop(hugging_face_name(tensor.name)).astype(numpy.float64)
        if found.shape != wanted.shape:
            failures.append(f"{tensor.name}: expected {wanted.shape}, found {found.shape}")
            continue
        norm = numpy.linalg.norm(wanted)
        error = numpy.linalg.norm(found - wanted) / norm if norm > 0 else numpy.linalg.norm(found)
        largest[kind] = max(largest.get(kind, 0.0), float(error))
        if error > CEILINGS[kind]:
            failures.append(f"{tensor.name}: relative error {error:.3g} of {kind}")
    failures += [f"{name} is missing" for name in expected if not name.endswith("position_ids")]
    print(f"{file.name}: " + ", ".join(f"{kind} {error:.2g}" for kind, error in sorted(largest.items())))
    return max(largest.values()), failures


def llama_logits(file, labels):
    """Of each text, by llama.cpp alone: its reader, its tokenizer, its kernels."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(file)
    parameters.embedding = True
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_RANK
    parameters.embd_normalize = -1  # as they are
    parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = 128
    parameters.n_parallel = 1
    parameters.n_gpu_layers = 0
    parameters.warmup = False
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    found = []
    for text in TEXTS:
        answer = server.handle_embeddings({"input": text, "model": file.name, "embd_normalize": -1})
        answer = json.loads(answer) if isinstance(answer, (str, bytes)) else answer
        found.append(answer["data"][0]["embedding"][:labels])  # it hands out more numbers than there are labels
    return found


def compare_llama(file, dense):
    import torch
    from transformers import BertForSequenceClassification, BertTokenizer

    model = BertForSequenceClassification.from_pretrained(dense).float().eval()
    tokenizer = BertTokenizer.from_pretrained(dense)
    found = torch.tensor(llama_logits(file, model.config.num_labels))
    with torch.no_grad():
        wanted = torch.cat([model(**tokenizer(text, return_tensors="pt")).logits for text in TEXTS])
    share = float((found - wanted).abs().max() / wanted.abs().max())
    changed = int((found.argmax(1) != wanted.argmax(1)).sum())
    print(f"{file.name}: llama.cpp's logits differ by {100 * share:.2g} % of the largest, "
          f"{changed} of {len(TEXTS)} answers changed")
    return [] if share <= LLAMA_TOLERANCE else [f"llama.cpp's logits differ by {100 * share:.3g} %"]


def batch_of(config, torch):
    generator = torch.Generator().manual_seed(3)
    lengths = [3, 17, 1, 29, 64, 8]
    lengths = [min(length, config["max_position_embeddings"]) for length in lengths]
    ids = torch.randint(0, config["vocab_size"], (len(lengths), max(lengths)), generator=generator)
    types = torch.randint(0, config["type_vocab_size"], ids.shape, generator=generator)
    mask = (torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]).long()
    return ids, mask, types


def compare_script(file, dense, tolerance):
    import torch
    from transformers import BertForSequenceClassification
    from transformers.utils import logging

    logging.disable_progress_bar()
    config = json.loads((dense / "config.json").read_text())
    ids, mask, types = batch_of(config, torch)
    script = torch.jit.load(file).eval()
    model = BertForSequenceClassification.from_pretrained(dense).float().eval()
    largest = 0.0
    with torch.no_grad():
        for given in ([], [types]):
            found = script(ids, mask, *given)
            wanted = model(ids, mask, *given).logits
            largest = max(largest, float((found - wanted).abs().max()))
    print(f"{file.name}: largest difference of logits {largest:.2g}")
    if any(parameter.dtype == torch.float16 for parameter in script.parameters()):
        tolerance = max(tolerance, HALF_TOLERANCE)
    failures = [f"logits differ by {largest:.3g}"] if not largest <= tolerance else []
    return largest, failures


def compare(file, dense, tolerance):
    is_gguf = file.suffix == ".gguf"
    error, failures = compare_gguf(file, dense) if is_gguf else compare_script(file, dense, tolerance)
    if is_gguf:
        failures += compare_llama(file, dense)
    for failure in failures:
        print(f"  FAILED {file.name}: {failure}")
    return {"file": file.name, "bytes": file.stat().st_size, "error": error, "failures": len(failures)}


def exported(pare, model, recipe, folder):
    """The dense folder and the files of one recipe."""
    steps = [part for step in recipe.split(";") if step.strip() for part in ("--step", step.strip())]
    for kind in ("dense", "gguf", "torchscript"):
        subprocess.run([pare, "export", model, *steps, "--output", folder / kind, "--format", kind], check=True)
    files = [file for kind in ("gguf", "torchscript") for file in (folder / kind).iterdir()
             if file.suffix in (".gguf", ".pt")]
    return folder / "dense", files


def in_environment(folder):
    """Runs this script again in a virtual environment that has the packages."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return subprocess.run([python, __file__, *sys.argv[1:], "--inside"]).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("model", nargs="?", type=Path, default=root / "resources" / "demo")
    parser.add_argument("--pare", default=str(root / "build" / "release" / "pare"))
    parser.add_argument("--recipe", action="append", default=[])
    parser.add_argument("--files", nargs="+", type=Path)
    parser.add_argument("--environment", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        if not arguments.inside:
            return in_environment(arguments.environment or Path(temporary) / "environment")
        results = []
        if arguments.files:
            dense, *files = arguments.files
            results = [compare(file, dense, arguments.tolerance) for file in files]
        else:
            for i, recipe in enumerate(["", *arguments.recipe]):
                dense, files = exported(arguments.pare, arguments.model, recipe, Path(temporary) / str(i))
                results += [compare(file, dense, arguments.tolerance) for file in files]
    print(json.dumps(results))
    return 1 if any(result["failures"] for result in results) or not results else 0


sys.exit(main())
