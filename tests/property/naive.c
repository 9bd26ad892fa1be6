/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "naive.h"

#include "query/stop.h"
#include "query/value.h"
#include "text/fold.h"
#include "text/name.h"
#include "text/offsets.h"

#include <string.h>

/* A term at a position; terms are interned, so that equal ones are one pointer. */
typedef struct {
  guint32 position;
  const char *term;
} Posting;

/* The word lists of an item: title and text apart, since no phrase runs from one into the other. */
typedef struct {
  GArray *title, *text, *byline, *publisher, *section;
} Article;

typedef struct {
  GArray *content, *role, *cue;
} Quote;

struct OnrNaive {
  const GPtrArray *articles;
  OnrTermMaker *maker;
  GStringChunk *terms;
  Article *words;      /* by article */
  GPtrArray *quotes;   /* by article: GArray of Quote */
  GHashTable *cuts[2]; /* a query's text, in parts and whole → GArray of OnrQueryTerm */
  GHashTable *aliases; /* id of an identity → GPtrArray of names */
};

/* --- word lists --- */

/* Appends the postings of LENGTH bytes of TEXT behind those that are there. */
static void post(OnrNaive *n, const char *text, gsize length, GArray *out) {
  g_auto(OnrPostings) postings = {0};
  OnrPosting posting;
  gsize offset = 0;
  guint32 next = out->len ? g_array_index(out, Posting, out->len - 1).position + 1 : 0;
  onr_terms_post_text(n->maker, text, length, "", &postings);
  while (onr_postings_next(postings.bytes->data, postings.bytes->len, &offset, &posting)) {
    g_autofree char *term = g_strndup(posting.term, posting.length);
    Posting added = {posting.is_colocated ? next - 1 : next++, g_string_chunk_insert_const(n->terms, term)};
    g_array_append_val(out, added);
  }
}

static GArray *words_of(OnrNaive *n, const char *text) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(Posting));
  if (text)
    post(n, text, strlen(text), out);
  return out;
}

static GArray *words_of_spans(OnrNaive *n, const OnrArticle *article, const GArray *spans) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(Posting));
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = g_array_index(spans, OnrSpan, i);
    const char *begin = g_utf8_offset_to_pointer(article->text, span.begin);
    const char *end = g_utf8_offset_to_pointer(article->text, span.end);
    post(n, begin, (gsize)(end - begin), out);
  }
  return out;
}

/* The text behind a first paragraph that is the title again. */
static const char *body_of(const OnrArticle *article) {
  gsize length = article->title ? strlen(article->title) : 0;
  gboolean repeats = length && g_str_has_prefix(article->text, article->title) &&
                     (!article->text[length] || g_str_has_prefix(article->text + length, "\n\n"));
  return article->text + (repeats ? length : 0);
}

static void quote_clear(gpointer p) {
  Quote *quote = p;
  g_array_unref(quote->content);
  g_array_unref(quote->role);
  g_array_unref(quote->cue);
}

static void read_article(OnrNaive *n, guint i) {
  const OnrArticle *article = n->articles->pdata[i];
  n->words[i] =
      (Article){words_of(n, article->title), words_of(n, body_of(article)), words_of(n, article->byline),
                words_of(n, article->publisher), words_of(n, article->section)};
  GArray *quotes = g_array_new(FALSE, FALSE, sizeof(Quote));
  g_array_set_clear_func(quotes, quote_clear);
  for (guint j = 0; j < article->quotes->len; j++) {
    const OnrQuoteRow *row = &g_array_index(article->quotes, OnrQuoteRow, j);
    Quote quote = {words_of_spans(n, article, row->content), words_of(n, row->role),
                   words_of_spans(n, article, row->cue)};
    g_array_append_val(quotes, quote);
  }
  g_ptr_array_add(n->quotes, quotes);
}

/* --- names --- */

static void add_alias(OnrNaive *n, const char *id, const char *name, gsize length) {
  GPtrArray *names = g_hash_table_lookup(n->aliases, id);
  if (!names) {
    names = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_insert(n->aliases, g_strdup(id), names);
  }
  g_ptr_array_add(names, g_strndup(name, length));
}

static void read_names(OnrNaive *n, const OnrArticle *article) {
  for (guint i = 0; i < article->entities->len; i++) {
    const OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, i);
    add_alias(n, entity->id, entity->name, strlen(entity->name));
  }
  for (guint i = 0; i < article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, i);
    const char *begin = g_utf8_offset_to_pointer(article->text, mention->span.begin);
    const char *end = g_utf8_offset_to_pointer(article->text, mention->span.end);
    add_alias(n, g_array_index(article->entities, OnrEntityRow, mention->entity).id, begin,
              (gsize)(end - begin));
  }
}

static gboolean alias_matches(const char *alias, const GPtrArray *words, const GPtrArray *keys,
                              gboolean is_prefix) {
  g_autoptr(GPtrArray) own_words = onr_name_words(alias);
  g_autoptr(GPtrArray) own_keys = onr_name_keys(alias);
  for (guint at = 0; at + keys->len <= own_keys->len; at++) {
    gboolean holds = TRUE;
    for (guint i = 0; i < keys->len; i++) {
      gboolean by_prefix = is_prefix && i + 1 == keys->len;
      holds &= by_prefix ? g_str_has_prefix(own_words->pdata[at + i], words->pdata[i])
                         : !strcmp(own_keys->pdata[at + i], keys->pdata[i]);
    }
    if (holds)
      return TRUE;
  }
  return FALSE;
}

/* TRUE where the entity goes by the name that AST asks for. */
static gboolean is_called(const OnrNaive *n, const OnrEntityRow *entity, const OnrAst *ast) {
  gboolean is_prefix = ast->kind == ONR_AST_PREFIX || g_str_has_suffix(ast->text, "*");
  g_autofree char *name = g_strdelimit(g_strdup(ast->text), "*", ' ');
  g_autoptr(GPtrArray) words = onr_name_words(name);
  g_autoptr(GPtrArray) keys = onr_name_keys(name);
  const GPtrArray *aliases = g_hash_table_lookup(n->aliases, entity->id);
  if ((ast->field == ONR_FIELD_PERSON && entity->type != ONR_ENTITY_PERSON) ||
      (ast->field == ONR_FIELD_ORG && entity->type != ONR_ENTITY_ORG) ||
      (ast->field == ONR_FIELD_PLACE && entity->type != ONR_ENTITY_PLACE))
    return FALSE;
  for (guint i = 0; i < aliases->len; i++)
    if (alias_matches(aliases->pdata[i], words, keys, is_prefix))
      return TRUE;
  return FALSE;
}

/* --- one item --- */

typedef struct {
  OnrNaive *n;
  OnrTable table;
  const OnrArticle *article;
  const Article *words;
  const OnrQuoteRow *quote; /* NULL over articles */
  const Quote *quote_words;
  guint number;          /* of the quote, from 1 */
  gboolean is_forgiving; /* any date is right for an item that has none */
} Item;

static gboolean holds(const Item *item, const OnrAst *ast, gboolean is_wanted);

/* Up to two word lists that a field asks of; NULL-terminated. */
static void lists_of(const Item *item, OnrField field, const GArray *lists[3]) {
  lists[0] = lists[1] = lists[2] = NULL;
  switch (field) {
  case ONR_FIELD_TITLE:
    lists[0] = item->words->title;
    break;
  case ONR_FIELD_BYLINE:
    lists[0] = item->words->byline;
    break;
  case ONR_FIELD_PUBLISHER:
    lists[0] = item->words->publisher;
    break;
  case ONR_FIELD_SECTION:
    lists[0] = item->words->section;
    break;
  case ONR_FIELD_ROLE:
    lists[0] = item->quote_words->role;
    break;
  case ONR_FIELD_CUE:
    lists[0] = item->quote_words->cue;
    break;
  case ONR_FIELD_QUOTE:
    lists[0] = item->quote_words->content;
    break;
  default:
    lists[0] = item->words->title;
    lists[1] = item->words->text;
    if (field == ONR_FIELD_DEFAULT && item->table == ONR_TABLE_QUOTES) {
      lists[0] = item->quote_words->content;
      lists[1] = NULL;
    }
  }
}

static const char *intern(const Item *item, const char *lead, const char *word) {
  g_autofree char *term = g_strconcat(lead, word, NULL);
  return g_string_chunk_insert_const(item->n->terms, term);
}

static gboolean stands_at(const GArray *list, guint32 position, const char *term) {
  for (guint i = 0; i < list->len; i++) {
    const Posting *p = &g_array_index(list, Posting, i);
    if (p->position == position && p->term == term)
      return TRUE;
  }
  return FALSE;
}

/* All TERMS side by side somewhere in LIST. */
static gboolean has_phrase(const GArray *list, const GPtrArray *terms) {
  for (guint i = 0; i < list->len; i++) {
    const Posting *p = &g_array_index(list, Posting, i);
    guint j = 0;
    if (p->term != terms->pdata[0])
      continue;
    while (j < terms->len && stands_at(list, p->position + j, terms->pdata[j]))
      j++;
    if (j == terms->len)
      return TRUE;
  }
  return FALSE;
}

static gboolean has_near(const GArray *list, const char *a, const char *b, guint window) {
  for (guint i = 0; i < list->len; i++) {
    const Posting *p = &g_array_index(list, Posting, i);
    for (guint j = 0; p->term == a && j < list->len; j++) {
      const Posting *q = &g_array_index(list, Posting, j);
      guint32 distance = p->position > q->position ? p->position - q->position : q->position - p->position;
      if (q->term == b && distance >= 1 && distance <= window + 1)
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean has_prefix(const GArray *list, const char *prefix) {
  for (guint i = 0; i < list->len; i++)
    if (g_str_has_prefix(g_array_index(list, Posting, i).term, prefix))
      return TRUE;
  return FALSE;
}

/* --- words --- */

/* Borrowed: the same few texts are cut for every item. */
static const GArray *cut(const Item *item, const OnrAst *ast, gboolean whole) {
  GHashTable *cuts = item->n->cuts[whole ? 1 : 0];
  GArray *words = g_hash_table_lookup(cuts, ast->text);
  if (!words) {
    words = onr_terms_query(item->n->maker, ast->text, strlen(ast->text), whole);
    g_hash_table_insert(cuts, g_strdup(ast->text), words);
  }
  return words;
}

static const char *term_of(const Item *item, const OnrAst *ast, const OnrQueryTerm *term) {
  return ast->kind == ONR_AST_WORD ? intern(item, ONR_TERM_STEM, term->stem) : intern(item, "", term->form);
}

/* All of WORDS side by side in one of the field's lists. */
static gboolean side_by_side(const Item *item, const OnrAst *ast, const GArray *words) {
  g_autoptr(GPtrArray) terms = g_ptr_array_new();
  const GArray *lists[3];
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add(terms, (gpointer)term_of(item, ast, &g_array_index(words, OnrQueryTerm, i)));
  lists_of(item, ast->field, lists);
  for (guint i = 0; lists[i]; i++)
    if (has_phrase(lists[i], terms))
      return TRUE;
  return FALSE;
}

static gboolean words_hold(const Item *item, const OnrAst *ast) {
  const GArray *whole = cut(item, ast, TRUE);
  const GArray *parts = cut(item, ast, FALSE);
  return side_by_side(item, ast, whole->len == 1 ? whole : parts);
}

/* More than one term of a prefix: a run without spaces, which its pairs stand for. */
static gboolean prefix_holds(const Item *item, const OnrAst *ast) {
  const GArray *words = cut(item, ast, TRUE);
  const GArray *lists[3];
  if (words->len > 1)
    return side_by_side(item, ast, words);
  lists_of(item, ast->field, lists);
  for (guint i = 0; lists[i]; i++)
    if (has_prefix(lists[i], g_array_index(words, OnrQueryTerm, 0).form))
      return TRUE;
  return FALSE;
}

static gboolean near_holds(const Item *item, const OnrAst *ast) {
  const OnrAst *left = ast->children->pdata[0], *right = ast->children->pdata[1];
  const GArray *a = cut(item, left, TRUE);
  const GArray *b = cut(item, right, TRUE);
  const GArray *lists[3];
  lists_of(item, ast->field, lists);
  for (guint i = 0; lists[i]; i++)
    if (has_near(lists[i], term_of(item, left, &g_array_index(a, OnrQueryTerm, 0)),
                 term_of(item, right, &g_array_index(b, OnrQueryTerm, 0)), ast->window))
      return TRUE;
  return FALSE;
}

static gboolean language_holds(const Item *item, const OnrAst *ast) {
  if (!item->article->language)
    return FALSE;
  g_autofree char *language = onr_fold_dup(item->article->language, -1);
  g_autofree char *tag = onr_fold_dup(ast->text, -1);
  gsize length = strlen(tag);
  if (!g_str_has_prefix(language, tag))
    return FALSE;
  return ast->kind == ONR_AST_PREFIX || !language[length] || language[length] == '-';
}

/* --- names --- */

static const OnrEntityRow *entity_at(const Item *item, guint32 i) {
  return &g_array_index(item->article->entities, OnrEntityRow, i);
}

static gboolean is_speaker(const Item *item, const OnrQuoteRow *quote, const OnrAst *ast) {
  for (guint i = 0; i < quote->speakers->len; i++)
    if (is_called(item->n, onr_article_speaker(item->article, quote, i), ast))
      return TRUE;
  return FALSE;
}

static gboolean speaker_holds(const Item *item, const OnrAst *ast) {
  if (item->quote)
    return is_speaker(item, item->quote, ast);
  for (guint i = 0; i < item->article->quotes->len; i++)
    if (is_speaker(item, &g_array_index(item->article->quotes, OnrQuoteRow, i), ast))
      return TRUE;
  return FALSE;
}

static gboolean is_in_content(const Item *item, OnrSpan span) {
  for (guint i = 0; i < item->quote->content->len; i++)
    if (onr_span_overlaps(g_array_index(item->quote->content, OnrSpan, i), span))
      return TRUE;
  return FALSE;
}

static gboolean mention_holds(const Item *item, const OnrAst *ast) {
  for (guint i = 0; !item->quote && i < item->article->entities->len; i++)
    if (is_called(item->n, entity_at(item, i), ast))
      return TRUE;
  for (guint i = 0; item->quote && i < item->article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(item->article->mentions, OnrMentionRow, i);
    if (is_in_content(item, mention->span) && is_called(item->n, entity_at(item, mention->entity), ast))
      return TRUE;
  }
  return FALSE;
}

/* --- keys and ranges --- */

/* * and ? and sets of letters, as file names are matched. */
static gboolean glob_matches(const char *pattern, const char *text) {
  if (!*pattern)
    return !*text;
  if (*pattern == '*')
    return glob_matches(pattern + 1, text) || (*text && glob_matches(pattern, text + 1));
  return *text && (*pattern == '?' || *pattern == *text) && glob_matches(pattern + 1, text + 1);
}

/* A file or folder name, or some in a row; one that begins with / stands at the beginning. */
static gboolean path_holds(const char *pattern, const char *path) {
  if (strpbrk(pattern, "*?"))
    return glob_matches(pattern, path);
  g_autofree char *name = g_strdup(pattern);
  if (g_str_has_suffix(name, "/"))
    name[strlen(name) - 1] = '\0';
  g_autofree char *padded = g_strconcat("/", path, "/", NULL);
  g_autofree char *part = g_strconcat("/", name, "/", NULL);
  return strstr(padded, part) != NULL;
}

static gboolean key_holds(const Item *item, const OnrAst *ast) {
  const OnrArticle *article = item->article;
  g_autofree char *quote_id = g_strdup_printf("%s#%u", article->id, item->number);
  switch (ast->field) {
  case ONR_FIELD_ID:
    return !strcmp(article->id, ast->text) || (item->quote && !strcmp(quote_id, ast->text));
  case ONR_FIELD_PATH:
    return path_holds(ast->text, article->path);
  default:
    if (!article->url)
      return FALSE;
    return strpbrk(ast->text, "*?") ? glob_matches(ast->text, article->url)
                                    : strstr(article->url, ast->text) != NULL;
  }
}

static gint64 number_of(const Item *item, OnrField field) {
  return field == ONR_FIELD_KIND         ? (gint64)item->quote->kind
         : field == ONR_FIELD_ACT        ? (gint64)item->quote->act
         : field == ONR_FIELD_CONFIDENCE ? item->quote->confidence
                                         : item->article->day;
}

static gboolean range_holds(const Item *item, const OnrAst *ast, gboolean is_wanted) {
  OnrRanges ranges;
  OnrValueFault fault;
  onr_value_parse(ast->field, ast->text, &ranges, &fault);
  gint64 number = number_of(item, ast->field);
  if (ast->field == ONR_FIELD_DATE && number == ONR_NO_DAY)
    return item->is_forgiving && is_wanted;
  for (guint i = 0; i < ranges.n; i++)
    if (ranges.low[i] <= number && number <= ranges.high[i])
      return TRUE;
  return ranges.n == 0;
}

/* --- the tree --- */

static gboolean leaf_holds(const Item *item, const OnrAst *ast, gboolean is_wanted) {
  if (ast->kind == ONR_AST_ALL)
    return TRUE;
  if (ast->kind == ONR_AST_NEAR)
    return near_holds(item, ast);
  if (ast->field == ONR_FIELD_LANG)
    return language_holds(item, ast);
  switch (onr_field_values(ast->field)) {
  case ONR_VALUE_NAME:
    return ast->field == ONR_FIELD_SPEAKER ? speaker_holds(item, ast) : mention_holds(item, ast);
  case ONR_VALUE_RANGE:
    return range_holds(item, ast, is_wanted);
  case ONR_VALUE_KEY:
    return key_holds(item, ast);
  default:
    return ast->kind == ONR_AST_PREFIX ? prefix_holds(item, ast) : words_hold(item, ast);
  }
}

/* Bare words without letter or digit are as if they were not there, and so is a group of nothing else. */
static gboolean says_nothing(const Item *item, const OnrAst *ast) {
  if (ast->kind == ONR_AST_ALL || ast->kind == ONR_AST_NEAR)
    return FALSE;
  for (guint i = 0; ast->children && i < ast->children->len; i++)
    if (!says_nothing(item, ast->children->pdata[i]))
      return FALSE;
  if (ast->children)
    return TRUE;
  const GArray *words = cut(item, ast, TRUE);
  return ast->field == ONR_FIELD_DEFAULT && !words->len;
}

/* A bare stop word, or brackets under --any with nothing else in them. */
static gboolean is_stop(const Item *item, const OnrAst *ast) {
  gboolean is_any = ast->is_any;
  for (guint i = 0; ast->is_any && i < ast->children->len; i++)
    is_any &= is_stop(item, ast->children->pdata[i]);
  if (is_any || ast->kind != ONR_AST_WORD || ast->field != ONR_FIELD_DEFAULT)
    return is_any;
  const GArray *words = cut(item, ast, TRUE);
  return words->len == 1 && onr_is_stop_word(g_array_index(words, OnrQueryTerm, 0).form);
}

static gboolean any_holds(const Item *item, const OnrAst *ast, gboolean is_wanted) {
  gboolean has_others = FALSE;
  for (guint i = 0; ast->is_any && i < ast->children->len; i++)
    has_others |= !is_stop(item, ast->children->pdata[i]) && !says_nothing(item, ast->children->pdata[i]);
  for (guint i = 0; i < ast->children->len; i++) {
    const OnrAst *child = ast->children->pdata[i];
    if (says_nothing(item, child) || (has_others && is_stop(item, child)))
      continue;
    if (holds(item, child, is_wanted))
      return TRUE;
  }
  return FALSE;
}

static gboolean all_hold(const Item *item, const OnrAst *ast, gboolean is_wanted) {
  for (guint i = 0; i < ast->children->len; i++)
    if (!says_nothing(item, ast->children->pdata[i]) && !holds(item, ast->children->pdata[i], is_wanted))
      return FALSE;
  return TRUE;
}

static gboolean holds(const Item *item, const OnrAst *ast, gboolean is_wanted) {
  switch (ast->kind) {
  case ONR_AST_AND:
    return all_hold(item, ast, is_wanted);
  case ONR_AST_OR:
    return any_holds(item, ast, is_wanted);
  case ONR_AST_NOT:
    return !holds(item, ast->children->pdata[0], !is_wanted);
  default:
    return leaf_holds(item, ast, is_wanted);
  }
}

/* --- the archive --- */

OnrNaive *onr_naive_new(const GPtrArray *articles) {
  OnrNaive *n = g_new0(OnrNaive, 1);
  n->articles = articles;
  n->maker = onr_term_maker_new("english", NULL);
  n->terms = g_string_chunk_new(4096);
  n->words = g_new0(Article, articles->len);
  n->quotes = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS(n->cuts); i++)
    n->cuts[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  n->aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < articles->len; i++) {
    read_article(n, i);
    read_names(n, articles->pdata[i]);
  }
  return n;
}

void onr_naive_free(OnrNaive *n) {
  if (!n)
    return;
  for (guint i = 0; i < n->articles->len; i++) {
    GArray *lists[] = {n->words[i].title, n->words[i].text, n->words[i].byline, n->words[i].publisher,
                       n->words[i].section};
    for (guint j = 0; j < G_N_ELEMENTS(lists); j++)
      g_array_unref(lists[j]);
  }
  g_free(n->words);
  g_ptr_array_unref(n->quotes);
  g_hash_table_unref(n->aliases);
  for (guint i = 0; i < G_N_ELEMENTS(n->cuts); i++)
    g_hash_table_unref(n->cuts[i]);
  g_string_chunk_free(n->terms);
  onr_term_maker_free(n->maker);
  g_free(n);
}

static Item item_of(OnrNaive *n, OnrTable table, guint article, guint quote) {
  Item item = {.n = n, .table = table, .article = n->articles->pdata[article], .words = &n->words[article]};
  if (table == ONR_TABLE_QUOTES) {
    item.quote = &g_array_index(item.article->quotes, OnrQuoteRow, quote);
    item.quote_words = &g_array_index((GArray *)n->quotes->pdata[article], Quote, quote);
    item.number = item.quote->number;
  }
  return item;
}

gboolean onr_naive_holds(OnrNaive *n, const OnrAst *ast, OnrTable table, guint article, guint quote) {
  Item item = item_of(n, table, article, quote);
  return holds(&item, ast, TRUE);
}

gboolean onr_naive_lacks_date(OnrNaive *n, const OnrAst *ast, OnrTable table, guint article, guint quote) {
  Item item = item_of(n, table, article, quote);
  if (item.article->day != ONR_NO_DAY || holds(&item, ast, TRUE))
    return FALSE;
  item.is_forgiving = TRUE;
  return holds(&item, ast, TRUE);
}
