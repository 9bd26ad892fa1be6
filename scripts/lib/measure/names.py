# SPDX-License-Identifier: GPL-2.0-or-later
"""How long `quotes speaker:"NAME"` takes over 200,000 articles in both engines, in process, warm: the ten best and the count, for the most quoted, the next
thousand and all speakers. The corpus and the archives are made once, in build/measure."""
import os
import shutil
import subprocess

import common
import corpora


def xapian_archive(archive, fresh):
    folder = archive + ".xapian"
    if fresh or not os.path.exists(folder):
        shutil.rmtree(folder + ".part", ignore_errors=True)
        shutil.copytree(archive, folder + ".part")
        common.run([common.ONRECORD, "-a", folder + ".part", "--quiet", "reindex", "--engine", "xapian"])
        os.rename(folder + ".part", folder)
    return folder


def main():
    options = common.options()
    archive = corpora.large_archive(corpora.large_corpus(options.fresh), options.fresh)
    for folder in (archive, xapian_archive(archive, options.fresh)):
        subprocess.run([os.path.join(common.ROOT, "build", "release", "bench", "bench_names"), folder], check=True)


main()
