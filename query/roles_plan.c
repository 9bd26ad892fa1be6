/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/roles_plan.h"

#include "archive/holdings.h"
#include "query/names_plan.h"

#include <string.h>

#define EVERY_TYPE ((1u << ONR_N_ENTITY_TYPES) - 1)

/* Those who had a role in one span of time. */
typedef struct {
  gint32 first, last; /* ONR_NO_DAY: open */
  OnrNameSet names;
} Span;

typedef struct {
  OnrArchive *archive;
  OnrTermMaker *maker;
  const OnrAst *ast;
  GArray *terms; /* OnrQueryTerm, of AST */
  GArray *spans; /* Span */
} Roles;

static void span_clear(gpointer p) {
  onr_name_set_clear(&((Span *)p)->names);
}

/* --- words --- */

static gboolean is_term(const Roles *r, guint i, const OnrQueryTerm *of_role) {
  const OnrQueryTerm *wanted = &g_array_index(r->terms, OnrQueryTerm, i);
  if (r->ast->kind == ONR_AST_PREFIX)
    return g_str_has_prefix(of_role->form, wanted->form);
  return r->ast->kind == ONR_AST_WORD ? !strcmp(of_role->stem, wanted->stem)
                                      : !strcmp(of_role->form, wanted->form);
}

/* The words of AST follow one another in ROLE. */
static gboolean holds(const Roles *r, const char *role) {
  g_autoptr(GArray) terms = onr_terms_query(r->maker, role, strlen(role), FALSE);
  for (guint at = 0; at + r->terms->len <= terms->len; at++) {
    guint i = 0;
    while (i < r->terms->len && is_term(r, i, &g_array_index(terms, OnrQueryTerm, at + i)))
      i++;
    if (i == r->terms->len)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_wanted(const char *role, gpointer data) {
  return holds(data, role);
}

/* --- who had it when --- */

static Span *use_span(Roles *r, gint32 first, gint32 last) {
  for (guint i = 0; i < r->spans->len; i++) {
    Span *span = &g_array_index(r->spans, Span, i);
    if (span->first == first && span->last == last)
      return span;
  }
  Span span = {.first = first, .last = last};
  onr_name_set_init(&span.names);
  g_array_append_val(r->spans, span);
  return &g_array_index(r->spans, Span, r->spans->len - 1);
}

static gboolean take_bearer(const char *id, gint32 first, gint32 last, gpointer data, GError **error) {
  Roles *r = data;
  Span *span = use_span(r, first, last);
  return r->spans->len > ONR_ROLES_MAX ||
         onr_archive_find_identities(r->archive, id, EVERY_TYPE, &span->names, error);
}

static OnrPlan *plan_of_span(const Span *span) {
  OnrPlan *names = onr_names_plan(ONR_RELATION_SPEAKER, &span->names);
  if (span->first == ONR_NO_DAY && span->last == ONR_NO_DAY)
    return names;
  OnrPlan *both = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(both, names);
  onr_plan_add(both, onr_plan_range(ONR_SLOT_DAY, span->first == ONR_NO_DAY ? ONR_NO_DAY + 1 : span->first,
                                    span->last == ONR_NO_DAY ? G_MAXINT32 : span->last));
  return both;
}

static OnrPlan *plan_of(const Roles *r) {
  OnrPlan *any = onr_plan_group(ONR_PLAN_OR);
  for (guint i = 0; i < r->spans->len; i++)
    onr_plan_add(any, plan_of_span(&g_array_index(r->spans, Span, i)));
  return any;
}

gboolean onr_roles_plan(OnrArchive *archive, OnrTermMaker *maker, const OnrAst *ast, OnrPlan **out,
                        gboolean *is_too_many, GError **error) {
  g_autoptr(GArray) terms = onr_terms_query(maker, ast->text, strlen(ast->text), FALSE);
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(Span));
  Roles roles = {.archive = archive, .maker = maker, .ast = ast, .terms = terms, .spans = spans};
  g_array_set_clear_func(spans, span_clear);
  *out = NULL;
  if (terms->len && !onr_archive_each_role(archive, is_wanted, take_bearer, &roles, error))
    return FALSE;
  *is_too_many = spans->len > ONR_ROLES_MAX;
  *out = spans->len && !*is_too_many ? plan_of(&roles) : NULL;
  return TRUE;
}
