/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/readers.h"

#include "indexer/readers/sniff.h"
#include "indexer/xml/scan.h"
#include "text/decode.h"

#include <string.h>

/* Of equally sure readers the first is taken. */
static const OnrReader *const READERS[] = {
    &ONR_READER_JSONL, &ONR_READER_JSONLD, &ONR_READER_JSON,
    &ONR_READER_HTML,  &ONR_READER_RSS,    &ONR_READER_ATOM,
    &ONR_READER_NITF,  &ONR_READER_G2,     &ONR_READER_NEWSML,
    &ONR_READER_MD,    &ONR_READER_MBOX,   &ONR_READER_EML,
    &ONR_READER_NEXIS, &ONR_READER_CSV,    &ONR_READER_TSV,
    &ONR_READER_SGML,  &ONR_READER_TXT,    NULL,
};

const OnrReader *const *onr_readers(void) {
  return READERS;
}

void onr_raw_item_clear(OnrRawItem *item) {
  g_clear_pointer(&item->bytes, g_bytes_unref);
  g_clear_pointer(&item->member, g_free);
  g_clear_pointer(&item->within, g_free);
  g_clear_pointer(&item->url, g_free);
  g_clear_pointer(&item->charset, g_free);
  g_clear_pointer(&item->captured, g_free);
  g_clear_pointer(&item->shared, g_bytes_unref);
  g_clear_error(&item->error);
}

char *onr_raw_item_place(const OnrRawItem *item) {
  if (!item->within || !*item->within)
    return g_strdup(item->member);
  return *item->member ? g_strconcat(item->within, ":", item->member, NULL) : g_strdup(item->within);
}

void onr_split_clear(OnrSplit *split) {
  if (split->free_state)
    split->free_state(split->state);
  g_free(split->remark);
  *split = (OnrSplit){0};
}

/* The ending of PATH's name, lower case, that of a compression passed over where the stream is packed. The
 * caller frees it. */
static char *ending_of(const OnrStream *stream, const char *path) {
  g_autofree char *name = g_path_get_basename(path);
  g_autofree char *lower = g_ascii_strdown(name, -1);
  g_autofree char *packed = g_strconcat(".", onr_packing_ending(onr_stream_packing(stream)), NULL);
  if (packed[1] && g_str_has_suffix(lower, packed))
    lower[strlen(lower) - strlen(packed)] = '\0';
  const char *dot = strrchr(lower, '.');
  return g_strdup(dot && dot != lower ? dot + 1 : "");
}

static gboolean is_own_ending(const OnrReader *reader, const char *ending) {
  for (guint i = 0; reader->endings[i]; i++)
    if (strcmp(reader->endings[i], ending) == 0)
      return TRUE;
  return FALSE;
}

/* "an XML schema", "XML with root <x>" for XML that no reader knows, or NULL for what is none. The caller
 * frees it. */
static char *describe_xml(const char *bytes, gsize n_bytes, const OnrReader *best, int best_score,
                          const char *ending) {
  OnrXmlRoot root;
  gboolean has_root = onr_xml_find_root(bytes, n_bytes, &root);
  gboolean is_xml = best_score < 3 && best != &ONR_READER_HTML && root.is_declared;
  is_xml = is_xml || (best_score < 2 && has_root && g_strcmp0(onr_sniff_ending(ending), "XML") == 0);
  return is_xml ? onr_sniff_xml(has_root ? root.name : NULL, root.name_length) : NULL;
}

static const OnrReader *surest(const char *bytes, gsize n_bytes, const char *ending, GError **error) {
  const char *what = onr_sniff_binary(bytes, n_bytes);
  const OnrReader *best = NULL;
  int best_score = 0;
  for (guint i = 0; !what && READERS[i]; i++) {
    int score = READERS[i]->probe(bytes, n_bytes, ending);
    if (score < 2 && is_own_ending(READERS[i], ending))
      score = 2;
    if (score > best_score) {
      best = READERS[i];
      best_score = score;
    }
  }
  g_autofree char *xml = what ? NULL : describe_xml(bytes, n_bytes, best, best_score, ending);
  what = xml ? xml : what;
  if (!what && best == &ONR_READER_TXT)
    what = onr_sniff_export(bytes, n_bytes);
  else if (!what && best == &ONR_READER_HTML)
    what = onr_sniff_html_export(bytes, n_bytes);
  if (best_score < 2 && !what)
    what = onr_sniff_ending(ending);
  if (!what && !best)
    what = "a file of no known format";
  if (what) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "%s, which is not read", what);
    return NULL;
  }
  return best;
}

/* Probes see UTF-8 where a file is UTF-16 or UTF-32, and no byte order mark. */
static const OnrReader *choose(const char *bytes, gsize n_bytes, const char *ending, GError **error) {
  if (n_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
    return surest(bytes + 3, n_bytes - 3, ending, error);
  if (onr_sniff_binary(bytes, n_bytes) || !onr_sniff_wide(bytes, n_bytes))
    return surest(bytes, n_bytes, ending, error);
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_decode(bytes, n_bytes & ~(gsize)3, NULL, &decoded, error))
    return NULL;
  return surest(decoded.text, decoded.length, ending, error);
}

const OnrReader *onr_reader_choose(OnrStream *stream, const char *path, GError **error) {
  gsize n_bytes;
  const char *bytes = onr_stream_peek(stream, &n_bytes, error);
  if (!bytes)
    return NULL;
  if (n_bytes == 0) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "empty file");
    return NULL;
  }
  g_autofree char *ending = ending_of(stream, path);
  return choose(bytes, n_bytes, ending, error);
}
