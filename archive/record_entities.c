/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Identities: found by any alias in any spelling, by what is near, and one by one. Words of aliases stand in
   name_word with their spelling key; entity_word says which entities bear them. */
#include "archive/record_private.h"

#include "archive/stored.h"
#include "text/distance.h"
#include "text/name.h"

#include <string.h>

/* What a name asks for: words by spelling key, the last one by prefix where the name ends in '*'. */
typedef struct {
  GPtrArray *words, *keys; /* parallel; the last key is not used where is_prefix */
  gboolean is_prefix;
} Wanted;

static void wanted_clear(Wanted *wanted) {
  g_clear_pointer(&wanted->words, g_ptr_array_unref);
  g_clear_pointer(&wanted->keys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wanted, wanted_clear)

static Wanted wanted_of(const char *name) {
  gsize length = strlen(name);
  gboolean is_prefix = length && name[length - 1] == '*';
  g_autofree char *bare = g_strndup(name, is_prefix ? length - 1 : length);
  return (Wanted){.words = onr_name_words(bare), .keys = onr_name_keys(bare), .is_prefix = is_prefix};
}

static gboolean is_prefix_at(const Wanted *wanted, guint i) {
  return wanted->is_prefix && i + 1 == wanted->words->len;
}

/* PREFIX up to what no word that begins with it reaches: 0xff is no byte of UTF-8. */
static void bind_prefix(sqlite3_stmt *s, const char *prefix) {
  g_autofree char *end = g_strconcat(prefix, "\xff", NULL);
  onr_bind_text(s, 1, prefix);
  sqlite3_bind_text(s, 2, end, -1, SQLITE_TRANSIENT);
}

/* The ids of the entities that bear word I of WANTED, in byte order. */
static OnrStatement *select_bearers(OnrRecord *record, const Wanted *wanted, guint i, guint types,
                                    GError **error) {
  gboolean is_prefix = is_prefix_at(wanted, i);
  OnrStatement *s =
      is_prefix
          ? onr_record_statement(record,
                                 "SELECT DISTINCT e.id FROM name_word n JOIN entity_word w ON w.word = n.row "
                                 "JOIN entity e ON e.row = w.entity WHERE n.word >= ?1 AND n.word < ?2 "
                                 "AND (?3 >> e.type) & 1 UNION SELECT a.id FROM authority_word w "
                                 "JOIN authority a ON a.row = w.authority WHERE w.word >= ?1 AND w.word < ?2 "
                                 "AND (?3 >> a.type) & 1 ORDER BY 1",
                                 error)
          : onr_record_statement(
                record,
                "SELECT DISTINCT e.id FROM name_word n JOIN entity_word w ON w.word = n.row "
                "JOIN entity e ON e.row = w.entity WHERE n.key = ?1 AND (?3 >> e.type) & 1 "
                "UNION SELECT a.id FROM authority_word w JOIN authority a ON a.row = w.authority "
                "WHERE w.key = ?1 AND (?3 >> a.type) & 1 ORDER BY 1",
                error);
  if (!s)
    return NULL;
  if (is_prefix)
    bind_prefix(s, wanted->words->pdata[i]);
  else
    onr_bind_text(s, 1, wanted->keys->pdata[i]);
  onr_bind_int(s, 3, types);
  return s;
}

static gboolean gather_bearers(OnrRecord *record, const Wanted *wanted, guint i, guint types, GPtrArray *out,
                               GError **error) {
  g_autoptr(OnrStatement) s = select_bearers(record, wanted, i, types, error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(out, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

/* Puts what stands at I to the N that are kept; what is not kept gathers behind, to be freed as the array is
   cut. */
static void keep(GPtrArray *ids, guint i, guint *n) {
  gpointer id = ids->pdata[i];
  ids->pdata[i] = ids->pdata[*n];
  ids->pdata[(*n)++] = id;
}

/* Keeps in A what B holds too; both in byte order. */
static void intersect(GPtrArray *a, const GPtrArray *b) {
  guint n = 0, j = 0;
  for (guint i = 0; i < a->len; i++) {
    while (j < b->len && strcmp(b->pdata[j], a->pdata[i]) < 0)
      j++;
    if (j < b->len && !strcmp(b->pdata[j], a->pdata[i]))
      keep(a, i, &n);
  }
  g_ptr_array_set_size(a, (gint)n);
}

/* The words of WANTED follow one another in alias NAME. */
static gboolean holds_in_order(const char *name, const Wanted *wanted) {
  g_autoptr(GPtrArray) words = onr_name_words(name);
  g_autoptr(GPtrArray) keys = onr_name_keys(name);
  for (guint at = 0; at + wanted->words->len <= words->len; at++) {
    guint i = 0;
    while (i < wanted->words->len &&
           (is_prefix_at(wanted, i) ? g_str_has_prefix(words->pdata[at + i], wanted->words->pdata[i])
                                    : !strcmp(keys->pdata[at + i], wanted->keys->pdata[i])))
      i++;
    if (i == wanted->words->len)
      return TRUE;
  }
  return FALSE;
}

static gboolean has_alias(OnrRecord *record, const char *id, const Wanted *wanted, gboolean *out,
                          GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT a.name FROM entity e JOIN alias a ON a.entity = e.row WHERE e.id = ?1 "
      "UNION ALL SELECT n.name FROM authority a JOIN authority_name n ON n.authority = a.row WHERE a.id = ?1",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, id);
  OnrStep step;
  *out = FALSE;
  while (!*out && (step = onr_step(s, error)) == ONR_STEP_ROW)
    *out = holds_in_order(onr_column_text(s, 0), wanted);
  return *out || step == ONR_STEP_DONE;
}

/* One word needs no look at the aliases: bearing it is all that is asked. */
static gboolean keep_in_order(OnrRecord *record, const Wanted *wanted, GPtrArray *ids, GError **error) {
  guint n = 0;
  if (wanted->words->len < 2)
    return TRUE;
  for (guint i = 0; i < ids->len; i++) {
    gboolean is_kept;
    if (!has_alias(record, ids->pdata[i], wanted, &is_kept, error))
      return FALSE;
    if (is_kept)
      keep(ids, i, &n);
  }
  g_ptr_array_set_size(ids, (gint)n);
  return TRUE;
}

static gboolean find_wanted(OnrRecord *record, const Wanted *wanted, guint types, GPtrArray *out,
                            GError **error) {
  g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < wanted->words->len; i++) {
    g_ptr_array_set_size(more, 0);
    if (!gather_bearers(record, wanted, i, types, i ? more : out, error))
      return FALSE;
    if (i)
      intersect(out, more);
  }
  return keep_in_order(record, wanted, out, error);
}

/* The rows of the names with IDS as a JSON list, which SQL takes as a table. Users may list ids that no row
 * has. */
static char *list_of(OnrRecord *record, const GPtrArray *ids, GError **error) {
  g_autoptr(GString) json = g_string_new("[");
  for (guint i = 0; i < ids->len; i++) {
    g_autofree char *id = g_strdup(ids->pdata[i]);
    gint64 row = onr_record_find_entity(record, id);
    if (!row && !onr_record_follow(record, &id, error))
      return NULL;
    onr_stored_append_row(json, row ? row : onr_record_find_entity(record, id));
  }
  g_string_append_c(json, ']');
  return g_strdup(json->str);
}

/* Of the identities that the names in list ?1 are: everywhere or, where ?2 is 1, in some articles. CROSS JOIN
   holds SQLite to the order: from few names to their senses, not through all senses there are. */
#define WANTED                                                                                               \
  "WITH name AS (SELECT e.row, e.identity FROM json_each(?1) j JOIN entity e ON e.row = j.value), "          \
  "wanted AS (SELECT identity FROM name UNION SELECT s.identity FROM name n CROSS JOIN sense s "             \
  "ON s.entity = n.row WHERE ?2) "

/* clang-format off */
static const char names_sql[] =
    WANTED "SELECT e.id FROM wanted w CROSS JOIN entity e ON e.identity = w.identity WHERE e.part_of IS NULL";
static const char own_sql[] =
    WANTED "SELECT e.id, EXISTS (SELECT 1 FROM sense s WHERE s.entity = e.row) FROM wanted w CROSS JOIN entity e ON e.identity = w.identity WHERE e.part_of IS NULL";
static const char has_senses_sql[] =
    WANTED "SELECT EXISTS (SELECT 1 FROM wanted w CROSS JOIN sense s ON s.identity = w.identity)";
static const char only_sql[] =
    WANTED "SELECT e.id, a.id FROM wanted w CROSS JOIN sense s ON s.identity = w.identity "
    "CROSS JOIN entity e ON e.row = s.entity CROSS JOIN article a ON a.row = s.article WHERE e.identity NOT IN wanted";
static const char but_sql[] =
    WANTED "SELECT e.id, a.id FROM wanted w CROSS JOIN entity e ON e.identity = w.identity "
    "CROSS JOIN sense s ON s.entity = e.row CROSS JOIN article a ON a.row = s.article WHERE s.identity NOT IN wanted";
static const char ids_sql[] = WANTED "SELECT e.id FROM wanted w CROSS JOIN entity e ON e.row = w.identity";
/* Names that users list for one identity only. */
#define LISTED                                                                                               \
  "SELECT CASE a.type WHEN 0 THEN 'person:' WHEN 1 THEN 'org:' WHEN 2 THEN 'place:' ELSE 'misc:' END || n.words, a.id " \
  "FROM authority a JOIN authority_name n ON n.authority = a.row "                                             \
  "WHERE NOT EXISTS (SELECT 1 FROM authority_name o WHERE o.words = n.words AND o.authority <> a.row)"
static const char listed_sql[] = LISTED;
static const char listed_of_sql[] = LISTED " AND a.id = ?1";
static const char listed_unknown_sql[] =
    "WITH listed (name, authority) AS (" LISTED " AND a.id = ?1) SELECT name FROM listed l WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = l.name)";
/* clang-format on */

/* Hands each row of SQL, which begins with WANTED, to TAKE. */
static gboolean each_wanted(OnrRecord *record, const char *sql, const char *list, gboolean by_name,
                            void (*take)(sqlite3_stmt *s, gpointer data), gpointer data, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, list);
  onr_bind_int(s, 2, by_name ? 1 : 0);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    take(s, data);
  return step == ONR_STEP_DONE;
}

static void take_name(sqlite3_stmt *s, gpointer set) {
  onr_name_set_add(set, onr_column_text(s, 0));
}

static void take_only(sqlite3_stmt *s, gpointer set) {
  onr_name_set_add_only(set, onr_column_text(s, 0), onr_column_text(s, 1));
}

static void take_but(sqlite3_stmt *s, gpointer set) {
  onr_name_set_add_but(set, onr_column_text(s, 0), onr_column_text(s, 1));
}

static void take_row(sqlite3_stmt *s, gpointer rows) {
  gint64 row = onr_column_int(s, 0);
  g_array_append_val(rows, row);
}

/* NAME as an id: "person:john-dorn~0f3a6b21", "Q58217". */
static gboolean find_by_id(OnrRecord *record, const char *name, guint types, GPtrArray *out, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "SELECT id FROM entity WHERE id = ?1 AND (?2 >> type) & 1 "
                           "UNION SELECT id FROM authority WHERE id = ?1 AND (?2 >> type) & 1",
                           error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, name);
  onr_bind_int(s, 2, types);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    g_ptr_array_add(out, g_strdup(onr_column_text(s, 0)));
  return step != ONR_STEP_ERROR;
}

/* The names that NAME asks for, their ids in IDS and as list_of gives them; *BY_NAME FALSE where it is an id:
 * then it asks for that identity alone. The caller frees the list. */
static char *find_names(OnrRecord *record, const char *name, guint types, GPtrArray *ids, gboolean *by_name,
                        GError **error) {
  g_auto(Wanted) wanted = wanted_of(name);
  if (!onr_record_flush(record, error) || !find_by_id(record, name, types, ids, error))
    return NULL;
  *by_name = !ids->len;
  return *by_name && !find_wanted(record, &wanted, types, ids, error) ? NULL : list_of(record, ids, error);
}

static void take_id(sqlite3_stmt *s, gpointer ids) {
  g_ptr_array_add(ids, g_strdup(onr_column_text(s, 0)));
}

/* What users list for identities with IDS, by SQL: no article here may have it, but another shard's. */
static gboolean add_listed(OnrRecord *record, const char *sql, const GPtrArray *ids, OnrNameSet *set,
                           GError **error) {
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
    if (!s)
      return FALSE;
    onr_bind_text(s, 1, ids->pdata[i]);
    OnrStep step;
    while ((step = onr_step(s, error)) == ONR_STEP_ROW)
      take_name(s, set);
    if (step == ONR_STEP_ERROR)
      return FALSE;
  }
  return TRUE;
}

/* The names of those that the names in LIST are, into SET. */
static gboolean add_names(OnrRecord *record, const char *list, gboolean by_name, OnrNameSet *set,
                          GError **error) {
  return each_wanted(record, names_sql, list, by_name, take_name, set, error) &&
         each_wanted(record, only_sql, list, by_name, take_only, set, error) &&
         each_wanted(record, but_sql, list, by_name, take_but, set, error);
}

/* From names to whose they are, and from those to all their names. */
gboolean onr_record_find_identities(OnrRecord *record, const char *name, guint types, OnrNameSet *set,
                                    GError **error) {
  gboolean by_name;
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *list = find_names(record, name, types, ids, &by_name, error);
  return list && each_wanted(record, ids_sql, list, by_name, take_id, ids, error) &&
         add_listed(record, listed_of_sql, ids, set, error) && add_names(record, list, by_name, set, error);
}

typedef struct {
  OnrNameSet *set;
  gboolean has_senses;
} OwnNames;

/* A name with senses is left to these. */
static void take_own(sqlite3_stmt *s, gpointer data) {
  OwnNames *own = data;
  if (onr_column_int(s, 1))
    own->has_senses = TRUE;
  else
    onr_name_set_add(own->set, onr_column_text(s, 0));
}

static void take_has_senses(sqlite3_stmt *s, gpointer data) {
  ((OwnNames *)data)->has_senses |= onr_column_int(s, 0) != 0;
}

gboolean onr_record_find_names(OnrRecord *record, const char *name, guint types, OnrNameSet *set,
                               GError **error) {
  gboolean by_name;
  OwnNames own = {set, FALSE};
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *list = find_names(record, name, types, ids, &by_name, error);
  guint n_found = ids->len;
  if (!list || !each_wanted(record, ids_sql, list, by_name, take_id, ids, error) ||
      !add_listed(record, listed_unknown_sql, ids, set, error) ||
      !each_wanted(record, own_sql, list, by_name, take_own, &own, error) ||
      !each_wanted(record, has_senses_sql, list, by_name, take_has_senses, &own, error))
    return FALSE;
  for (guint i = n_found; own.has_senses && i < ids->len; i++)
    onr_name_set_add_bearer(set, ids->pdata[i]);
  return TRUE;
}

typedef struct {
  GPtrArray *known;
  OnrNameSet *set;
} NewNames;

/* In which articles a name that was found by itself is another's was found with it; by its name alone its
   namesakes would be others too. */
static void take_new_but(sqlite3_stmt *s, gpointer data) {
  NewNames *e = data;
  if (!g_ptr_array_find_with_equal_func(e->known, onr_column_text(s, 0), g_str_equal, NULL))
    take_but(s, e->set);
}

gboolean onr_record_expand_names(OnrRecord *record, GPtrArray *names, OnrNameSet *set, GError **error) {
  NewNames e = {names, set};
  g_autofree char *list = list_of(record, names, error);
  return list && each_wanted(record, names_sql, list, FALSE, take_name, set, error) &&
         each_wanted(record, only_sql, list, FALSE, take_only, set, error) &&
         each_wanted(record, but_sql, list, FALSE, take_new_but, &e, error);
}

gboolean onr_record_find_identity_rows(OnrRecord *record, const char *name, guint types, GArray *rows,
                                       GError **error) {
  gboolean by_name;
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *list = find_names(record, name, types, ids, &by_name, error);
  return list &&
         each_wanted(record, WANTED "SELECT identity FROM wanted", list, by_name, take_row, rows, error);
}

static gint64 row_of(OnrRecord *record, const char *sql, const char *id) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, NULL);
  gint64 row = 0;
  if (!s)
    return 0;
  onr_bind_text(s, 1, id);
  onr_step_int(s, 0, &row, NULL);
  return row;
}

gint64 onr_record_find_entity(OnrRecord *record, const char *id) {
  return row_of(record, "SELECT row FROM entity WHERE id = ?1", id);
}

gint64 onr_record_identity_of(OnrRecord *record, const char *id) {
  return row_of(record, "SELECT identity FROM entity WHERE id = ?1", id);
}

char *onr_record_name_of(OnrRecord *record, const char *id) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT name FROM entity WHERE id = ?1", NULL);
  if (!s)
    return NULL;
  onr_bind_text(s, 1, id);
  return onr_step(s, NULL) == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 0)) : NULL;
}

/* --- one identity --- */

void onr_identity_clear(OnrIdentity *identity) {
  g_free(identity->id);
  g_free(identity->name);
  *identity = (OnrIdentity){0};
}

/* Quotes of identity e, by its names but where they are another's, and by others' names where they are its.
 */
#define QUOTES_OF                                                                                            \
  "(SELECT q.quote FROM entity n JOIN speaker_quote q ON q.speaker = n.row WHERE n.identity = e.row "        \
  "AND NOT EXISTS (SELECT 1 FROM sense s WHERE s.entity = n.row AND s.article = q.article) "                 \
  "UNION SELECT q.quote FROM sense s JOIN quote k ON k.article = s.article "                                 \
  "JOIN speaker_quote q ON q.speaker = s.entity AND q.quote = k.row WHERE s.identity = e.row)"
/* Of a SELECT of IDENTITY_COLUMNS FROM entity e. */
#define IDENTITY_COLUMNS                                                                                     \
  "e.row, e.id, e.name, e.type, (SELECT count(*) FROM " QUOTES_OF                                            \
  "), (SELECT count(DISTINCT article) FROM (" ONR_ITEMS_OF("e.row") "))"

static void read_identity(sqlite3_stmt *s, OnrIdentity *out) {
  *out = (OnrIdentity){.row = onr_column_int(s, 0),
                       .id = g_strdup(onr_column_text(s, 1)),
                       .name = g_strdup(onr_column_text(s, 2)),
                       .type = (OnrEntityType)onr_column_int(s, 3),
                       .n_quotes = (guint64)onr_column_int(s, 4),
                       .n_articles = (guint64)onr_column_int(s, 5)};
}

gboolean onr_record_load_identity(OnrRecord *record, gint64 row, OnrIdentity *out, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT " IDENTITY_COLUMNS " FROM entity e WHERE e.row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    read_identity(s, out);
  else if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no entity in row %" G_GINT64_FORMAT, row);
  return step == ONR_STEP_ROW;
}

/* Rows of (text, count) as "text\tcount". */
static gboolean gather_tally(sqlite3_stmt *s, gint64 entity, GPtrArray *out, GError **error) {
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(out,
                    g_strdup_printf("%s\t%" G_GINT64_FORMAT, onr_column_text(s, 0), onr_column_int(s, 1)));
  return step == ONR_STEP_DONE;
}

gboolean onr_record_load_aliases(OnrRecord *record, gint64 entity, GPtrArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT a.name, sum(a.n) FROM entity e JOIN alias a ON a.entity = e.row WHERE e.identity = ?1 GROUP BY "
      "a.name "
      "UNION ALL SELECT e.name, (SELECT count(*) FROM sense s WHERE s.identity = e.row) FROM entity e "
      "WHERE e.row = ?1 AND e.part_of IS NOT NULL ORDER BY 2 DESC, 1",
      error);
  return s && gather_tally(s, entity, out, error);
}

static gboolean gather_roles(OnrRecord *record, gint64 entity, GPtrArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "SELECT r.name, sum(r.n) FROM entity e JOIN role r ON "
                                                   "r.entity = e.row WHERE e.identity = ?1 GROUP BY r.name "
                                                   "ORDER BY 2 DESC, 1",
                                                   error);
  return s && gather_tally(s, entity, out, error);
}

gboolean onr_record_each_identity(OnrRecord *record, OnrIdentityFunc each, gpointer data, GError **error) {
  if (!onr_record_flush(record, error))
    return FALSE;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      record->db, "SELECT " IDENTITY_COLUMNS " FROM entity e WHERE e.identity = e.row ORDER BY e.id", error);
  if (!s)
    return FALSE;
  gboolean goes_on = TRUE;
  OnrStep step = ONR_STEP_DONE;
  while (goes_on && (step = onr_step(s, error)) == ONR_STEP_ROW) {
    g_autoptr(GPtrArray) aliases = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func(g_free);
    OnrIdentity identity;
    read_identity(s, &identity);
    gboolean is_read = onr_record_load_aliases(record, identity.row, aliases, error) &&
                       gather_roles(record, identity.row, roles, error);
    goes_on = is_read && each(&identity, aliases, roles, data);
    onr_identity_clear(&identity);
    if (!is_read)
      return FALSE;
  }
  return step != ONR_STEP_ERROR;
}

static gboolean each_pair(sqlite3_stmt *s, OnrJoinedFunc each, gpointer data, GError **error) {
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    each(onr_column_text(s, 0), onr_column_text(s, 1), data);
  return step == ONR_STEP_DONE;
}

gboolean onr_record_each_joined(OnrRecord *record, OnrJoinedFunc each, gpointer data, GError **error) {
  g_autoptr(OnrStatement) joined = onr_record_statement(
      record, "SELECT e.id, i.id FROM entity e JOIN entity i ON i.row = e.identity WHERE e.identity <> e.row",
      error);
  g_autoptr(OnrStatement) listed = joined ? onr_record_statement(record, listed_sql, error) : NULL;
  g_autoptr(OnrStatement) same =
      listed
          ? onr_record_statement(record, "SELECT id, same_as FROM authority WHERE same_as IS NOT NULL", error)
          : NULL;
  return same && each_pair(joined, each, data, error) && each_pair(listed, each, data, error) &&
         each_pair(same, each, data, error);
}

/* --- what is near --- */

typedef struct {
  gint64 entity;
  guint distance;
  OnrIdentity identity; /* loaded for those that are shown */
} Near;

static void near_clear(gpointer p) {
  onr_identity_clear(&((Near *)p)->identity);
}

/* Words near WORD, with their distance: word row → distance. */
static GHashTable *near_words(OnrRecord *record, const char *word, GError **error) {
  g_autoptr(GHashTable) near = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT row, word FROM name_word", error);
  if (!s)
    return NULL;
  gsize length = strlen(word);
  guint limit = onr_edit_limit((gsize)g_utf8_strlen(word, -1));
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    guint distance =
        onr_edit_distance(word, length, onr_column_text(s, 1), (gsize)sqlite3_column_bytes(s, 1), limit);
    gint64 row = onr_column_int(s, 0);
    if (distance <= limit)
      g_hash_table_insert(near, g_memdup2(&row, sizeof row), GUINT_TO_POINTER(distance));
  }
  return step == ONR_STEP_DONE ? g_steal_pointer(&near) : NULL;
}

/* Entities of TYPES that bear any of WORDS: entity → its least distance. */
static GHashTable *near_bearers(OnrRecord *record, GHashTable *words, guint types, GError **error) {
  g_autoptr(GHashTable) near = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT DISTINCT e.identity FROM entity_word w JOIN entity e ON e.row = w.entity WHERE "
      "w.word = ?1 AND (?2 >> e.type) & 1",
      error);
  if (!s)
    return NULL;
  GHashTableIter iter;
  gpointer word, distance, known;
  g_hash_table_iter_init(&iter, words);
  while (g_hash_table_iter_next(&iter, &word, &distance)) {
    onr_bind_int(s, 1, *(gint64 *)word);
    onr_bind_int(s, 2, types);
    OnrStep step;
    while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
      gint64 entity = onr_column_int(s, 0);
      if (!g_hash_table_lookup_extended(near, &entity, NULL, &known) ||
          GPOINTER_TO_UINT(known) > GPOINTER_TO_UINT(distance))
        g_hash_table_insert(near, g_memdup2(&entity, sizeof entity), distance);
    }
    if (step == ONR_STEP_ERROR)
      return NULL;
    sqlite3_reset(s);
  }
  return g_steal_pointer(&near);
}

/* Adds to SUMS what NEAR says; entities that NEAR does not hold go. */
static void join_near(GHashTable *sums, GHashTable *near) {
  GHashTableIter iter;
  gpointer entity, sum, distance;
  g_hash_table_iter_init(&iter, sums);
  while (g_hash_table_iter_next(&iter, &entity, &sum)) {
    if (g_hash_table_lookup_extended(near, entity, NULL, &distance))
      g_hash_table_iter_replace(&iter, GUINT_TO_POINTER(GPOINTER_TO_UINT(sum) + GPOINTER_TO_UINT(distance)));
    else
      g_hash_table_iter_remove(&iter);
  }
}

/* Entities that bear a near word for each word of NAME: entity → sum of distances. */
static GHashTable *near_entities(OnrRecord *record, const char *name, guint types, GError **error) {
  g_autoptr(GPtrArray) words = onr_name_words(name);
  g_autoptr(GHashTable) sums = NULL;
  for (guint i = 0; i < words->len; i++) {
    g_autoptr(GHashTable) near = near_words(record, words->pdata[i], error);
    g_autoptr(GHashTable) bearers = near ? near_bearers(record, near, types, error) : NULL;
    if (!bearers)
      return NULL;
    if (sums)
      join_near(sums, bearers);
    else
      sums = g_steal_pointer(&bearers);
  }
  return sums ? g_steal_pointer(&sums) : g_hash_table_new(g_int64_hash, g_int64_equal);
}

static int by_nearness(gconstpointer a, gconstpointer b) {
  const Near *x = a, *y = b;
  if (x->distance != y->distance)
    return x->distance < y->distance ? -1 : 1;
  if (x->identity.n_quotes != y->identity.n_quotes)
    return x->identity.n_quotes > y->identity.n_quotes ? -1 : 1;
  if (x->identity.n_articles != y->identity.n_articles)
    return x->identity.n_articles > y->identity.n_articles ? -1 : 1;
  return strcmp(x->identity.id, y->identity.id);
}

gboolean onr_record_nearest_identities(OnrRecord *record, const char *name, guint types, guint limit,
                                       GArray *out, GError **error) {
  if (!onr_record_flush(record, error))
    return FALSE;
  g_autoptr(GHashTable) sums = near_entities(record, name, types, error);
  if (!sums)
    return FALSE;
  g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(Near));
  g_array_set_clear_func(all, near_clear);
  GHashTableIter iter;
  gpointer entity, distance;
  g_hash_table_iter_init(&iter, sums);
  while (g_hash_table_iter_next(&iter, &entity, &distance)) {
    Near near = {.entity = *(gint64 *)entity, .distance = GPOINTER_TO_UINT(distance)};
    if (!onr_record_load_identity(record, near.entity, &near.identity, error))
      return FALSE;
    g_array_append_val(all, near);
  }
  g_array_sort(all, by_nearness);
  for (guint i = 0; i < MIN(limit, all->len); i++) {
    Near *near = &g_array_index(all, Near, i);
    g_array_append_val(out, near->identity);
    near->identity = (OnrIdentity){0};
  }
  return TRUE;
}
