/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"

#include <archive.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <string.h>
#include <utf8proc.h>

/* libxml2's own number, 20914, as people write it. */
static char *xml_version(void) {
  guint64 n = g_ascii_strtoull(xmlParserVersion, NULL, 10);
  return g_strdup_printf("%u.%u.%u", (guint)(n / 10000), (guint)(n / 100 % 100), (guint)(n % 100));
}

/* "libarchive 3.6.2" without the name. */
static const char *version_only(const char *text) {
  const char *blank = strrchr(text, ' ');
  return blank ? blank + 1 : text;
}

static void append(GString *text, const char *name, const char *version) {
  g_string_append_printf(text, "  %-12s %s\n", name, version);
}

void onr_help_version(OnrOutput *out) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5"), *xapian = onr_engine_class("xapian");
  g_autofree char *libxml = xml_version();
  g_autofree char *glib =
      g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *engine_version = g_strdup_printf(
      "%s, SQLite %s; %s %s", fts5->name, fts5->library_version(), xapian->name, xapian->library_version());
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_printf(text, "onrecord %s (output version %d)\n", ONR_VERSION, ONR_OUTPUT_VERSION);
  append(text, "engines", engine_version);
  append(text, "utf8proc", utf8proc_version());
  append(text, "Snowball", ONR_SNOWBALL_VERSION);
  append(text, "libxml2", libxml);
  append(text, "libarchive", version_only(archive_version_string()));
  append(text, "jansson", jansson_version_str());
  append(text, "GLib", glib);
  onr_output_drain(out, text);
}
