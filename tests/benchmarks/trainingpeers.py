"""What peers.py needs to measure training: PyTorch's side and Pare's.

Both train a random BERT classifier, dropout 0.1, with AdamW and a gradient clipped at norm 1, on the
same batches of 32 sentences of like length. PyTorch pads each batch to its longest sentence and is
given its fastest forms (sdpa attention, fused AdamW); Pare packs. Tokens are those of the sentences,
never padding, and a step is everything from the batch to the changed parameters.

`pare train` is what is measured where it can be told a precision (it reads, packs and reports while it
trains), else benchmark_training, which is beside it.
"""

import json
import subprocess
import time
from pathlib import Path

BATCH = 32
LEARNING_RATE = 2e-5
PEERS = ["torch training float32", "torch training bfloat16"]
OURS = {"pare training float32": "float32", "pare training bfloat16": "bfloat16"}
ROUNDS_WITHIN = 2  # times that Pare goes through the batches in one measurement


def chosen_batches(sentences):
    """Every fourth of the batches sorted by length, so that all lengths are there."""
    order = sorted(sentences, key=len)
    batches = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
    return batches[1::4]


def write_training_data(folder, sentences, words):
    """The token ids for the benchmark program, and the same sentences as texts."""
    ids = [sentence for batch in chosen_batches(sentences) for sentence in batch]
    (folder / "training.ids").write_text(
        "".join(" ".join(map(str, sentence)) + "\n" for sentence in ids))
    with open(folder / "training.tsv", "w", encoding="utf-8") as file:
        file.write("text\tlabel\n")
        for i, sentence in enumerate(ids):
            text = " ".join(words[token] for token in sentence[1:-1])
            file.write(f"{text}\t{'no' if i % 2 else 'yes'}\n")


class TrainingPeer:
    """Lives in the process of the peers."""

    def __init__(self, torch, transformers, folder, size, sentences):
        self.torch = torch
        self.batches = [self.padded(batch) for batch in chosen_batches(sentences)]
        self.made = {}
        blocks, width = map(int, size.split("x"))
        torch.manual_seed(2)
        config = transformers.BertConfig(
            vocab_size=30522, num_hidden_layers=blocks, hidden_size=width,
            num_attention_heads=width // 64, intermediate_size=4 * width, num_labels=2,
            id2label={0: "no", 1: "yes"}, label2id={"no": 0, "yes": 1})
        self.make = lambda: transformers.BertForSequenceClassification(config).train()
        self.make().save_pretrained(folder / "training-model")

    def padded(self, sentences):
        torch = self.torch
        length = max(map(len, sentences))
        ids = torch.zeros(len(sentences), length, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, sentence in enumerate(sentences):
            ids[row, :len(sentence)] = torch.tensor(sentence)
            mask[row, :len(sentence)] = 1
        labels = torch.tensor([i % 2 for i in range(len(sentences))])
        return {"input_ids": ids, "attention_mask": mask,
                "token_type_ids": torch.zeros_like(ids), "labels": labels}

    def step(self, model, optimizer, batch, bfloat16):
        torch = self.torch
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    def measure(self, name):
        bfloat16 = name.endswith("bfloat16")
        first = name not in self.made
        if first:
            model = self.make()
            optimizer = self.torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE,
                                               weight_decay=0.01, fused=True)
            self.made[name] = (model, optimizer)
        model, optimizer = self.made[name]
        if first:  # what libraries make for a shape is made before the clock starts
            for batch in self.batches:
                self.step(model, optimizer, batch, bfloat16)
        tokens = sum(int(batch["attention_mask"].sum()) for batch in self.batches)
        start = time.perf_counter()
        for batch in self.batches:
            self.step(model, optimizer, batch, bfloat16)
        return {"tokensPerSecond": tokens / (time.perf_counter() - start)}


def last_line(done):
    lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return {"error": lines[-1]}


def train_with_pare(pare, folder, threads, precision):
    sentences = (folder / "training.ids").read_text().splitlines()
    tokens = sum(len(sentence.split()) for sentence in sentences)
    done = subprocess.run(
        [pare, "train", "--init", folder / "training-model", "--data", folder / "training.tsv",
         "--output", folder / "trained", "--epochs", str(ROUNDS_WITHIN), "--batch-tokens",
         str(tokens * BATCH // len(sentences)), "--learning-rate", str(LEARNING_RATE), "--threads",
         str(threads), "--precision", precision, "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        return last_line(done)
    report = json.loads(done.stdout)
    return {"tokensPerSecond": report["tokensPerSecond"]}


def train_with_benchmark(program, folder, threads, precision, size):
    batches = len((folder / "training.ids").read_text().splitlines()) // BATCH
    done = subprocess.run(
        [program, "--threads", str(threads), "--model", size, "--precision", precision, "--rounds",
         str(batches * ROUNDS_WITHIN), "--ids", folder / "training.ids"],
        capture_output=True, text=True)
    if done.returncode != 0:
        return last_line(done)
    rates = json.loads(done.stdout.strip().splitlines()[-1])[size]
    if precision not in rates:
        return {"error": f"cannot train in {precision} on this processor"}
    return {"tokensPerSecond": rates[precision]}


def pare_trainer(pare, folder, threads, size):
    """What measures a precision, and its name."""
    if Path(pare).exists() and "--precision" in subprocess.run(
            [pare, "train", "--help"], capture_output=True, text=True).stdout:
        return (lambda precision: train_with_pare(pare, folder, threads, precision)), "pare train"
    program = Path(pare).resolve().parent / "benchmark_training"
    if not program.exists():
        return (lambda precision: {"error": f"there is no program {program}"}), "pare"
    return (lambda precision: train_with_benchmark(program, folder, threads, precision, size)), \
        "benchmark_training"
