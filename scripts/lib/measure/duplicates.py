# SPDX-License-Identifier: GPL-2.0-or-later
"""What is printed more than once. 2,000 reprints are planted into the articles of allsides-6000, and 1,000 articles that say something else in the
words of one of them; plants of the first half of the corpus were tuned on, and what was missed of the second was seen too: --seed N draws plants that nobody has seen. A pair is an article and its reprint. Precision is over all
pairs of one group of which one is planted: such a pair is right where one was made from the other, both from a third, or where the corpus itself has the two as one."""
import itertools
import json
import os
import random
import sqlite3
import subprocess

import common
import planting

N_REPRINTS, N_OTHERS, SEED = 2000, 1000, 41
BENCH = os.path.join(common.ROOT, "build", "release", "bench", "bench_duplicates")
MOST_SIGNATURES = 1000000


def plant(corpus, seed):
    """The corpus with plants, and for each planted id ("reprint" or the kind of change, the id that it was made from)."""
    halves = corpus[:len(corpus) // 2], corpus[len(corpus) // 2:]
    planted, origins = [], {}
    for number, half in enumerate(halves):
        planter = planting.Planter(half, seed + number)
        draw = random.Random(seed + number)
        for i, original in enumerate(draw.choices(half, k=N_REPRINTS // 2)):
            article = planter.reprint(original, f"{number}-{i}")
            planted.append(article)
            origins[article["id"]] = ("reprint", original["id"], number)
        i = 0
        while i < N_OTHERS // 2:
            original = draw.choice(half)
            article = planter.other(original, f"{number}-{i}")
            if article:
                kind = article.pop("kind")
                planted.append(article)
                origins[article["id"]] = (kind, original["id"], number)
                i += 1
    return corpus + planted, origins


def write(path, articles):
    with open(path, "w", encoding="utf8") as out:
        for article in articles:
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path


def groups_of(folder):
    """Article id → id of its group's first publication; those that are alone are not in it."""
    with sqlite3.connect(f"file:{folder}/record.sqlite?mode=ro", uri=True) as db:
        return dict(db.execute("SELECT id, first_id FROM duplicates"))


def similar_of(folder):
    with sqlite3.connect(f"file:{folder}/record.sqlite?mode=ro", uri=True) as db:
        return {frozenset(pair) for pair in
                db.execute("SELECT a.id, o.id FROM article_pair p JOIN article a ON a.row = p.article JOIN article o ON o.row = p.other WHERE kind = 1")}


def score(name, number, origins, groups, similar, own):
    """Of the plants of one half (NUMBER). OWN: groups that the corpus has without plants."""
    def root(article):
        return groups.get(article, article)

    def origin(article):
        kind, made_from, _ = origins.get(article, (None, article, None))
        source = made_from if kind in (None, "reprint") else article
        return own.get(source, source)

    reprints = [(article, made_from) for article, (kind, made_from, half) in origins.items() if kind == "reprint" and half == number]
    others = [(article, kind, made_from) for article, (kind, made_from, half) in origins.items() if kind != "reprint" and half == number]
    n_found = sum(root(article) == root(made_from) for article, made_from in reprints)
    members = {}
    for article in groups:
        members.setdefault(root(article), []).append(article)
    right = wrong = 0
    for group in members.values():
        for pair in itertools.combinations(group, 2):
            if any(origins.get(article, (0, 0, None))[2] == number for article in pair):
                is_right = origin(pair[0]) == origin(pair[1])
                right += is_right
                wrong += not is_right
    print(f"{name:28s} {len(reprints)} reprints: recall {n_found / len(reprints):.4f}, precision {right / max(right + wrong, 1):.4f} ({right + wrong} pairs)")
    for kind in sorted({kind for _, kind, _ in others}):
        of_kind = [(article, made_from) for article, k, made_from in others if k == kind]
        n_apart = sum(root(article) != root(made_from) for article, made_from in of_kind)
        n_similar = sum(frozenset(pair) in similar for pair in of_kind)
        print(f"{'':28s} {len(of_kind)} with {kind.replace('_', ' ')}: kept apart {n_apart / len(of_kind):.4f}, of them known as similar {n_similar / len(of_kind):.4f}")


def cpu_of_grouping(folder, source):
    """CPU seconds: all pairs found and compared anew, and all groups and statements made, over what a run takes that does nothing."""
    def run():
        return common.run([common.ONRECORD, "-a", folder, "--quiet", "index", source])[1]
    nothing = run()
    with sqlite3.connect(f"{folder}/record.sqlite") as db:
        db.execute("DELETE FROM setting WHERE name = 'likeness_version'")
    return run() - nothing


def cost(name, path, folder):
    subprocess.run([BENCH, "sketches", path], check=True)
    with sqlite3.connect(f"file:{folder}/record.sqlite?mode=ro", uri=True) as db:
        n, n_bytes = db.execute("SELECT count(*), sum(length(sketch)) FROM article_sketch").fetchone()
        n_quotes, quote_bytes = db.execute("SELECT (SELECT count(*) FROM quote), (SELECT sum(length(sketches)) FROM quote_sketch)").fetchone()
        n_pairs = db.execute("SELECT count(*) FROM article_pair").fetchone()[0]
    print(f"{name}: {n_bytes / n:.0f} bytes an article and {quote_bytes / n_quotes:.0f} a quote in {common.size_of(folder) / n:.0f} bytes of archive an article; "
          f"{n_pairs} pairs of texts compared")


def main():
    options = common.options("seed")
    source = common.unpacked("data/articles/allsides-6000.jsonl.gz")
    corpus = list(common.articles(source))
    articles, origins = plant(corpus, options.seed or SEED)
    path = write(os.path.join(common.WORK, "duplicates-planted.jsonl"), articles)
    alone, planted = (os.path.join(common.WORK, name) for name in ("duplicates.alone", "duplicates.planted"))
    cpu_alone = common.run([common.ONRECORD, "-a", common.removed(alone), "--quiet", "index", source])[1]
    wall, cpu, memory = common.run([common.ONRECORD, "-a", common.removed(planted), "--quiet", "index", path])
    own, groups, similar = groups_of(alone), groups_of(planted), similar_of(planted)
    print(f"{len(corpus)} articles, {len(own)} of them in groups without plants; with plants {len(articles)}, {len(groups)} in groups")
    score("tuned on: first half", 0, origins, groups, similar, own)
    score("measured: second half", 1, origins, groups, similar, own)
    print()
    cost("allsides-6000 with plants", path, planted)
    print(f"indexing them: {wall:.1f} s, {cpu:.1f} s of CPU, {memory:.0f} MiB; of that grouping, beside sketches: "
          f"{common.median(cpu_of_grouping(planted, path) for _ in range(options.runs)):.2f} s of CPU (of {cpu_alone:.1f} without plants: "
          f"{common.median(cpu_of_grouping(alone, source) for _ in range(options.runs)):.2f})")
    subprocess.run([BENCH, "signatures", str(MOST_SIGNATURES)], check=True)


main()
