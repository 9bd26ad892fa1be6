/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one error domain of the library. Codes are chosen by what the caller can do about them; the message
   is one line, lower case, that names the offending value in quotes and where it stands. Every fallible
   function takes a GError ** last and sets it once, where the fault happens. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_ERROR (onr_error_quark())

typedef enum {
  ONR_ERROR_USAGE,       /* the call or the command line is wrong: correct it */
  ONR_ERROR_SYNTAX,      /* a query, glob or option value does not parse: correct it */
  ONR_ERROR_NOT_FOUND,   /* no such archive, article, quote, path */
  ONR_ERROR_BUSY,        /* another writer has the archive: try again later (exit status 75) */
  ONR_ERROR_FORMAT,      /* input is not what its format promises: that item is skipped */
  ONR_ERROR_CORRUPT,     /* the archive is damaged: check, reindex or restore */
  ONR_ERROR_IO,          /* the operating system refused: disk, permissions, handles */
  ONR_ERROR_UNSUPPORTED, /* a format, version or feature this build does not know */
  ONR_ERROR_LIMIT,       /* beyond a documented limit (docs/limits.md) */
  ONR_ERROR_NO_ARTICLE,  /* nothing is wrong, and nothing to read: a crawl's images and redirects, counted */
  ONR_ERROR_CANCELLED,   /* stopped by the caller, e.g. Ctrl-C; what was whole is kept */
} OnrErrorCode;

GQuark onr_error_quark(void);

/* FALSE for ONR_ERROR_NO_ARTICLE: what --strict does not stop at. */
gboolean onr_error_is_fault(const GError *error);

G_END_DECLS
