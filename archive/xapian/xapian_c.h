/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Xapian for C: what an engine needs of libxapian 1.4, and no more. xapian_c.cc is the project's one C++ file and the only one that includes
   Xapian's headers. Terms, positions, slots and documents are Xapian's own; nothing here knows what they stand for. No exception leaves it: every function
   that can fail takes a GError **.

     g_autoptr(OnrXapWriter) writer = onr_xap_writer_open(dir, ONR_XAP_CREATE, error);
     onr_xap_document_add_posting(doc, "war", 3, 1, 1, error); …
     onr_xap_writer_begin(writer, error) → onr_xap_writer_put(writer, 7, doc, error) × n → onr_xap_writer_commit(writer, error);

     g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
     onr_xap_database_add(db, dir, error);                                    // × n: several are searched as one
     g_autoptr(OnrXapQuery) query = onr_xap_query_term("war", 3, 1, error);
     onr_xap_database_search(db, query, &spec, &matches, error);

   Errors are ONR_ERROR's: NOT_FOUND (no such database, document), BUSY (writing: another process holds the lock; reading: the database has changed twice
   since it was opened, onr_xap_database_reopen and try again), CORRUPT, UNSUPPORTED (another format version), IO (disk, network, a server that timed out or does
   not speak Xapian's protocol), LIMIT (memory, a term too long), USAGE (an argument that Xapian refuses). Handles are used by one thread at a time; different handles by
   different threads. Strings that come with a length may hold any bytes. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

/* How libxapian calls a server in errors, HOST:PORT following: at their end, in brackets. */
#define ONR_XAP_REMOTE_CONTEXT "remote:tcp("

#define ONR_XAP_TERM_MAX 245 /* bytes of a term, of which a NUL counts twice; of a key of metadata */

const char *onr_xap_version(void); /* of the library that runs: "1.4.22" */

/* --- documents --- */

/* A document in the making, reused for the next after onr_xap_document_reset. */
typedef struct OnrXapDocument OnrXapDocument;

OnrXapDocument *onr_xap_document_new(GError **error);
void onr_xap_document_free(OnrXapDocument *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrXapDocument, onr_xap_document_free)
gboolean onr_xap_document_reset(OnrXapDocument *doc, GError **error);

/* TERM stands at POSITION and adds WDF to its frequency in the document, which may be 0. */
gboolean onr_xap_document_add_posting(OnrXapDocument *doc, const char *term, gsize length, guint32 position, guint32 wdf, GError **error);
/* TERM without a position. */
gboolean onr_xap_document_add_term(OnrXapDocument *doc, const char *term, gsize length, guint32 wdf, GError **error);
gboolean onr_xap_document_set_value(OnrXapDocument *doc, guint slot, const char *value, gsize length, GError **error);
gboolean onr_xap_document_set_data(OnrXapDocument *doc, const char *data, gsize length, GError **error);

/* --- writing --- */

typedef struct OnrXapWriter OnrXapWriter;

typedef enum {
  ONR_XAP_OPEN,   /* an existing database */
  ONR_XAP_CREATE, /* a new one; what stands at the path is overwritten. Nothing is synced to the disk: that is for who makes it, before it is relied
                     upon. (DB_DANGEROUS, which writes in place, ends the process where a disk is full, and was measured no faster.) */
} OnrXapWriteMode;

/* Opens for writing and takes Xapian's lock on it. Every XAPIAN_FLUSH_THRESHOLD documents (a variable of the environment, read here; 10,000) Xapian writes out what it
   has in memory: within a transaction nobody sees that, outside of one it is a commit. */
OnrXapWriter *onr_xap_writer_open(const char *path, OnrXapWriteMode mode, GError **error);
/* Without a commit, what was written since the last is lost, in a transaction or not. Reports nothing: commit first. */
void onr_xap_writer_free(OnrXapWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrXapWriter, onr_xap_writer_free)

/* A transaction that commit makes lasting at once, or rollback takes back. It begins with a commit of what stands before it. Without one they are of what was written since
   the last commit. A change that fails for any reason but NOT_FOUND or its arguments has cost the whole batch: then only rollback is possible. A commit that fails leaves
   the last one; where Xapian cannot say so (a full disk found in a destructor) the process ends with a line on stderr and status 2. */
gboolean onr_xap_writer_begin(OnrXapWriter *writer, GError **error);
gboolean onr_xap_writer_commit(OnrXapWriter *writer, GError **error);
gboolean onr_xap_writer_rollback(OnrXapWriter *writer, GError **error);

/* Stores DOC as document DOCID (from 1), in place of what has that number. */
gboolean onr_xap_writer_put(OnrXapWriter *writer, guint32 docid, const OnrXapDocument *doc, GError **error);
/* NOT_FOUND where there is none. */
gboolean onr_xap_writer_remove(OnrXapWriter *writer, guint32 docid, GError **error);
/* An empty VALUE removes the key. Where databases are compacted or searched as one, a key's values become one: each is taken for a set of strings with tabs
   between them. */
gboolean onr_xap_writer_set_metadata(OnrXapWriter *writer, const char *key, const char *value, gsize length, GError **error);
/* Of the last commit; rises with each that has a change. */
gboolean onr_xap_writer_revision(OnrXapWriter *writer, guint64 *revision, GError **error);

/* --- reading --- */

/* One database or several as one. Of N parts, document D of the part I (from 0) is document (D - 1) * N + I + 1 of the whole. A stub adds each database that it names as a part;
   a server, however many it serves, is one. */
typedef struct OnrXapDatabase OnrXapDatabase;

OnrXapDatabase *onr_xap_database_new(GError **error); /* of no parts, with no documents */
void onr_xap_database_free(OnrXapDatabase *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrXapDatabase, onr_xap_database_free)

/* Adds a part: what is at PATH, as it is now. */
gboolean onr_xap_database_add(OnrXapDatabase *db, const char *path, GError **error);
/* Adds what WRITER writes, uncommitted changes included. WRITER must live as long as DB is used. */
gboolean onr_xap_database_add_writer(OnrXapDatabase *db, OnrXapWriter *writer, GError **error);
/* Adds what xapian-tcpsrv serves at HOST:PORT. An answer that takes longer than TIMEOUT_MS is IO (a search waits for two of each part), so is a connection that does; 0 waits
   for ever. What comes too late is not taken for another answer: the next operation may succeed. From here on libxapian has the process ignore SIGPIPE, and needs that. */
gboolean onr_xap_database_add_remote(OnrXapDatabase *db, const char *host, guint port, guint timeout_ms, GError **error);
/* Adds a part without documents: the place of one that does not answer, so that the others' documents keep their numbers. */
gboolean onr_xap_database_add_empty(OnrXapDatabase *db, GError **error);
guint onr_xap_database_n_parts(const OnrXapDatabase *db);
gboolean onr_xap_database_is_served(const OnrXapDatabase *db); /* a part of it, at least */

/* Goes over to the newest revision of each part. */
gboolean onr_xap_database_reopen(OnrXapDatabase *db, GError **error);
/* Of a database of one local part. */
gboolean onr_xap_database_revision(OnrXapDatabase *db, guint64 *revision, GError **error);

typedef struct {
  guint64 n_documents;
  guint64 total_length; /* sum of all documents' lengths, each the sum of its wdf */
  guint32 last_docid;   /* the highest number in use or once in use; 0 where there was none */
} OnrXapCounts;
gboolean onr_xap_database_count(OnrXapDatabase *db, OnrXapCounts *out, GError **error);

/* Documents that have TERM, and the sum of its wdf. */
gboolean onr_xap_database_term(OnrXapDatabase *db, const char *term, gsize length, guint64 *n_documents, guint64 *n_occurrences, GError **error);
/* Whether all documents of a part have TERM: of no part, of some, of all of them. Servers are not asked and count as none. */
typedef enum { ONR_XAP_COVER_NONE, ONR_XAP_COVER_SOME, ONR_XAP_COVER_ALL } OnrXapCover;
gboolean onr_xap_database_cover(OnrXapDatabase *db, const char *term, gsize length, OnrXapCover *out, GError **error);
/* Appends the terms that begin with PREFIX (char *, owned by the array) in byte order, at most MOST. A server sends all that begin so. */
gboolean onr_xap_database_terms(OnrXapDatabase *db, const char *prefix, guint most, GPtrArray *terms, GError **error);
/* Replaces OUT by the value of KEY ("" where no part has it). */
gboolean onr_xap_database_metadata(OnrXapDatabase *db, const char *key, GString *out, GError **error);

/* Of document DOCID; NOT_FOUND where there is none. They replace OUT. */
gboolean onr_xap_database_data(OnrXapDatabase *db, guint32 docid, GString *out, GError **error);
gboolean onr_xap_database_value(OnrXapDatabase *db, guint32 docid, guint slot, GString *out, GError **error); /* "" where it has none */
gboolean onr_xap_database_length(OnrXapDatabase *db, guint32 docid, guint64 *length, GError **error);

/* Calls EACH for every term of the document, in byte order; stops where it returns FALSE. POSITIONS ascend; they are lent for the call. */
typedef gboolean (*OnrXapTermFunc)(const char *term, gsize length, guint32 wdf, const guint32 *positions, guint n_positions, gpointer data);
gboolean onr_xap_database_document_terms(OnrXapDatabase *db, guint32 docid, OnrXapTermFunc each, gpointer data, GError **error);

/* Appends the numbers of all documents (guint32), ascending. */
gboolean onr_xap_database_docids(OnrXapDatabase *db, GArray *docids, GError **error);
/* Stores document DOCID of FROM as DOCID of WRITER. */
gboolean onr_xap_writer_copy(OnrXapWriter *writer, OnrXapDatabase *from, guint32 docid, GError **error);
/* The metadata of FROM, which has one part, beside what there is. */
gboolean onr_xap_writer_merge_metadata(OnrXapWriter *writer, OnrXapDatabase *from, GError **error);

/* --- queries --- */

/* A node and what is below it. Makers take their children, whether they succeed or not. Where a child is NULL, which has set the error, they return NULL and leave it so. */
typedef struct OnrXapQuery OnrXapQuery;

void onr_xap_query_free(OnrXapQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrXapQuery, onr_xap_query_free)

typedef enum { ONR_XAP_AND, ONR_XAP_OR, ONR_XAP_PHRASE, ONR_XAP_NEAR } OnrXapOperator;

OnrXapQuery *onr_xap_query_all(GError **error);  /* every document, weight 0 */
OnrXapQuery *onr_xap_query_none(GError **error);
OnrXapQuery *onr_xap_query_term(const char *term, gsize length, guint wqf, GError **error);
/* AND, OR, PHRASE (in order) or NEAR (in any order) of N children; for the last two, terms within WINDOW positions, first and last included,
   of children that are terms or OR of terms (else UNSUPPORTED), each at a place of its own. NEAR is Xapian's: where two different children stand at one position it can miss
   places where they are near; PHRASE in each order does not (tests/xapian). */
OnrXapQuery *onr_xap_query_group(OnrXapOperator op, OnrXapQuery *const *children, guint n, guint window, GError **error);
OnrXapQuery *onr_xap_query_and_not(OnrXapQuery *query, OnrXapQuery *minus, GError **error);
OnrXapQuery *onr_xap_query_filter(OnrXapQuery *query, OnrXapQuery *condition, GError **error); /* the weight is QUERY's */
OnrXapQuery *onr_xap_query_scale(OnrXapQuery *query, double factor, GError **error);           /* 0: a condition */
/* Documents whose value in SLOT is there and, byte by byte, from LOW to HIGH inclusive. LOW is not empty. */
OnrXapQuery *onr_xap_query_range(guint slot, const char *low, gsize low_length, const char *high, gsize high_length, GError **error);
/* The N documents of DB, which no server serves, with DOCIDS, ascending; all are there. DB is what the query is run over. */
OnrXapQuery *onr_xap_query_docids(const OnrXapDatabase *db, const guint32 *docids, gsize n, GError **error);
/* In Xapian's own words; the caller frees it. */
char *onr_xap_query_describe(const OnrXapQuery *query, GError **error);

/* --- searching --- */

typedef enum {
  ONR_XAP_BY_DOCID,            /* ascending, unweighted: every weight is 0 */
  ONR_XAP_BY_WEIGHT_THEN_VALUE, /* weight down, then value of the slot up (none first), then docid up */
  ONR_XAP_BY_VALUE_THEN_WEIGHT, /* value down (none last), then weight down, then docid up */
  ONR_XAP_BY_VALUE,             /* value up (none first), then docid up; every weight is 0 */
} OnrXapOrder;

typedef struct {
  double k1, k2, k3, b, min_normlen; /* BM25Weight */
  OnrXapOrder order;
  guint slot;             /* of the order's value */
  guint32 first, n;       /* how many of the best to pass over, how many to give */
  gboolean is_exact;      /* count all matches: without, counting stops where the best are known */
  /* Where it is not NULL (it implies is_exact): called after the match for each distinct value of COUNT_SLOT, less its last COUNT_TAIL bytes, among all matches, in byte order,
     with the number that have it; "", the last, stands for documents without. A server sends the distinct values whole. */
  void (*each_value)(const char *value, gsize length, guint64 n, gpointer data);
  guint count_slot;
  gsize count_tail;
  gpointer data;
} OnrXapSpec;

typedef struct {
  guint32 docid;
  double weight;
} OnrXapMatch;

typedef struct {
  GArray *items;      /* OnrXapMatch, best first; owned, see onr_xap_matches_clear */
  guint64 n_matches;  /* exact where the spec asks for it, else Xapian's estimate */
} OnrXapMatches;
void onr_xap_matches_clear(OnrXapMatches *matches);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrXapMatches, onr_xap_matches_clear)

/* Replaces OUT. Weights are summed up over all parts with the statistics of all of them. */
gboolean onr_xap_database_search(OnrXapDatabase *db, const OnrXapQuery *query, const OnrXapSpec *spec, OnrXapMatches *out, GError **error);

/* --- upkeep --- */

/* Writes the N databases at PATHS into a new one at TO (which must not be there), all documents with their numbers. The numbers of no two overlap (else USAGE): those of one are
   all below those of another. What a failure leaves at TO is the caller's to remove. Writers of the PATHS may go on; one that commits twice meanwhile makes it BUSY. */
gboolean onr_xap_compact(const char *const *paths, guint n, const char *to, GError **error);
/* Appends a line (char *, owned by the array) for each fault that Xapian finds in the database at PATH, which nobody may write to meanwhile, but which one must be allowed to
   write to. Xapian goes down on some faults, so that it looks in a child process; and it takes a file of positions, terms of documents or data that is gone for one that
   never was. */
gboolean onr_xap_check(const char *path, GPtrArray *findings, GError **error);

G_END_DECLS
