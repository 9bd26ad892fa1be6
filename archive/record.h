/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record: everything that is known of an archive's sources, articles, quotes and identities, in one SQLite file with a documented schema
   (docs/schema.md) that people may query with sqlite3. All SQL of the project is in archive/. The record knows nothing of ranking; engines keep
   their index beside its tables (fts5) or beside the file (xapian).

   One connection, one thread at a time. A writer: begin → put × n → commit, repeated. */
#pragma once

#include "archive/article.h"
#include "archive/authority.h"
#include "archive/name_set.h"
#include "text/error.h"

G_BEGIN_DECLS

#define ONR_SCHEMA_VERSION 6

typedef struct OnrRecord OnrRecord;

typedef enum { ONR_OPEN_READ, ONR_OPEN_WRITE, ONR_OPEN_REINDEX, ONR_OPEN_CREATE } OnrOpenMode;

/* Opens FILE. CREATE makes it where it is missing or empty. Reading from a folder that cannot be written opens with immutable=1, but where a writer was cut short and left
   a WAL: then SQLite reads that if it can, else IO. Reports NOT_FOUND, IO, CORRUPT (no database, another program's, damaged), UNSUPPORTED (made by a newer version; other
   term version, but for REINDEX: the message asks for `reindex`). */
OnrRecord *onr_record_open(const char *file, OnrOpenMode mode, GError **error);
/* Opened for reading: from now to the close, everything is read as it stands now, whatever a writer commits. (Without, each call sees the newest commit.) A record that is
   held keeps the writer's WAL from being reset: not for hours. */
gboolean onr_record_hold(OnrRecord *record, GError **error);
/* A record that is held goes over to what is committed by now; another is there anyway. */
gboolean onr_record_renew(OnrRecord *record, GError **error);
void onr_record_close(OnrRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrRecord, onr_record_close)

gboolean onr_record_begin(OnrRecord *record, GError **error); /* BUSY when another connection writes */
gboolean onr_record_commit(OnrRecord *record, GError **error);
void onr_record_rollback(OnrRecord *record);
gboolean onr_record_is_in_transaction(const OnrRecord *record);

/* Settings: "language", "engine", "term_version", "generation", … NULL where not set; the caller frees it. */
char *onr_record_get_setting(OnrRecord *record, const char *key);
gboolean onr_record_set_setting(OnrRecord *record, const char *key, const char *value, GError **error);

/* --- sources: one row a file, and one more for each item of it that was not stored --- */

typedef enum {
  ONR_SOURCE_READ = 0,      /* a file that was read, or an item of it */
  ONR_SOURCE_SKIPPED = 1,   /* not readable as an article: reason says why */
  ONR_SOURCE_DUPLICATE = 2, /* an item with an id that an earlier item has */
  ONR_SOURCE_REPLACED = 3,  /* an item whose id a later version or a correction has (archive/edition.h) */
  ONR_SOURCE_KILLED = 4,    /* an item whose id a kill takes out of the archive */
  ONR_SOURCE_KILL = 5,      /* that kill: an item that is no article, but a notice */
  ONR_N_SOURCE_STATUSES
} OnrSourceStatus;
/* "read", "skipped", "duplicate", "replaced", "killed", "kill". */
const char *onr_source_status_name(OnrSourceStatus status);

typedef struct {
  gint64 row;
  const char *path;   /* absolute, or as given when it is not a local file */
  const char *member; /* "" for the file itself */
  gint64 size_bytes;
  gint64 mtime_ns;
  const char *hash;   /* SHA-256 of the file's bytes, hex; NULL for members */
  const char *format; /* reader's name: "jsonl.gz" */
  OnrSourceStatus status;
  const char *reason; /* SKIPPED: why; KILL: its note to editors, or NULL; else NULL */
  guint32 n_articles; /* stored from this file */
  guint32 n_replaced; /* bytes that did not decode */
  const char *article_id; /* from DUPLICATE on: the item's id, which another has too; else NULL */
  const char *kind;       /* SKIPPED: "broken", "unsupported", "too large", "unreadable"; else NULL */
  const char *title;      /* from DUPLICATE on, as the members below: what the item says of itself; NULL, 0 where it does not say so */
  gint64 version;
  const char *updated, *published, *notice;
  const char *by_path, *by_member; /* in lists of what was left out: the item that holds the id, or of KILLED the kill; NULL where there is none any more */
  gint64 by_version;
  const char *by_notice, *by_reason; /* notice of that item, and a kill's note to editors */
} OnrSource;
/* For copies, which own their strings. */
void onr_source_copy(const OnrSource *from, OnrSource *to);
void onr_source_clear(OnrSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrSource, onr_source_clear)
/* Why an item of those statuses was not stored, one line for people: "replaced by version 3 in '/news/b.xml'". The caller frees it. */
char *onr_source_explain(const OnrSource *source);

/* The file's row, or NULL when it is unknown; strings live until the next call on the record. */
const OnrSource *onr_record_find_source(OnrRecord *record, const char *path);
/* Inserts the row of (path, member), or changes it and keeps its rowid, which *ROW (may be NULL) gets. */
gboolean onr_record_put_source(OnrRecord *record, const OnrSource *source, gint64 *row, GError **error);
/* Only size, mtime: an unchanged file that was touched. */
gboolean onr_record_touch_source(OnrRecord *record, gint64 row, gint64 size_bytes, gint64 mtime_ns, GError **error);
/* Calls EACH for every file row (member "") whose path is ROOT or below it (NULL: all), by path; stops when it returns FALSE. EACH must not write. */
typedef gboolean (*OnrSourceFunc)(const OnrSource *source, gpointer data);
gboolean onr_record_each_source(OnrRecord *record, const char *root, OnrSourceFunc each, gpointer data, GError **error);
/* Every row that is not ONR_SOURCE_READ, files and items, by path and member, with what holds in their place. */
gboolean onr_record_each_skipped(OnrRecord *record, OnrSourceFunc each, gpointer data, GError **error);
/* Of these the SKIPPED ones, in no order. */
gboolean onr_record_each_loss(OnrRecord *record, OnrSourceFunc each, gpointer data, GError **error);
/* Removes the rows of a file's items (member not "") that are no kills; its own row and its articles stay. */
gboolean onr_record_clear_items(OnrRecord *record, const char *path, GError **error);
/* Removes a file's rows, its own and those of items. USAGE where it still has articles. */
gboolean onr_record_remove_source(OnrRecord *record, const char *path, GError **error);

/* --- one id, several items (record_ids.c) --- */

/* Every row with ARTICLE_ID, DUPLICATE to KILL, by path and member: what else there is when the article that has the id goes. EACH must not write. */
gboolean onr_record_each_with_id(OnrRecord *record, const char *article_id, OnrSourceFunc each, gpointer data, GError **error);
/* Those of them that are kills. */
gboolean onr_record_each_kill(OnrRecord *record, const char *article_id, OnrSourceFunc each, gpointer data, GError **error);
/* The article that has ARTICLE_ID, as the source row it would be: row (of the article), path, member, article_id, title, version, updated, published, notice. ROW is 0 where there is none. OUT owns
   its strings. */
gboolean onr_record_find_holder(OnrRecord *record, const char *article_id, OnrSource *out, GError **error);
gboolean onr_record_set_source_status(OnrRecord *record, gint64 row, OnrSourceStatus status, GError **error);
/* Duplicates with ARTICLE_ID are REPLACED from now on. */
gboolean onr_record_lower_duplicates(OnrRecord *record, const char *article_id, GError **error);
/* The kills of a file that is to be read again hold until that is done, apart from what it says now … */
gboolean onr_record_set_kills_aside(OnrRecord *record, const char *path, GError **error);
/* … and go then: appends their articles' ids (char *) to IDS. */
gboolean onr_record_drop_kills_aside(OnrRecord *record, const char *path, GPtrArray *ids, GError **error);
/* Appends the articles' ids (char *) of all kills of a file. */
gboolean onr_record_kills_of_file(OnrRecord *record, const char *path, GPtrArray *ids, GError **error);

/* --- articles --- */

/* Stores ARTICLE with its entities, mentions and quotes; sets ARTICLE->row; *FIRST_QUOTE gets the row of its first quote (rows of one
   article's quotes are consecutive). Reports nothing for a duplicate id: ask onr_record_find_article first. */
gboolean onr_record_put_article(OnrRecord *record, OnrArticle *article, gint64 *first_quote, GError **error);
/* Removes an article with all that only it refers to. */
gboolean onr_record_remove_article(OnrRecord *record, gint64 row, GError **error);
/* The same for one that is loaded, with text, already. */
gboolean onr_record_remove_loaded(OnrRecord *record, const OnrArticle *article, GError **error);

/* `reindex`: empties entities, aliases, mentions and quotes of all articles … */
gboolean onr_record_clear_annotations(OnrRecord *record, GError **error);
/* … and gives one (ARTICLE->row) its own again: has_attribution, entities, mentions, quotes. */
gboolean onr_record_put_annotation(OnrRecord *record, const OnrArticle *article, gint64 *first_quote, GError **error);

/* Row of the article with ID, 0 when there is none. PATH, when not NULL, gets its source's path (the caller frees it). */
gint64 onr_record_find_article(OnrRecord *record, const char *id, char **path);

/* Fills OUT (reset first). WITH_TEXT FALSE leaves text "" and reads no overflow pages; entities, mentions and quotes come with text. */
gboolean onr_record_load_article(OnrRecord *record, gint64 row, gboolean with_text, OnrArticle *out, GError **error);
gint64 onr_record_first_quote(OnrRecord *record, gint64 article_row); /* 0 when it has none */
/* The article that quote ROW belongs to, and its number (from 1). FALSE where there is no such quote. */
gboolean onr_record_locate_quote(OnrRecord *record, gint64 quote_row, gint64 *article_row, guint *number);

/* Rows of the articles of file PATH, or all (NULL), ascending; gint64. */
gboolean onr_record_article_rows(OnrRecord *record, const char *path, GArray *rows, GError **error);
/* The same ordered by id: the order of exports. */
gboolean onr_record_article_rows_by_id(OnrRecord *record, GArray *rows, GError **error);

/* --- identities --- */

typedef struct {
  gint64 row;
  char *id, *name;
  OnrEntityType type;
  guint64 n_quotes, n_articles; /* quotes spoken; articles that mention it */
} OnrIdentity;
void onr_identity_clear(OnrIdentity *identity);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrIdentity, onr_identity_clear)

/* Row of entity by its id ("person:sergey-lavrov"); 0 when there is none. */
gint64 onr_record_find_entity(OnrRecord *record, const char *id);
/* Row of the identity that the entity with ID is; 0 when there is none. */
gint64 onr_record_identity_of(OnrRecord *record, const char *id);

/* The names of the identities that have an alias which holds all words of NAME, each compared by spelling key (text/name.h), in order and adjacent. TYPES is a mask of 1 << OnrEntityType. Adds to SET,
   which is to be tidied. NAME may be an identity's id. A NAME ending in '*' matches by prefix of its last word's folded form. Names that are another's in some articles are left to the
   identities themselves, as bearers: for ONR_PLAN_SENSES, of this record. */
gboolean onr_record_find_names(OnrRecord *record, const char *name, guint types, OnrNameSet *set, GError **error);
/* The same to be asked of other archives too: all names, with the articles in which they are another's. */
gboolean onr_record_find_identities(OnrRecord *record, const char *name, guint types, OnrNameSet *set, GError **error);
/* Adds the names of the identities that NAMES (char *, ids) are to SET, which is to be tidied; those that the record does not have add nothing. Where a name of NAMES is another's was
   found with it, and is not added again. */
gboolean onr_record_expand_names(OnrRecord *record, GPtrArray *names, OnrNameSet *set, GError **error);
/* The nearest spoken or mentioned identities to a NAME that found none, by edit distance of words, the most quoted of equals first: OnrIdentity. */
gboolean onr_record_nearest_identities(OnrRecord *record, const char *name, guint types, guint limit, GArray *out, GError **error);
gboolean onr_record_load_identity(OnrRecord *record, gint64 row, OnrIdentity *out, GError **error);
/* Entities ordered by id, for export: EACH gets the identity, its aliases ("alias\tplaces") and its roles ("role\tarticles"), the most frequent first,
   equals in byte order; a full name that stands in no text has 0 places. */
typedef gboolean (*OnrIdentityFunc)(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles, gpointer data);
gboolean onr_record_each_identity(OnrRecord *record, OnrIdentityFunc each, gpointer data, GError **error);

/* Calls EACH with the ids of every name that another stands for, and of that one. */
typedef void (*OnrJoinedFunc)(const char *name, const char *identity, gpointer data);
gboolean onr_record_each_joined(OnrRecord *record, OnrJoinedFunc each, gpointer data, GError **error);

/* --- what users say of identities; it holds from the next onr_record_resolve on --- */

/* Adds ENTRY in the place of the one with its id. */
gboolean onr_record_put_authority(OnrRecord *record, const OnrAuthorityEntry *entry, GError **error);
gboolean onr_record_drop_authority(OnrRecord *record, const char *id, gboolean *is_dropped, GError **error);
gboolean onr_record_clear_authority(OnrRecord *record, GError **error);
gboolean onr_record_is_listed(OnrRecord *record, const char *id);
/* Id, name and type of the entry with ID, or of what it is same as. */
gboolean onr_record_load_listed(OnrRecord *record, const char *id, OnrIdentity *out, GError **error);
/* FORMAT where same_as of what is there goes in a circle. */
gboolean onr_record_check_authority(OnrRecord *record, GError **error);
/* All identities by id: those that users list as they are listed, with what else articles call them, and those of articles alone with their names and roles (a role's days
   are the first and last on which articles say it, at most ONR_DOSSIER_ROLES of them). ONLY_LISTED: as they were put. EACH returns FALSE to stop. */
typedef gboolean (*OnrEntryFunc)(const OnrAuthorityEntry *entry, gpointer data);
gboolean onr_record_each_authority(OnrRecord *record, gboolean only_listed, OnrEntryFunc each, gpointer data, GError **error);

/* Asks IS_WANTED for each role of the authority file, once, and calls EACH for every identity (id) that is listed with a wanted one, with its first and last day (ONR_NO_DAY:
   open). */
typedef gboolean (*OnrRoleWantedFunc)(const char *role, gpointer data);
typedef gboolean (*OnrRoleFunc)(const char *id, gint32 first_day, gint32 last_day, gpointer data, GError **error);
gboolean onr_record_each_role(OnrRecord *record, OnrRoleWantedFunc is_wanted, OnrRoleFunc each, gpointer data, GError **error);

/* What corrections say of a name. */
typedef struct {
  char *name;     /* id of a name: "person:sergey-lavrov"; owned, as all here */
  char *article;  /* id of the article that it is said of; "" for all */
  gint64 part;    /* of the part that has the id NAME~PART; -1 for all */
  char *identity; /* id of whose it is */
  char *reason;
  gint64 article_row; /* out; 0: no such article */
  gboolean is_whole;  /* out: the name has no parts */
} OnrRuling;
void onr_ruling_clear(gpointer ruling);
/* Puts RULINGS (OnrRuling) in the place of all that there are. */
gboolean onr_record_set_rulings(OnrRecord *record, const GArray *rulings, GError **error);

/* Takes up to LIMIT blocks of names that came or went and finds whose they are (identity/resolve.h); *IS_DONE where none is left. In a transaction. */
typedef struct OnrIdentityModel OnrIdentityModel;
gboolean onr_record_resolve(OnrRecord *record, const OnrIdentityModel *model, guint limit, gboolean *is_done, GError **error);

/* Finds what is printed more than once, where articles have come or gone since that was done (docs/duplicates.md): a step of it, up to LIMIT pairs of texts compared; *IS_DONE where nothing is left. In a
   transaction. What is found follows from the articles alone, however they came. */
gboolean onr_record_group(OnrRecord *record, guint limit, gboolean *is_done, GError **error);

/* --- facets over a set of hits --- */

typedef struct {
  char *name;           /* the value: speaker's or entity's name, publisher, "2022-02", kind */
  char *id;             /* entity id, or NULL */
  int type;             /* OnrEntityType, or -1 */
  guint64 n_quotes;
  guint64 n_articles;
  guint64 n_distinct;   /* SPEAKER, and ENTITY over quotes: the quotes with those that are one statement counted once; else 0 */
  gint32 first_day, last_day; /* ONR_NO_DAY where none is dated */
} OnrFacet;
void onr_facet_clear(OnrFacet *facet);

typedef enum { ONR_FACET_SPEAKER, ONR_FACET_ENTITY, ONR_FACET_PUBLISHER, ONR_FACET_MONTH, ONR_FACET_KIND } OnrFacetKind;

/* Counts WHAT over the items of ROWS (ascending rows of the table; NULL: all items), most frequent first, ties by name. LIMIT 0: all. *N_DISTINCT
   gets how many values there are. FACET_ENTITY over articles counts mentions' articles; over quotes those in contents. */
gboolean onr_record_facets(OnrRecord *record, OnrFacetKind what, gboolean over_quotes, const GArray *rows, guint offset, guint limit, GArray *out,
                           guint64 *n_distinct, GError **error);

/* --- counts and health --- */

typedef struct {
  guint64 n_sources, n_articles, n_quotes, n_entities, n_mentions;
  guint64 n_skipped, n_duplicates, n_replaced; /* rows of source */
  guint64 n_killed;                            /* ids of articles that kills keep out */
  guint64 n_corrected, n_embargoed;            /* articles that are corrections; that are not to be published yet, by this machine's clock */
  guint64 n_undated, n_without_attribution;
  guint64 text_bytes, file_bytes; /* of texts; of the record file with its WAL */
  gint32 first_day, last_day;
} OnrCounts;
gboolean onr_record_count(OnrRecord *record, OnrCounts *out, GError **error);
/* Only those two, without counting anything: for each query's "of 4,310 quotes". */
gboolean onr_record_count_items(OnrRecord *record, guint64 *n_articles, guint64 *n_quotes, GError **error);

/* What came of the files of one format. */
typedef struct {
  const char *format; /* reader's name: "jsonl.gz"; NULL: of files that no reader took */
  guint64 n_files, n_items, n_articles, n_skipped; /* items: all that were found; skipped: of those, the ones that could not be read */
} OnrFormatCounts;
/* By format, NULL last. EACH returns FALSE to stop. */
typedef gboolean (*OnrFormatFunc)(const OnrFormatCounts *counts, gpointer data);
gboolean onr_record_each_format(OnrRecord *record, OnrFormatFunc each, gpointer data, GError **error);

/* SQLite's integrity and foreign key checks, offsets inside texts, counts that agree; findings appended (char *). */
gboolean onr_record_check(OnrRecord *record, GPtrArray *findings, GError **error);
const char *onr_record_file(const OnrRecord *record);

G_END_DECLS
