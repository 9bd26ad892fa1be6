# SPDX-License-Identifier: GPL-2.0-or-later
"""Quotes, cues and sources against PolNeAR's annotators: the dev articles, never tuned on, and beside them the train articles.
Each F1 stands with its 95 % interval, by bootstrap over articles: what other articles of the kind might have given. Dev above train by
more than that would mean that dev was tuned on."""
import contextlib
import importlib.util
import io
import random
import sys

import common

N_RESAMPLES, SEED = 1000, 1
SETS = ("dev", "train")


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


def scored(name, n_misses):
    """For each figure the counts of each article: right of the found, found, right of the gold, gold. And what the scorer printed."""
    gold = common.unpacked(f"data/polnear/{name}.jsonl.gz")
    found = common.annotated(f"polnear-{name}.annotated.jsonl", gold)
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


def main():
    options = common.options()
    columns, misses = {}, []
    for name in SETS:
        module, kept, printed = scored(name, options.misses if name == "dev" else 0)
        print(f"{name}: {printed[0]}", flush=True)
        misses += [line for line in printed if line.startswith(("missed\t", "false\t"))]
        draws = drawn(len(next(iter(kept.values()))))
        columns[name] = {row: (*summed(module, counts), *interval(module, counts, draws)) for row, counts in kept.items()}
    print(f"{'':18s}" + "".join(f" | {name + ': P':>10s} {'R':>6s} {'F1':>6s} {'95 %':>15s}" for name in SETS))
    for row in columns[SETS[0]]:
        figures = (columns[name][row] for name in SETS)
        print(f"{row:18s}" + "".join(f" | {p:10.3f} {r:6.3f} {f:6.3f}   {low:.3f} – {high:.3f}" for p, r, f, low, high in figures))
    for line in misses:
        print(line)


main()
