/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/schema.h"

#include "archive/database.h"

/* Texts stand apart from the articles' headers, so that facets and dates read 200 bytes an article. In
   quote_speaker and article_entity_entity the article's row makes the look-ups of speaker: and mention: read
   the index alone. */
static const char tables[] =
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE total (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source ("
    "  row INTEGER PRIMARY KEY, path TEXT NOT NULL, member TEXT NOT NULL,"
    "  size_bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, hash TEXT, format TEXT,"
    "  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2), reason TEXT,"
    "  n_articles INTEGER NOT NULL, n_replaced INTEGER NOT NULL, article_id TEXT,"
    "  UNIQUE (path, member)) STRICT;"
    "CREATE INDEX source_article_id ON source (article_id) WHERE article_id IS NOT NULL;"
    "CREATE INDEX source_status ON source (path, member) WHERE status <> 0;"
    "CREATE TABLE article ("
    "  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    "  source INTEGER NOT NULL REFERENCES source, member TEXT NOT NULL,"
    "  title TEXT, byline TEXT, dateline TEXT, published TEXT, day INTEGER,"
    "  publisher TEXT, section TEXT, language TEXT, url TEXT,"
    "  has_attribution INTEGER NOT NULL CHECK (has_attribution IN (0, 1)),"
    "  text_bytes INTEGER NOT NULL) STRICT;"
    "CREATE INDEX article_source ON article (source);"
    "CREATE INDEX article_day ON article (day);"
    "CREATE TABLE article_text (article INTEGER PRIMARY KEY REFERENCES article, text TEXT NOT NULL) STRICT;"
    "CREATE TABLE entity ("
    "  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    "  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3)) STRICT;"
    "CREATE TABLE alias ("
    "  row INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entity, name TEXT NOT NULL,"
    "  n INTEGER NOT NULL, n_full INTEGER NOT NULL,"
    "  UNIQUE (entity, name)) STRICT;"
    "CREATE TABLE name_word (row INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, key TEXT NOT NULL) STRICT;"
    "CREATE INDEX name_word_key ON name_word (key);"
    "CREATE TABLE entity_word ("
    "  word INTEGER NOT NULL REFERENCES name_word, entity INTEGER NOT NULL REFERENCES entity,"
    "  PRIMARY KEY (word, entity)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE article_entity ("
    "  article INTEGER NOT NULL REFERENCES article, number INTEGER NOT NULL,"
    "  entity INTEGER NOT NULL REFERENCES entity, alias INTEGER NOT NULL REFERENCES alias,"
    "  role TEXT, spans TEXT NOT NULL,"
    "  PRIMARY KEY (article, number)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX article_entity_entity ON article_entity (entity, article);"
    "CREATE INDEX article_entity_role ON article_entity (entity, role) WHERE role IS NOT NULL;"
    "CREATE TABLE quote ("
    "  row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, number INTEGER NOT NULL,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2), act INTEGER NOT NULL CHECK (act BETWEEN 0 AND 1),"
    "  speaker INTEGER REFERENCES entity,"
    "  speaker_type INTEGER NOT NULL CHECK (speaker_type BETWEEN 0 AND 5), role TEXT,"
    "  confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),"
    "  source_spans TEXT NOT NULL, cue_spans TEXT NOT NULL, content_spans TEXT NOT NULL,"
    "  UNIQUE (article, number)) STRICT;"
    "CREATE INDEX quote_speaker ON quote (speaker, article) WHERE speaker IS NOT NULL;"
    "CREATE TABLE quote_entity ("
    "  quote INTEGER NOT NULL REFERENCES quote, entity INTEGER NOT NULL REFERENCES entity,"
    "  PRIMARY KEY (quote, entity)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX quote_entity_entity ON quote_entity (entity, quote);";

#define KIND_NAME "CASE q.kind WHEN 0 THEN 'direct' WHEN 1 THEN 'mixed' ELSE 'indirect' END"
#define ACT_NAME "CASE q.act WHEN 0 THEN 'speech' ELSE 'attitude' END"
#define SPEAKER_TYPE_NAME                                                                                    \
  "CASE q.speaker_type WHEN 1 THEN 'person' WHEN 2 THEN 'org' WHEN 3 THEN 'unnamed' WHEN 4 THEN 'document' " \
  "WHEN 5 THEN 'author' ELSE 'unknown' END"
#define ENTITY_TYPE_NAME                                                                                     \
  "CASE e.type WHEN 0 THEN 'person' WHEN 1 THEN 'org' WHEN 2 THEN 'place' ELSE 'misc' END"
#define SPAN_WORDS(text, value) "substr(" text ", " value "->>0 + 1, " value "->>1 - " value "->>0)"

/* For people: names in place of numbers, words in place of offsets. The program itself reads the tables. */
static const char views[] =
    "CREATE VIEW articles AS"
    "  SELECT a.row, a.id, s.path, a.member, a.title, a.byline, a.dateline, a.published, a.publisher, "
    "a.section,"
    "    a.language, a.url, t.text"
    "  FROM article a JOIN source s ON s.row = a.source JOIN article_text t ON t.article = a.row;"
    "CREATE VIEW quotes AS"
    "  SELECT q.row, a.id || '#' || q.number AS id, a.id AS article_id, a.title, a.published, a.publisher,"
    "    " KIND_NAME " AS kind, " ACT_NAME " AS act, e.name AS speaker, e.id AS speaker_id,"
    "    " SPEAKER_TYPE_NAME " AS speaker_type, q.role, q.confidence / 100.0 AS confidence,"
    "    (SELECT group_concat(" SPAN_WORDS(
        "t.text",
        "c.value") ", ' … ') FROM json_each(q.content_spans) c) AS words,"
                   "    (SELECT group_concat(" SPAN_WORDS(
                       "t.text",
                       "c.value") ", ' … ') FROM json_each(q.source_spans) c) AS source,"
                                  "    (SELECT group_concat(" SPAN_WORDS(
                                      "t.text",
                                      "c.value") ", ' … ') FROM json_each(q.cue_spans) c) AS cue"
                                                 "  FROM quote q JOIN article a ON a.row = q.article JOIN "
                                                 "article_text t ON t.article = q.article"
                                                 "    LEFT JOIN entity e ON e.row = q.speaker;"
                                                 "CREATE VIEW mentions AS"
                                                 "  SELECT a.id AS article_id, e.id AS entity_id, "
                                                 "e.name, " ENTITY_TYPE_NAME " AS type, m.role,"
                                                 "    s.value->>0 AS \"begin\", s.value->>1 AS "
                                                 "\"end\", " SPAN_WORDS(
                                                     "t.text",
                                                     "s.value") " AS words"
                                                                "  FROM article_entity m JOIN article a ON "
                                                                "a.row = m.article JOIN article_text t ON "
                                                                "t.article = m.article"
                                                                "    JOIN entity e ON e.row = m.entity, "
                                                                "json_each(m.spans) s;"
                                                                "CREATE VIEW speakers AS"
                                                                "  SELECT e.id, e.name, " ENTITY_TYPE_NAME
                                                                " AS type, count(*) AS n_quotes,"
                                                                "    count(DISTINCT q.article) AS n_articles"
                                                                "  FROM quote q JOIN entity e ON e.row = "
                                                                "q.speaker GROUP BY q.speaker;";

gboolean onr_schema_create(sqlite3 *db, GError **error) {
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                           ONR_APPLICATION_ID, ONR_SCHEMA_VERSION);
  return onr_database_exec(db, tables, error) && onr_database_exec(db, views, error) &&
         onr_database_exec(db, marks, error);
}

static gboolean query_int(sqlite3 *db, const char *sql, gint64 *out, GError **error) {
  g_autoptr(OnrOwnStatement) statement = onr_database_prepare(db, sql, error);
  return statement && onr_step_int(statement, 0, out, error);
}

gboolean onr_schema_verify(sqlite3 *db, gboolean *is_empty, GError **error) {
  gint64 application, version, n_tables;
  if (!query_int(db, "PRAGMA application_id", &application, error) ||
      !query_int(db, "PRAGMA user_version", &version, error) ||
      !query_int(db, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  *is_empty = !application && !n_tables;
  if (*is_empty)
    return TRUE;
  const char *file = sqlite3_db_filename(db, "main");
  if (application != ONR_APPLICATION_ID) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': a database, but no record of Onrecord", file);
    return FALSE;
  }
  if (version != ONR_SCHEMA_VERSION) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                "'%s': made with schema version %" G_GINT64_FORMAT ", this program knows %d: use %s Onrecord",
                file, version, ONR_SCHEMA_VERSION, version > ONR_SCHEMA_VERSION ? "a newer" : "an older");
    return FALSE;
  }
  return TRUE;
}
