#!/usr/bin/env python3
"""Measures Pare beside transformers and onnxruntime, in one run on this machine.

  tests/benchmarks/peers.py [--pare build/release/pare] [--environment DIR] [--threads 2] [--rounds 3]
                            [--only inference|training] [--training-model 12x768|6x384]

All get the same random BERT classifier of 12 layers, 768 wide, and the same sentences of about 27
tokens, and as many threads. The peers run batches of 32 sorted by length, which were tokenised and
padded before the clock started; Pare packs its batches while it runs. They take turns, round after
round; what is printed is the median, and for ratios the median of the rounds' own ratios. Training
comes after, as trainingpeers.py says: in float32 beside PyTorch in float32, in bfloat16 beside the
faster of PyTorch in float32 and under bfloat16 autocast.

Without --environment, or where DIR does not exist, a virtual environment is made (in a temporary
folder, or DIR) and torch, transformers, onnxruntime and onnx are installed into it by pip, whose own
settings say from where. The last line is JSON: how many times as fast as the peer Pare is, or null
where one side cannot run, for the reason printed above.
"""

import argparse
import contextlib
import io
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import trainingpeers

PACKAGES = ["torch", "transformers", "onnxruntime", "onnx"]
VOCABULARY = 30522
BATCH = 32
PEERS = ["transformers float32", "transformers bfloat16", "torch dynamic int8", "onnxruntime float32",
         "onnxruntime dynamic int8"]
OURS = {"pare float32": [], "pare bfloat16": ["--step", "quantize.bfloat16"],
        "pare int8": ["--step", "quantize.int8"]}


def words():
    """Distinct words of letters: each is one token of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    count = VOCABULARY - 5
    return [letters[i // 17576] + letters[i // 676 % 26] + letters[i // 26 % 26] + letters[i % 26]
            for i in range(count)]


def sentences(count):
    """Lists of token ids with [CLS] and [SEP]: 15 to 39, 27 on average."""
    numbers = random.Random(5)
    return [[2] + [numbers.randrange(5, VOCABULARY) for _ in range(numbers.randint(13, 37))] + [3]
            for _ in range(count)]


def vocabulary():
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words()


def write_model_texts(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary()) + "\n")
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": true}\n')


def write_data(folder, ids):
    write_model_texts(folder / "model")
    write_model_texts(folder / "training-model")
    names = vocabulary()
    with open(folder / "data.tsv", "w", encoding="utf-8") as file:
        file.write("text\tlabel\n")
        for i, sentence in enumerate(ids):
            text = " ".join(names[token] for token in sentence[1:-1])
            file.write(f"{text}\t{'no' if i % 2 else 'yes'}\n")


# ---- the peers, in a process of their own inside the environment --------------------------------


def logits_module(torch, model):
    """The same computation, written so that onnxruntime's optimizer knows attention in it."""

    def heads(x):
        return x.view(x.size(0), x.size(1), 12, 64).permute(0, 2, 1, 3)

    class Block(torch.nn.Module):
        def __init__(self, layer):
            super().__init__()
            self.layer = layer

        def forward(self, x, mask):
            attention = self.layer.attention
            q, k, v = (heads(part(x)) for part in (attention.self.query, attention.self.key,
                                                   attention.self.value))
            weights = torch.softmax(torch.matmul(q, k.transpose(-1, -2)) / 8.0 + mask, dim=-1)
            context = torch.matmul(weights, v).permute(0, 2, 1, 3).contiguous()
            attended = attention.output(context.view(context.size(0), context.size(1), 768), x)
            return self.layer.output(self.layer.intermediate(attended), attended)

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model
            self.blocks = torch.nn.ModuleList(map(Block, model.bert.encoder.layer))

        def forward(self, input_ids, attention_mask, token_type_ids):
            mask = (1.0 - attention_mask.unsqueeze(1).unsqueeze(2).to(torch.float32)) * -10000.0
            x = model.bert.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
            for block in self.blocks:
                x = block(x, mask)
            return model.classifier(model.bert.pooler(x))

    return Logits()


class Peers:
    """Answers requests, one JSON document a line."""

    def __init__(self, folder, threads, count, only, training_model):
        import torch
        import transformers

        torch.set_num_threads(threads)
        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        self.torch = torch
        self.folder = folder
        self.threads = threads
        self.ids = sentences(count)
        self.training = None
        if only != "inference":
            self.training = trainingpeers.TrainingPeer(torch, transformers, folder, training_model,
                                                       self.ids)
        if only == "training":
            return
        order = sorted(range(count), key=lambda i: len(self.ids[i]))
        self.order = [order[i:i + BATCH] for i in range(0, count, BATCH)]
        self.batches = [self.padded([self.ids[i] for i in chosen]) for chosen in self.order]
        torch.manual_seed(1)
        config = transformers.BertConfig(vocab_size=VOCABULARY, num_labels=2,
                                         id2label={0: "no", 1: "yes"}, label2id={"no": 0, "yes": 1})
        self.model = transformers.BertForSequenceClassification(config).eval()
        self.model.save_pretrained(folder / "model")
        self.made = {}

    def padded(self, some):
        length = max(map(len, some))
        ids = self.torch.zeros(len(some), length, dtype=self.torch.long)
        mask = self.torch.zeros_like(ids)
        for row, sentence in enumerate(some):
            ids[row, :len(sentence)] = self.torch.tensor(sentence)
            mask[row, :len(sentence)] = 1
        return {"input_ids": ids, "attention_mask": mask,
                "token_type_ids": self.torch.zeros_like(ids)}

    def torch_model(self, model):
        def answer(batch):
            with self.torch.inference_mode():
                return model(**batch).logits
        return answer

    def bfloat16(self):
        import copy
        return self.torch_model(copy.deepcopy(self.model).to(self.torch.bfloat16))

    def dynamic_int8(self):
        """With whichever engine is fastest here."""
        torch = self.torch
        best = None
        for engine in torch.backends.quantized.supported_engines:
            if engine in ("none", "qnnpack"):  # the latter is for telephones
                continue
            try:
                torch.backends.quantized.engine = engine
                model = torch.ao.quantization.quantize_dynamic(self.model, {torch.nn.Linear},
                                                               torch.qint8)
                answer = self.torch_model(model)
                answer(self.batches[-1])
                start = time.perf_counter()
                answer(self.batches[-1])
                seconds = time.perf_counter() - start
            except Exception:
                continue
            if best is None or seconds < best[0]:
                best = (seconds, engine, answer)
        if best is None:
            raise RuntimeError("no engine of torch.ao.quantization runs here")
        torch.backends.quantized.engine = best[1]
        return best[2]

    def exported(self):
        """The graph with onnxruntime's own fusions for BERT."""
        path = self.folder / "optimized.onnx"
        if path.exists():
            return path
        from onnxruntime.transformers import optimizer

        plain = self.folder / "plain.onnx"
        axes = {name: {0: "batch", 1: "length"} for name in self.batches[0]}
        axes["logits"] = {0: "batch"}
        with self.torch.no_grad():
            self.torch.onnx.export(logits_module(self.torch, self.model), tuple(self.batches[0].values()), str(plain),
                                   input_names=list(self.batches[0]), output_names=["logits"],
                                   dynamic_axes=axes, opset_version=17, dynamo=False)
        fused = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12,
                                         hidden_size=768)
        fused.save_model_to_file(str(path))
        return path

    def onnx_session(self, path):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(path), options,
                                               providers=["CPUExecutionProvider"])
        wanted = {given.name for given in session.get_inputs()}

        def answer(batch):
            given = {name: value.numpy() for name, value in batch.items() if name in wanted}
            return self.torch.from_numpy(session.run(None, given)[0])
        return answer

    def onnx_int8(self):
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic

        path = self.folder / "int8.onnx"
        quantize_dynamic(str(self.exported()), str(path), weight_type=QuantType.QInt8,
                         extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
        return self.onnx_session(path)

    def answer_of(self, name):
        if name not in self.made:
            makers = {"transformers float32": lambda: self.torch_model(self.model),
                      "transformers bfloat16": self.bfloat16,
                      "torch dynamic int8": self.dynamic_int8,
                      "onnxruntime float32": lambda: self.onnx_session(self.exported()),
                      "onnxruntime dynamic int8": self.onnx_int8}
            self.made[name] = makers[name]()
            self.made[name](self.batches[0])
            self.made[name](self.batches[-1])
        return self.made[name]

    def measure(self, name):
        if name in trainingpeers.PEERS:
            return self.training.measure(name)
        answer = self.answer_of(name)
        start = time.perf_counter()
        results = [answer(batch) for batch in self.batches]
        seconds = time.perf_counter() - start
        logits = [None] * len(self.ids)
        for chosen, result in zip(self.order, results):
            for i, row in zip(chosen, result.float().tolist()):
                logits[i] = row
        return {"examplesPerSecond": len(self.ids) / seconds, "logits": logits}

    def versions(self):
        import onnxruntime
        import transformers
        return (f"torch {self.torch.__version__}, transformers {transformers.__version__}, "
                f"onnxruntime {onnxruntime.__version__}")


def serve(arguments):
    answers = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is no answer
    peers = Peers(Path(arguments.serve), arguments.threads, arguments.sentences, arguments.only,
                  arguments.training_model)
    print(json.dumps(peers.versions()), file=answers, flush=True)
    for line in sys.stdin:
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                result = peers.measure(line.strip())
        except Exception as error:
            result = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        print(json.dumps(result), file=answers, flush=True)


# ---- the other side: starts them, runs Pare, compares -------------------------------------------


def prepared(environment):
    """The environment's python, with everything it needs."""
    python = environment / "bin" / "python"
    if not python.exists():
        print(f"making an environment in {environment} …", file=sys.stderr)
        venv.create(environment, with_pip=True)
    for package in PACKAGES:
        if subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode != 0:
            print(f"installing {package} …", file=sys.stderr)
            subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    return python


class PeerProcess:
    def __init__(self, python, folder, arguments):
        command = [python, __file__, "--serve", folder, "--threads", str(arguments.threads),
                   "--sentences", str(arguments.sentences), "--training-model",
                   arguments.training_model]
        if arguments.only:
            command += ["--only", arguments.only]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.versions = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the process of the peers ended"}

    def measure(self, name):
        if self.process.poll() is not None:
            return {"error": "the process of the peers ended"}
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        return self.answer()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def run_pare(pare, folder, threads, steps):
    predictions = folder / "predictions.tsv"
    predictions.unlink(missing_ok=True)
    done = subprocess.run(
        [pare, "run", folder / "model", "--data", folder / "data.tsv", "--threads", str(threads),
         "--json", "--predictions", predictions] + steps, capture_output=True, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return {"error": lines[-1]}
    run = json.loads(done.stdout)
    rows = predictions.read_text().splitlines()[1:]
    return {"examplesPerSecond": run["examplesPerSecond"], "kernels": run["kernels"],
            "logits": [list(map(float, row.split("\t")[4].split(","))) for row in rows]}


def difference(results, reference):
    return max(abs(a - b) for row, expected in zip(results, reference)
               for a, b in zip(row, expected))


def ratio(measured, ours, peers):
    """The median over the rounds of ours against the best of the peers; None if a side is missing."""
    peers = [peer for peer in peers if measured[peer]]
    if not measured[ours] or not peers:
        return None
    rounds = zip(measured[ours], *(measured[peer] for peer in peers))
    return round(statistics.median(own / max(others) for own, *others in rounds), 3)


def take_turns(names, rounds, measure):
    """What `measure` answered, round after round, by name; those that failed say why."""
    results = {name: [] for name in names}
    failed = set()
    for turn in range(rounds):
        # Neighbours change places, so that none always comes after the same one.
        for name in names[::1 if turn % 2 == 0 else -1]:
            if name in failed:
                continue
            start = time.perf_counter()
            result = measure(name)
            print(f"round {turn + 1}: {name}, {time.perf_counter() - start:.0f} s", file=sys.stderr)
            if "error" in result:
                failed.add(name)
                print(f"{name} cannot run: {result['error']}", flush=True)
            else:
                results[name].append(result)
    return results


def print_rates(measured, unit):
    for name, rates in measured.items():
        if rates:
            print(f"{name:<26} {statistics.median(rates):7.1f} {unit}/s "
                  f"({min(rates):.1f} … {max(rates):.1f})", flush=True)


def compare_inference(arguments, folder, peers):
    results = take_turns(PEERS + list(OURS), arguments.rounds, lambda name: (
        run_pare(arguments.pare, folder, arguments.threads, OURS[name]) if name in OURS
        else peers.measure(name)))
    reference = next((results[name][0]["logits"] for name in results if results[name]), None)
    for name, given in results.items():
        if not given:
            continue
        text = (f"{name}: logits differ from {PEERS[0]} by at most "
                f"{difference(given[0]['logits'], reference):.1e}")
        if "kernels" in given[0]:
            text += f"; kernels: {', '.join(given[0]['kernels'])}"
        print(text)
    measured = {name: [result["examplesPerSecond"] for result in given]
                for name, given in results.items()}
    print_rates(measured, "sentences")
    return {
        "float32VsTransformers": ratio(measured, "pare float32", [PEERS[0]]),
        "float32VsOnnxruntime": ratio(measured, "pare float32", [PEERS[3]]),
        "bfloat16VsTransformers": ratio(measured, "pare bfloat16", [PEERS[1]]),
        "int8VsBestPeer": ratio(measured, "pare int8", [PEERS[2], PEERS[4]]),
    }


def compare_training(arguments, folder, peers):
    train, program = trainingpeers.pare_trainer(arguments.pare, folder, arguments.threads,
                                                arguments.training_model)
    print(f"training: {arguments.training_model}, {program} beside PyTorch", flush=True)
    ours = trainingpeers.OURS
    results = take_turns(trainingpeers.PEERS + list(ours), arguments.rounds, lambda name: (
        train(ours[name]) if name in ours else peers.measure(name)))
    measured = {name: [result["tokensPerSecond"] for result in given]
                for name, given in results.items()}
    print_rates(measured, "tokens")
    return {
        "trainingVsTorch": ratio(measured, "pare training float32", trainingpeers.PEERS[:1]),
        "trainingBFloat16VsTorch": ratio(measured, "pare training bfloat16", trainingpeers.PEERS),
    }


def compare(arguments, folder):
    ids = sentences(arguments.sentences)
    write_data(folder, ids)
    trainingpeers.write_training_data(folder, ids, vocabulary())
    environment = Path(arguments.environment) if arguments.environment else folder / "environment"
    peers = PeerProcess(prepared(environment), folder, arguments)
    print(f"{peers.versions}; {arguments.threads} threads; {len(ids)} sentences, "
          f"{sum(map(len, ids)) / len(ids):.1f} tokens on average", flush=True)
    answer = {}
    if arguments.only != "training":
        answer |= compare_inference(arguments, folder, peers)
    if arguments.only != "inference":
        answer |= compare_training(arguments, folder, peers)
    peers.end()
    print(json.dumps(answer))


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pare", default=root / "build" / "release" / "pare")
    parser.add_argument("--environment", metavar="DIR")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sentences", type=int, default=872)
    parser.add_argument("--only", choices=["inference", "training"])
    parser.add_argument("--training-model", choices=["12x768", "6x384"], default="12x768")
    parser.add_argument("--folder", metavar="DIR", help="keep model and data there")
    parser.add_argument("--serve", metavar="DIR", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        return serve(arguments)
    if arguments.only != "training" and not Path(arguments.pare).exists():
        parser.error(f"there is no program {arguments.pare}; build it or give --pare")
    if arguments.folder:
        return compare(arguments, Path(arguments.folder).resolve())
    folder = Path(tempfile.mkdtemp(prefix="pare-peers-"))
    try:
        compare(arguments, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
