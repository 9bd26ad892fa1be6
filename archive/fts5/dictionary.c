/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/dictionary.h"

#include "archive/fts5/batch_terms.h"
#include "archive/fts5/term_runs.h"

#include <string.h>

struct OnrDictionary {
  OnrRecord *record;
  OnrTable table;
  OnrBatchTerms batch;
};

OnrDictionary *onr_dictionary_new(OnrRecord *record, OnrTable table) {
  OnrDictionary *dictionary = g_new0(OnrDictionary, 1);
  dictionary->record = record;
  dictionary->table = table;
  onr_batch_terms_init(&dictionary->batch);
  return dictionary;
}

void onr_dictionary_free(OnrDictionary *dictionary) {
  if (!dictionary)
    return;
  onr_batch_terms_clear(&dictionary->batch);
  g_free(dictionary);
}

gboolean onr_dictionary_create(sqlite3 *db, GError **error) {
  return onr_term_runs_create(db, error);
}

void onr_dictionary_forget(OnrDictionary *dictionary) {
  onr_batch_terms_empty(&dictionary->batch);
}

void onr_dictionary_count(OnrDictionary *dictionary, const OnrTermCounts *counts, int sign) {
  onr_batch_terms_count(&dictionary->batch, counts, sign);
}

/* --- writing --- */

#define NO_FORM G_MAXUINT32

/* The forms of each stem of a batch, as chains in byte order. */
typedef struct {
  guint32 *first; /* by stem: a form, or NO_FORM */
  guint32 *next;  /* by form: the next of the same stem, or NO_FORM */
} Forms;

static void forms_clear(Forms *forms) {
  g_clear_pointer(&forms->first, g_free);
  g_clear_pointer(&forms->next, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Forms, forms_clear)

static void chain_forms(Forms *forms, const OnrBatchTerms *batch, const guint32 *sorted) {
  forms->first = g_new(guint32, batch->n_terms);
  forms->next = g_new(guint32, batch->n_terms);
  memset(forms->first, 0xff, batch->n_terms * sizeof *forms->first);
  for (guint32 i = batch->n_terms; i-- > 0;) {
    guint32 form = sorted[i], stem = batch->terms[form].stem;
    if (stem == form) /* a stem is in no list */
      continue;
    forms->next[form] = forms->first[stem];
    forms->first[stem] = form;
  }
}

static gboolean write_term(OnrTermRunWriter *writer, const OnrBatchTerms *batch, const OnrBatchTerm *term,
                           GError **error) {
  return (!term->n_items && !term->n_postings) ||
         onr_term_run_writer_add(writer, onr_batch_term_bytes(batch, term), term->length, term->n_items,
                                 term->n_postings, error);
}

static gboolean write_forms(OnrTermRunWriter *writer, const OnrBatchTerms *batch, const Forms *forms,
                            guint32 stem, GError **error) {
  char key[ONR_TERM_KEY_MAX];
  guint n_stem = batch->terms[stem].length;
  memcpy(key, onr_batch_term_bytes(batch, &batch->terms[stem]), n_stem);
  key[n_stem] = '\0';
  for (guint32 i = forms->first[stem]; i != NO_FORM; i = forms->next[i]) {
    const OnrBatchTerm *form = &batch->terms[i];
    memcpy(key + n_stem + 1, onr_batch_term_bytes(batch, form), form->length);
    if (form->n_items &&
        !onr_term_run_writer_add(writer, key, n_stem + 1 + form->length, form->n_items, 0, error))
      return FALSE;
  }
  return TRUE;
}

#define FETCH_AHEAD 8

/* Byte order is no order in memory: what is written soon is fetched meanwhile. */
static void fetch_ahead(const OnrBatchTerms *batch, const guint32 *sorted, guint32 i) {
  if (i + 2 * FETCH_AHEAD >= batch->n_terms)
    return;
  __builtin_prefetch(&batch->terms[sorted[i + 2 * FETCH_AHEAD]]);
  __builtin_prefetch(onr_batch_term_bytes(batch, &batch->terms[sorted[i + FETCH_AHEAD]]));
}

static gboolean write_batch(const OnrBatchTerms *batch, OnrTermRunWriter *writer, GError **error) {
  g_autofree guint32 *sorted = onr_batch_terms_sort(batch);
  g_auto(Forms) forms = {0};
  chain_forms(&forms, batch, sorted);
  for (guint32 i = 0; i < batch->n_terms; i++) {
    fetch_ahead(batch, sorted, i);
    if (!write_term(writer, batch, &batch->terms[sorted[i]], error) ||
        !write_forms(writer, batch, &forms, sorted[i], error))
      return FALSE;
  }
  return onr_term_run_writer_finish(writer, error);
}

gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error) {
  if (!dictionary->batch.n_terms)
    return TRUE;
  g_autoptr(OnrTermRunWriter) writer = onr_term_run_writer_new(dictionary->record, dictionary->table, error);
  if (!writer || !write_batch(&dictionary->batch, writer, error) ||
      !onr_term_runs_settle(dictionary->record, dictionary->table, error))
    return FALSE;
  onr_dictionary_forget(dictionary);
  return TRUE;
}

gboolean onr_dictionary_optimise(OnrDictionary *dictionary, GError **error) {
  return onr_term_runs_merge(dictionary->record, dictionary->table, error);
}

/* --- looking up --- */

gboolean onr_term_is_stem(const char *term) {
  if (g_ascii_isupper(*term) && *term != *ONR_TERM_STEM)
    term++;
  return *term == *ONR_TERM_STEM;
}

gboolean onr_dictionary_find(OnrDictionary *dictionary, const char *term, guint64 *n_items,
                             guint64 *n_postings, GError **error) {
  gint64 items, postings;
  if (!onr_term_runs_find(dictionary->record, dictionary->table, term, (guint)strlen(term), &items, &postings,
                          error))
    return FALSE;
  if (items < 0 || postings < 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s': term '%s' is counted in %" G_GINT64_FORMAT " items with weight %" G_GINT64_FORMAT
                ": run `onrecord reindex`",
                onr_record_file(dictionary->record), term, items, postings);
    return FALSE;
  }
  *n_items = (guint64)items;
  *n_postings = (guint64)postings;
  return TRUE;
}

static OnrDictionaryCursor *cursor_new_at(OnrDictionary *dictionary, const char *key, guint length,
                                          GError **error) {
  return onr_term_run_cursor_new_at(dictionary->record, dictionary->table, key, length, error);
}

OnrDictionaryCursor *onr_dictionary_cursor_new(OnrDictionary *dictionary, GError **error) {
  return cursor_new_at(dictionary, "", 0, error);
}

void onr_dictionary_cursor_free(OnrDictionaryCursor *cursor) {
  onr_term_run_cursor_free(cursor);
}

OnrStep onr_dictionary_cursor_next(OnrDictionaryCursor *cursor, OnrDictionaryEntry *out, GError **error) {
  const OnrTermEntry *entry;
  if (!onr_term_run_cursor_next(cursor, &entry, error))
    return ONR_STEP_ERROR;
  if (!entry)
    return ONR_STEP_DONE;
  const char *nul = memchr(entry->key, '\0', entry->length);
  *out = (OnrDictionaryEntry){.term = entry->key,
                              .form = nul ? nul + 1 : NULL,
                              .n_items = entry->n_items,
                              .n_postings = entry->n_postings};
  return ONR_STEP_ROW;
}

static gboolean add_forms(OnrDictionary *dictionary, const char *stem, GPtrArray *forms, GError **error) {
  /* With its NUL: the forms come right after. */
  g_autoptr(OnrDictionaryCursor) cursor = cursor_new_at(dictionary, stem, (guint)strlen(stem) + 1, error);
  if (!cursor)
    return FALSE;
  OnrDictionaryEntry entry;
  OnrStep step;
  while ((step = onr_dictionary_cursor_next(cursor, &entry, error)) == ONR_STEP_ROW &&
         !strcmp(entry.term, stem))
    if (entry.n_items > 0)
      g_ptr_array_add(forms, g_strdup(entry.form));
  return step != ONR_STEP_ERROR;
}

gboolean onr_dictionary_forms(OnrDictionary *dictionary, const char *term, GPtrArray *forms, GError **error) {
  if (onr_term_is_stem(term))
    return add_forms(dictionary, term, forms, error);
  g_ptr_array_add(forms, g_strdup(term));
  return TRUE;
}

gboolean onr_dictionary_expand(OnrDictionary *dictionary, const char *prefix, guint limit, GPtrArray *terms,
                               GError **error) {
  g_autoptr(OnrDictionaryCursor) cursor = cursor_new_at(dictionary, prefix, (guint)strlen(prefix), error);
  if (!cursor)
    return FALSE;
  const guint64 enough = (guint64)terms->len + limit + 1;
  OnrDictionaryEntry entry;
  OnrStep step = ONR_STEP_ROW;
  while (terms->len < enough && (step = onr_dictionary_cursor_next(cursor, &entry, error)) == ONR_STEP_ROW &&
         g_str_has_prefix(entry.term, prefix))
    if (!entry.form && entry.n_items > 0)
      g_ptr_array_add(terms, g_strdup(entry.term));
  return step != ONR_STEP_ERROR;
}

gboolean onr_dictionary_check(OnrDictionary *dictionary, GError **error) {
  return onr_term_runs_check(dictionary->record, dictionary->table, error);
}
