/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the items with one id is stored. */
#include "indexer/scribe_private.h"

#include <string.h>

void onr_admission_clear(OnrAdmission *admission) {
  onr_source_clear(&admission->by);
}

OnrSource onr_scribe_left_out(const OnrArticle *article, OnrSourceStatus status) {
  OnrEdition edition;
  onr_edition_of_article(&edition, article);
  return (OnrSource){.member = article->member,
                     .status = status,
                     .article_id = article->id,
                     .title = article->title,
                     .version = (gint64)edition.version,
                     .updated = onr_article_get_note(article, ONR_NOTE_UPDATED),
                     .published = article->published,
                     .notice = onr_article_get_note(article, ONR_NOTE_NOTICE)};
}

/* --- lists of rows --- */

static void clear_source(gpointer p) {
  onr_source_clear(p);
}

static gboolean append_source(const OnrSource *source, gpointer data) {
  OnrSource copy;
  onr_source_copy(source, &copy);
  g_array_append_val(data, copy);
  return TRUE;
}

static GArray *new_sources(void) {
  GArray *sources = g_array_new(FALSE, FALSE, sizeof(OnrSource));
  g_array_set_clear_func(sources, clear_source);
  return sources;
}

/* The first of KILLS (OnrSource) that takes EDITION out; NULL where none does. */
static const OnrSource *find_kill(const GArray *kills, const OnrEdition *edition) {
  for (guint i = 0; i < kills->len; i++) {
    const OnrSource *source = &g_array_index(kills, OnrSource, i);
    OnrEdition kill;
    onr_source_read_edition(source, &kill);
    if (source->status == ONR_SOURCE_KILL && onr_edition_kills(&kill, edition))
      return source;
  }
  return NULL;
}

/* --- places --- */

/* Whether file A comes before B in a walk: '/' is lower than what names are made of. */
static gboolean comes_before(const char *a, const char *b) {
  while (*a && *a == *b)
    a++, b++;
  guchar x = *a == '/' ? 1 : (guchar)*a, y = *b == '/' ? 1 : (guchar)*b;
  return x < y;
}

/* Above 0 where the item of NEW in file PATH holds over that of HELD, at HOLDER. Of plain items, and of what
 * one file says twice, the first that came stays. */
static int rank(const OnrEdition *new, const char *path, const OnrEdition *held, const OnrSource *holder) {
  int order = onr_edition_compare(new, held);
  if (order == 0 && !onr_edition_is_plain(new) && comes_before(path, holder->path))
    return 1;
  return order;
}

/* The file NAME looks changed from now on. */
static gboolean mark_file(OnrScribe *scribe, const char *name, GError **error) {
  if (g_strcmp0(name, scribe->name) == 0) { /* the open file's row is not final yet */
    scribe->is_again = TRUE;
    return TRUE;
  }
  const OnrSource *file = onr_record_find_source(scribe->record, name);
  if (file && !onr_record_touch_source(scribe->record, file->row, -1, 0, error))
    return FALSE;
  if (file)
    g_hash_table_add(scribe->marked, g_strdup(name));
  return TRUE;
}

/* --- taking out --- */

/* The file of an article that was taken out has one article less, and a row that says what became of it. */
static gboolean note_place(OnrScribe *scribe, const OnrSource *holder, OnrSourceStatus status,
                           GError **error) {
  gboolean is_open = g_strcmp0(holder->path, scribe->name) == 0;
  gboolean is_whole = *holder->member == '\0';
  const OnrSource *file = onr_record_find_source(scribe->record, holder->path);
  OnrSource row = *holder;
  row.status = status;
  row.format = is_open ? scribe->format : file ? file->format : NULL;
  if (is_open)
    scribe->n_articles--;
  if (is_open && is_whole) {
    onr_source_clear(&scribe->own);
    onr_source_copy(&row, &scribe->own);
    return TRUE;
  }
  if (file && !is_open) {
    OnrSource changed = is_whole ? row : *file;
    changed.size_bytes = file->size_bytes;
    changed.mtime_ns = file->mtime_ns;
    changed.hash = file->hash;
    changed.n_replaced = file->n_replaced;
    changed.n_articles = MAX(file->n_articles, 1) - 1;
    if (!onr_record_put_source(scribe->record, &changed, NULL, error))
      return FALSE;
  }
  return is_whole || onr_record_put_source(scribe->record, &row, NULL, error);
}

/* Removes the article at HOLDER (onr_record_find_holder), whose item is REPLACED, KILLED or a DUPLICATE by BY
 * now. */
static gboolean take_out(OnrScribe *scribe, const OnrSource *holder, OnrSourceStatus status,
                         const OnrSource *by, GError **error) {
  gint64 row = holder->row;
  gboolean is_unseen = g_hash_table_remove(scribe->old, &row);
  if (!onr_archive_remove(scribe->archive, row, error) ||
      (!is_unseen && !note_place(scribe, holder, status, error)))
    return FALSE;
  if (status == ONR_SOURCE_KILLED)
    scribe->report->n_articles_killed++;
  else
    scribe->report->n_articles_replaced++;
  scribe->batch_bytes += ONR_REMOVED_BYTES;
  if (!scribe->options->skipped)
    return TRUE;
  OnrSource shown = *holder;
  shown.status = status;
  shown.by_path = by->path;
  shown.by_member = by->member;
  shown.by_version = by->version;
  shown.by_notice = by->notice;
  shown.by_reason = by->reason;
  g_autofree char *reason = onr_source_explain(&shown);
  scribe->options->skipped(holder->path, holder->member, reason, scribe->options->data);
  return TRUE;
}

/* --- an item that comes --- */

static gboolean load_kills(OnrScribe *scribe, const char *id, GArray *kills, GError **error) {
  return onr_record_each_kill(scribe->record, id, append_source, kills, error);
}

static gboolean leave_out(OnrAdmission *out, OnrSourceStatus status, const OnrSource *by) {
  out->status = status;
  onr_source_copy(by, &out->by);
  return TRUE;
}

/* The article takes the place of HOLDER's: its own file's, which is there to be compared, or another's, which
 * goes. */
static gboolean succeed(OnrScribe *scribe, const OnrArticle *article, const OnrSource *holder, int order,
                        OnrAdmission *out, GError **error) {
  gint64 row = holder->row;
  if (g_hash_table_remove(scribe->old, &row)) {
    out->old_row = row;
  } else {
    OnrSource by = onr_scribe_left_out(article, ONR_SOURCE_READ);
    by.path = scribe->name;
    if (!take_out(scribe, holder, order > 0 ? ONR_SOURCE_REPLACED : ONR_SOURCE_DUPLICATE, &by, error))
      return FALSE;
  }
  return order <= 0 || onr_record_lower_duplicates(scribe->record, article->id, error);
}

gboolean onr_scribe_admit(OnrScribe *scribe, const OnrArticle *article, OnrAdmission *out, GError **error) {
  *out = (OnrAdmission){.status = ONR_SOURCE_READ};
  g_autoptr(GArray) kills = new_sources();
  gint64 row = onr_record_find_article(scribe->record, article->id, NULL);
  if (!load_kills(scribe, article->id, kills, error))
    return FALSE;
  if (row == 0 && kills->len == 0)
    return TRUE;
  g_auto(OnrSource) holder = {0};
  OnrEdition new, held;
  onr_edition_of_article(&new, article);
  const OnrSource *kill = find_kill(kills, &new);
  if (kill)
    return leave_out(out, ONR_SOURCE_KILLED, kill);
  if (!onr_record_find_holder(scribe->record, article->id, &holder, error))
    return FALSE;
  if (holder.row == 0)
    return TRUE;
  onr_source_read_edition(&holder, &held);
  int order = onr_edition_compare(&new, &held);
  gboolean is_own = g_hash_table_contains(scribe->old, &holder.row);
  if (order < 0)
    return leave_out(out, ONR_SOURCE_REPLACED, &holder);
  if (!is_own && rank(&new, scribe->name, &held, &holder) == 0)
    return leave_out(out, ONR_SOURCE_DUPLICATE, &holder);
  return succeed(scribe, article, &holder, order, out, error);
}

gboolean onr_scribe_put_kill(OnrScribe *scribe, const OnrFile *file, const OnrArticle *article,
                             GError **error) {
  OnrSource kill = onr_scribe_left_out(article, ONR_SOURCE_KILL);
  kill.format = file->format;
  kill.reason = onr_article_get_note(article, ONR_NOTE_EDITORS);
  return onr_scribe_put_missed(scribe, &kill, error) && onr_scribe_settle_id(scribe, article->id, error);
}

/* --- settling --- */

static gboolean remove_killed(OnrScribe *scribe, const GArray *items, OnrSource *holder, GError **error) {
  OnrEdition held;
  onr_source_read_edition(holder, &held);
  const OnrSource *kill = holder->row ? find_kill(items, &held) : NULL;
  if (!kill)
    return TRUE;
  if (!take_out(scribe, holder, ONR_SOURCE_KILLED, kill, error))
    return FALSE;
  onr_source_clear(holder);
  return TRUE;
}

/* What an item that was left out is now; READ where it may hold. */
static OnrSourceStatus judge(const OnrSource *item, const GArray *items, const OnrSource *holder) {
  OnrEdition edition, held;
  onr_source_read_edition(item, &edition);
  if (find_kill(items, &edition))
    return ONR_SOURCE_KILLED;
  if (holder->row == 0)
    return ONR_SOURCE_READ;
  onr_source_read_edition(holder, &held);
  int order = rank(&edition, item->path, &held, holder);
  return order > 0 ? ONR_SOURCE_READ : order < 0 ? ONR_SOURCE_REPLACED : ONR_SOURCE_DUPLICATE;
}

static gboolean settle_item(OnrScribe *scribe, const OnrSource *item, const GArray *items,
                            const OnrSource *holder, GError **error) {
  OnrSourceStatus status = item->status == ONR_SOURCE_KILL ? ONR_SOURCE_KILL : judge(item, items, holder);
  if (status == ONR_SOURCE_READ)
    return mark_file(scribe, item->path, error);
  return status == item->status || onr_record_set_source_status(scribe->record, item->row, status, error);
}

gboolean onr_scribe_settle_id(OnrScribe *scribe, const char *id, GError **error) {
  g_autoptr(GArray) items = new_sources();
  g_auto(OnrSource) holder = {0};
  if (!onr_record_each_with_id(scribe->record, id, append_source, items, error) ||
      !onr_record_find_holder(scribe->record, id, &holder, error) ||
      !remove_killed(scribe, items, &holder, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!settle_item(scribe, &g_array_index(items, OnrSource, i), items, &holder, error))
      return FALSE;
  /* the only item of the open file has no row of its own yet */
  if (scribe->name && g_strcmp0(scribe->own.article_id, id) == 0 && scribe->own.status != ONR_SOURCE_KILL)
    scribe->is_again = TRUE;
  return TRUE;
}
