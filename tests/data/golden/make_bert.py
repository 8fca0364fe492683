#!/usr/bin/env python3
"""Makes the tiny random BERT checkpoints beside this file, with the logits that Hugging Face transformers
computes for them in double precision. Needs torch and transformers before version 5, which removes no
heads any more (made with torch 2.13 and transformers 4.57):

    python3 make_bert.py
"""

import json
import pathlib
import random
import shutil

import torch
import transformers

# name: (class, config)
MODELS = {
    "bert-gelu": ("classify", dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
                                   hidden_act="gelu", layer_norm_eps=1e-12, num_labels=2, vocab_size=120,
                                   max_position_embeddings=40, type_vocab_size=2)),
    "bert-gelu-new": ("classify", dict(hidden_size=24, num_hidden_layers=3, num_attention_heads=2,
                                       intermediate_size=40, hidden_act="gelu_new", layer_norm_eps=1e-5,
                                       num_labels=9, vocab_size=97, max_position_embeddings=64,
                                       type_vocab_size=3)),
    "bert-relu": ("classify", dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=1, intermediate_size=48,
                                   hidden_act="relu", layer_norm_eps=1e-3, num_labels=1, vocab_size=50,
                                   max_position_embeddings=16, type_vocab_size=1)),
    "bert-silu": ("classify", dict(hidden_size=48, num_hidden_layers=2, num_attention_heads=3,
                                   intermediate_size=100, hidden_act="silu", layer_norm_eps=1e-5, num_labels=4,
                                   vocab_size=64, max_position_embeddings=70, type_vocab_size=2)),
    "bert-narrow-heads": ("classify", dict(hidden_size=40, num_hidden_layers=4, num_attention_heads=8,
                                           intermediate_size=33, hidden_act="gelu", layer_norm_eps=1e-12,
                                           num_labels=3, vocab_size=77, max_position_embeddings=33,
                                           type_vocab_size=2)),
    "bert-wide-feed-forward": ("classify", dict(hidden_size=20, num_hidden_layers=1, num_attention_heads=5,
                                                intermediate_size=200, hidden_act="gelu", layer_norm_eps=1e-3,
                                                num_labels=5, vocab_size=40, max_position_embeddings=24,
                                                type_vocab_size=2)),
    "bert-masked-gelu": ("masked", dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
                                        intermediate_size=64, hidden_act="gelu", layer_norm_eps=1e-12,
                                        vocab_size=150, max_position_embeddings=40, type_vocab_size=2)),
    "bert-masked-gelu-new": ("masked", dict(hidden_size=36, num_hidden_layers=1, num_attention_heads=3,
                                            intermediate_size=72, hidden_act="gelu_new", layer_norm_eps=1e-5,
                                            vocab_size=61, max_position_embeddings=20, type_vocab_size=2)),
    "bert-masked-relu": ("masked", dict(hidden_size=16, num_hidden_layers=3, num_attention_heads=4,
                                        intermediate_size=30, hidden_act="relu", layer_norm_eps=1e-3,
                                        vocab_size=45, max_position_embeddings=18, type_vocab_size=1)),
    "bert-pruned-heads": ("classify", dict(hidden_size=24, num_hidden_layers=4, num_attention_heads=6,
                                           intermediate_size=20, hidden_act="gelu", layer_norm_eps=1e-12,
                                           num_labels=3, vocab_size=30, max_position_embeddings=20,
                                           type_vocab_size=2)),
}

# name: {block: heads that are removed}
PRUNED = {"bert-pruned-heads": {0: [5, 2], 1: [0], 3: [0, 1, 2, 4, 5]}}


def spread(model):
    """Weights far wider than those of training, and biases that are not zero: mistakes show."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 2:
                parameter.normal_(0, 1.5 / parameter.shape[1] ** 0.5)
            elif "LayerNorm.weight" in name:
                parameter.uniform_(0.5, 1.5)
            else:
                parameter.normal_(0, 0.3)


def inputs(config, draw):
    examples = []
    longest = config.max_position_embeddings
    for length in (2, 3, 5, 5, 9, 15, min(17, longest), longest):
        ids = [draw.randrange(config.vocab_size) for _ in range(length)]
        types = None
        if config.type_vocab_size > 1 and draw.random() < 0.6:
            border = draw.randrange(1, length)
            types = [draw.randrange(config.type_vocab_size) if config.type_vocab_size > 2 else int(i >= border)
                     for i in range(length)]
        examples.append({"ids": ids, "types": types})
    return examples


def main():
    folder = pathlib.Path(__file__).parent
    for number, (name, (kind, keys)) in enumerate(MODELS.items()):
        torch.manual_seed(1000 + number)
        draw = random.Random(2000 + number)
        config = transformers.BertConfig(**keys)
        model_class = (transformers.BertForSequenceClassification if kind == "classify"
                       else transformers.BertForMaskedLM)
        model = model_class(config).eval()
        spread(model)
        model.prune_heads(PRUNED.get(name, {}))
        target = folder / name
        shutil.rmtree(target, ignore_errors=True)
        model.save_pretrained(target)
        (target / "generation_config.json").unlink(missing_ok=True)
        exact = model.double()
        examples = inputs(config, draw)
        with torch.no_grad():
            for example in examples:
                types = example["types"]
                logits = exact(input_ids=torch.tensor([example["ids"]]),
                               token_type_ids=None if types is None else torch.tensor([types])).logits[0]
                example["logits"] = [float(f"{value:.9g}") for value in logits.flatten().tolist()]
        with open(target / "logits.json", "w") as file:
            json.dump({"kind": kind, "examples": examples}, file, separators=(",", ":"))
            file.write("\n")


main()
