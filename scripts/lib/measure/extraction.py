# SPDX-License-Identifier: GPL-2.0-or-later
"""What of 92 news pages is taken for the article, against the public article-extraction benchmark's truth, and how fast pages are read."""
import gzip
import glob
import os
import subprocess
import sys

import common


def main():
    options = common.options()
    pages = sorted(glob.glob(os.path.join(common.shared("data/html/pages"), "*.html.gz")))
    predicted = os.path.join(common.WORK, "extraction.jsonl")
    with open(predicted, "w") as out:
        subprocess.run([common.ONRECORD, "annotate", "--format", "jsonl", *pages], stdout=out, check=True)
    scorer = [sys.executable, common.shared("eval/extract_eval.py"), common.shared("data/html/truth.json"), predicted]
    subprocess.run(scorer + ["--worst", str(options.misses)], check=True)
    print("published, on the whole set: rs_trafilatura, AutoExtract .970, trafilatura .958, newspaper4k .949, Readability.js .947")
    n_bytes = sum(len(gzip.open(page).read()) for page in pages)
    print(f"reading alone, one core, {n_bytes / 1e6:.1f} MB of markup, medians of {options.runs}:")
    rates = []
    for _ in range(options.runs):
        line = subprocess.run([os.path.join(common.ROOT, "build/release/bench/bench_read"), *pages],
                              stdout=subprocess.PIPE, text=True, check=True).stdout
        rates.append(float(line.split()[-2]))
    print(f"  {common.median(rates):.1f} MB/s of markup")


if __name__ == "__main__":
    main()
