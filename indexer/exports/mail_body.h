/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a mail says, as paragraphs. Of alternatives the HTML is taken, cleaned like a page: newsletters' plain parts
   are addresses and "view in browser" as a rule; but the plain one where the HTML has less than half its words.
   Attachments are passed over, unless nothing else is text. Messages inside follow, each behind its subject. */
#pragma once

#include "text/error.h"

#include <gmime/gmime.h>

G_BEGIN_DECLS

#define ONR_MAX_MAIL_DEPTH 20 /* of parts inside parts; what is deeper is passed over */

/* Appends the text of MESSAGE to OUT. TITLE, which may be NULL, is its subject: a heading that repeats it is left out.
   *N_REPLACED counts bytes that did not decode. */
void onr_mail_append_body(GMimeMessage *message, const char *title, GString *out, guint32 *n_replaced);

/* The first HTML part's bytes as UTF-8, or NULL. The caller frees it. */
GString *onr_mail_get_html(GMimeMessage *message, guint32 *n_replaced);

G_END_DECLS
