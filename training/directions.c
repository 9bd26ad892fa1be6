/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/directions.h"

#include <math.h>
#include <string.h>

#define SEED 20261129
#define N_ROUNDS 10
#define NOTHING 1e-12
#define D ONR_N_DIRECTIONS

typedef struct {
  guint bucket;
  float weight;
} Entry;

struct OnrDirections {
  GArray *entries; /* Entry, row after row */
  GArray *ends;    /* guint: of each row */
};

OnrDirections *onr_directions_new(void) {
  OnrDirections *d = g_new0(OnrDirections, 1);
  d->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  d->ends = g_array_new(FALSE, FALSE, sizeof(guint));
  return d;
}

void onr_directions_free(OnrDirections *d) {
  if (!d)
    return;
  g_array_unref(d->entries);
  g_array_unref(d->ends);
  g_free(d);
}

void onr_directions_add(OnrDirections *d, guint16 bucket, float weight) {
  Entry entry = {bucket, weight};
  g_array_append_val(d->entries, entry);
}

static guint row_begin(const OnrDirections *d, guint row) {
  return row ? g_array_index(d->ends, guint, row - 1) : 0;
}

void onr_directions_end_row(OnrDirections *d) {
  guint begin = row_begin(d, d->ends->len), end = d->entries->len;
  double square = 0;
  for (guint i = begin; i < end; i++)
    square += (double)g_array_index(d->entries, Entry, i).weight * g_array_index(d->entries, Entry, i).weight;
  for (guint i = begin; i < end && square > 0; i++)
    g_array_index(d->entries, Entry, i).weight /= (float)sqrt(square);
  g_array_append_val(d->ends, end);
}

/* OUT = Mᵀ M X. */
static void multiply(const OnrDirections *d, const double *x, double *out) {
  memset(out, 0, ONR_N_BUCKETS * D * sizeof *out);
  for (guint row = 0; row < d->ends->len; row++) {
    double sum[D] = {0};
    guint begin = row_begin(d, row), end = g_array_index(d->ends, guint, row);
    for (guint i = begin; i < end; i++) {
      const Entry *entry = &g_array_index(d->entries, Entry, i);
      for (guint k = 0; k < D; k++)
        sum[k] += (double)entry->weight * x[entry->bucket * D + k];
    }
    for (guint i = begin; i < end; i++) {
      const Entry *entry = &g_array_index(d->entries, Entry, i);
      for (guint k = 0; k < D; k++)
        out[entry->bucket * D + k] += (double)entry->weight * sum[k];
    }
  }
}

/* The products of X's columns with each other, the lower half. */
static void multiply_columns(const double *x, double gram[D][D]) {
  memset(gram, 0, D * sizeof *gram);
  for (guint b = 0; b < ONR_N_BUCKETS; b++, x += D)
    for (guint i = 0; i < D; i++)
      for (guint k = 0; k <= i; k++)
        gram[i][k] += x[i] * x[k];
}

/* GRAM = L Lᵀ, L in its lower half. */
static void decompose(double gram[D][D]) {
  for (guint i = 0; i < D; i++)
    for (guint k = 0; k <= i; k++) {
      double sum = gram[i][k];
      for (guint j = 0; j < k; j++)
        sum -= gram[i][j] * gram[k][j];
      if (i != k)
        gram[i][k] = sum / gram[k][k];
      else
        gram[i][i] = sum > NOTHING * gram[i][i]
                         ? sqrt(sum)
                         : INFINITY; /* that column is made of those before: it becomes 0 */
    }
}

/* Makes the columns of X orthogonal and of length 1: X L⁻ᵀ, of the decomposition of XᵀX (Cholesky QR). */
static void make_orthogonal(double *x) {
  double gram[D][D];
  multiply_columns(x, gram);
  decompose(gram);
  for (guint b = 0; b < ONR_N_BUCKETS; b++, x += D)
    for (guint i = 0; i < D; i++) {
      for (guint k = 0; k < i; k++)
        x[i] -= gram[i][k] * x[k];
      x[i] /= gram[i][i];
    }
}

/* Each row divided by the square root of its length. Returns the largest number. */
static double even_out(double *x) {
  double largest = 0;
  for (guint b = 0; b < ONR_N_BUCKETS; b++, x += D) {
    double square = 0;
    for (guint k = 0; k < D; k++)
      square += x[k] * x[k];
    for (guint k = 0; k < D && square > 0; k++) {
      x[k] /= sqrt(sqrt(square));
      largest = MAX(largest, fabs(x[k]));
    }
  }
  return largest;
}

void onr_directions_find(const OnrDirections *d, gint8 out[ONR_N_BUCKETS][ONR_N_DIRECTIONS]) {
  double *x = g_new(double, ONR_N_BUCKETS *D), *y = g_new(double, ONR_N_BUCKETS *D);
  GRand *rand = g_rand_new_with_seed(SEED);
  for (guint i = 0; i < ONR_N_BUCKETS * D; i++)
    x[i] = g_rand_double_range(rand, -1, 1);
  g_rand_free(rand);
  for (guint round = 0; round < N_ROUNDS; round++) {
    multiply(d, x, y);
    make_orthogonal(y);
    double *swapped = x;
    x = y;
    y = swapped;
  }
  double largest = even_out(x);
  for (guint b = 0; b < ONR_N_BUCKETS; b++)
    for (guint k = 0; k < D; k++)
      out[b][k] = (gint8)(largest > 0 ? lround(127 * x[b * D + k] / largest) : 0);
  g_free(x);
  g_free(y);
}
