# SPDX-License-Identifier: GPL-2.0-or-later
"""Tokens, folding, sentences and terms on one core: bench_text over the bodies of 6,000 news articles."""
import os
import subprocess

import common

options = common.options()
path = os.path.join(common.WORK, "allsides-6000.txt")
if options.fresh or not os.path.exists(path):
    with open(path, "w", encoding="utf8") as out:
        for article in common.articles(common.shared("data/articles/allsides-6000.jsonl.gz")):
            out.write(f"{article.get('title') or ''}\n\n{article.get('body') or ''}\n\n")
bench = os.path.join(common.ROOT, "build", "release", "bench", "bench_text")
subprocess.run([bench, path, str(max(options.runs, 5))], check=True)
