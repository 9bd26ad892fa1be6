/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facets.h"

#include "cli/ranked.h"

static GArray *new_facets(void) {
  GArray *facets = g_array_new(FALSE, TRUE, sizeof(OnrFacet));
  g_array_set_clear_func(facets, (GDestroyNotify)onr_facet_clear);
  return facets;
}

static gboolean write_facets(OnrSession *session, OnrFacetKind what, const char *text, const GArray *facets,
                             guint64 n_distinct, GError **error) {
  gboolean is_speakers = what == ONR_FACET_SPEAKER;
  OnrRecordKind kind = session->options.is_count ? ONR_RECORD_COUNT
                       : is_speakers             ? ONR_RECORD_SPEAKER
                                                 : ONR_RECORD_ENTITY;
  OnrWriter *writer = onr_session_writer(session, kind, FALSE, error);
  if (!writer)
    return FALSE;
  OnrCountRecord count = {.query = text,
                          .what = is_speakers ? "speakers" : "entities",
                          .n_matches = n_distinct,
                          .n_total = ONR_NO_TOTAL,
                          .n_articles = ONR_NO_TOTAL,
                          .n_articles_total = ONR_NO_TOTAL,
                          .offset = session->options.offset};
  onr_writer_begin_query(writer, &count);
  for (guint i = 0; !session->options.is_count && i < facets->len; i++)
    onr_writer_put(writer, &g_array_index(facets, OnrFacet, i));
  onr_writer_end_query(writer);
  onr_writer_close(writer);
  return TRUE;
}

int onr_facets_run(OnrSession *session, OnrFacetKind what, OnrTable table, GError **error) {
  const OnrOptions *o = &session->options;
  gboolean is_everything;
  g_autofree char *text = onr_session_query(session, &is_everything, error);
  if (!text)
    return ONR_EXIT_FAILURE;
  OnrQueryOptions options = onr_session_query_options(session);
  g_autoptr(OnrQuery) query =
      is_everything ? NULL : onr_query_new(session->archive, table, text, &options, error);
  if (!query && !is_everything)
    return ONR_EXIT_FAILURE;
  g_autoptr(GArray) facets = new_facets();
  guint64 n_distinct = 0;
  guint limit = o->limit < 0 ? ONR_LIMIT_DEFAULT : (guint)o->limit;
  if (!onr_query_facets(session->archive, query, what, o->offset, o->is_count ? 1 : limit, facets,
                        &n_distinct, error) ||
      !write_facets(session, what, text, facets, n_distinct, error))
    return ONR_EXIT_FAILURE;
  if (n_distinct)
    return ONR_EXIT_DONE;
  if (query && !onr_session_suggest(session, query, error))
    return ONR_EXIT_FAILURE;
  return ONR_EXIT_NO_HITS;
}
