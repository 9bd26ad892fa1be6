/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands around a name, in so few bytes that one is kept for each name of each article: buckets of the
   rarest words near it and of what it is said to be, and once an article those of its topic and of the names
   in it. From them identity/evidence.h judges whether two names in two articles are one bearer's, without
   reading a text again.

     onr_signature_read(maker, doc);
     n = onr_signature_name(maker, id, spans, n_spans, role, out);
     n = onr_signature_article(maker, ids, n_ids, out); */
#pragma once

#include "identity/model.h"
#include "text/document.h"

G_BEGIN_DECLS

#define ONR_SIGNATURE_NEAR 32 /* buckets, at most */
#define ONR_SIGNATURE_CLOSE 16
#define ONR_SIGNATURE_ROLE 8
#define ONR_SIGNATURE_TOPIC 32
#define ONR_SIGNATURE_NAMES 48

/* Each list of buckets is a byte that counts it and two bytes a bucket, low byte first, ascending. Of a name:
   four bytes of lot, near, close, role. Of an article: two bytes of day, topic, names. */
#define ONR_SIGNATURE_LOT_BYTES 4
#define ONR_SIGNATURE_NAME_MAX                                                                               \
  (ONR_SIGNATURE_LOT_BYTES + 3 + 2 * (ONR_SIGNATURE_NEAR + ONR_SIGNATURE_CLOSE + ONR_SIGNATURE_ROLE))
#define ONR_SIGNATURE_DAY_BYTES 2
#define ONR_SIGNATURE_ARTICLE_MAX                                                                            \
  (ONR_SIGNATURE_DAY_BYTES + 2 + 2 * (ONR_SIGNATURE_TOPIC + ONR_SIGNATURE_NAMES))

typedef struct OnrSignatureMaker OnrSignatureMaker;

/* MODEL is borrowed. */
OnrSignatureMaker *onr_signature_maker_new(const OnrIdentityModel *model);
void onr_signature_maker_free(OnrSignatureMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrSignatureMaker, onr_signature_maker_free)

/* The bucket of token T of TEXT; FALSE where it is no word of two bytes or more. */
gboolean onr_signature_word(const char *text, const OnrToken *t, GString *scratch, guint16 *bucket);

/* Takes the words of DOC, to which what follows belongs. */
void onr_signature_read(OnrSignatureMaker *maker, const OnrDocument *doc);

/* Of a name that stands at N SPANS (bytes, in text order); ROLE may be NULL; of a town it is its region, as one word. LOT is a hash of the article's
   id: it puts the articles of a name in an order that does not depend on when they came. Returns the bytes
   written. */
gsize onr_signature_name(OnrSignatureMaker *maker, const OnrSpan *spans, guint n, const char *role,
                         guint32 lot, guint8 out[ONR_SIGNATURE_NAME_MAX]);

/* Of the article, whose entities have N IDS; DAY since 1970-01-01, ONR_NO_DAY where it is not known. */
gsize onr_signature_article(OnrSignatureMaker *maker, const char *const *ids, guint n, gint32 day,
                            guint8 out[ONR_SIGNATURE_ARTICLE_MAX]);

/* The list of buckets at *AT, which moves past it, in OUT (room for 255). Returns how many, or -1 where [*AT,
 * END) is cut short. */
int onr_signature_next(const guint8 **at, const guint8 *end, guint16 *out);

#define ONR_OWN_BUCKETS 8

/* The buckets of the words of NAME and of its ID, which say nothing of who bears it. Returns how many. */
guint onr_signature_own(const char *id, const char *name, guint16 out[ONR_OWN_BUCKETS]);

guint32 onr_signature_lot(const char *article_id);

G_END_DECLS
