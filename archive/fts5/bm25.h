/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BM25 as Xapian 1.4's BM25Weight computes it (weight/bm25weight.cc, with k2 = 0 and no relevance set), so
   that both engines give one score:

     w(term) = ln(max-ish idf) · (k3 + 1) wqf / (k3 + wqf) · (k1 + 1),  idf = (N − n + ½) / (n + ½), and where
   idf < 2: idf / 2 + 1 score   = Σ w(term) · wdf / (k1 (b · max(length / average, min_normlen) + 1 − b) +
   wdf)

   docs/ranking.md says where it comes from and why the parameters are what they are. */
#pragma once

#include "archive/engine.h"

#include <math.h>

G_BEGIN_DECLS

/* What a term weighs in a table of N_ITEMS of which DOC_FREQUENCY have it, asked for WQF times. */
static inline double onr_bm25_weight(const OnrBm25 *p, guint64 n_items, guint64 doc_frequency, guint wqf) {
  double idf = ((double)n_items - (double)doc_frequency + 0.5) / ((double)doc_frequency + 0.5);
  double weight = log(idf < 2 ? idf * 0.5 + 1 : idf);
  if (p->k3 != 0)
    weight *= (p->k3 + 1) * wqf / (p->k3 + wqf);
  return weight * (p->k1 + 1);
}

/* The length's part of the denominator, the same for all terms of an item. LENGTH_FACTOR: 1 / average length,
 * or 0 where all items are empty. */
static inline double onr_bm25_norm(const OnrBm25 *p, guint32 length, double length_factor) {
  double relative = length * length_factor;
  return p->k1 * (MAX(relative, p->min_normlen) * p->b + (1 - p->b));
}

/* A term without wdf (a field's) scores nothing. */
static inline double onr_bm25_part(double weight, double norm, guint32 wdf) {
  return wdf ? weight * (wdf / (norm + wdf)) : 0;
}

G_END_DECLS
