#!/usr/bin/env python3
"""Makes losses.json beside this file: the losses of knowledge distillation and their gradients, computed by
PyTorch's own functions in double precision on small random tensors. Needs torch (made with 2.13):

    python3 make_losses.py
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

GROUPS = [(2, 3), (1, 5), (3, 1)]  # sequences, length
TOKENS = sum(sequences * length for sequences, length in GROUPS)
STARTS = [0, 3, 6, 11, 12, 13]
HEADS, STUDENT_HEAD, TEACHER_HEAD = 2, 3, 6
RELATION_HEADS = 3


def drawn(*shape, scale=1.0):
    return (torch.randn(*shape, dtype=torch.float64) * scale).round(decimals=3)


def kl(student, teacher):
    """KL of teacher and student given as log probabilities, of every row."""
    return F.kl_div(student, teacher, reduction="none", log_target=True).sum(-1)


def heads_of(packed, part, heads, first, sequences, length):
    x = packed.chunk(3, dim=1)[part][first:first + sequences * length]
    return x.reshape(sequences, length, heads, -1).permute(0, 2, 1, 3)


def scores(packed, parts, heads):
    """x y^T / sqrt(d) of every group, [sequences, heads, length, length] each."""
    result, first = [], 0
    for sequences, length in GROUPS:
        a, b = (heads_of(packed, part, heads, first, sequences, length) for part in parts)
        result.append(a @ b.transpose(2, 3) / math.sqrt(a.size(3)))
        first += sequences * length
    return result


def relation(student, teacher, parts, heads):
    rows = [kl(s.log_softmax(3), t.log_softmax(3)).flatten()
            for s, t in zip(scores(student, parts, heads), scores(teacher, parts, heads))]
    return torch.cat(rows).mean()


def score_mse(student, teacher):
    pairs = zip(scores(student, (0, 1), HEADS), scores(teacher, (0, 1), HEADS))
    return torch.cat([(s - t).square().flatten() for s, t in pairs]).mean()


def main():
    torch.manual_seed(11)
    tensors = {
        "logits": (drawn(7, 5, scale=2), drawn(7, 5, scale=2)),
        "hidden": (drawn(TOKENS, 6), drawn(TOKENS, 6)),
        "wide": (drawn(TOKENS, 6), drawn(TOKENS, 9)),
        "packed": (drawn(TOKENS, 3 * HEADS * STUDENT_HEAD), drawn(TOKENS, 3 * HEADS * TEACHER_HEAD)),
    }
    projection = drawn(9, 6)
    losses = {
        "softenedKl 1": ("logits", lambda s, t: F.kl_div(s.log_softmax(1), t.softmax(1), reduction="batchmean")),
        "softenedKl 2": ("logits", lambda s, t: 4 * F.kl_div((s / 2).log_softmax(1), (t / 2).softmax(1),
                                                            reduction="batchmean")),
        "softenedKl 10": ("logits", lambda s, t: 100 * F.kl_div((s / 10).log_softmax(1), (t / 10).softmax(1),
                                                               reduction="batchmean")),
        "softCrossEntropy 1": ("logits", lambda s, t: F.cross_entropy(s, t.softmax(1))),
        "softCrossEntropy 3": ("logits", lambda s, t: F.cross_entropy(s / 3, (t / 3).softmax(1))),
        "cosineDistance": ("hidden", lambda s, t: F.cosine_embedding_loss(s, t, torch.ones(TOKENS))),
        "patienceLoss": ("hidden", lambda s, t: 6 * F.mse_loss(F.normalize(s[STARTS], dim=1),
                                                               F.normalize(t[STARTS], dim=1))),
        "hiddenMse": ("hidden", F.mse_loss),
        "hiddenMse projected": ("wide", lambda s, t: F.mse_loss(F.linear(s, projection), t)),
        "scoreMse": ("packed", score_mse),
        "attentionKl": ("packed", lambda s, t: relation(s, t, (0, 1), HEADS)),
        "valueRelationKl": ("packed", lambda s, t: relation(s, t, (2, 2), HEADS)),
        "relationKl": ("packed", lambda s, t: sum(relation(s, t, (part, part), RELATION_HEADS)
                                                  for part in range(3))),
    }
    result = {"groups": GROUPS, "starts": STARTS, "heads": HEADS, "relationHeads": RELATION_HEADS,
              "projection": projection.tolist(), "losses": {},
              "tensors": {name: {"student": s.tolist(), "teacher": t.tolist()} for name, (s, t) in tensors.items()}}
    for name, (kind, loss) in losses.items():
        student = tensors[kind][0].clone().requires_grad_()
        value = loss(student, tensors[kind][1])
        value.backward()
        gradient = [float(f"{g:.9g}") for g in student.grad.flatten().tolist()]
        result["losses"][name] = {"tensors": kind, "value": value.item(), "gradient": gradient}
    path = pathlib.Path(__file__).with_name("losses.json")
    path.write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
