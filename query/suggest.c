/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a query found nothing: each condition is tried alone. One that has no hits of its own is named with
   what is near it; if all have, they only contradict each other. */
#include "query/query_private.h"
#include "text/date.h"
#include "text/distance.h"

#include <string.h>

#define MAX_CONDITIONS 20     /* that are tried */
#define MAX_NEAR 3            /* names or words shown as near */
#define MAX_VOCABULARY 100000 /* words that begin alike and are compared */

typedef struct {
  OnrQuery *query;
  GPtrArray *lines;
  guint n_tried;
  GError **error;
} Search;

static void add_line(Search *s, GString *line) {
  g_ptr_array_add(s->lines, g_string_free(line, FALSE));
}

/* "4,310" */
static void append_number(GString *line, guint64 n) {
  if (n >= 1000) {
    append_number(line, n / 1000);
    g_string_append_printf(line, ",%03u", (guint)(n % 1000));
  } else {
    g_string_append_printf(line, "%u", (guint)n);
  }
}

/* "41 quotes" */
static void append_count(GString *line, guint64 n, const char *what) {
  append_number(line, n);
  g_string_append_printf(line, " %s%s", what, n == 1 ? "" : "s");
}

/* How many items AST alone matches. */
static gboolean count_alone(Search *s, const OnrAst *ast, guint64 *n) {
  OnrPlanning planning = onr_query_planning(s->query);
  OnrPlan *plan = onr_query_make_plan(&planning, ast, NULL, s->error);
  return plan && onr_query_count(s->query, plan, n, s->error);
}

/* --- names --- */

static void append_identities(GString *line, const GArray *identities, gboolean is_speaker) {
  guint n = 0;
  for (guint i = 0; i < identities->len && n < MAX_NEAR; i++) {
    const OnrIdentity *identity = &g_array_index(identities, OnrIdentity, i);
    guint64 count = is_speaker ? identity->n_quotes : identity->n_articles;
    if (!count)
      continue;
    g_string_append_printf(line, "%s %s, ", n++ ? ";" : "; nearest:", identity->name);
    append_count(line, count, is_speaker ? "quote" : "article");
  }
}

static const char *item_name(const Search *s) {
  return s->query->table == ONR_TABLE_QUOTES ? "quote" : "article";
}

static const char *name_kind(OnrField field) {
  return field == ONR_FIELD_MENTION ? "name" : onr_field_name(field);
}

static gboolean explain_name(Search *s, const OnrAst *ast) {
  OnrArchive *archive = s->query->archive;
  gboolean is_speaker = ast->field == ONR_FIELD_SPEAKER;
  g_autofree char *name = g_strconcat(ast->text, ast->kind == ONR_AST_PREFIX ? "*" : "", NULL);
  g_auto(OnrNameSet) found;
  onr_name_set_init(&found);
  g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(OnrIdentity));
  g_array_set_clear_func(near, (GDestroyNotify)onr_identity_clear);
  if (!onr_archive_find_identities(archive, name, onr_field_entity_types(ast->field), &found, s->error))
    return FALSE;
  GString *line = g_string_new(NULL);
  if (!onr_name_set_is_empty(&found)) {
    g_string_printf(line, is_speaker ? "no %s is by '%s'" : "no %s mentions '%s'",
                    is_speaker ? "quote" : item_name(s), name);
  } else {
    g_string_printf(line, "no %s '%s'", name_kind(ast->field), name);
    /* More than are shown, since some may never speak. */
    if (!onr_archive_nearest_identities(archive, name, onr_field_entity_types(ast->field), 4 * MAX_NEAR, near,
                                        s->error)) {
      g_string_free(line, TRUE);
      return FALSE;
    }
    append_identities(line, near, is_speaker);
  }
  add_line(s, line);
  return TRUE;
}

/* --- words --- */

static OnrFieldPlace place_of(const Search *s, const OnrAst *ast) {
  return onr_field_place(ast->field, s->query->table);
}

/* What has a field's words. */
static const char *holder_of(const Search *s, const OnrAst *ast) {
  OnrFieldPlace place = place_of(s, ast);
  if (!*place.prefix)
    return place.table == ONR_TABLE_QUOTES ? "quote" : "article";
  return ast->field == ONR_FIELD_LANG ? "language" : onr_field_name(ast->field);
}

static gboolean frequency(Search *s, OnrFieldPlace home, gboolean is_stem, const char *word, guint64 *n) {
  OnrArchive *archive = s->query->archive;
  g_autofree char *term = onr_term_compose(home.prefix, is_stem, word);
  OnrTermStats stats = {0};
  if (!onr_archive_engine_class(archive)->term_stats(onr_archive_engine(archive), home.table, term, &stats,
                                                     s->error))
    return FALSE;
  *n = stats.doc_frequency;
  return TRUE;
}

typedef struct {
  const char *word;
  guint distance;
  guint64 n;
} Near;

static gboolean is_nearer(const Near *a, const Near *b) {
  return a->distance != b->distance ? a->distance < b->distance : a->n > b->n;
}

/* Keeps the nearest in order; equals stay in the order in which they came. */
static void keep_nearest(Near *nearest, guint *n, Near candidate) {
  guint at = *n;
  while (at && is_nearer(&candidate, &nearest[at - 1]))
    at--;
  if (at == MAX_NEAR)
    return;
  *n = MIN(*n + 1, MAX_NEAR);
  memmove(&nearest[at + 1], &nearest[at], (*n - at - 1) * sizeof *nearest);
  nearest[at] = candidate;
}

/* Words of HOME that begin with WORD's first letter. */
static gboolean vocabulary(Search *s, OnrFieldPlace home, const char *word, GPtrArray *terms) {
  OnrArchive *archive = s->query->archive;
  g_autofree char *letter = g_strndup(word, (gsize)(g_utf8_next_char(word) - word));
  g_autofree char *beginning = onr_term_compose(home.prefix, FALSE, letter);
  return onr_archive_engine_class(archive)->expand(onr_archive_engine(archive), home.table, beginning,
                                                   MAX_VOCABULARY, terms, s->error);
}

static gboolean append_near_words(Search *s, OnrFieldPlace home, const char *word, GString *line) {
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  Near nearest[MAX_NEAR + 1];
  guint n = 0, limit = onr_edit_limit((gsize)g_utf8_strlen(word, -1));
  if (!vocabulary(s, home, word, terms))
    return FALSE;
  for (guint i = 0; i < terms->len; i++) {
    Near near = {.word = (const char *)terms->pdata[i] + strlen(home.prefix)};
    near.distance = onr_edit_distance(word, strlen(word), near.word, strlen(near.word), limit);
    if (near.distance > limit)
      continue;
    if (!frequency(s, home, FALSE, near.word, &near.n))
      return FALSE;
    keep_nearest(nearest, &n, near);
  }
  for (guint i = 0; i < n; i++) {
    g_string_append_printf(line, "%s %s, ", i ? ";" : "; near:", nearest[i].word);
    append_count(line, nearest[i].n, home.table == ONR_TABLE_QUOTES ? "quote" : "article");
  }
  return TRUE;
}

/* One line for each word of AST that is nowhere; *HAS_ALL tells that there is none. */
static gboolean explain_missing(Search *s, const OnrAst *ast, gboolean *has_all) {
  OnrFieldPlace home = place_of(s, ast);
  gboolean is_stem = ast->kind == ONR_AST_WORD;
  g_autoptr(GArray) terms = onr_terms_query(s->query->maker, ast->text, strlen(ast->text), TRUE);
  for (guint i = 0; i < terms->len; i++) {
    const OnrQueryTerm *term = &g_array_index(terms, OnrQueryTerm, i);
    guint64 n;
    if (!frequency(s, home, is_stem, is_stem ? term->stem : term->form, &n))
      return FALSE;
    if (n)
      continue;
    *has_all = FALSE;
    GString *line = g_string_new(NULL);
    g_string_printf(line, "no %s has '%s'", holder_of(s, ast), term->form);
    gboolean ok = append_near_words(s, home, term->form, line);
    add_line(s, line);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

static gboolean explain_words(Search *s, const OnrAst *ast) {
  gboolean has_all = TRUE, is_prefix = ast->kind == ONR_AST_PREFIX;
  const char *format = "the words of '%s' stand side by side in no %s";
  if (ast->field == ONR_FIELD_LANG)
    format = "nothing is in '%s', no such %s";
  else if (is_prefix)
    format = "words that begin with '%s' are in no %s";
  else if (!explain_missing(s, ast, &has_all))
    return FALSE;
  if (has_all)
    g_ptr_array_add(s->lines, g_strdup_printf(format, ast->text, holder_of(s, ast)));
  return TRUE;
}

static gboolean explain_near(Search *s, const OnrAst *ast) {
  const OnrAst *left = ast->children->pdata[0], *right = ast->children->pdata[1];
  gboolean has_all = TRUE;
  if (!explain_missing(s, left, &has_all) || !explain_missing(s, right, &has_all))
    return FALSE;
  if (has_all)
    g_ptr_array_add(s->lines, g_strdup_printf("no %s has '%s' and '%s' with %u words or fewer between",
                                              holder_of(s, ast), left->text, right->text, ast->window));
  return TRUE;
}

/* --- dates and the rest --- */

static char *day_text(gint32 day) {
  int year, month, of_month;
  onr_date_from_days(day, &year, &month, &of_month);
  return g_strdup_printf("%04d-%02d-%02d", year, month, of_month);
}

static gboolean explain_date(Search *s, const OnrAst *ast) {
  gint32 first_day, last_day;
  if (!onr_archive_days(s->query->archive, &first_day, &last_day, s->error))
    return FALSE;
  if (first_day == ONR_NO_DAY) {
    g_ptr_array_add(s->lines, g_strdup("no article has a date"));
    return TRUE;
  }
  g_autofree char *first = day_text(first_day), *last = day_text(last_day);
  g_ptr_array_add(s->lines, g_strdup_printf("nothing is dated %s; the archive runs from %s to %s", ast->text,
                                            first, last));
  return TRUE;
}

static gboolean explain_leaf(Search *s, const OnrAst *ast) {
  if (ast->kind == ONR_AST_NEAR)
    return explain_near(s, ast);
  if (ast->field == ONR_FIELD_DATE)
    return explain_date(s, ast);
  if (ast->field == ONR_FIELD_LANG || onr_field_values(ast->field) == ONR_VALUE_WORDS)
    return ast->kind == ONR_AST_ALL || explain_words(s, ast);
  if (onr_field_values(ast->field) == ONR_VALUE_NAME)
    return explain_name(s, ast);
  GString *line = g_string_new(NULL);
  onr_ast_write(ast, line);
  g_string_append(line, ": nothing has that");
  add_line(s, line);
  return TRUE;
}

/* --- the tree --- */

/* A line for each wanted leaf that has no hits of its own. */
static gboolean explain_leaves(Search *s, const OnrAst *ast) {
  if (ast->kind == ONR_AST_NOT)
    return TRUE;
  if (ast->kind == ONR_AST_AND || ast->kind == ONR_AST_OR) {
    for (guint i = 0; i < ast->children->len; i++)
      if (!explain_leaves(s, ast->children->pdata[i]))
        return FALSE;
    return TRUE;
  }
  guint64 n;
  if (s->n_tried++ >= MAX_CONDITIONS)
    return TRUE;
  if (!count_alone(s, ast, &n))
    return FALSE;
  return n > 0 || explain_leaf(s, ast);
}

static gboolean is_bare_word(const OnrAst *ast) {
  return ast->kind == ONR_AST_WORD && ast->field == ONR_FIELD_DEFAULT;
}

static gboolean is_one_word_name(const OnrAst *ast) {
  return ast->kind == ONR_AST_WORD && ast->field != ONR_FIELD_LANG &&
         onr_field_values(ast->field) == ONR_VALUE_NAME;
}

/* speaker:mira tolland asks for a speaker and a word; what was meant is more likely a name of two words. */
static gboolean explain_split_names(Search *s, const OnrAst *ast) {
  for (guint i = 0; ast->kind == ONR_AST_AND && i + 1 < ast->children->len; i++) {
    const OnrAst *name = ast->children->pdata[i], *next = ast->children->pdata[i + 1];
    g_auto(OnrNameSet) found;
    onr_name_set_init(&found);
    if (!is_one_word_name(name) || !is_bare_word(next))
      continue;
    g_autofree char *both = g_strconcat(name->text, " ", next->text, NULL);
    if (!onr_archive_find_identities(s->query->archive, both, onr_field_entity_types(name->field), &found,
                                     s->error))
      return FALSE;
    if (!onr_name_set_is_empty(&found))
      g_ptr_array_add(s->lines,
                      g_strdup_printf("did you mean %s:\"%s\"?", onr_field_name(name->field), both));
  }
  return TRUE;
}

/* "speaker:lavrov 41, nato 880": each has hits of its own. */
static gboolean explain_together(Search *s, const OnrAst *ast) {
  if (ast->kind != ONR_AST_AND)
    return TRUE;
  GString *line = g_string_new("together they match nothing; alone:");
  for (guint i = 0; i < MIN(ast->children->len, MAX_CONDITIONS); i++) {
    const OnrAst *child = ast->children->pdata[i];
    guint64 n;
    if (!count_alone(s, child, &n)) {
      g_string_free(line, TRUE);
      return FALSE;
    }
    gboolean is_group = child->kind == ONR_AST_AND || child->kind == ONR_AST_OR;
    g_string_append(line, i ? ", " : " ");
    g_string_append(line, is_group ? "(" : "");
    onr_ast_write(child, line);
    g_string_append(line, is_group ? ") " : " ");
    append_number(line, n);
  }
  add_line(s, line);
  return TRUE;
}

/* Attitudes are left out of quotes unless they are asked for. */
static gboolean explain_acts(Search *s) {
  OnrQuery *query = s->query;
  if (!query->has_default_act)
    return TRUE;
  g_autoptr(OnrAst) others = onr_ast_parent(ONR_AST_AND);
  guint64 n;
  for (guint i = 0; i + 1 < query->ast->children->len; i++) /* the act is the last */
    g_ptr_array_add(others->children, query->ast->children->pdata[i]);
  g_ptr_array_set_free_func(others->children, NULL);
  if (!count_alone(s, others, &n))
    return FALSE;
  if (n) {
    GString *line = g_string_new(NULL);
    append_count(line, n, "attitude");
    g_string_append_printf(line, " (wanted, hoped, supported) %s: act:any finds %s too",
                           n == 1 ? "matches" : "match", n == 1 ? "it" : "them");
    add_line(s, line);
  }
  return TRUE;
}

static void add_understood(Search *s) {
  GString *line = g_string_new("understood as: ");
  onr_ast_write(s->query->ast, line);
  add_line(s, line);
}

GPtrArray *onr_query_suggest(OnrQuery *query, GError **error) {
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  Search s = {.query = query, .lines = lines, .error = error};
  add_understood(&s);
  if (!explain_leaves(&s, query->ast))
    return NULL;
  if (!explain_split_names(&s, query->ast))
    return NULL;
  if (lines->len == 1 && !explain_acts(&s))
    return NULL;
  if (lines->len == 1 && !explain_together(&s, query->ast))
    return NULL;
  return g_steal_pointer(&lines);
}
