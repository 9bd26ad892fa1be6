/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words to terms: the only place where it is decided what is posted and what a query's word looks for.

   Each position of an item carries a word's form (folded) and its stem (ONR_TERM_STEM + stem). A word with
   inner hyphen or slash is posted whole at its first position, and as its parts at consecutive positions. A
   run in a script without spaces is posted as overlapping bigrams (a single character as itself), with no
   stem other than itself. A possessive 's is no part of a word or of a part, nor is the full stop that ends
   an initialism: U.S., U.S and u.s. are u.s, which is not us. A joined word's stem is that of its last part
   (ex-minist); numbers and initialisms are their own stems. Terms longer than ONR_TERM_MAX bytes are cut and
   end in a hash of the whole. A field's terms carry its prefix in front: prefixes begin with an upper case
   ASCII letter, which no folded word does.

   Postings leave packed, in the shape that engines read without further cutting (see onr_postings_next). For
   every form posted there is exactly one stem posted, so that an item's length by forms and by all postings
   differ by the factor two only. */
#pragma once

#include "text/stem.h"
#include "text/token.h"

G_BEGIN_DECLS

/* Written into every archive; a change in what this header describes raises it and asks for `reindex`. */
#define ONR_TERM_VERSION 2
#define ONR_TERM_MAX 200 /* bytes, prefix included */
#define ONR_TERM_STEM "Z"

typedef struct OnrTermMaker OnrTermMaker;

/* One a thread: holds a stemmer for LANGUAGE (see onr_stemmer_new) and scratch space. */
OnrTermMaker *onr_term_maker_new(const char *language, GError **error);
void onr_term_maker_free(OnrTermMaker *maker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrTermMaker, onr_term_maker_free)

/* Packed postings of one field of one item, in order of position. */
typedef struct {
  GByteArray *bytes; /* see onr_postings_next; NULL before first use */
  guint32 n_forms;   /* postings that are forms: the field's length before its weight */
} OnrPostings;

void onr_postings_reset(OnrPostings *postings); /* empties, keeps the memory */
void onr_postings_clear(OnrPostings *postings);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrPostings, onr_postings_clear)

enum { ONR_POSTING_COLOCATED = 1 << 0, ONR_POSTING_STEM = 1 << 1 }; /* flags of a packed posting */

typedef struct {
  const char *term; /* not NUL-terminated; borrowed from the buffer */
  guint8 length;
  gboolean is_colocated; /* stands at the position of the posting before it */
  gboolean is_stem;
} OnrPosting;

/* Reads the posting at *OFFSET of a packed buffer and moves on; FALSE at its end or where it is malformed.
   Layout a posting: one byte of flags (ONR_POSTING_…), one byte of length, the term's bytes. */
static inline gboolean onr_postings_next(const guint8 *bytes, gsize n_bytes, gsize *offset, OnrPosting *out) {
  gsize at = *offset;
  if (at > n_bytes || n_bytes - at < 2)
    return FALSE;
  guint8 flags = bytes[at], length = bytes[at + 1];
  if (flags > (ONR_POSTING_COLOCATED | ONR_POSTING_STEM) || length > n_bytes - at - 2)
    return FALSE;
  *out = (OnrPosting){.term = (const char *)bytes + at + 2,
                      .length = length,
                      .is_colocated = (flags & ONR_POSTING_COLOCATED) != 0,
                      .is_stem = (flags & ONR_POSTING_STEM) != 0};
  *offset = at + 2 + length;
  return TRUE;
}

/* Appends the postings of tokens [FIRST, END) of TEXT to OUT; PREFIX ("" for bare words) goes in front of
   form and stem alike: PREFIX + "Z" + stem. Marks (punctuation) post nothing and take no position. */
void onr_terms_post(OnrTermMaker *maker, const char *text, const OnrTokens *tokens, guint32 first,
                    guint32 end, const char *prefix, OnrPostings *out);

/* Cuts and posts a short field (a publisher, a role) in one step. */
void onr_terms_post_text(OnrTermMaker *maker, const char *text, gsize length, const char *prefix,
                         OnrPostings *out);

/* One position of what a query's words look for. */
typedef struct {
  char *form;   /* folded, no prefix; owned */
  char *stem;   /* stem without ONR_TERM_STEM and prefix; owned */
  OnrSpan span; /* bytes of the query text */
} OnrQueryTerm;

/* Cuts query text as articles are cut. WHOLE keeps a hyphenated word as one term (a bare word); else it comes
   as its parts (inside a phrase). One word may come as several terms, which stand side by side in the text: a
   run in a script without spaces as its bigrams, a.b as a and b. Returns an array of OnrQueryTerm with a
   clear function; empty where TEXT holds no word. */
GArray *onr_terms_query(OnrTermMaker *maker, const char *text, gsize length, gboolean whole);

/* PREFIX + ["Z" +] WORD, cut and hashed when it is too long: the term as posted. The caller frees it. */
char *onr_term_compose(const char *prefix, gboolean is_stem, const char *word);

/* The whole word that a token posts, folded, into FORM, its stem into STEM (both replaced; STEM may be NULL):
   the way for snippets to compare text with terms. A run in a script without spaces comes as one word. All
   that a token posts, parts and bigrams too, is what onr_terms_post makes of it alone. FALSE for marks. */
gboolean onr_terms_token_form(OnrTermMaker *maker, const char *text, const OnrToken *token, GString *form,
                              GString *stem);

G_END_DECLS
