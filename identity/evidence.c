/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/evidence.h"

#include <math.h>
#include <string.h>

OnrProfile *onr_profile_new(void) {
  OnrProfile *profile = g_new0(OnrProfile, 1);
  for (guint k = 0; k < ONR_N_EVIDENCE; k++)
    profile->entries[k] = g_array_new(FALSE, FALSE, sizeof(OnrBucketWeight));
  return profile;
}

void onr_profile_free(OnrProfile *profile) {
  if (!profile)
    return;
  for (guint k = 0; k < ONR_N_EVIDENCE; k++)
    g_array_unref(profile->entries[k]);
  g_free(profile);
}

static gboolean is_own(const guint16 *own, guint n_own, guint16 bucket) {
  for (guint i = 0; i < n_own; i++)
    if (own[i] == bucket)
      return TRUE;
  return FALSE;
}

static void add_list(OnrProfile *profile, OnrEvidence which, const OnrIdentityTables *tables,
                     const guint8 **at, const guint8 *end, const guint16 *own, guint n_own) {
  gboolean are_names = which == ONR_EVIDENCE_NAMES;
  const guint8 *weights = are_names ? tables->names : tables->words;
  const gint8(*vectors)[ONR_N_DIRECTIONS] = are_names ? tables->name_vectors : tables->word_vectors;
  guint16 buckets[G_MAXUINT8];
  gint32 sum[ONR_N_DIRECTIONS] = {0};
  int n = onr_signature_next(at, end, buckets);
  for (int i = 0; i < n; i++) /* each is a line of its own in 4 MB */
    __builtin_prefetch(vectors[buckets[i]]);
  for (int i = 0; i < n; i++) {
    const gint16 weight = weights[buckets[i]];
    OnrBucketWeight entry = {buckets[i], (guint32)weight};
    if (!weight || is_own(own, n_own, buckets[i]))
      continue;
    g_array_append_val(profile->entries[which], entry);
    for (guint k = 0; k < ONR_N_DIRECTIONS; k++) /* a byte by a byte: 16 bits hold it */
      sum[k] += (gint16)(weight * vectors[buckets[i]][k]);
  }
  for (guint k = 0; k < ONR_N_DIRECTIONS; k++)
    profile->vectors[which][k] += sum[k];
}

static void widen(OnrProfile *profile, guint16 first, guint16 last) {
  if (!first)
    return;
  profile->first_day = profile->first_day ? MIN(profile->first_day, first) : first;
  profile->last_day = MAX(profile->last_day, last);
}

static void add_days(OnrProfile *profile, const guint8 **at, const guint8 *end) {
  if (end - *at < ONR_SIGNATURE_DAY_BYTES)
    return;
  guint16 day = (guint16)((*at)[0] | (*at)[1] << 8);
  *at += ONR_SIGNATURE_DAY_BYTES;
  widen(profile, day, day);
}

void onr_profile_add(OnrProfile *profile, const OnrIdentityModel *model, const guint8 *name, gsize n_name,
                     const guint8 *topic, gsize n_topic, const guint16 *own, guint n_own) {
  const OnrIdentityTables *tables = model->tables;
  const guint8 *at = name + MIN(n_name, ONR_SIGNATURE_LOT_BYTES), *end = name + n_name;
  add_list(profile, ONR_EVIDENCE_NEAR, tables, &at, end, own, n_own);
  add_list(profile, ONR_EVIDENCE_CLOSE, tables, &at, end, own, n_own);
  add_list(profile, ONR_EVIDENCE_ROLE, tables, &at, end, own, n_own);
  at = topic;
  add_days(profile, &at, topic + n_topic);
  add_list(profile, ONR_EVIDENCE_TOPIC, tables, &at, topic + n_topic, own, n_own);
  add_list(profile, ONR_EVIDENCE_NAMES, tables, &at, topic + n_topic, own, n_own);
  profile->n_items++;
}

void onr_profile_add_profile(OnrProfile *profile, const OnrProfile *other) {
  for (guint k = 0; k < ONR_N_EVIDENCE; k++) {
    g_array_append_vals(profile->entries[k], other->entries[k]->data, other->entries[k]->len);
    for (guint i = 0; i < ONR_N_DIRECTIONS; i++)
      profile->vectors[k][i] += other->vectors[k][i];
  }
  profile->n_items += other->n_items;
  widen(profile, other->first_day, other->last_day);
}

/* ENTRIES in order of buckets, by their low bytes and then by their high ones. */
static void sort_entries(GArray *entries) {
  g_autofree OnrBucketWeight *other = g_new(OnrBucketWeight, entries->len);
  OnrBucketWeight *from = (OnrBucketWeight *)(gpointer)entries->data, *to = other;
  for (guint shift = 0; shift < 16; shift += 8) {
    guint begin[257] = {0};
    for (guint i = 0; i < entries->len; i++)
      begin[1 + ((from[i].bucket >> shift) & 255)]++;
    for (guint k = 1; k < 257; k++)
      begin[k] += begin[k - 1];
    for (guint i = 0; i < entries->len; i++)
      to[begin[(from[i].bucket >> shift) & 255]++] = from[i];
    OnrBucketWeight *done = to;
    to = from;
    from = done;
  } /* after two passes they are where they were */
}

/* Equal buckets into one, with the sum of their weights. */
static double merge(GArray *entries) {
  OnrBucketWeight *all = (OnrBucketWeight *)(gpointer)entries->data;
  guint n = 0;
  double sum = 0;
  gboolean is_sorted = TRUE; /* that of one article is */
  for (guint i = 1; is_sorted && i < entries->len; i++)
    is_sorted = all[i - 1].bucket < all[i].bucket;
  if (!is_sorted)
    sort_entries(entries);
  for (guint i = 0; i < entries->len; i++)
    if (n && all[n - 1].bucket == all[i].bucket)
      all[n - 1].weight += all[i].weight;
    else
      all[n++] = all[i];
  g_array_set_size(entries, n);
  for (guint i = 0; i < n; i++)
    sum += (double)all[i].weight * all[i].weight;
  return sqrt(sum);
}

static double dot(const double x[ONR_N_DIRECTIONS], const double y[ONR_N_DIRECTIONS]) {
  double sum = 0;
  for (guint i = 0; i < ONR_N_DIRECTIONS; i++)
    sum += x[i] * y[i];
  return sum;
}

void onr_profile_settle(OnrProfile *profile) {
  for (guint k = 0; k < ONR_N_EVIDENCE; k++) {
    profile->norms[k] = merge(profile->entries[k]);
    profile->lengths[k] = sqrt(dot(profile->vectors[k], profile->vectors[k]));
  }
}

#define MUCH_LONGER 8 /* then each of the few is looked for among the many */

/* The first of X[FROM, N) that is not before BUCKET. */
static guint seek(const OnrBucketWeight *x, guint from, guint n, guint32 bucket) {
  while (from < n) {
    guint middle = from + (n - from) / 2;
    if (x[middle].bucket < bucket)
      from = middle + 1;
    else
      n = middle;
  }
  return from;
}

static double product_by_seeking(const OnrBucketWeight *x, guint n, const OnrBucketWeight *y, guint m) {
  double sum = 0;
  for (guint i = 0, k = 0; i < n && k < m; i++) {
    k = seek(y, k, m, x[i].bucket);
    if (k < m && y[k].bucket == x[i].bucket)
      sum += (double)x[i].weight * y[k].weight;
  }
  return sum;
}

/* Which list goes on is as good as chance: it is reckoned, since a branch would be guessed wrong each other
 * time. */
static double product_in_step(const OnrBucketWeight *x, guint n, const OnrBucketWeight *y, guint m) {
  double sum = 0;
  for (guint i = 0, k = 0; i < n && k < m;) {
    guint32 a = x[i].bucket, b = y[k].bucket;
    if (a == b)
      sum += (double)x[i].weight * y[k].weight;
    i += a <= b;
    k += b <= a;
  }
  return sum;
}

/* N is not more than M. */
static double product(const OnrBucketWeight *x, guint n, const OnrBucketWeight *y, guint m) {
  return m / MUCH_LONGER > n ? product_by_seeking(x, n, y, m) : product_in_step(x, n, y, m);
}

double onr_profile_cosine(const OnrProfile *a, const OnrProfile *b, OnrEvidence which) {
  const GArray *x = a->entries[which], *y = b->entries[which];
  double norms = a->norms[which] * b->norms[which];
  if (x->len > y->len) {
    const GArray *swapped = x;
    x = y;
    y = swapped;
  }
  return norms > 0 ? product((const OnrBucketWeight *)(gconstpointer)x->data, x->len,
                             (const OnrBucketWeight *)(gconstpointer)y->data, y->len) /
                         norms
                   : 0;
}

double onr_profile_direction(const OnrProfile *a, const OnrProfile *b, OnrEvidence which) {
  double lengths = a->lengths[which] * b->lengths[which];
  return lengths > 0 ? dot(a->vectors[which], b->vectors[which]) / lengths : 0;
}

#define LONG_GAP (5 * 365) /* days: longer ones tell no more */

/* Days between the articles of one and those of the other, of LONG_GAP. */
static double gap(const OnrProfile *a, const OnrProfile *b) {
  int days = MAX(a->first_day, b->first_day) - MIN(a->last_day, b->last_day);
  return (double)CLAMP(days, 0, LONG_GAP) / LONG_GAP;
}

void onr_evidence_features(const OnrProfile *a, const OnrProfile *b, double out[ONR_N_EVIDENCE_FEATURES]) {
  double fewest = 1 / sqrt(MAX(MIN(a->n_items, b->n_items), 1)),
         most = 1 / sqrt(MAX(MAX(a->n_items, b->n_items), 1));
  gboolean have_roles = a->norms[ONR_EVIDENCE_ROLE] > 0 && b->norms[ONR_EVIDENCE_ROLE] > 0;
  gboolean are_dated = a->first_day && b->first_day;
  double close = onr_profile_cosine(a, b, ONR_EVIDENCE_CLOSE);
  double near = onr_profile_cosine(a, b, ONR_EVIDENCE_NEAR),
         topic = onr_profile_cosine(a, b, ONR_EVIDENCE_TOPIC),
         names = onr_profile_cosine(a, b, ONR_EVIDENCE_NAMES),
         role = onr_profile_cosine(a, b, ONR_EVIDENCE_ROLE);
  double like[ONR_N_EVIDENCE];
  for (guint k = 0; k < ONR_N_EVIDENCE; k++)
    like[k] = onr_profile_direction(a, b, k);
  const double features[ONR_N_EVIDENCE_FEATURES] = {1,
                                                    sqrt(near),
                                                    near,
                                                    sqrt(topic),
                                                    topic,
                                                    sqrt(names),
                                                    names,
                                                    have_roles ? role : 0,
                                                    have_roles ? 0 : 1,
                                                    have_roles && role < 0.05 ? 1 : 0,
                                                    fewest,
                                                    most,
                                                    sqrt(near) * fewest,
                                                    sqrt(topic) * fewest,
                                                    sqrt(names) * fewest,
                                                    near > 0 ? 0 : fewest,
                                                    sqrt(close),
                                                    close,
                                                    sqrt(close) * fewest,
                                                    close > 0 ? 0 : fewest,
                                                    are_dated ? gap(a, b) : 0,
                                                    are_dated && gap(a, b) * LONG_GAP < 7 ? 1 : 0,
                                                    are_dated ? 0 : 1,
                                                    like[ONR_EVIDENCE_NEAR],
                                                    like[ONR_EVIDENCE_NEAR] * fewest,
                                                    like[ONR_EVIDENCE_CLOSE],
                                                    like[ONR_EVIDENCE_CLOSE] * fewest,
                                                    like[ONR_EVIDENCE_TOPIC],
                                                    like[ONR_EVIDENCE_TOPIC] * fewest,
                                                    like[ONR_EVIDENCE_NAMES],
                                                    like[ONR_EVIDENCE_NAMES] * fewest,
                                                    like[ONR_EVIDENCE_ROLE],
                                                    like[ONR_EVIDENCE_ROLE] * fewest};
  memcpy(out, features, sizeof features);
}

double onr_evidence_weigh(const OnrIdentityModel *model, const OnrProfile *a, const OnrProfile *b) {
  double features[ONR_N_EVIDENCE_FEATURES], sum = 0;
  onr_evidence_features(a, b, features);
  for (guint k = 0; k < ONR_N_EVIDENCE_FEATURES; k++)
    sum += features[k] * model->weights[k];
  return sum;
}
