/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/sniff.h"

#include "indexer/readers/whole.h"
#include "text/decode.h"

#include <string.h>

typedef struct {
  guint offset, length;
  const char *magic, *what;
} Magic;

#define MAGIC(offset, bytes, what)                                                                           \
  { (offset), sizeof(bytes) - 1, (bytes), (what) }

/* Signatures as in the formats' own specifications, long enough that no sentence begins with one. Sound and
   images without such a one (RIFF) are "binary data". */
static const Magic MAGICS[] = {
    MAGIC(0, "\x89PNG\r\n\x1a\n", "a PNG image"),
    MAGIC(0, "\xff\xd8\xff", "a JPEG image"),
    MAGIC(0, "GIF87a", "a GIF image"),
    MAGIC(0, "GIF89a", "a GIF image"),
    MAGIC(0, "II*\0", "a TIFF image"),
    MAGIC(0, "MM\0*", "a TIFF image"),
    MAGIC(0, "\0\0\1\0", "an icon"),
    MAGIC(0, "%PDF-", "a PDF document"),
    MAGIC(0, "%!PS", "a PostScript document"),
    MAGIC(0, "{\\rtf", "an RTF document"),
    MAGIC(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    MAGIC(0, "PK\3\4", "a zip file"),
    MAGIC(0, "PK\5\6", "an empty zip file"),
    MAGIC(0, "Rar!\x1a\x07", "a RAR file"),
    MAGIC(0, "7z\xbc\xaf\x27\x1c", "a 7z file"),
    MAGIC(4, "1AY&SY", "bzip2 inside another compression"),
    MAGIC(0,
          "\xfd"
          "7zXZ\0",
          "xz inside another compression"),
    MAGIC(0, "\x28\xb5\x2f\xfd", "zstd inside another compression"),
    MAGIC(0, "\x1f\x8b", "gzip inside another compression"),
    MAGIC(257, "ustar\0", "a tar file with a damaged beginning"),
    MAGIC(257, "ustar  \0", "a tar file with a damaged beginning"),
    MAGIC(0, "SQLite format 3\0", "an SQLite database"),
    MAGIC(0,
          "\x7f"
          "ELF",
          "a program"),
    MAGIC(0, "\xca\xfe\xba\xbe", "a program"),
    MAGIC(0, "ID3\3", "a sound file"),
    MAGIC(0, "ID3\4", "a sound file"),
    MAGIC(0, "OggS\0", "a sound file"),
    MAGIC(0, "fLaC\0", "a sound file"),
    MAGIC(0,
          "\0\0\0\x18"
          "ftyp",
          "a video file"),
    MAGIC(0,
          "\0\0\0\x1c"
          "ftyp",
          "a video file"),
    MAGIC(0,
          "\0\0\0\x20"
          "ftyp",
          "a video file"),
    MAGIC(0, "\x1a\x45\xdf\xa3", "a video file"),
    MAGIC(0, "wOFF\0", "a font"),
    MAGIC(0, "wOF2\0", "a font"),
    MAGIC(0, "WARC/1.", "a WARC file with a damaged beginning"),
};

/* --- documents that are zip files --- */

/* A zip file's local header: APPNOTE.TXT, 4.3.7. */
typedef struct {
  const char *name, *content; /* not terminated; content is packed, or is beyond what was looked at */
  gsize n_name, n_content;
  gsize n_bytes; /* with the content; 0 where that is not known */
} ZipEntry;

static guint little_endian(const char *bytes, guint n_bytes) {
  guint value = 0;
  for (guint i = n_bytes; i-- > 0;)
    value = value << 8 | (guchar)bytes[i];
  return value;
}

static gboolean read_zip_entry(const char *bytes, gsize n_bytes, ZipEntry *out) {
  const gsize header_bytes = 30;
  if (n_bytes < header_bytes || memcmp(bytes, "PK\3\4", 4) != 0)
    return FALSE;
  guint flags = little_endian(bytes + 6, 2), n_extra = little_endian(bytes + 28, 2);
  *out = (ZipEntry){.name = bytes + header_bytes,
                    .n_name = little_endian(bytes + 26, 2),
                    .n_content = little_endian(bytes + 18, 4)};
  gsize content_at = header_bytes + out->n_name + n_extra;
  gboolean is_size_known = !(flags & 8); /* else it stands behind the content */
  if (content_at > n_bytes)
    return FALSE;
  out->content = bytes + content_at;
  out->n_bytes = is_size_known ? content_at + out->n_content : 0;
  out->n_content = MIN(out->n_content, n_bytes - content_at);
  return TRUE;
}

static gboolean begins(const char *bytes, gsize n_bytes, const char *with) {
  return n_bytes >= strlen(with) && memcmp(bytes, with, strlen(with)) == 0;
}

/* What an entry of this name shows its zip file to be. OPF and OpenDocument begin with their type; OPC
   (Office) and jar have parts of fixed names. */
static const char *document_of(const ZipEntry *entry) {
  static const char *const parts[][2] = {
      {"[Content_Types].xml", "an Office document"},  {"_rels/.rels", "an Office document"},
      {"docProps/app.xml", "an Office document"},     {"docProps/core.xml", "an Office document"},
      {"word/document.xml", "an Office document"},    {"xl/workbook.xml", "an Office document"},
      {"ppt/presentation.xml", "an Office document"}, {"META-INF/container.xml", "an EPUB book"},
      {"META-INF/MANIFEST.MF", "a Java program"},     {"AndroidManifest.xml", "a program"},
  };
  if (entry->n_name == strlen("mimetype") && begins(entry->name, entry->n_name, "mimetype"))
    return begins(entry->content, entry->n_content, "application/epub+zip") ? "an EPUB book"
                                                                            : "an Office document";
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    if (entry->n_name == strlen(parts[i][0]) && begins(entry->name, entry->n_name, parts[i][0]))
      return parts[i][1];
  return NULL;
}

const char *onr_sniff_document(const char *bytes, gsize n_bytes) {
  ZipEntry entry;
  while (read_zip_entry(bytes, n_bytes, &entry)) {
    const char *what = document_of(&entry);
    if (what || entry.n_bytes == 0 || entry.n_bytes > n_bytes)
      return what;
    bytes += entry.n_bytes;
    n_bytes -= entry.n_bytes;
  }
  return NULL;
}

/* --- first bytes --- */

static guint count_controls(const char *bytes, gsize n_bytes) {
  guint n = 0;
  for (gsize i = 0; i < n_bytes; i++) {
    guchar c = (guchar)bytes[i];
    n += c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b; /* escape: ISO-2022-JP */
  }
  return n;
}

gboolean onr_sniff_wide(const char *bytes, gsize n_bytes) {
  gsize n = MIN(n_bytes, 4096) & ~(gsize)3; /* whole units of any width */
  gboolean has_mark =
      n_bytes >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0 ||
                       (n_bytes >= 4 && memcmp(bytes, "\0\0\xfe\xff", 4) == 0));
  if (has_mark)
    return TRUE;
  if (n == 0 || !memchr(bytes, '\0', n))
    return FALSE;
  g_auto(OnrDecoded) decoded = {0};
  return onr_decode(bytes, n, NULL, &decoded, NULL) &&
         (g_str_has_prefix(decoded.charset, "UTF-16") || g_str_has_prefix(decoded.charset, "UTF-32"));
}

const char *onr_sniff_binary(const char *bytes, gsize n_bytes) {
  const char *document = onr_sniff_document(bytes, n_bytes);
  if (document)
    return document;
  for (gsize i = 0; i < G_N_ELEMENTS(MAGICS); i++) {
    const Magic *m = &MAGICS[i];
    if (n_bytes >= m->offset + m->length && memcmp(bytes + m->offset, m->magic, m->length) == 0)
      return m->what;
  }
  /* A damaged text may hold a NUL or a page control here and there; one in twenty is no text of one byte a
   * letter. */
  if (count_controls(bytes, n_bytes) > n_bytes / 20 && !onr_sniff_wide(bytes, n_bytes))
    return "binary data";
  return NULL;
}

const char *onr_sniff_ending(const char *ending) {
  static const char *const endings[][2] = {
      {"xml", "XML"},           {"xsd", "XML"},       {"rdf", "XML"},      {"svg", "an image"},
      {"css", "a style sheet"}, {"js", "a script"},   {"mjs", "a script"}, {"ts", "a script"},
      {"py", "a program"},      {"c", "a program"},   {"h", "a program"},  {"sh", "a program"},
      {"sql", "SQL"},           {"yaml", "settings"}, {"yml", "settings"}, {"toml", "settings"},
      {"ini", "settings"},      {"log", "a log"},     {"tex", "TeX"},      {"bib", "TeX"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
    if (strcmp(endings[i][0], ending) == 0)
      return endings[i][1];
  return NULL;
}

/* --- exports of press databases --- */

/* "Document CSTD000020220206ei2600001": the source, the day, and 9 characters more. */
static gboolean is_factiva_number(const char *line, gsize length) {
  static const char word[] = "Document ";
  const gsize n_word = strlen(word), n_number = 25, n_source = 8, n_day = 8;
  while (length > 0 && g_ascii_isspace(line[length - 1]))
    length--;
  if (length != n_word + n_number || memcmp(line, word, n_word) != 0)
    return FALSE;
  for (gsize i = 0; i < n_number; i++) {
    char c = line[n_word + i];
    gboolean is_of_day = i >= n_source && i < n_source + n_day;
    if (is_of_day ? !g_ascii_isdigit(c) : !g_ascii_isalnum(c))
      return FALSE;
  }
  return TRUE;
}

/* The place of the code that LINE begins with in Factiva's list, or -1. */
static int find_factiva_code(const char *line, gsize length) {
  static const char *const codes[] = {"HD", "BY", "WC", "PD", "SN", "SC", "LA", "CY", "LP", "TD", "AN"};
  gboolean is_code = length >= 2 && (length == 2 || g_ascii_isspace(line[2]));
  for (gsize i = 0; is_code && i < G_N_ELEMENTS(codes); i++)
    if (memcmp(line, codes[i], 2) == 0)
      return (int)i;
  return -1;
}

#define MIN_FACTIVA_CODES 5 /* different ones, HD among them */

static gboolean is_proquest_line(const char *line, gsize length) {
  return begins(line, length, "ProQuest document ID") || begins(line, length, "ProQuest document link");
}

const char *onr_sniff_export(const char *bytes, gsize n_bytes) {
  static const char factiva[] = "a text export of Factiva (export one article a file as HTML, or from Nexis)";
  guint codes = 0, n_codes = 0; /* a bit for each */
  const char *at = bytes, *line;
  gsize n;
  while (onr_line_next(&at, bytes + n_bytes, &line, &n)) {
    int code = find_factiva_code(line, n);
    n_codes += code >= 0 && !(codes & 1u << code) ? 1 : 0;
    codes |= code >= 0 ? 1u << code : 0;
    if (is_factiva_number(line, n) || ((codes & 1) && n_codes >= MIN_FACTIVA_CODES))
      return factiva;
    if (is_proquest_line(line, n))
      return "a text export of ProQuest (export one article a file as HTML, or from Nexis)";
  }
  return NULL;
}

/* Each article is a div of class "article enArticle", by its language. */
const char *onr_sniff_html_export(const char *bytes, gsize n_bytes) {
  static const char begin[] = "class=\"article ", rest[] = "Article\"";
  const char *end = bytes + n_bytes;
  guint n_articles = 0;
  for (const char *p = bytes; (p = g_strstr_len(p, end - p, begin)); p += strlen(begin)) {
    const char *language = p + strlen(begin);
    gboolean is_article = end - language > 2 && begins(language + 2, (gsize)(end - language - 2), rest);
    n_articles += is_article ? 1 : 0;
  }
  return n_articles > 1 ? "an HTML export of Factiva with many articles (export one article a file)" : NULL;
}

#define MAX_ROOT_BYTES 64 /* of a name that is shown */

char *onr_sniff_xml(const char *root, gsize length) {
  static const char *const roots[][2] = {
      {"schema", "an XML schema"},          {"urlset", "a sitemap"}, {"sitemapindex", "a sitemap"},
      {"stylesheet", "an XSL style sheet"}, {"svg", "an image"},     {"opml", "a list of feeds"},
  };
  for (gsize i = 0; root && i < G_N_ELEMENTS(roots); i++)
    if (strlen(roots[i][0]) == length && memcmp(roots[i][0], root, length) == 0)
      return g_strdup(roots[i][1]);
  g_autofree char *name = root ? g_utf8_make_valid(root, (gssize)MIN(length, MAX_ROOT_BYTES)) : NULL;
  return name ? g_strdup_printf("XML with root <%s>", name) : g_strdup("XML without an element");
}
