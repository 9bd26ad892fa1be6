/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What WARC and ARC files share: which of a crawl's records are worth a look, where each one really ends, and what is said
   of the others: a crawl is mostly images, redirects and scripts, so those are counted by their kind and told in one line
   each. warc.c and arc.c know how a record's header is written.

     crawl = onr_crawl_open(outer);
     …read a header, skip it…; onr_crawl_begin(&crawl, n_claimed, find);
     if (onr_crawl_take(&crawl, &capture, member)) return TRUE;      // else the next
     … return onr_crawl_end(&crawl, member, error);                  // when there is no further record */
#pragma once

#include "indexer/container.h"
#include "indexer/containers/http.h"
#include "indexer/containers/seen.h"

G_BEGIN_DECLS

#define ONR_MAX_CRAWL_KINDS 100 /* told one by one; more are one kind, "other" */

/* One record's header. The strings are owned; each may be NULL. */
typedef struct {
  gboolean is_revisit;
  char *uri;
  char *type;     /* the record's own Content-Type */
  char *digest;   /* of the payload */
  char *captured; /* ISO 8601 */
} OnrCapture;
void onr_capture_clear(OnrCapture *capture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrCapture, onr_capture_clear)

typedef struct {
  OnrStream *outer;
  guint64 n_records;
  gboolean has_content; /* a record that may hold a page came */
  OnrHttpBody body;   /* what is left of the record */
  OnrSeen *contents;  /* of the file */
  GPtrArray *tallies; /* kinds of records that are passed over */
  guint n_told;
  GError *failure; /* what ends the file */
} OnrCrawl;

/* For OnrContainerClass: an OnrCrawl over OUTER, which is borrowed. */
gpointer onr_crawl_open(OnrStream *outer);
void onr_crawl_close(gpointer crawl);

/* Where the next record's header begins, at FROM or later; N_BYTES where there is none in these bytes. */
typedef gsize (*OnrFindRecordFunc)(const char *bytes, gsize n_bytes, gsize from);

/* Consumes what is left of the record before and moves to the next header, over what is no record. FALSE at the end. */
gboolean onr_crawl_seek(OnrCrawl *crawl, OnrFindRecordFunc find);

/* Begins a record, whose header is consumed and says that N_CLAIMED bytes follow. Where no record follows those, the
   next that is found ends this one. FALSE where damage or the file's end comes first, which is this record's end. */
gboolean onr_crawl_begin(OnrCrawl *crawl, guint64 n_claimed, OnrFindRecordFunc find);

/* TRUE where the record is a page that may be read: then it is in OUT. Others are counted. */
gboolean onr_crawl_take(OnrCrawl *crawl, const OnrCapture *capture, OnrMember *out);

/* Counts a record of kind KEY, of which one can say WHAT. */
void onr_crawl_count(OnrCrawl *crawl, const char *key, const char *what);

/* See onr_container_refuse. */
gboolean onr_crawl_refuse(gpointer crawl, const char *reason);

/* After the last record: the kinds that were passed over, each as a member with an error; then FALSE, with ERROR where
 * the file ended early. */
gboolean onr_crawl_end(OnrCrawl *crawl, OnrMember *out, GError **error);

G_END_DECLS
