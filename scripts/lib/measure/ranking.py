# SPDX-License-Identifier: GPL-2.0-or-later
"""Mean average precision on five public test collections, any word of the query counting, one setting for all."""
import os
import re
import subprocess
import sys

import common

# The better of plain FTS5 (porter, bm25) and plain Xapian (English stems, BM25) on each set: shared/data/README.md.
BEST_PLAIN = {"time": 0.696, "npl": 0.287, "cranfield": 0.307, "lisa": 0.350, "cacm": 0.323}
MEAN_WANTED = 0.395
WORSE_ALLOWED = 0.01


def as_words(query):
    """A question as it stands in the collection, without what the query language reads as operators."""
    words = re.sub(r'[()":*<>]|\.\.+', " ", query.lower()).split()
    words = [word.lstrip("-+") for word in words]
    return " ".join(word for word in words if re.search(r"\w", word))


def write_queries(source, target):
    with open(source, encoding="utf8") as lines, open(target, "w", encoding="utf8") as out:
        for line in lines:
            number, query = line.rstrip("\n").split("\t", 1)
            out.write(f"{number}\t{as_words(query)}\n")


def ranked(name):
    archive = common.archive_of(f"ranking-{name}.archive", common.shared(f"data/ranking/{name}/docs.jsonl.gz"))
    queries = os.path.join(common.WORK, f"ranking-{name}.queries.tsv")
    write_queries(common.shared(f"data/ranking/{name}/queries.tsv"), queries)
    results = os.path.join(common.WORK, f"ranking-{name}.trec")
    with open(results, "wb") as out:
        common.run([common.ONRECORD, "-a", archive, "search", "--batch", queries, "--any", "--format", "trec", "-n", "1000"],
                   stdout=out)
    return results


def main():
    common.options()
    scorer = common.shared("eval/ranking_eval.py")
    figures = {}
    for name in BEST_PLAIN:
        line = subprocess.run([sys.executable, "-B", scorer, common.shared(f"data/ranking/{name}/qrels.txt"), ranked(name)],
                              check=True, capture_output=True, text=True).stdout.strip()
        print(f"{name:10s} {line}", flush=True)
        figures[name] = float(re.search(r"MAP ([0-9.]+)", line).group(1))
    print(f"\n{'set':10s} {'MAP':>6s} {'plain':>6s} {'difference':>10s}")
    for name, value in figures.items():
        difference = value - BEST_PLAIN[name]
        worse = f"  more than {WORSE_ALLOWED} below" if difference < -WORSE_ALLOWED else ""
        print(f"{name:10s} {value:6.3f} {BEST_PLAIN[name]:6.3f} {difference:+10.3f}{worse}")
    mean = sum(figures.values()) / len(figures)
    print(f"{'mean':10s} {mean:6.4f}  (wanted: {MEAN_WANTED})")


main()
