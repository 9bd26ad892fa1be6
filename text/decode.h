/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of unknown encoding to the stored text: UTF-8 with LF line ends. Order of evidence: byte order mark,
   the charset that the file declares, valid UTF-8, UTF-16 without a mark (by its NUL pattern), uchardet,
   Windows-1252. Bytes that do not decode become U+FFFD and are counted, and so does NUL, which no text holds.
   CRLF and CR become LF; nothing else changes: valid UTF-8 with LF comes out byte for byte.

     g_auto(OnrDecoded) d = {0};
     if (!onr_decode(bytes, n_bytes, "iso-8859-1", &d, error)) return FALSE;
     use(d.text, d.length); */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

typedef struct {
  char *text;          /* valid UTF-8, NUL-terminated, owned */
  gsize length;        /* bytes without the terminator */
  const char *charset; /* interned name of the encoding used, "UTF-8" */
  guint32 n_replaced;  /* bytes or code units that became U+FFFD */
} OnrDecoded;

/* Decodes N_BYTES of BYTES. DECLARED is the charset that the file or its container names, or NULL; an
   unknown or plainly wrong declaration is passed over. Reports ONR_ERROR_LIMIT for more than 4 GiB - 1. */
gboolean onr_decode(const char *bytes, gsize n_bytes, const char *declared, OnrDecoded *out, GError **error);

void onr_decoded_clear(OnrDecoded *decoded);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrDecoded, onr_decoded_clear)

G_END_DECLS
