/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compressed data, zip and tar files and crawls that tests make, and what is read out of a file. */
#pragma once

#include "indexer/unpacker.h"

G_BEGIN_DECLS

/* N_BYTES packed; the caller frees it. */
GBytes *onr_test_pack(OnrPacking packing, const char *bytes, gsize n_bytes);

/* A row of files that is put together: zip, or pax tar. */
typedef struct OnrTestBundle OnrTestBundle;
OnrTestBundle *onr_test_bundle_new(gboolean is_zip);
/* LENGTH -1: up to the NUL. */
void onr_test_bundle_add(OnrTestBundle *bundle, const char *name, const char *content, gssize length);
void onr_test_bundle_add_link(OnrTestBundle *bundle, const char *name, const char *target);
/* A file of SIZE zeros that are stored as a hole. Tar. */
void onr_test_bundle_add_hole(OnrTestBundle *bundle, const char *name, gint64 size);
/* Ends it; the caller frees the bytes. */
GBytes *onr_test_bundle_end(OnrTestBundle *bundle);

/* A WARC record: HEADERS are lines of its header between the version and Content-Length, each with its line end. */
void onr_test_add_record(GString *warc, const char *headers, const char *block);
/* A response record of a page; HTTP is its head's lines below the status line. */
void onr_test_add_response(GString *warc, const char *uri, const char *status, const char *http, const char *body);

/* Every item of PATH, a line each: "PLACE READER FIRST-BYTES", then what its container knows of it; or "PLACE! ERROR".
   The caller frees it. */
char *onr_test_items(const char *path);

/* The same of BYTES, written to a file NAME of a folder of its own. */
char *onr_test_items_of(const char *name, const char *bytes, gssize n_bytes);

G_END_DECLS
