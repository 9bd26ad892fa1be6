/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facets.h"

#include "cli/ranked.h"
#include "cli/text_parts.h"

static GArray *new_facets(void) {
  GArray *facets = g_array_new(FALSE, TRUE, sizeof(OnrFacet));
  g_array_set_clear_func(facets, (GDestroyNotify)onr_facet_clear);
  return facets;
}

typedef struct {
  OnrSession *session;
  OnrFacetKind what;
  OnrTable table;
  OnrQuery *query; /* NULL: everything */
  const char *text;
} Facets;

static OnrRecordKind kind_of(const Facets *f) {
  if (f->session->options.is_count)
    return ONR_RECORD_COUNT;
  if (f->what == ONR_FACET_SPEAKER)
    return ONR_RECORD_SPEAKER;
  return f->table == ONR_TABLE_QUOTES ? ONR_RECORD_QUOTED_ENTITY : ONR_RECORD_ENTITY;
}

static gboolean write_facets(const Facets *f, const GArray *facets, guint64 n_distinct, GError **error) {
  OnrWriter *writer = onr_session_writer(f->session, kind_of(f), FALSE, error);
  if (!writer)
    return FALSE;
  OnrCountRecord count = {.query = f->text,
                          .what = f->what == ONR_FACET_SPEAKER ? "speakers" : "entities",
                          .n_matches = n_distinct,
                          .n_total = ONR_NO_TOTAL,
                          .n_articles = ONR_NO_TOTAL,
                          .n_articles_total = ONR_NO_TOTAL,
                          .n_distinct = ONR_NO_TOTAL,
                          .offset = f->session->options.offset,
                          .missing = onr_archive_missing(f->session->archive)};
  onr_session_note_missing(f->session);
  onr_writer_begin_query(writer, &count);
  for (guint i = 0; !f->session->options.is_count && i < facets->len; i++)
    onr_writer_put(writer, &g_array_index(facets, OnrFacet, i));
  onr_writer_end_query(writer);
  onr_writer_close(writer);
  return TRUE;
}

/* Nobody: either nothing matches, or nobody is named in what does. */
static gboolean explain_none(const Facets *f, GError **error) {
  if (!f->query || f->session->options.is_quiet)
    return TRUE;
  const OnrRunSpec spec = {.limit = 1};
  g_autoptr(OnrResults) results = onr_query_run(f->query, &spec, error);
  if (!results)
    return FALSE;
  if (!results->n_matches)
    return onr_session_suggest(f->session, f->query, error);
  g_autofree char *count = f->table == ONR_TABLE_QUOTES
                               ? onr_counted(results->n_matches, "quote matches", "quotes match")
                               : onr_counted(results->n_matches, "article matches", "articles match");
  onr_session_note(f->session, "%s, but %s", count,
                   f->what == ONR_FACET_SPEAKER ? "no speaker is named" : "nobody and nothing is named");
  return TRUE;
}

static int run(const Facets *f, GError **error) {
  const OnrOptions *o = &f->session->options;
  g_autoptr(GArray) facets = new_facets();
  guint64 n_distinct = 0;
  guint limit = o->limit < 0 ? ONR_LIMIT_DEFAULT : (guint)o->limit;
  if (!onr_query_facets(f->session->archive, f->query, f->what, o->offset, o->is_count ? 1 : limit, facets,
                        &n_distinct, error) ||
      !write_facets(f, facets, n_distinct, error))
    return ONR_EXIT_FAILURE;
  if (n_distinct)
    return ONR_EXIT_DONE;
  return explain_none(f, error) ? ONR_EXIT_NO_HITS : ONR_EXIT_FAILURE;
}

int onr_facets_run(OnrSession *session, OnrFacetKind what, OnrTable table, GError **error) {
  gboolean is_everything;
  g_autofree char *text = onr_session_query(session, &is_everything, error);
  if (!text)
    return ONR_EXIT_FAILURE;
  OnrQueryOptions options = onr_session_query_options(session);
  /* Everything in quotes is a query too: without one the library counts in articles. */
  gboolean needs_query = !is_everything || (what == ONR_FACET_ENTITY && table == ONR_TABLE_QUOTES);
  g_autoptr(OnrQuery) query =
      needs_query ? onr_query_new(session->archive, table, is_everything ? "*" : text, &options, error)
                  : NULL;
  if (needs_query && !query)
    return ONR_EXIT_FAILURE;
  return run(&(Facets){session, what, table, query, text}, error);
}
