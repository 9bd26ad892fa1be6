/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facets: what a set of hits has in common. One statement a kind of facet gives (item, article, key) over a
   range of items in order of item; a small set asks for each of its rows, a large one reads the range from
   its first row to its last and passes over what is not in it. Values are counted in memory and only those
   that are shown get their names. */
#include "archive/record_private.h"

#include "archive/stored.h"

#include <string.h>

/* Looking a row up costs this many times more than reading it in order: measured on 2 million quotes. */
#define LOOK_UP_COST 6

typedef enum { KEY_NUMBER, KEY_ENTITIES, KEY_PUBLISHER, KEY_MONTH } KeyKind;

typedef struct {
  const char *of_quotes, *of_articles; /* SQL over items ?1 to ?2; a fourth column is the statement that a
                                          quote is, 0 where it is alone */
  gboolean counts_quotes;              /* over articles, too, each row is a quote */
  KeyKind key; /* ENTITIES: JSON of an article's or a quote's; PUBLISHER, MONTH: the article's */
} Stream;

#define OVER_QUOTES " FROM quote WHERE row BETWEEN ?1 AND ?2 "
#define OVER_ARTICLES " FROM article WHERE row BETWEEN ?1 AND ?2 "
#define OVER_QUOTES_OF_ARTICLES " FROM quote WHERE article BETWEEN ?1 AND ?2 "

#define STATEMENT_COLUMN 3
#define STATEMENT "coalesce((SELECT first FROM statement s WHERE s.quote = quote.row), 0)"

/* clang-format off */
static const Stream streams[] = {
    [ONR_FACET_SPEAKER] = {
        .of_quotes = "SELECT row, article, speakers, " STATEMENT OVER_QUOTES "AND speakers <> '[]' ORDER BY row",
        .of_articles = "SELECT article, article, speakers, " STATEMENT OVER_QUOTES_OF_ARTICLES
                       "AND speakers <> '[]' ORDER BY article",
        .counts_quotes = TRUE,
        .key = KEY_ENTITIES},
    [ONR_FACET_ENTITY] = {
        .of_quotes = "SELECT row, article, entities, " STATEMENT OVER_QUOTES "AND entities <> '[]' ORDER BY row",
        .of_articles = "SELECT article, article, entities FROM article_mentions WHERE article BETWEEN ?1 AND ?2 "
                       "ORDER BY article",
        .key = KEY_ENTITIES},
    [ONR_FACET_PUBLISHER] = {
        .of_quotes = "SELECT row, article" OVER_QUOTES "ORDER BY row",
        .of_articles = "SELECT row, row" OVER_ARTICLES "ORDER BY row",
        .key = KEY_PUBLISHER},
    [ONR_FACET_MONTH] = {
        .of_quotes = "SELECT row, article" OVER_QUOTES "ORDER BY row",
        .of_articles = "SELECT row, row" OVER_ARTICLES "ORDER BY row",
        .key = KEY_MONTH},
    [ONR_FACET_KIND] = {
        .of_quotes = "SELECT row, article, kind" OVER_QUOTES "ORDER BY row",
        .of_articles = "SELECT article, article, kind" OVER_QUOTES_OF_ARTICLES "ORDER BY article",
        .counts_quotes = TRUE},
};
/* clang-format on */

/* One value; its key is a number or a text. */
typedef struct {
  gint64 number;
  char *text;
  guint64 n_quotes, n_articles, n_distinct;
  gint64 last_article; /* the rows of one article come together */
  gint32 first_day, last_day;
} Value;

/* Whose a name is. */
typedef struct {
  gint64 identity;
  gboolean has_senses; /* another's in some articles */
} Bearer;

/* A statement of which a value has counted a quote. */
typedef struct {
  gint64 value, statement;
} Met;

typedef struct {
  OnrRecord *record;
  OnrFacetKind what;
  const Stream *stream;
  gboolean is_of_quotes; /* each row of the stream is a quote */
  GHashTable *values;    /* set of Value */
  GHashTable *bearers;   /* gint64: name → Bearer */
  gboolean counts_statements;
  GHashTable *met;    /* set of Met */
  gint64 statement;   /* of the row at hand; 0 where it is alone */
  gint64 article;     /* the one at hand, 0 before the first */
  gint32 day;         /* its day */
  GString *publisher; /* its publisher, "" where it has none */
} Tally;

static guint number_hash(gconstpointer p) {
  return g_int64_hash(&((const Value *)p)->number);
}

static gboolean number_equal(gconstpointer p, gconstpointer q) {
  return ((const Value *)p)->number == ((const Value *)q)->number;
}

static guint text_hash(gconstpointer p) {
  return g_str_hash(((const Value *)p)->text);
}

static gboolean text_equal(gconstpointer p, gconstpointer q) {
  return !strcmp(((const Value *)p)->text, ((const Value *)q)->text);
}

static guint met_hash(gconstpointer p) {
  const Met *met = p;
  return g_int64_hash(&met->value) * 31 + g_int64_hash(&met->statement);
}

static gboolean met_equal(gconstpointer p, gconstpointer q) {
  const Met *a = p, *b = q;
  return a->value == b->value && a->statement == b->statement;
}

static void value_free(gpointer p) {
  g_free(((Value *)p)->text);
  g_free(p);
}

/* Months are counted from year 0. */
static gint64 month_of(gint64 day) {
  int year, month, day_of_month;
  onr_date_from_days((gint32)day, &year, &month, &day_of_month);
  return (gint64)year * 12 + month - 1;
}

static Value *value_of(Tally *tally, gint64 number, const char *text) {
  Value key = {.number = number,
               .text = (char *)text,
               .last_article = -1,
               .first_day = ONR_NO_DAY,
               .last_day = ONR_NO_DAY};
  Value *value = g_hash_table_lookup(tally->values, &key);
  if (value)
    return value;
  value = g_memdup2(&key, sizeof key);
  value->text = g_strdup(text);
  g_hash_table_add(tally->values, value);
  return value;
}

static gboolean is_new_statement(Tally *tally, const Value *value) {
  Met met = {value->number, tally->statement};
  return !met.statement || g_hash_table_add(tally->met, g_memdup2(&met, sizeof met));
}

static void count_value(Tally *tally, Value *value, gint64 article) {
  gint32 day = tally->day;
  value->n_quotes += tally->is_of_quotes ? 1 : 0;
  value->n_distinct += tally->counts_statements && is_new_statement(tally, value) ? 1 : 0;
  if (article == value->last_article)
    return;
  value->last_article = article;
  value->n_articles++;
  if (day == ONR_NO_DAY)
    return;
  if (value->first_day == ONR_NO_DAY || day < value->first_day)
    value->first_day = day;
  if (value->last_day == ONR_NO_DAY || day > value->last_day)
    value->last_day = day;
}

/* The rows of the entities of a quote or, with all that is stored of each, of an article. FALSE where JSON is
 * damaged. */
static gboolean gather_entities(Tally *tally, const char *json) {
  g_array_set_size(tally->record->rows, 0);
  if (tally->is_of_quotes)
    return onr_stored_read_rows(json, tally->record->rows);
  OnrStoredEntity stored = {.spans = tally->record->spans};
  while (onr_stored_next_entity(&json, G_MAXUINT32, &stored))
    g_array_append_val(tally->record->rows, stored.entity);
  return !*json;
}

static const Bearer *bearer_of(Tally *tally, gint64 name, GError **error) {
  Bearer *known = g_hash_table_lookup(tally->bearers, &name);
  if (known)
    return known;
  g_autoptr(OnrStatement) s = onr_record_statement(
      tally->record,
      "SELECT identity, EXISTS (SELECT 1 FROM sense WHERE entity = ?1) FROM entity WHERE row = ?1", error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, name);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return NULL;
  Bearer bearer = {step == ONR_STEP_ROW ? onr_column_int(s, 0) : name,
                   step == ONR_STEP_ROW && onr_column_int(s, 1)};
  known = g_memdup2(&bearer, sizeof bearer);
  g_hash_table_insert(tally->bearers, g_memdup2(&name, sizeof name), known);
  return known;
}

/* Whose NAME is in ARTICLE. */
static gboolean identity_of(Tally *tally, gint64 name, gint64 article, gint64 *out, GError **error) {
  const Bearer *bearer = bearer_of(tally, name, error);
  if (!bearer)
    return FALSE;
  *out = bearer->identity;
  if (!bearer->has_senses)
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      tally->record, "SELECT identity FROM sense WHERE entity = ?1 AND article = ?2", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, name);
  onr_bind_int(s, 2, article);
  return onr_step_int(s, bearer->identity, out, error);
}

static gboolean count_entities(Tally *tally, const char *json, gint64 article, GError **error) {
  if (!gather_entities(tally, json)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s': mentions of article in row %" G_GINT64_FORMAT " are damaged", tally->record->file,
                article);
    return FALSE;
  }
  const GArray *rows = tally->record->rows;
  for (guint i = 0; i < rows->len; i++) {
    gint64 identity;
    if (!identity_of(tally, g_array_index(rows, gint64, i), article, &identity, error))
      return FALSE;
    count_value(tally, value_of(tally, identity, NULL), article);
  }
  return TRUE;
}

/* Items come article by article, so this is asked for once an article. */
static gboolean read_article(Tally *tally, gint64 article, GError **error) {
  if (article == tally->article)
    return TRUE;
  g_autoptr(OnrStatement) s =
      onr_record_statement(tally->record, "SELECT day, publisher FROM article WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article);
  if (onr_step(s, error) == ONR_STEP_ERROR)
    return FALSE;
  tally->article = article;
  tally->day = onr_column_day(s, 0);
  const char *publisher = onr_column_text(s, 1);
  g_string_assign(tally->publisher, publisher ? publisher : "");
  return TRUE;
}

static gboolean count_row(Tally *tally, sqlite3_stmt *s, GError **error) {
  gint64 article = onr_column_int(s, 1);
  if (!read_article(tally, article, error))
    return FALSE;
  tally->statement = tally->counts_statements ? onr_column_int(s, STATEMENT_COLUMN) : 0;
  switch (tally->stream->key) {
  case KEY_ENTITIES:
    return count_entities(tally, onr_column_text(s, 2), article, error);
  case KEY_PUBLISHER:
    if (tally->publisher->len)
      count_value(tally, value_of(tally, 0, tally->publisher->str), article);
    return TRUE;
  case KEY_MONTH:
    if (tally->day != ONR_NO_DAY)
      count_value(tally, value_of(tally, month_of(tally->day), NULL), article);
    return TRUE;
  case KEY_NUMBER:
  default:
    count_value(tally, value_of(tally, onr_column_int(s, 2), NULL), article);
    return TRUE;
  }
}

/* Counts items FIRST to LAST; where ROWS is given, only those in it from *AT on, which moves past LAST. */
static gboolean count_range(Tally *tally, sqlite3_stmt *s, gint64 first, gint64 last, const GArray *rows,
                            guint *at, GError **error) {
  onr_bind_int(s, 1, first);
  onr_bind_int(s, 2, last);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    gint64 item = onr_column_int(s, 0);
    while (rows && *at < rows->len && g_array_index(rows, gint64, *at) < item)
      ++*at;
    gboolean is_wanted = !rows || (*at < rows->len && g_array_index(rows, gint64, *at) == item);
    if (is_wanted && !count_row(tally, s, error))
      return FALSE;
  }
  sqlite3_reset(s);
  return step == ONR_STEP_DONE;
}

static gboolean count_rows(Tally *tally, sqlite3_stmt *s, const GArray *rows, GError **error) {
  guint at = 0;
  if (!rows)
    return count_range(tally, s, G_MININT64, G_MAXINT64, NULL, &at, error);
  if (!rows->len)
    return TRUE;
  gint64 first = g_array_index(rows, gint64, 0), last = g_array_index(rows, gint64, rows->len - 1);
  if ((guint64)(last - first) / LOOK_UP_COST < rows->len)
    return count_range(tally, s, first, last, rows, &at, error);
  for (guint i = 0; i < rows->len; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    if (!count_range(tally, s, row, row, NULL, &at, error))
      return FALSE;
  }
  return TRUE;
}

/* --- from values to facets --- */

static guint64 frequency(const Tally *tally, const Value *value) {
  return tally->is_of_quotes ? value->n_quotes : value->n_articles;
}

static int by_number_down(gconstpointer a, gconstpointer b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return (x < y) - (x > y);
}

/* The frequency below which a value is not among the first N. */
static guint64 least_frequency(const Tally *tally, guint64 n) {
  guint n_values = g_hash_table_size(tally->values);
  if (n >= n_values)
    return 0;
  g_autoptr(GArray) all = g_array_sized_new(FALSE, FALSE, sizeof(guint64), n_values);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, tally->values);
  while (g_hash_table_iter_next(&iter, &value, NULL)) {
    guint64 f = frequency(tally, value);
    g_array_append_val(all, f);
  }
  g_array_sort(all, by_number_down);
  return g_array_index(all, guint64, n - 1);
}

static gboolean name_entity(OnrRecord *record, gint64 row, OnrFacet *facet, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT id, name, type FROM entity WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW) {
    facet->id = g_strdup(onr_column_text(s, 0));
    facet->name = g_strdup(onr_column_text(s, 1));
    facet->type = (int)onr_column_int(s, 2);
  } else if (step == ONR_STEP_DONE) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no entity in row %" G_GINT64_FORMAT, record->file,
                row);
  }
  return step == ONR_STEP_ROW;
}

static gboolean name_facet(const Tally *tally, const Value *value, OnrFacet *facet, GError **error) {
  switch (tally->what) {
  case ONR_FACET_SPEAKER:
  case ONR_FACET_ENTITY:
    return name_entity(tally->record, value->number, facet, error);
  case ONR_FACET_MONTH:
    facet->name = g_strdup_printf("%04d-%02d", (int)(value->number / 12), (int)(value->number % 12) + 1);
    return TRUE;
  case ONR_FACET_KIND:
    facet->name = g_strdup(onr_quote_kind_name((OnrQuoteKind)CLAMP(value->number, 0, ONR_N_QUOTE_KINDS - 1)));
    return TRUE;
  case ONR_FACET_PUBLISHER:
  default:
    facet->name = g_strdup(value->text);
    return TRUE;
  }
}

void onr_facet_clear(OnrFacet *facet) {
  g_free(facet->name);
  g_free(facet->id);
  *facet = (OnrFacet){0};
}

static void facet_clear(gpointer p) {
  onr_facet_clear(p);
}

static int by_frequency(gconstpointer a, gconstpointer b, gpointer data) {
  const OnrFacet *x = a, *y = b;
  const Tally *tally = data;
  guint64 n = tally->is_of_quotes ? x->n_quotes : x->n_articles,
          m = tally->is_of_quotes ? y->n_quotes : y->n_articles;
  if (n != m)
    return n > m ? -1 : 1;
  int order = strcmp(x->name, y->name);
  return order ? order : g_strcmp0(x->id, y->id);
}

/* The values of at least LEAST, named and in order. */
static GArray *named_facets(const Tally *tally, guint64 least, GError **error) {
  g_autoptr(GArray) facets = g_array_new(FALSE, TRUE, sizeof(OnrFacet));
  g_array_set_clear_func(facets, facet_clear);
  GHashTableIter iter;
  gpointer p;
  g_hash_table_iter_init(&iter, tally->values);
  while (g_hash_table_iter_next(&iter, &p, NULL)) {
    const Value *value = p;
    if (frequency(tally, value) < least)
      continue;
    OnrFacet facet = {.type = -1,
                      .n_quotes = value->n_quotes,
                      .n_articles = value->n_articles,
                      .n_distinct = value->n_distinct,
                      .first_day = value->first_day,
                      .last_day = value->last_day};
    if (!name_facet(tally, value, &facet, error))
      return NULL;
    g_array_append_val(facets, facet);
  }
  g_array_sort_with_data(facets, by_frequency, (gpointer)tally);
  return g_steal_pointer(&facets);
}

static gboolean hand_out(const Tally *tally, guint offset, guint limit, GArray *out, GError **error) {
  guint64 end = limit ? (guint64)offset + limit : G_MAXUINT64;
  g_autoptr(GArray) facets = named_facets(tally, least_frequency(tally, end), error);
  if (!facets)
    return FALSE;
  for (guint i = offset; i < facets->len && i < end; i++) {
    OnrFacet *facet = &g_array_index(facets, OnrFacet, i);
    g_array_append_val(out, *facet);
    *facet = (OnrFacet){0};
  }
  return TRUE;
}

gboolean onr_record_facets(OnrRecord *record, OnrFacetKind what, gboolean over_quotes, const GArray *rows,
                           guint offset, guint limit, GArray *out, guint64 *n_distinct, GError **error) {
  const Stream *stream = &streams[what];
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, over_quotes ? stream->of_quotes : stream->of_articles, error);
  if (!s)
    return FALSE;
  g_autoptr(GString) publisher = g_string_new(NULL);
  g_autoptr(GHashTable) values = stream->key == KEY_PUBLISHER
                                     ? g_hash_table_new_full(text_hash, text_equal, value_free, NULL)
                                     : g_hash_table_new_full(number_hash, number_equal, value_free, NULL);
  g_autoptr(GHashTable) bearers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr(GHashTable) met = g_hash_table_new_full(met_hash, met_equal, g_free, NULL);
  Tally tally = {.record = record,
                 .bearers = bearers,
                 .met = met,
                 .counts_statements = sqlite3_column_count(s) > STATEMENT_COLUMN,
                 .what = what,
                 .stream = stream,
                 .is_of_quotes = over_quotes || stream->counts_quotes,
                 .values = values,
                 .publisher = publisher};
  if (!count_rows(&tally, s, rows, error) || !hand_out(&tally, offset, limit, out, error))
    return FALSE;
  if (n_distinct)
    *n_distinct = g_hash_table_size(values);
  return TRUE;
}
