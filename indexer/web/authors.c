/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/authors.h"

#include "indexer/web/byline.h"
#include "indexer/web/items.h"
#include "indexer/web/titles.h"

#include <string.h>

#define NEAR_BEFORE 400  /* bytes of words between a byline and the headline below it */
#define NEAR_BEHIND 2500 /* … and above it: a standfirst, captions, buttons */
#define MAX_MARKED_BYTES 60
#define NEAR_TOP 6000 /* … and the page's top, where no headline is known */

gboolean onr_claim_is_near(const OnrClaim *claim, const OnrClaim *heading) {
  if (claim->furniture && !(heading && onr_html_is_inside(heading->node, claim->furniture)))
    return FALSE;
  if (!heading)
    return claim->at <= NEAR_TOP;
  return claim->at + NEAR_BEFORE >= heading->at && claim->at <= heading->at + NEAR_BEHIND;
}

static guint count(const GArray *authors, OnrAuthorKind kind) {
  guint n = 0;
  for (guint i = 0; i < authors->len; i++)
    n += g_array_index(authors, OnrAuthor, i).kind == kind;
  return n;
}

static gboolean has(const GArray *authors, const char *key) {
  for (guint i = 0; i < authors->len; i++)
    if (strcmp(g_array_index(authors, OnrAuthor, i).key, key) == 0)
      return TRUE;
  return FALSE;
}

/* Every person of FEWER is in MORE. */
static gboolean holds(const GArray *more, const GArray *fewer) {
  for (guint i = 0; i < fewer->len; i++) {
    const OnrAuthor *author = &g_array_index(fewer, OnrAuthor, i);
    if (author->kind == ONR_AUTHOR_PERSON && !has(more, author->key))
      return FALSE;
  }
  return TRUE;
}

/* A field for authors, or few words that the page marks as their name. */
static gboolean is_field(const OnrClaim *claim) {
  gboolean is_marked =
      claim->origin == ONR_ORIGIN_ITEM || (claim->origin == ONR_ORIGIN_PAGE && claim->rank == 0);
  return !claim->node || (is_marked && strlen(claim->value) <= MAX_MARKED_BYTES);
}

/* An item's own author stands where it is; without an item it must stand at the headline, as what is only
 * called an author. */
static gboolean counts(const OnrClaim *claim, const OnrClaim *heading) {
  gboolean is_anywhere = claim->origin < ONR_ORIGIN_ITEM || claim->origin == ONR_ORIGIN_WEAK ||
                         (claim->origin == ONR_ORIGIN_ITEM && claim->rank < ONR_RANK_OUTSIDE);
  return is_anywhere || onr_claim_is_near(claim, heading);
}

/* One list: claims of a field's one rank, or of links to authors; other elements each by itself. */
static gboolean is_one_list(const OnrClaim *a, const OnrClaim *b) {
  gboolean is_listed = a->origin != ONR_ORIGIN_WORDS && (a->origin != ONR_ORIGIN_PAGE || a->rank == 0);
  return is_listed && a->origin == b->origin && a->rank == b->rank;
}

/* The authors of the list that begins at *AT; moves *AT behind it. */
static GArray *read_list(const OnrClaim *all, guint n, const OnrClaim *heading, guint *at) {
  GArray *authors = onr_authors_new();
  const OnrClaim *first = &all[*at];
  for (; *at < n && (&all[*at] == first || is_one_list(first, &all[*at])); ++*at)
    if (counts(&all[*at], heading))
      onr_byline_split(all[*at].value, is_field(&all[*at]), authors);
  return authors;
}

/* A "By …" among the page's words, which may be a picture's, is better than nothing only. */
static gboolean is_better(const GArray *list, const GArray *best, OnrOrigin origin) {
  guint n_persons = count(list, ONR_AUTHOR_PERSON), n_best = best ? count(best, ONR_AUTHOR_PERSON) : 0;
  if (list->len == 0 || (best && origin == ONR_ORIGIN_WORDS))
    return FALSE;
  if (!best || n_best == 0)
    return !best || n_persons > 0;
  return n_persons > n_best && holds(list, best);
}

/* The keys of the publisher's names; an owned set. */
static GHashTable *find_publishers(const OnrClaims *claims) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_PUBLISHER, &n);
  GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    g_hash_table_add(keys, onr_title_key(all[i].value));
  return keys;
}

/* Content systems add the paper's name to the author's: beside a person it goes as a desk's does. */
static char *join(const GArray *authors, const OnrClaims *claims) {
  GString *out = g_string_new(NULL);
  g_autoptr(GHashTable) publishers = find_publishers(claims);
  guint n_persons = 0; /* who are not the publisher */
  for (guint i = 0; i < authors->len; i++) {
    const OnrAuthor *author = &g_array_index(authors, OnrAuthor, i);
    n_persons += author->kind == ONR_AUTHOR_PERSON && !g_hash_table_contains(publishers, author->key) ? 1 : 0;
  }
  for (guint i = 0; i < authors->len; i++) {
    const OnrAuthor *author = &g_array_index(authors, OnrAuthor, i);
    gboolean is_body = author->kind == ONR_AUTHOR_BODY || g_hash_table_contains(publishers, author->key);
    if (n_persons > 0 && is_body)
      continue;
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", author->name);
  }
  return g_string_free(out, FALSE);
}

char *onr_authors_choose(const OnrClaims *claims, const OnrClaim *heading) {
  guint n, at = 0;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_AUTHOR, &n);
  g_autoptr(GArray) best = NULL;
  while (at < n) {
    OnrOrigin origin = all[at].origin;
    g_autoptr(GArray) list = read_list(all, n, heading, &at);
    if (!is_better(list, best, origin))
      continue;
    g_clear_pointer(&best, g_array_unref);
    best = g_steal_pointer(&list);
  }
  return best ? join(best, claims) : NULL;
}
