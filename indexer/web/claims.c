/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/claims.h"

#include "indexer/readers/entity.h"

#include <string.h>

void onr_claims_init(OnrClaims *claims) {
  *claims =
      (OnrClaims){.list = g_array_new(FALSE, FALSE, sizeof(OnrClaim)), .strings = g_string_chunk_new(4096)};
}

void onr_claims_clear(OnrClaims *claims) {
  g_clear_pointer(&claims->list, g_array_unref);
  g_clear_pointer(&claims->strings, g_string_chunk_free);
}

void onr_claims_add(OnrClaims *claims, OnrClaim claim) {
  const char *value = claim.value;
  while (value && g_ascii_isspace(*value))
    value++;
  if (!value || !*value || claims->n_of[claim.origin] == ONR_MAX_CLAIMS)
    return;
  gsize length = strnlen(value, ONR_MAX_CLAIM_BYTES + 1);
  if (length > ONR_MAX_CLAIM_BYTES)
    return;
  claim.value = g_string_chunk_insert_len(claims->strings, value, (gssize)length);
  g_array_append_val(claims->list, claim);
  claims->n_of[claim.origin]++;
}

static gint compare(gconstpointer a, gconstpointer b) {
  const OnrClaim *x = a, *y = b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->origin != y->origin)
    return x->origin < y->origin ? -1 : 1;
  return x->rank < y->rank ? -1 : x->rank > y->rank;
}

void onr_claims_sort(OnrClaims *claims) {
  g_array_sort(claims->list, compare); /* stable, says GLib */
}

const OnrClaim *onr_claims_of(const OnrClaims *claims, OnrClaimKind kind, guint *n) {
  guint first = 0, end;
  while (first < claims->list->len && onr_claims_at(claims, first)->kind < kind)
    first++;
  for (end = first; end < claims->list->len && onr_claims_at(claims, end)->kind == kind;)
    end++;
  *n = end - first;
  return *n > 0 ? onr_claims_at(claims, first) : NULL;
}

gboolean onr_html_is_inside(const xmlNode *node, const xmlNode *around) {
  while (node && node != around)
    node = node->parent;
  return node != NULL;
}

char *onr_claim_text(const char *value) {
  g_autofree char *decoded = onr_entity_decode(value);
  GString *out = g_string_sized_new(strlen(decoded));
  gboolean is_gap = FALSE;
  for (const char *p = decoded; *p;) {
    const char *next = g_utf8_next_char(p);
    gunichar c = g_utf8_get_char(p);
    if (c <= 0x20 || c == 0x7f || c == 0xa0 || g_unichar_isspace(c)) {
      is_gap = TRUE;
    } else if (!g_unichar_iszerowidth(c) || g_unichar_ismark(c)) {
      if (is_gap && out->len > 0)
        g_string_append_c(out, ' ');
      is_gap = FALSE;
      g_string_append_len(out, p, next - p);
    }
    p = next;
  }
  return g_string_free(out, FALSE);
}
