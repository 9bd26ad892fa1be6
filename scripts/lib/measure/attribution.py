# SPDX-License-Identifier: GPL-2.0-or-later
"""Quotes, cues and sources against PolNeAR's annotators: the dev articles, never tuned on, and beside them the train articles, each tenth
by a model trained on the other nine (half an hour; kept until the program or the trainer changes, or --fresh).
Each F1 stands with its 95 % interval, by bootstrap over articles: what other articles of the kind might have given. Dev above the
cross-validated figure by more than that would mean that dev was tuned on.
Last, of how many quotes the confidence is true: cross-validated articles again, content and source right."""
import contextlib
import importlib.util
import io
import json
import os
import random
import re
import sys

import common

N_RESAMPLES, SEED, N_FOLDS = 1000, 1, 10
DEV, FOLDS = "dev", f"train, {N_FOLDS} folds"


def scorer():
    """../shared/eval's scorer as a module, whose tally keeps each article apart: every figure is added once an article."""
    spec = importlib.util.spec_from_file_location("quotes_eval", common.shared("eval/quotes_eval.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kept = {}

    class Kept(module.Tally):
        def add(self, row, *counts):
            kept.setdefault(row, []).append(counts)
            super().add(row, *counts)

    module.Tally = Kept
    return module, kept


def cross_validated(gold, is_fresh):
    found = os.path.join(common.WORK, f"polnear-train.{N_FOLDS}-folds.jsonl")
    if is_fresh or not os.path.exists(found) or os.path.getmtime(found) < os.path.getmtime(common.TRAINER):
        common.run([common.TRAINER, "attribution", "--data", gold, "--folds", str(N_FOLDS), "--jobs", str(os.cpu_count()), "--predictions", found + ".part"])
        os.rename(found + ".part", found)
    return found


def scored(gold, found, n_misses):
    """For each figure the counts of each article: right of the found, found, right of the gold, gold. And what the scorer printed."""
    module, kept = scorer()
    arguments, sys.argv = sys.argv, ["quotes_eval", gold, found, "--misses", str(n_misses)]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        module.main()
    sys.argv = arguments
    return module, kept, printed.getvalue().splitlines()


def summed(module, counts):
    return module.prf(*map(sum, zip(*counts)))


def interval(module, counts, draws):
    f1s = sorted(summed(module, [counts[i] for i in draw])[2] for draw in draws)
    return f1s[int(0.025 * len(f1s))], f1s[int(0.975 * len(f1s))]


def drawn(n):
    """The same articles for every figure."""
    source = random.Random(SEED)
    return [[source.randrange(n) for _ in range(n)] for _ in range(N_RESAMPLES)]


def print_confidence(module, gold, found):
    """Of the quotes with a confidence in each tenth, the share whose content and source are right."""
    articles = {a["id"]: a for a in map(json.loads, open(gold, encoding="utf8"))}
    bands = [[0, 0] for _ in range(10)]
    for article in map(json.loads, open(found, encoding="utf8")):
        body = articles[article["id"]]["body"]
        tokens = module.tokens(body)
        known = [[module.covered(tokens, a.get(role)) for role in ("content", "source")] for a in articles[article["id"]]["attributions"]]
        for quote in article["quotes"]:
            content, source = (module.covered(tokens, quote[role]) for role in ("content", "source"))
            right = any(2 * len(c & content) >= max(len(c), len(content), 1) and (s & source or not (s or source)) for c, s in known)
            band = bands[min(quote["confidence"] // 10, 9)]
            band[0] += 1
            band[1] += right
    print("confidence   " + "".join(f"{k / 10:>7.1f}–" for k, (n, _) in enumerate(bands) if n))
    print("quotes       " + "".join(f"{n:8d}" for n, _ in bands if n))
    print("share right  " + "".join(f"{right / n:8.2f}" for n, right in bands if n))


def in_marks(module, text, spans):
    """By how many of its words stand in marks: 10+, 4-9, 1-3, and whether that is all but one of them; None without marks."""
    if not module.is_direct(text, spans):
        return None
    words = " ".join(text[max(0, b - 1):e + 1] for b, e in spans)
    n = sum(len(part.split()) for part in re.findall("[\"“„«‘]([^\"”“»’]*)[\"”»’]?", words))
    size = "10 words and more" if n >= 10 else "4 to 9 words" if n >= 4 else "1 to 3 words"
    return ("a quotation of " if n >= len(words.split()) - 1 else "a sentence with ") + size


def print_direct(module, gold, found):
    """Of contents with marks, known and found ones, by what is in marks: the share that is found, and that is right."""
    articles = {a["id"]: a for a in map(json.loads, open(gold, encoding="utf8"))}
    rows = {}
    for article in map(json.loads, open(found, encoding="utf8")):
        body = articles[article["id"]]["body"]
        tokens = module.tokens(body)
        lists = [[(module.covered(tokens, q["content"]), q["content"]) for q in quotes if q["content"]]
                 for quotes in (articles[article["id"]]["attributions"], article["quotes"])]
        for column, (ours, others) in enumerate((lists, lists[::-1])):
            for content, spans in ours:
                kind = in_marks(module, body, spans)
                hit = any(2 * len(content & other) >= max(len(content), len(other), 1) for other, _ in others)
                if kind:
                    row = rows.setdefault(kind, [0, 0, 0, 0])
                    row[2 * column] += hit
                    row[2 * column + 1] += 1
    for kind, (recalled, n_known, right, n_found) in sorted(rows.items()):
        print(f"{kind:34s} found {recalled / max(n_known, 1):.2f} of {n_known:5d}   right {right / max(n_found, 1):.2f} of {n_found:5d}")


def main():
    options = common.options()
    columns, misses = {}, []
    dev, train = (common.unpacked(f"data/polnear/{name}.jsonl.gz") for name in ("dev", "train"))
    found = {DEV: (dev, common.annotated("polnear-dev.annotated.jsonl", dev)), FOLDS: (train, cross_validated(train, options.fresh))}
    for name, (gold, predicted) in found.items():
        module, kept, printed = scored(gold, predicted, options.misses if name == DEV else 0)
        print(f"{name}: {printed[0]}", flush=True)
        misses += [line for line in printed if line.startswith(("missed\t", "false\t"))]
        draws = drawn(len(next(iter(kept.values()))))
        columns[name] = {row: (*summed(module, counts), *interval(module, counts, draws)) for row, counts in kept.items()}
    print(f"{'':18s}" + "".join(f" | {name:>16s}: P {'R':>6s} {'F1':>6s} {'95 %':>15s}" for name in found))
    for row in columns[DEV]:
        figures = (columns[name][row] for name in found)
        print(f"{row:18s}" + "".join(f" | {p:19.3f} {r:6.3f} {f:6.3f}   {low:.3f} – {high:.3f}" for p, r, f, low, high in figures))
    print_confidence(module, *found[FOLDS])
    print_direct(module, *found[FOLDS])
    for line in misses:
        print(line)


main()
