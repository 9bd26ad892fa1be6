/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/shortcodes.h"

#include <string.h>

#define MAX_NAME_BYTES 40
#define MAX_TAG_BYTES 2000

/* Those of WordPress 6.6 (wp-includes/media.php, class-wp-embed.php), and the commonest of its hosted sites
 * and of forms. */
static const char *const MEDIA[] = {"caption",      "wp_caption",    "gallery",    "embed",      "audio",
                                    "video",        "playlist",      "youtube",    "vimeo",      "soundcloud",
                                    "contact-form", "instagram",     "googlemaps", "googleapps", "tweet",
                                    "twitter",      "contact-form-7"};

typedef struct {
  const char *end; /* behind the ']' */
  char name[MAX_NAME_BYTES];
  gboolean is_end, has_attribute;
} Tag;

typedef struct {
  const char *end;                              /* of the text */
  gboolean is_never_ended[G_N_ELEMENTS(MEDIA)]; /* no end tag of it is left: none is looked for again */
  GHashTable *opened;                           /* names of others that were removed */
} Removal;

static gboolean read_tag(const char *p, const char *end, Tag *tag) {
  gsize n = 0;
  *tag = (Tag){.is_end = p + 1 < end && p[1] == '/'};
  p += tag->is_end ? 2 : 1;
  const char *close = memchr(p, ']', (gsize)MIN(end - p, MAX_TAG_BYTES));
  while (close && p + n < close && n + 1 < MAX_NAME_BYTES &&
         (g_ascii_islower(p[n]) || (n > 0 && (g_ascii_isdigit(p[n]) || p[n] == '_' || p[n] == '-'))))
    n++;
  if (!close || n == 0 || (p + n < close && !g_ascii_isspace(p[n]) && p[n] != '/'))
    return FALSE;
  memcpy(tag->name, p, n);
  tag->end = close + 1;
  const char *sign = memchr(p + n, '=', (gsize)(close - p) - n);
  tag->has_attribute = sign && (sign[1] == '"' || sign[1] == '\'' || g_str_has_prefix(sign + 1, "&quot;"));
  return TRUE;
}

static int find_medium(const char *name) {
  for (guint i = 0; i < G_N_ELEMENTS(MEDIA); i++)
    if (strcmp(MEDIA[i], name) == 0)
      return (int)i;
  return -1;
}

/* Behind the end tag of TAG; where it has none before the next of its name, behind itself. */
static const char *find_end(Removal *removal, const Tag *tag, int medium) {
  g_autofree char *start = g_strconcat("[", tag->name, NULL), *stop = g_strconcat("[/", tag->name, "]", NULL);
  if (removal->is_never_ended[medium])
    return tag->end;
  const char *next = g_strstr_len(tag->end, removal->end - tag->end, start);
  const char *limit = next ? next : removal->end;
  const char *close = g_strstr_len(tag->end, limit - tag->end, stop);
  removal->is_never_ended[medium] = !close && !next;
  return close ? close + strlen(stop) : tag->end;
}

/* Behind the shortcode at P, a '['; NULL where it is none. */
static const char *skip(Removal *removal, const char *p) {
  Tag tag;
  if (!read_tag(p, removal->end, &tag))
    return NULL;
  int medium = find_medium(tag.name);
  if (medium >= 0)
    return tag.is_end ? tag.end : find_end(removal, &tag, medium);
  if (tag.is_end)
    return g_hash_table_contains(removal->opened, tag.name) ? tag.end : NULL;
  if (!tag.has_attribute)
    return NULL;
  g_hash_table_add(removal->opened, g_strdup(tag.name));
  return tag.end;
}

GString *onr_shortcodes_remove(const char *text, gsize length) {
  const char *done = text, *end = text + length;
  Removal removal = {.end = end, .opened = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  GString *out = NULL;
  for (const char *p = text; (p = memchr(p, '[', (gsize)(end - p)));) {
    const char *behind = skip(&removal, p);
    if (behind) {
      out = out ? out : g_string_sized_new(length);
      g_string_append_len(out, done, p - done);
      done = behind;
    }
    p = behind ? behind : p + 1;
  }
  if (out)
    g_string_append_len(out, done, end - done);
  g_hash_table_unref(removal.opened);
  return out;
}
