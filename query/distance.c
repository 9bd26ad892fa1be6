/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/distance.h"

#include "text/utf8.h"

/* Longer words are near nothing: no misspelling that a reader would see is looked for in them. */
#define MAX_LETTERS 64

guint onr_edit_limit(gsize n) {
  return CLAMP((guint)MIN(n, MAX_LETTERS) / 3, 1, 2);
}

/* Code points of a short word; FALSE where it is too long. */
static gboolean letters_of(const char *word, gsize length, gint32 *letters, guint *n_letters) {
  const char *end = word + length;
  *n_letters = 0;
  while (word < end) {
    if (*n_letters == MAX_LETTERS)
      return FALSE;
    guint n;
    letters[(*n_letters)++] = onr_utf8_get(word, end, &n);
    word += n;
  }
  return TRUE;
}

/* Fills HERE, the row of letter I of A; UP and TWO_UP are the rows before it. Returns its least entry. */
static guint fill_row(const gint32 *a, guint i, const gint32 *b, guint n_b, const guint *two_up,
                      const guint *up, guint *here) {
  guint least = here[0] = i;
  for (guint j = 1; j <= n_b; j++) {
    guint d = MIN(up[j], here[j - 1]) + 1;
    d = MIN(d, up[j - 1] + (a[i - 1] != b[j - 1]));
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
      d = MIN(d, two_up[j - 2] + 1);
    here[j] = d;
    least = MIN(least, d);
  }
  return least;
}

guint onr_edit_distance(const char *a, gsize a_length, const char *b, gsize b_length, guint limit) {
  gint32 a_letters[MAX_LETTERS], b_letters[MAX_LETTERS];
  guint n_a, n_b, rows[3][MAX_LETTERS + 1];
  if (!letters_of(a, a_length, a_letters, &n_a) || !letters_of(b, b_length, b_letters, &n_b))
    return limit + 1;
  if (MAX(n_a, n_b) - MIN(n_a, n_b) > limit)
    return limit + 1;
  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;
  guint least_before = 0;
  for (guint i = 1; i <= n_a; i++) {
    guint least = fill_row(a_letters, i, b_letters, n_b, rows[(i + 1) % 3], rows[(i - 1) % 3], rows[i % 3]);
    if (least > limit && least_before > limit) /* a swap reaches back two rows */
      return limit + 1;
    least_before = least;
  }
  return MIN(rows[n_a % 3][n_b], limit + 1);
}
