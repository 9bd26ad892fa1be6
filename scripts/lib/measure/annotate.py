# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast `onrecord annotate` is over 6,000 news articles, on one core and on all."""
import os

import common

options = common.options()
path = common.unpacked("data/articles/allsides-6000.jsonl.gz")
size = common.text_bytes(path) / common.MB
print(f"allsides-6000, {size:.1f} MB of title and body; median of {options.runs} runs")
print(f"{'workers':>8s} {'MB/s':>7s} {'wall s':>7s} {'CPU s':>7s} {'MiB':>6s}")
for jobs in dict.fromkeys([1, os.cpu_count()]):
    runs = [common.run([common.ONRECORD, "annotate", "--jobs", str(jobs), "--format", "jsonl", path]) for _ in range(options.runs)]
    wall, cpu, memory = (common.median(column) for column in zip(*runs))
    print(f"{jobs:8d} {size / wall:7.1f} {wall:7.2f} {cpu:7.2f} {memory:6.0f}")
