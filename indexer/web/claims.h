/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page says of itself, before it is weighed. A page names its title in four places and its author
   in three, not always the same: one walk over the page (web/page.h) and its JSON-LD (web/linked.h) make a
   list of claims, each with where it was made, and one file a field chooses among them (web/titles.h,
   web/authors.h, web/dates.h, web/address.h). A claim is raw: entities, labels and the site's name are the
   chooser's to take off.

     g_auto(OnrClaims) claims;
     onr_claims_init(&claims);
     OnrClaim title = {.kind = ONR_CLAIM_TITLE, .origin = ONR_ORIGIN_GRAPH, .value = "Harbour reopens"};
     onr_claims_add(&claims, title);                                            // × n
     onr_claims_sort(&claims);
     guint n;
     const OnrClaim *titles = onr_claims_of(&claims, ONR_CLAIM_TITLE, &n);      */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

#define ONR_MAX_CLAIMS 300       /* of one origin; some tens in practice, and the first are the page's own */
#define ONR_MAX_CLAIM_BYTES 2000 /* a longer one is no header field */

typedef enum {
  ONR_CLAIM_TITLE,
  ONR_CLAIM_HEADING,  /* an <h1>: a title where it is not the site's name */
  ONR_CLAIM_DOCUMENT, /* <title> */
  ONR_CLAIM_AUTHOR,
  ONR_CLAIM_DATE,
  ONR_CLAIM_UPDATED,
  ONR_CLAIM_WHEN, /* a date in the page's words, published or updated as they say */
  ONR_CLAIM_PUBLISHER,
  ONR_CLAIM_SECTION,
  ONR_CLAIM_LANGUAGE,
  ONR_CLAIM_DATELINE,
  ONR_CLAIM_URL,
  ONR_CLAIM_SUBJECT,
  ONR_CLAIM_GENRE,
  ONR_N_CLAIM_KINDS
} OnrClaimKind;

/* The surest first. */
typedef enum {
  ONR_ORIGIN_LINKED, /* JSON-LD of an article */
  ONR_ORIGIN_GRAPH,  /* OpenGraph and article:* */
  ONR_ORIGIN_META,   /* other meta elements, link, html lang */
  ONR_ORIGIN_ITEM,   /* microdata and RDFa */
  ONR_ORIGIN_PAGE,   /* the page's own elements, by what they are called */
  ONR_ORIGIN_WORDS,  /* the page's own words */
  ONR_ORIGIN_WEAK,   /* JSON-LD of the page, not of its article */
  ONR_N_ORIGINS
} OnrOrigin;

typedef struct {
  OnrClaimKind kind;
  OnrOrigin origin;
  guint rank; /* among those of one origin, 0 the best; claims of one kind, origin and rank are one list, as
                 of authors */
  const char *value;        /* NUL-terminated UTF-8 */
  const xmlNode *node;      /* the element whose words it is, of ORIGIN_ITEM, _PAGE and _WORDS; else NULL */
  const xmlNode *furniture; /* the outermost element around it that calls itself furniture, or NULL */
  guint at;                 /* bytes of the page's words before it */
  gboolean is_updated; /* of a WHEN: what stands around it says that it is when the article was changed */
} OnrClaim;

typedef struct {
  GArray *list; /* OnrClaim, in the page's order, JSON-LD last */
  GStringChunk *strings;
  guint n_of[ONR_N_ORIGINS];
} OnrClaims;

void onr_claims_init(OnrClaims *claims);
void onr_claims_clear(OnrClaims *claims);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrClaims, onr_claims_clear)

/* Appends CLAIM with a copy of its value; nothing where that is blank or too long, or there are
 * ONR_MAX_CLAIMS of its origin. */
void onr_claims_add(OnrClaims *claims, OnrClaim claim);

static inline const OnrClaim *onr_claims_at(const OnrClaims *claims, guint i) {
  return &g_array_index(claims->list, OnrClaim, i);
}

/* By kind, and in each the surest origin and rank first, equals in the page's order. To be called when all
 * are there, before … */
void onr_claims_sort(OnrClaims *claims);

/* … the claims of KIND, *N of them; borrowed. */
const OnrClaim *onr_claims_of(const OnrClaims *claims, OnrClaimKind kind, guint *n);

/* Is NODE inside, or the same as, AROUND? */
gboolean onr_html_is_inside(const xmlNode *node, const xmlNode *around);

/* VALUE with its entities decoded and its white space squeezed: what sites have escaped twice. The caller
 * frees it. */
char *onr_claim_text(const char *value);

G_END_DECLS
