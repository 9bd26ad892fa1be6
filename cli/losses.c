/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/losses.h"

#include <string.h>

#define OTHERS "other reasons"

struct OnrLosses {
  GHashTable *by_reason; /* char * (its loss's own) → OnrLoss */
};

static void loss_free(gpointer p) {
  OnrLoss *loss = p;
  g_free(loss->reason);
  g_free(loss->kind);
  g_free(loss);
}

OnrLosses *onr_losses_new(void) {
  OnrLosses *losses = g_new(OnrLosses, 1);
  losses->by_reason = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, loss_free);
  return losses;
}

void onr_losses_free(OnrLosses *losses) {
  if (!losses)
    return;
  g_hash_table_unref(losses->by_reason);
  g_free(losses);
}

/* The end of what is quoted at TEXT, behind its closing mark; NULL where none closes it. An apostrophe inside
 * a word opens nothing. */
static const char *end_of_quoted(const char *text, const char *begin) {
  if (*text != '\'' || (text > begin && g_ascii_isalnum(text[-1])))
    return NULL;
  for (const char *p = text + 1; (p = strchr(p, '\'')); p++)
    if (!g_ascii_isalnum(p[1]))
      return p + 1;
  return NULL;
}

/* "1,204.5" whole, a comma or full stop behind it left. */
static const char *end_of_number(const char *text) {
  const char *end = text + strspn(text, "0123456789,.");
  while (!g_ascii_isdigit(end[-1]))
    end--;
  return end;
}

/* "line 5: '}' expected" as "line N: '…' expected". Numbers inside words (MP3) stay. */
static char *generalise(const char *reason) {
  GString *out = g_string_new(NULL);
  for (const char *p = reason; *p;) {
    const char *end = end_of_quoted(p, reason);
    gboolean is_number = g_ascii_isdigit(*p) && (p == reason || !g_ascii_isalnum(p[-1]));
    if (end) {
      g_string_append(out, "'…'");
      p = end;
    } else if (is_number) {
      g_string_append_c(out, 'N');
      p = end_of_number(p);
    } else {
      g_string_append_c(out, *p++);
    }
  }
  return g_string_free(out, FALSE);
}

/* A crawl tells many records in one line, "2 records: an image, …" (indexer/containers/crawl.c): returns how
   many *REASON stands for and moves it behind the count. */
static guint64 take_count(const char **reason) {
  char *end;
  guint64 n = g_ascii_strtoull(*reason, &end, 10);
  for (const char *const *words = (const char *const[]){" record: ", " records: ", NULL};
       end > *reason && *words; words++)
    if (g_str_has_prefix(end, *words)) {
      *reason = end + strlen(*words);
      return n;
    }
  return 1;
}

void onr_losses_add(OnrLosses *losses, const char *kind, const char *reason) {
  guint64 n = take_count(&reason);
  g_autofree char *general = generalise(reason);
  OnrLoss *loss = g_hash_table_lookup(losses->by_reason, general);
  if (!loss && g_hash_table_size(losses->by_reason) >= ONR_LOSSES_MAX) {
    g_free(general);
    general = g_strdup(OTHERS);
    kind = NULL;
    loss = g_hash_table_lookup(losses->by_reason, general);
  }
  if (!loss) {
    loss = g_new0(OnrLoss, 1);
    loss->reason = g_steal_pointer(&general);
    loss->kind = g_strdup(kind);
    g_hash_table_insert(losses->by_reason, loss->reason, loss);
  }
  loss->n += n;
}

static int compare_losses(gconstpointer a, gconstpointer b) {
  const OnrLoss *x = *(OnrLoss *const *)a, *y = *(OnrLoss *const *)b;
  return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp(x->reason, y->reason);
}

GPtrArray *onr_losses_list(const OnrLosses *losses) {
  GPtrArray *list = g_ptr_array_new();
  GHashTableIter iter;
  gpointer loss;
  g_hash_table_iter_init(&iter, losses->by_reason);
  while (g_hash_table_iter_next(&iter, NULL, &loss))
    g_ptr_array_add(list, loss);
  g_ptr_array_sort(list, compare_losses);
  return list;
}
