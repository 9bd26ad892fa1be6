/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each node of the AST is built bottom-up into a plan over its level: over quotes, what is asked of the
   article stays apart as long as AND, OR and NOT allow, and neighbours of that level come under one ARTICLES
   node. */
#include "query/planner.h"

#include "query/fault.h"
#include "query/names_plan.h"
#include "query/roles_plan.h"
#include "query/stop.h"
#include "query/value.h"
#include "text/fold.h"

#include <string.h>

typedef struct {
  const OnrPlanning *in;
  guint n_conditions;
  GError **error;
} Planner;

/* The plan of a node; NULL where there is nothing in it to search. */
typedef struct {
  OnrPlan *plan;
  gboolean is_article; /* over quotes: holds of the quote's article */
} Built;

static gboolean build(Planner *p, const OnrAst *ast, Built *out);

/* --- fields --- */

OnrFieldPlace onr_field_place(OnrField field, OnrTable table) {
  switch (field) {
  case ONR_FIELD_TEXT:
    return (OnrFieldPlace){"", ONR_TABLE_ARTICLES};
  case ONR_FIELD_TITLE:
    return (OnrFieldPlace){ONR_PREFIX_TITLE, ONR_TABLE_ARTICLES};
  case ONR_FIELD_BYLINE:
    return (OnrFieldPlace){ONR_PREFIX_BYLINE, ONR_TABLE_ARTICLES};
  case ONR_FIELD_PUBLISHER:
    return (OnrFieldPlace){ONR_PREFIX_PUBLISHER, ONR_TABLE_ARTICLES};
  case ONR_FIELD_SECTION:
    return (OnrFieldPlace){ONR_PREFIX_SECTION, ONR_TABLE_ARTICLES};
  case ONR_FIELD_LANG:
    return (OnrFieldPlace){ONR_PREFIX_LANGUAGE, ONR_TABLE_ARTICLES};
  case ONR_FIELD_ROLE:
    return (OnrFieldPlace){ONR_PREFIX_ROLE, ONR_TABLE_QUOTES};
  case ONR_FIELD_CUE:
    return (OnrFieldPlace){ONR_PREFIX_CUE, ONR_TABLE_QUOTES};
  case ONR_FIELD_QUOTE:
    return (OnrFieldPlace){"", ONR_TABLE_QUOTES};
  default:
    return (OnrFieldPlace){"", table};
  }
}

guint onr_field_entity_types(OnrField field) {
  switch (field) {
  case ONR_FIELD_PERSON:
    return 1u << ONR_ENTITY_PERSON;
  case ONR_FIELD_ORG:
    return 1u << ONR_ENTITY_ORG;
  case ONR_FIELD_PLACE:
    return 1u << ONR_ENTITY_PLACE;
  default:
    return (1u << ONR_N_ENTITY_TYPES) - 1;
  }
}

static OnrFieldPlace place_of(const Planner *p, OnrField field) {
  return onr_field_place(field, p->in->table);
}

/* Over quotes, a condition on the quote's article. */
static gboolean is_article(const Planner *p, OnrFieldPlace place) {
  return place.table != p->in->table;
}

/* Words of a title are bare words of its article too: asking for them as well loses nothing, and ranks. */
static gboolean scores_as_bare(const Planner *p, OnrField field) {
  return field == ONR_FIELD_TITLE && p->in->table == ONR_TABLE_ARTICLES && !p->in->is_for_marks;
}

/* PLAN as a condition of PLACE: what is asked of a quote's article scores nothing anyhow. */
static OnrPlan *condition_plan(const Planner *p, OnrFieldPlace place, OnrPlan *plan) {
  return is_article(p, place) ? plan : onr_plan_filter(plan);
}

/* PLAN, posted at PLACE, as far as it scores there; SCORED (or NULL) scores in its stead. Takes both. */
static OnrPlan *placed_plan(const Planner *p, OnrFieldPlace place, OnrPlan *plan, OnrPlan *scored) {
  if (!plan || !*place.prefix)
    return plan;
  plan = condition_plan(p, place, plan);
  if (!scored)
    return plan;
  OnrPlan *both = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(both, plan);
  onr_plan_add(both, scored);
  return both;
}

static gboolean is_of_quotes(OnrField field) {
  return field == ONR_FIELD_QUOTE || field == ONR_FIELD_ROLE || field == ONR_FIELD_CUE ||
         field == ONR_FIELD_KIND || field == ONR_FIELD_ACT || field == ONR_FIELD_CONFIDENCE;
}

/* --- messages --- */

/* WHAT is the matter with AST; a condition that an option gave stands nowhere in the query's text. */
static gboolean fault(Planner *p, const OnrAst *ast, OnrErrorCode code, const char *expected,
                      const char *what) {
  if (onr_span_length(ast->span))
    onr_query_fault(p->error, code, p->in->text, ast->span.begin, expected, "%s", what);
  else
    g_set_error(p->error, ONR_ERROR, (int)code, "%s: %s", what, expected);
  return FALSE;
}

static gboolean fault_in_value(Planner *p, const OnrAst *ast, OnrErrorCode code, const char *expected,
                               const char *what) {
  g_autofree char *value = onr_query_quote(ast->text, strlen(ast->text));
  g_autofree char *message = g_strdup_printf("%s: '%s'", what, value);
  return fault(p, ast, code, expected, message);
}

static gboolean check_table(Planner *p, const OnrAst *ast) {
  if (p->in->table == ONR_TABLE_QUOTES || !is_of_quotes(ast->field))
    return TRUE;
  g_autofree char *what =
      g_strdup_printf("%s: is a field of quotes, not of articles", onr_field_name(ast->field));
  return fault(p, ast, ONR_ERROR_SYNTAX, "expected a field of articles, or a search in quotes", what);
}

/* --- words --- */

static GArray *cut(Planner *p, const OnrAst *ast, gboolean whole) {
  return onr_terms_query(p->in->maker, ast->text, strlen(ast->text), whole);
}

static gboolean has_word(Planner *p, const OnrAst *ast) {
  g_autoptr(GArray) terms = cut(p, ast, TRUE);
  return terms->len > 0;
}

static OnrPlan *term_plan(const OnrQueryTerm *term, const char *prefix, gboolean is_stem) {
  g_autofree char *composed = onr_term_compose(prefix, is_stem, is_stem ? term->stem : term->form);
  return onr_plan_term(composed);
}

static OnrPlan *phrase_plan(const GArray *terms, const char *prefix, gboolean is_stem) {
  OnrPlan *phrase = onr_plan_group(ONR_PLAN_PHRASE);
  for (guint i = 0; i < terms->len; i++)
    onr_plan_add(phrase, term_plan(&g_array_index(terms, OnrQueryTerm, i), prefix, is_stem));
  return phrase;
}

/* One word is one term, a hyphenated one whole; several stand side by side, hyphenated ones in their parts.
   NULL where there is no word. */
static OnrPlan *words_plan(Planner *p, const OnrAst *ast, const char *prefix) {
  gboolean is_stem = ast->kind == ONR_AST_WORD;
  g_autoptr(GArray) whole = cut(p, ast, TRUE);
  if (whole->len == 0)
    return NULL;
  if (whole->len == 1)
    return term_plan(&g_array_index(whole, OnrQueryTerm, 0), prefix, is_stem);
  g_autoptr(GArray) parts = cut(p, ast, FALSE);
  return phrase_plan(parts, prefix, is_stem);
}

/* --- prefixes --- */

/* Adds the terms that begin with BEGINNING to ANY. */
static gboolean expand(Planner *p, const OnrAst *ast, OnrTable table, const char *beginning, OnrPlan *any) {
  OnrArchive *archive = p->in->archive;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  if (!onr_archive_engine_class(archive)->expand(onr_archive_engine(archive), table, beginning,
                                                 ONR_PREFIX_MAX_TERMS, terms, p->error))
    return FALSE;
  if (terms->len > ONR_PREFIX_MAX_TERMS)
    return fault_in_value(p, ast, ONR_ERROR_LIMIT, "expected more letters before the *",
                          "more than " G_STRINGIFY(ONR_PREFIX_MAX_TERMS) " words begin so");
  for (guint i = 0; i < terms->len; i++)
    onr_plan_add(any, onr_plan_term(terms->pdata[i]));
  return TRUE;
}

/* TRUE where TEXT is one run of a script without spaces, whose words end nowhere: 東京都*. */
static gboolean is_unspaced(const char *text) {
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, strlen(text), &tokens);
  return tokens.n == 1 && (tokens.items[0].flags & ONR_TOKEN_UNSPACED);
}

static gboolean prefix_plan(Planner *p, const OnrAst *ast, OnrFieldPlace place, OnrPlan **out) {
  g_autoptr(GArray) terms = cut(p, ast, TRUE);
  if (terms->len == 0)
    return TRUE;
  if (terms->len > 1 && !is_unspaced(ast->text))
    return fault_in_value(p, ast, ONR_ERROR_SYNTAX, "expected one word before the *",
                          "prefix of several words");
  if (terms->len > 1) {
    *out = condition_plan(p, place, phrase_plan(terms, place.prefix, FALSE));
    return TRUE;
  }
  g_autofree char *beginning =
      onr_term_compose(place.prefix, FALSE, g_array_index(terms, OnrQueryTerm, 0).form);
  g_autoptr(OnrPlan) any = onr_plan_group(ONR_PLAN_OR);
  if (!expand(p, ast, place.table, beginning, any))
    return FALSE;
  *out = condition_plan(p, place, g_steal_pointer(&any));
  return TRUE;
}

/* A language tag stands for itself and its regions, en for en-GB (RFC 4647, 3.3.1). */
static gboolean language_plan(Planner *p, const OnrAst *ast, OnrFieldPlace place, OnrPlan **out) {
  if (!has_word(p, ast))
    return TRUE;
  g_autofree char *folded = onr_fold_dup(ast->text, -1);
  g_autofree char *tag = onr_term_compose(place.prefix, FALSE, g_strstrip(folded));
  g_autofree char *regions = g_strconcat(tag, "-", NULL);
  g_autoptr(OnrPlan) any = onr_plan_group(ONR_PLAN_OR);
  gboolean is_prefix = ast->kind == ONR_AST_PREFIX;
  if (!is_prefix)
    onr_plan_add(any, onr_plan_term(tag));
  if (!expand(p, ast, place.table, is_prefix ? tag : regions, any))
    return FALSE;
  *out = condition_plan(p, place, g_steal_pointer(&any));
  return TRUE;
}

static void build_plain(Planner *p, const OnrAst *ast, OnrFieldPlace place, Built *out) {
  OnrPlan *scored = scores_as_bare(p, ast->field) ? words_plan(p, ast, "") : NULL;
  out->plan = placed_plan(p, place, words_plan(p, ast, place.prefix), scored);
}

/* What the text says of the speaker, or the authority file at the article's date. */
static gboolean role_plan(Planner *p, const OnrAst *ast, OnrPlan **plan) {
  g_autoptr(OnrPlan) listed = NULL;
  gboolean is_too_many = FALSE;
  if (!*plan || p->in->is_for_marks)
    return TRUE;
  if (!onr_roles_plan(p->in->archive, p->in->maker, ast, &listed, &is_too_many, p->error))
    return FALSE;
  if (is_too_many)
    return fault_in_value(p, ast, ONR_ERROR_LIMIT, "expected more words of the role",
                          "more than " G_STRINGIFY(ONR_ROLES_MAX) " in the authority file have that role");
  if (!listed)
    return TRUE;
  OnrPlan *any = onr_plan_group(ONR_PLAN_OR);
  onr_plan_add(any, *plan);
  onr_plan_add(any, g_steal_pointer(&listed));
  *plan = any;
  return TRUE;
}

static gboolean build_words(Planner *p, const OnrAst *ast, Built *out) {
  OnrFieldPlace place = place_of(p, ast->field);
  out->is_article = is_article(p, place);
  if (ast->field == ONR_FIELD_LANG)
    return language_plan(p, ast, place, &out->plan);
  if (ast->kind != ONR_AST_PREFIX)
    build_plain(p, ast, place, out);
  else if (!prefix_plan(p, ast, place, &out->plan))
    return FALSE;
  return ast->field != ONR_FIELD_ROLE || role_plan(p, ast, &out->plan);
}

/* --- NEAR --- */

static gboolean add_near_side(Planner *p, const OnrAst *side, const char *prefix, OnrPlan *near) {
  g_autoptr(GArray) terms = cut(p, side, TRUE);
  if (terms->len != 1)
    return fault_in_value(p, side, ONR_ERROR_SYNTAX, "expected a single word on either side of NEAR",
                          terms->len ? "NEAR joins no phrases" : "no word");
  onr_plan_add(near, term_plan(&g_array_index(terms, OnrQueryTerm, 0), prefix, side->kind == ONR_AST_WORD));
  return TRUE;
}

static OnrPlan *near_plan(Planner *p, const OnrAst *ast, const char *prefix) {
  g_autoptr(OnrPlan) near = onr_plan_group(ONR_PLAN_NEAR);
  near->window = ast->window;
  for (guint i = 0; i < ast->children->len; i++)
    if (!add_near_side(p, ast->children->pdata[i], prefix, near))
      return NULL;
  return g_steal_pointer(&near);
}

static gboolean build_near(Planner *p, const OnrAst *ast, Built *out) {
  OnrFieldPlace place = place_of(p, ast->field);
  OnrPlan *plan = near_plan(p, ast, place.prefix);
  if (!plan)
    return FALSE;
  OnrPlan *scored = scores_as_bare(p, ast->field) ? near_plan(p, ast, "") : NULL;
  *out = (Built){placed_plan(p, place, plan, scored), is_article(p, place)};
  return TRUE;
}

/* --- names, keys, ranges --- */

static gboolean build_name(Planner *p, const OnrAst *ast, Built *out) {
  if (!has_word(p, ast))
    return TRUE;
  g_autofree char *name = g_strconcat(ast->text, ast->kind == ONR_AST_PREFIX ? "*" : "", NULL);
  g_auto(OnrNameSet) set;
  onr_name_set_init(&set);
  if (!onr_archive_find_identities(p->in->archive, name, onr_field_entity_types(ast->field), &set, p->error))
    return FALSE;
  out->plan =
      onr_names_plan(ast->field == ONR_FIELD_SPEAKER ? ONR_RELATION_SPEAKER : ONR_RELATION_MENTION, &set);
  return TRUE;
}

static void build_key(const Planner *p, const OnrAst *ast, Built *out) {
  OnrKey key = ast->field == ONR_FIELD_ID     ? ONR_KEY_ID
               : ast->field == ONR_FIELD_PATH ? ONR_KEY_PATH
                                              : ONR_KEY_URL;
  /* An id may be a quote's own. */
  *out = (Built){onr_plan_key(key, ast->text), key != ONR_KEY_ID && p->in->table == ONR_TABLE_QUOTES};
}

static OnrSlot slot_of(OnrField field) {
  return field == ONR_FIELD_KIND         ? ONR_SLOT_KIND
         : field == ONR_FIELD_ACT        ? ONR_SLOT_ACT
         : field == ONR_FIELD_CONFIDENCE ? ONR_SLOT_CONFIDENCE
                                         : ONR_SLOT_DAY;
}

static gboolean build_range(Planner *p, const OnrAst *ast, Built *out) {
  OnrRanges ranges;
  OnrValueFault why;
  if (!onr_value_parse(ast->field, ast->text, &ranges,
                       &why)) /* an option's: the parser has seen the others */
    return fault_in_value(p, ast, ONR_ERROR_SYNTAX, why.expected, why.what);
  if (!ranges.n) {
    out->plan = onr_plan_leaf(ONR_PLAN_ALL);
    return TRUE;
  }
  out->plan = onr_plan_group(ONR_PLAN_OR);
  for (guint i = 0; i < ranges.n; i++)
    onr_plan_add(out->plan, onr_plan_range(slot_of(ast->field), ranges.low[i], ranges.high[i]));
  return TRUE;
}

/* Words without letter or digit say nothing; behind a field they are a mistake. */
static gboolean count_condition(Planner *p, const OnrAst *ast, const Built *built) {
  if (built->plan)
    p->n_conditions++;
  else if (ast->field != ONR_FIELD_DEFAULT)
    return fault_in_value(p, ast, ONR_ERROR_SYNTAX, "expected a letter or digit", "no word");
  return TRUE;
}

static gboolean build_leaf(Planner *p, const OnrAst *ast, Built *out) {
  gboolean ok = TRUE;
  if (!check_table(p, ast))
    return FALSE;
  if (ast->kind == ONR_AST_ALL)
    out->plan = onr_plan_leaf(ONR_PLAN_ALL);
  else if (ast->kind == ONR_AST_NEAR)
    ok = build_near(p, ast, out);
  else if (onr_field_values(ast->field) == ONR_VALUE_RANGE)
    ok = build_range(p, ast, out);
  else if (onr_field_values(ast->field) == ONR_VALUE_KEY)
    build_key(p, ast, out);
  else if (onr_field_values(ast->field) == ONR_VALUE_NAME && ast->field != ONR_FIELD_LANG)
    ok = build_name(p, ast, out);
  else
    ok = build_words(p, ast, out);
  return ok && count_condition(p, ast, out);
}

/* --- AND, OR, NOT --- */

/* A group in the making, its two levels apart. */
typedef struct {
  OnrPlan *own, *article;
} Group;

static void group_add(Group *group, Built child) {
  if (child.plan)
    onr_plan_add(child.is_article ? group->article : group->own, child.plan);
}

static Built group_end(Group *group) {
  OnrPlan *own = g_steal_pointer(&group->own), *article = g_steal_pointer(&group->article);
  if (!article->children->len) {
    onr_plan_free(article);
    if (own->children->len)
      return (Built){own, FALSE};
    onr_plan_free(own);
    return (Built){NULL, FALSE};
  }
  if (!own->children->len) {
    onr_plan_free(own);
    return (Built){article, TRUE};
  }
  onr_plan_add(own, onr_plan_articles(article));
  return (Built){own, FALSE};
}

/* A bare stop word, or brackets under --any that hold nothing else. */
static gboolean is_stop_word(Planner *p, const OnrAst *ast) {
  if (ast->is_any) {
    for (guint i = 0; i < ast->children->len; i++)
      if (!is_stop_word(p, ast->children->pdata[i]))
        return FALSE;
    return TRUE;
  }
  if (ast->kind != ONR_AST_WORD || ast->field != ONR_FIELD_DEFAULT)
    return FALSE;
  g_autoptr(GArray) terms = cut(p, ast, TRUE);
  return terms->len == 1 && onr_is_stop_word(g_array_index(terms, OnrQueryTerm, 0).form);
}

static gboolean is_english(const Planner *p) {
  const char *language = onr_archive_language(p->in->archive);
  return !strcmp(language, "english") || !strcmp(language, "en");
}

/* Builds the children that are stop words, or those that are not, into GROUP. */
static gboolean build_children(Planner *p, const OnrAst *ast, gboolean stop_words, Group *group) {
  gboolean may_stop = ast->is_any && is_english(p);
  for (guint i = 0; i < ast->children->len; i++) {
    const OnrAst *child = ast->children->pdata[i];
    Built built = {0};
    if ((may_stop && is_stop_word(p, child)) != stop_words)
      continue;
    if (!build(p, child, &built))
      return FALSE;
    group_add(group, built);
  }
  return TRUE;
}

static void note_stop_words(Planner *p, const OnrAst *ast) {
  if (ast->text)
    g_ptr_array_add(p->in->left_out, g_strdup(ast->text));
  for (guint i = 0; ast->children && i < ast->children->len; i++)
    note_stop_words(p, ast->children->pdata[i]);
}

static void note_left_out(Planner *p, const OnrAst *ast) {
  gboolean may_stop = ast->is_any && is_english(p);
  for (guint i = 0; may_stop && p->in->left_out && i < ast->children->len; i++)
    if (is_stop_word(p, ast->children->pdata[i]))
      note_stop_words(p, ast->children->pdata[i]);
}

/* Stop words of --any are looked for only where nothing else is. */
static gboolean build_group(Planner *p, const OnrAst *ast, Built *out) {
  OnrPlanKind kind = ast->kind == ONR_AST_AND ? ONR_PLAN_AND : ONR_PLAN_OR;
  g_autoptr(OnrPlan) own = onr_plan_group(kind);
  g_autoptr(OnrPlan) article = onr_plan_group(kind);
  Group group = {own, article};
  if (!build_children(p, ast, FALSE, &group))
    return FALSE;
  if (own->children->len || article->children->len)
    note_left_out(p, ast);
  else if (!build_children(p, ast, TRUE, &group))
    return FALSE;
  group = (Group){g_steal_pointer(&own), g_steal_pointer(&article)};
  *out = group_end(&group);
  return TRUE;
}

static gboolean build_not(Planner *p, const OnrAst *ast, Built *out) {
  if (!build(p, ast->children->pdata[0], out))
    return FALSE;
  if (out->plan)
    out->plan = onr_plan_not(onr_plan_leaf(ONR_PLAN_ALL), out->plan);
  return TRUE;
}

static gboolean build(Planner *p, const OnrAst *ast, Built *out) {
  switch (ast->kind) {
  case ONR_AST_AND:
  case ONR_AST_OR:
    return build_group(p, ast, out);
  case ONR_AST_NOT:
    return build_not(p, ast, out);
  default:
    return build_leaf(p, ast, out);
  }
}

OnrPlan *onr_query_make_plan(const OnrPlanning *planning, const OnrAst *ast, guint *n_conditions,
                             GError **error) {
  Planner p = {.in = planning, .error = error};
  Built built = {0};
  if (!build(&p, ast, &built))
    return NULL;
  if (n_conditions)
    *n_conditions = p.n_conditions;
  OnrPlan *plan = built.plan ? built.plan : onr_plan_leaf(ONR_PLAN_ALL);
  return onr_plan_normalise(built.is_article ? onr_plan_articles(plan) : plan, error);
}
