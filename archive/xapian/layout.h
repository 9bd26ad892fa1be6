/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/xapian/: what a document of the index is made of (docs/index-format.md). The terms of texts and fields are those of archive/postings.h; all that the
   engine adds for itself begins with X, which no other term does, and has a frequency of 0 in the document, so that no length and no score knows of it. */
#pragma once

#include "archive/xapian/xapian_c.h"

#include "archive/plan.h"
#include "archive/postings.h"

#include <string.h>

G_BEGIN_DECLS

#define ONR_N_TABLES 2 /* of OnrTable */

/* Of documents and of their folder; in the setting "xapian_format" and in each database's metadata under the same name. */
#define ONR_XAPIAN_FORMAT "3"
#define ONR_XAPIAN_FORMAT_KEY "xapian_format"
/* In the metadata too: ONR_TERM_VERSION and the language of stems. */
#define ONR_XAPIAN_TERMS_KEY "term_version"
#define ONR_XAPIAN_LANGUAGE_KEY "language"

#define ONR_XAPIAN_OWN "X"         /* how all of these begin */
#define ONR_XAPIAN_KEY "XK"        /* article's id */
#define ONR_XAPIAN_SPEAKER "XS"    /* id of each identity that speaks; of an article: of each that it quotes */
#define ONR_XAPIAN_MENTION "XM"    /* id of an identity that the text, or the quote's content, mentions */
#define ONR_XAPIAN_NAME "XN"       /* a name, from one of its words on: spelling keys, TAB, folded words, TAB, id of the identity. Of quotes: its speakers'; of articles: of all
                                      that they mention. So names are found where the record is not at hand */
#define ONR_XAPIAN_UNDATED "XD"    /* without a date; nothing follows */
#define ONR_XAPIAN_QUOTED "XQ"     /* of articles: has quotes; nothing follows */
#define ONR_XAPIAN_KIND "XH"       /* of quotes: '0' + kind */
#define ONR_XAPIAN_ACT "XA"        /* of quotes: '0' + act */
#define ONR_XAPIAN_COMPONENT "XP"  /* of articles: one component of the path, at its place in it */
#define ONR_XAPIAN_PATH "XF"       /* of articles: the whole path */
#define ONR_XAPIAN_URL "XU"        /* of articles: the whole url */
#define ONR_XAPIAN_OF_ARTICLE "XT" /* of quotes: before a term of the article's ONR_XAPIAN_QUOTED_FIELDS */

/* Fields of articles that are asked of quotes often, and whose terms therefore are on the quotes too. */
#define ONR_XAPIAN_QUOTED_FIELDS ONR_PREFIX_PUBLISHER ONR_PREFIX_SECTION ONR_PREFIX_LANGUAGE

typedef enum {
  ONR_XAPIAN_SLOT_ORDER = 0,      /* article's id, NUL, number of the quote (big endian, 4 bytes; 0 for articles): where scores are equal */
  ONR_XAPIAN_SLOT_DAY = 1,        /* day + 2^31, big endian, 4 bytes; none without a date */
  ONR_XAPIAN_SLOT_DAY_BACK = 2,   /* 2^31 - 1 - day, likewise: the earliest is the largest */
  ONR_XAPIAN_SLOT_ARTICLE = 3,    /* of quotes: the first 8 bytes of MD5 of the article's id: how many articles they are of, where a server counts */
  ONR_XAPIAN_SLOT_CONFIDENCE = 4, /* of quotes: one byte, confidence + 1 */
  ONR_XAPIAN_SLOT_PUBLISHER = 5,
} OnrXapianSlot;

/* A term that no document has. */
#define ONR_XAPIAN_NOTHING "XZ"

/* In the set of a stem's forms: the word that is spelled as the stem itself is none of them. */
#define ONR_XAPIAN_NO_FORM "-"

/* Words between text and title, which follows it: more than any window or phrase reaches over. */
#define ONR_XAPIAN_FIELD_GAP 2000

/* Big endian, so that bytes sort as numbers do. */
static inline void onr_xapian_put_u32(char out[4], guint32 value) {
  guint32 big = GUINT32_TO_BE(value);
  memcpy(out, &big, 4);
}

#define ONR_XAPIAN_ORDER_TAIL 5 /* bytes of the order's value behind the article's id */

static inline void onr_xapian_order_value(const char *article_id, guint32 number, GString *out) {
  char bytes[4];
  onr_xapian_put_u32(bytes, number);
  g_string_assign(out, article_id);
  g_string_append_len(out, "\0", 1);
  g_string_append_len(out, bytes, sizeof bytes);
}

static inline guint32 onr_xapian_day_value(gint32 day) {
  return (guint32)day ^ 0x80000000u;
}

G_END_DECLS
