# SPDX-License-Identifier: GPL-2.0-or-later
"""A corpus of 200,000 articles made from 28,000 real ones: each new article takes the title, date and publisher of a
real one and is filled with paragraphs drawn from all of them. Words, their frequencies and their neighbours
within a paragraph are thus real; only the company that paragraphs keep is not. The same on every machine."""
import json
import os
import random

import common

SOURCES = ["data/articles/allsides-6000.jsonl.gz", "data/articles/reuters21578.jsonl.gz", "data/polnear/train.jsonl.gz"]
N_ARTICLES = 200_000
SEED = 28_000
# New articles are longer than their models by this much, for about 2,625 bytes each, 525 MB in all.
STRETCH = 1.23


def real_articles():
    for path in SOURCES:
        yield from common.articles(common.shared(path))


def write(path):
    heads, lengths, paragraphs = [], [], []
    for article in real_articles():
        body = article.get("body") or ""
        heads.append((article.get("title") or "", article.get("date"), article.get("source")))
        lengths.append(len(body))
        paragraphs += [p for p in body.split("\n\n") if p.strip()]
    draw = random.Random(SEED)
    total = 0
    with open(path + ".part", "w", encoding="utf8") as out:
        for number in range(1, N_ARTICLES + 1):
            title, date, source = heads[draw.randrange(len(heads))]
            wanted = STRETCH * lengths[draw.randrange(len(lengths))]
            body, length = [], 0
            while not body or length < wanted:
                body.append(paragraphs[draw.randrange(len(paragraphs))])
                length += len(body[-1])
            text = "\n\n".join(body)
            total += len(title.encode()) + len(text.encode())
            json.dump({"id": f"s{number:06d}", "title": title, "date": date, "source": source, "body": text}, out, ensure_ascii=False)
            out.write("\n")
    os.rename(path + ".part", path)
    print(f"made {path}: {N_ARTICLES:,} articles, {total / common.MB:.1f} MB of title and body", flush=True)


def large_corpus(fresh):
    path = os.path.join(common.WORK, "s200k.jsonl")
    if fresh or not os.path.exists(path):
        write(path)
    return path


def large_archive(corpus, fresh):
    folder = os.path.join(common.WORK, "s200k.archive")
    done = folder + ".complete"
    if fresh or not os.path.exists(done):
        wall, cpu, memory = common.run([common.ONRECORD, "-a", common.removed(folder), "--quiet", "index", corpus])
        print(f"onrecord index: {wall:.0f} s, {cpu:.0f} CPU s, {memory:.0f} MiB", flush=True)
        open(done, "w").close()
    return folder
