/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/address.h"

#include "text/date.h"

#include <string.h>

static gboolean has_scheme(const char *address) {
  return g_ascii_strncasecmp(address, "http://", 7) == 0 || g_ascii_strncasecmp(address, "https://", 8) == 0;
}

char *onr_address_resolve(const char *base, const char *reference) {
  const GUriFlags lax = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD;
  g_autofree char *text = onr_claim_text(reference);
  if (!*text || strchr(text, ' ') || strstr(text, "{{") || strcmp(text, "#") == 0)
    return NULL;
  g_autofree char *resolved = has_scheme(text) ? g_steal_pointer(&text)
                              : base           ? g_uri_resolve_relative(base, text, lax, NULL)
                                               : NULL;
  if (!resolved || !has_scheme(resolved) || !*(strstr(resolved, "://") + 3))
    return NULL;
  char *fragment = strchr(resolved, '#');
  if (fragment && fragment[1] != '!') /* "#!" was the path of pages that scripts made */
    *fragment = '\0';
  return g_steal_pointer(&resolved);
}

static const char *host_of(const char *address) {
  const char *host = strstr(address, "://");
  return host ? host + 3 : g_str_has_prefix(address, "//") ? address + 2 : NULL;
}

static gboolean has_path(const char *address) {
  const char *host = host_of(address);
  const char *slash = host ? strpbrk(host, "/?") : NULL;
  return slash && slash[1] && strcmp(slash, "/index.html") != 0;
}

char *onr_address_host(const char *address) {
  const char *host = address ? host_of(address) : NULL;
  if (host && g_ascii_strncasecmp(host, "www.", 4) == 0)
    host += 4;
  gsize n = host ? strcspn(host, "/?#:") : 0;
  return n > 0 ? g_ascii_strdown(host, (gssize)n) : NULL;
}

/* HOST and path without what differs between the addresses of one page. */
static const char *bare(const char *address, gsize *length) {
  static const char *const prefixes[] = {"www.", "m.", "amp."};
  const char *p = host_of(address);
  p = p ? p : address;
  for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
    if (g_ascii_strncasecmp(p, prefixes[i], strlen(prefixes[i])) == 0)
      p += strlen(prefixes[i]);
  gsize n = strcspn(p, "?#");
  while (n > 0 && p[n - 1] == '/')
    n--;
  *length = n;
  return p;
}

gboolean onr_address_is_home(const char *address) {
  return !has_path(address);
}

gboolean onr_address_is_same(const char *a, const char *b) {
  gsize n, k;
  const char *x = bare(a, &n), *y = bare(b, &k);
  return n == k && n > 0 && g_ascii_strncasecmp(x, y, n) == 0;
}

char *onr_address_choose(const OnrClaims *claims, const char *base, const char *own, gboolean is_home) {
  guint n;
  const OnrClaim *all = onr_claims_of(claims, ONR_CLAIM_URL, &n);
  g_autofree char *home = NULL;
  /* link rel=canonical is rank 0 of META: what it is made for. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++) {
      gboolean is_canonical = all[i].origin == ONR_ORIGIN_META && all[i].rank == 0;
      if (is_canonical != (pass == 0))
        continue;
      g_autofree char *address = onr_address_resolve(base, all[i].value);
      if (address && has_path(address))
        return g_steal_pointer(&address);
      if (address && !home)
        home = g_steal_pointer(&address);
    }
  if (own && (has_path(own) || !home))
    return onr_address_resolve(NULL, own);
  return is_home ? g_steal_pointer(&home) : NULL;
}

/* --- its day --- */

static gboolean is_digits(const char *p, guint n) {
  for (guint i = 0; i < n; i++)
    if (!g_ascii_isdigit(p[i]))
      return FALSE;
  return TRUE;
}

/* A year from 1990 to 2099 at P, behind what is no digit. */
static gboolean is_year(const char *begin, const char *p) {
  return is_digits(p, 4) && (p == begin || !g_ascii_isdigit(p[-1])) &&
         (strncmp(p, "20", 2) == 0 || strncmp(p, "199", 3) == 0);
}

/* The date that begins with the year at P: with separators, all alike, or eight digits. */
static char *day_at(const char *p) {
  char *iso = NULL;
  gint32 day;
  if (is_digits(p + 4, 4) && !g_ascii_isdigit(p[8])) {
    g_autofree char *digits = g_strndup(p, 8);
    return onr_date_parse_exact(digits, &iso, &day) ? iso : NULL;
  }
  char separator = p[4];
  if (separator != '/' && separator != '-' && separator != '_')
    return NULL;
  const char *month = p + 5;
  const char *month_end = strchr(month, separator);
  gsize n_day = month_end ? strspn(month_end + 1, "0123456789") : 0;
  if (n_day < 1 || n_day > 2 || month_end - month > 9 || month_end == month)
    return NULL;
  g_autofree char *text =
      g_ascii_isdigit(*month)
          ? g_strdup_printf("%.4s-%.*s-%.*s", p, (int)(month_end - month), month, (int)n_day, month_end + 1)
          : g_strdup_printf("%.*s %.*s %.4s", (int)n_day, month_end + 1, (int)(month_end - month), month, p);
  return onr_date_parse_exact(text, &iso, &day) ? iso : NULL;
}

char *onr_address_day(const char *address) {
  const char *host = address ? host_of(address) : NULL;
  const char *path = host ? strchr(host, '/') : NULL;
  gsize n = path ? strcspn(path, "?#") : 0;
  for (gsize i = 0; i + 8 <= n; i++) {
    char *iso = is_year(path, path + i) ? day_at(path + i) : NULL;
    if (iso)
      return iso;
  }
  return NULL;
}
