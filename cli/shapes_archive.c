/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an archive holds, what was left out of it, and what was or would be done to it. */
#include "cli/shapes_private.h"

static void emit_version(OnrEmitter *e, gint64 version) {
  if (version)
    onr_emit_number(e, "version", version);
  else
    onr_emit_null(e, "version");
}

void onr_shape_skipped(OnrEmitter *e, gconstpointer record) {
  const OnrSource *source = record;
  g_autofree char *reason = onr_source_explain(source);
  onr_emit_text(e, "path", source->path);
  onr_emit_text(e, "member", source->member);
  onr_emit_text(e, "status", onr_source_status_name(source->status));
  onr_emit_text(e, "reason", reason);
  onr_emit_text(e, "format", source->format);
  onr_emit_text(e, "kind", source->kind);
  onr_emit_text(e, "article", source->article_id);
  onr_emit_text(e, "title", source->title);
  emit_version(e, source->version);
  onr_emit_text(e, "updated", source->updated);
  onr_emit_text(e, "published", source->published);
  onr_emit_text(e, "notice", source->notice);
  onr_emit_text(e, "by_path", source->by_path);
  onr_emit_text(e, "by_member", source->by_member);
}

static void emit_formats(OnrEmitter *e, const GArray *formats) {
  onr_emit_begin_list(e, "formats");
  for (guint i = 0; formats && i < formats->len; i++) {
    const OnrFormatCounts *c = &g_array_index(formats, OnrFormatCounts, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "format", c->format);
    onr_emit_count(e, "files", c->n_files);
    onr_emit_count(e, "items", c->n_items);
    onr_emit_count(e, "articles", c->n_articles);
    onr_emit_count(e, "skipped", c->n_skipped);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

static void emit_losses(OnrEmitter *e, const OnrLosses *losses) {
  g_autoptr(GPtrArray) list = losses ? onr_losses_list(losses) : NULL;
  onr_emit_begin_list(e, "losses");
  for (guint i = 0; list && i < list->len; i++) {
    const OnrLoss *loss = list->pdata[i];
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "reason", loss->reason);
    onr_emit_text(e, "kind", loss->kind);
    onr_emit_count(e, "count", loss->n);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

void onr_shape_status(OnrEmitter *e, gconstpointer record) {
  const OnrStatusRecord *r = record;
  const OnrCounts *c = r->counts;
  onr_emit_text(e, "archive", r->archive);
  onr_emit_text(e, "engine", r->engine);
  onr_emit_text(e, "language", r->language);
  onr_emit_count(e, "sources", c->n_sources);
  onr_emit_count(e, "articles", c->n_articles);
  onr_emit_count(e, "quotes", c->n_quotes);
  onr_emit_count(e, "entities", c->n_entities);
  onr_emit_count(e, "mentions", c->n_mentions);
  onr_emit_count(e, "skipped", c->n_skipped);
  onr_emit_count(e, "duplicates", c->n_duplicates);
  onr_emit_count(e, "undated", c->n_undated);
  onr_emit_count(e, "without_attribution", c->n_without_attribution);
  onr_shape_day(e, "first", c->first_day);
  onr_shape_day(e, "last", c->last_day);
  onr_emit_count(e, "text_bytes", c->text_bytes);
  onr_emit_count(e, "file_bytes", c->file_bytes);
  onr_emit_count(e, "replaced", c->n_replaced);
  onr_emit_count(e, "killed", c->n_killed);
  onr_emit_count(e, "corrected", c->n_corrected);
  onr_emit_count(e, "embargoed", c->n_embargoed);
  emit_formats(e, r->formats);
  emit_losses(e, r->losses);
}

/* --- what would be read --- */

static void emit_problems(OnrEmitter *e, const GArray *problems) {
  onr_emit_begin_list(e, "problems");
  for (guint i = 0; problems && i < problems->len; i++) {
    const OnrSurveyProblem *problem = &g_array_index(problems, OnrSurveyProblem, i);
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "member", problem->member);
    onr_emit_text(e, "kind", problem->kind);
    onr_emit_text(e, "reason", problem->reason);
    onr_emit_end(e);
  }
  onr_emit_end_list(e);
}

void onr_shape_survey(OnrEmitter *e, gconstpointer record) {
  const OnrSurveyFile *f = record;
  gboolean has_problem = f->problems && f->problems->len;
  onr_emit_text(e, "what", f->path ? "file" : "total");
  onr_emit_text(e, "path", f->path);
  onr_emit_text(e, "format", f->format);
  onr_emit_text(e, "state", onr_survey_state_name(f->state));
  onr_emit_count(e, "files", f->n_files);
  onr_emit_count(e, "items", f->n_items);
  onr_emit_count(e, "articles", f->n_articles);
  onr_emit_count(e, "duplicates", f->n_duplicates);
  onr_emit_count(e, "kills", f->n_kills);
  onr_emit_count(e, "skipped", f->n_skipped);
  onr_emit_count(e, "untitled", f->n_untitled);
  onr_emit_count(e, "undated", f->n_undated);
  onr_emit_count(e, "textless", f->n_textless);
  onr_emit_text(e, "title", f->title);
  onr_emit_text(e, "published", f->published);
  onr_emit_text(e, "remark", f->remark);
  onr_emit_text(e, "reason", has_problem ? g_array_index(f->problems, OnrSurveyProblem, 0).reason : NULL);
  onr_emit_count(e, "bytes", f->n_bytes);
  emit_problems(e, f->problems);
}

void onr_shape_finding(OnrEmitter *e, gconstpointer record) {
  onr_emit_text(e, "finding", record);
}

void onr_shape_summary(OnrEmitter *e, gconstpointer record) {
  const OnrIndexProgress *p = record;
  onr_emit_count(e, "files", p->n_files);
  onr_emit_count(e, "files_unchanged", p->n_files_unchanged);
  onr_emit_count(e, "files_removed", p->n_files_removed);
  onr_emit_count(e, "items", p->n_items);
  onr_emit_count(e, "stored", p->n_stored);
  onr_emit_count(e, "skipped", p->n_skipped);
  onr_emit_count(e, "duplicates", p->n_duplicates);
  onr_emit_count(e, "articles_removed", p->n_articles_removed);
  onr_emit_count(e, "quotes", p->n_quotes);
  onr_emit_count(e, "read_bytes", p->read_bytes);
  onr_emit_count(e, "text_bytes", p->text_bytes);
  onr_emit_real(e, "seconds", p->seconds, 3);
  onr_emit_count(e, "corrections_lost", p->n_corrections_lost);
  onr_emit_count(e, "replaced", p->n_replaced);
  onr_emit_count(e, "killed", p->n_killed);
  onr_emit_count(e, "kills", p->n_kills);
  onr_emit_count(e, "articles_replaced", p->n_articles_replaced);
  onr_emit_count(e, "articles_killed", p->n_articles_killed);
}
