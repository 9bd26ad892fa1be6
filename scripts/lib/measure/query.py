# SPDX-License-Identifier: GPL-2.0-or-later
"""22 kinds of query over 200,000 articles, top 10, in process, beside SQLite's FTS5 with ORDER BY rank over the same
texts in the same run. The corpus, the archive and the plain FTS5 file are made once, in build/measure."""
import os
import subprocess

import common
import corpora
import plain


def plain_file(corpus, fresh):
    path = os.path.join(common.WORK, "s200k.fts5")
    if fresh or not os.path.exists(path):
        rows = plain.write_csv(os.path.join(common.WORK, "s200k.csv"), common.articles(corpus))
        wall, cpu, _ = plain.fts5_import(rows, path + ".part")
        os.rename(path + ".part", path)
        os.remove(rows)
        print(f"sqlite3 FTS5 import: {wall:.0f} s, {cpu:.0f} CPU s", flush=True)
    return path


def main():
    options = common.options()
    corpus = corpora.large_corpus(options.fresh)
    archive, file = corpora.large_archive(corpus, options.fresh), plain_file(corpus, options.fresh)
    subprocess.run([os.path.join(common.ROOT, "build", "release", "bench", "bench_query"), archive, file], check=True)


main()
