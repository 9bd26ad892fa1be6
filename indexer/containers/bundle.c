/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Zip and tar files, by libarchive, read forward: from a pipe and inside of one another as well as from a
   file. It gets the outer stream's own window as its input and writes nothing anywhere. What libarchive gives
   up on in a zip file costs what lies before the next entry that is found. */
#include "indexer/containers/containers.h"

#include "indexer/containers/member_name.h"
#include "indexer/containers/seen.h"
#include "indexer/readers/sniff.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

#define LENT_BYTES (32u << 10) /* lent to libarchive at a time: what a fault may cost beside its entry */
#define DAMAGE "damage"        /* place of what is no entry */

static const char ZIP_ENTRY[] = "PK\3\4";

typedef struct {
  OnrStream *outer;
  gboolean is_zip;
  struct archive *archive;
  gsize n_lent;      /* of the outer stream's next bytes, in libarchive's hands */
  guint64 lent_at;   /* where they begin, in what this archive has had */
  guint64 header_at; /* of the last entry, in the same; libarchive does not tell it after a fault */
  const char *block; /* of the entry, not given on yet */
  gsize n_block;
  guint64 hole;          /* zeros before the block: of a sparse file */
  guint64 given_bytes;   /* of the entry */
  gboolean is_lost;      /* libarchive goes no further with this archive */
  gboolean is_in_damage; /* the member before was DAMAGE */
  OnrSeen *names;
  locale_t locale; /* UTF-8: libarchive converts names to the thread's */
} Bundle;

/* --- lending the outer stream's bytes --- */

static la_ssize_t lend(struct archive *archive, void *data, const void **bytes) {
  Bundle *bundle = data;
  (void)archive;
  onr_stream_skip(bundle->outer, bundle->n_lent);
  bundle->lent_at += bundle->n_lent;
  bundle->n_lent = 0;
  gsize n_bytes;
  g_autoptr(GError) why = NULL;
  *bytes = onr_stream_peek(bundle->outer, &n_bytes, &why);
  if (!*bytes) {
    archive_set_error(archive, EIO, "%s", why->message);
    return ARCHIVE_FATAL;
  }
  bundle->n_lent = MIN(n_bytes, LENT_BYTES);
  return (la_ssize_t)bundle->n_lent;
}

static void open_archive(Bundle *bundle) {
  bundle->archive = archive_read_new();
  bundle->lent_at = bundle->header_at = 0;
  bundle->is_lost = FALSE;
  if (bundle->is_zip)
    archive_read_support_format_zip_streamable(bundle->archive);
  else
    archive_read_support_format_tar(bundle->archive);
  bundle->is_lost = archive_read_open(bundle->archive, bundle, NULL, lend, NULL) != ARCHIVE_OK;
}

static gpointer open_bundle(OnrStream *outer, gboolean is_zip) {
  Bundle *bundle = g_new0(Bundle, 1);
  bundle->outer = outer;
  bundle->is_zip = is_zip;
  bundle->names = onr_seen_new();
  bundle->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  open_archive(bundle);
  return bundle;
}

static gpointer open_zip(OnrStream *outer) {
  return open_bundle(outer, TRUE);
}

static gpointer open_tar(OnrStream *outer) {
  return open_bundle(outer, FALSE);
}

static void bundle_close(gpointer state) {
  Bundle *bundle = state;
  archive_read_free(bundle->archive);
  onr_seen_free(bundle->names);
  if (bundle->locale)
    freelocale(bundle->locale);
  g_free(bundle);
}

/* --- an entry's bytes --- */

/* libarchive's reason as one of ours: "Truncated ZIP file body" begins small. */
static GError *reason_of(const Bundle *bundle, OnrErrorCode code) {
  g_autofree char *why = g_strdup(archive_error_string(bundle->archive));
  if (why && g_ascii_isupper(why[0]) && g_ascii_islower(why[1]))
    why[0] = g_ascii_tolower(why[0]);
  return g_error_new(ONR_ERROR, (gint)code, "cannot be unpacked: %s", why ? why : "damaged");
}

/* Puts the next block in its place; FALSE at the end or with ERROR. */
static gboolean next_block(Bundle *bundle, GError **error) {
  la_int64_t offset = 0;
  const void *block;
  int outcome = bundle->is_lost ? ARCHIVE_EOF
                                : archive_read_data_block(bundle->archive, &block, &bundle->n_block, &offset);
  if (outcome == ARCHIVE_OK) {
    bundle->block = block;
    bundle->hole = (guint64)offset > bundle->given_bytes ? (guint64)offset - bundle->given_bytes : 0;
    return TRUE;
  }
  bundle->n_block = 0;
  bundle->is_lost |= outcome == ARCHIVE_FATAL;
  if (outcome != ARCHIVE_EOF)
    g_propagate_error(error, reason_of(bundle, ONR_ERROR_FORMAT));
  return FALSE;
}

static gsize pull_entry(gpointer data, char *out, gsize room, GError **error) {
  Bundle *bundle = data;
  while (bundle->n_block == 0 && bundle->hole == 0)
    if (!next_block(bundle, error))
      return 0;
  gsize n;
  if (bundle->hole > 0) {
    n = (gsize)MIN(bundle->hole, room);
    memset(out, 0, n);
    bundle->hole -= n;
  } else {
    n = MIN(bundle->n_block, room);
    memcpy(out, bundle->block, n);
    bundle->block += n;
    bundle->n_block -= n;
  }
  bundle->given_bytes += n;
  return n;
}

/* --- entries --- */

/* Looks for the next entry of a zip file that libarchive gave up on; FALSE where there is none. */
static gboolean find_entry(Bundle *bundle) {
  gboolean is_lent = bundle->header_at >= bundle->lent_at;
  gsize from =
      is_lent ? (gsize)(bundle->header_at - bundle->lent_at) + 1 : 0; /* behind the last that was one */
  from = MIN(from, bundle->n_lent);
  bundle->n_lent = 0;
  if (!bundle->is_zip || !onr_stream_find(bundle->outer, ZIP_ENTRY, strlen(ZIP_ENTRY), from))
    return FALSE;
  archive_read_free(bundle->archive);
  open_archive(bundle);
  return TRUE;
}

static void name_member(Bundle *bundle, OnrMember *out, const char *name) {
  out->name = g_strdup(name);
  for (guint n = 2; !onr_seen_add(bundle->names, out->name, strlen(out->name)); n++) {
    g_free(out->name);
    out->name = g_strdup_printf("%s (%u)", name, n);
  }
}

static void tell_damage(Bundle *bundle, OnrMember *out) {
  name_member(bundle, out, DAMAGE);
  out->is_place = TRUE;
  out->error = reason_of(bundle, ONR_ERROR_FORMAT);
  bundle->is_in_damage = TRUE;
}

/* A file in the bundle that is worth a look: no folder, link, device or hidden file. */
static gboolean is_content(struct archive_entry *entry, const char *name) {
  __LA_MODE_T type = archive_entry_filetype(entry);
  gboolean is_link = archive_entry_hardlink(entry) || archive_entry_symlink(entry);
  gboolean is_file = type == AE_IFREG || (type == 0 && !is_link);
  return is_file && !is_link && *name && !g_str_has_suffix(name, "/") && !onr_member_is_hidden(name);
}

static void take_entry(Bundle *bundle, struct archive_entry *entry, const char *name, OnrMember *out) {
  bundle->n_block = 0;
  bundle->hole = bundle->given_bytes = 0;
  name_member(bundle, out, name);
  bundle->is_in_damage = archive_entry_is_encrypted(entry); /* which libarchive may not find its way behind */
  if (bundle->is_in_damage)
    out->error = g_error_new_literal(ONR_ERROR, ONR_ERROR_UNSUPPORTED, "encrypted, which is not read");
  else
    out->stream = onr_stream_open_inside(bundle->outer, ONR_PACKING_NONE, pull_entry, bundle);
}

static gboolean next_member(Bundle *bundle, OnrMember *out) {
  while (!bundle->is_lost || find_entry(bundle)) {
    struct archive_entry *entry;
    int outcome = bundle->is_lost ? ARCHIVE_FATAL : archive_read_next_header(bundle->archive, &entry);
    if (outcome == ARCHIVE_EOF)
      return FALSE;
    if (outcome == ARCHIVE_OK || outcome == ARCHIVE_WARN) {
      g_autofree char *name = onr_member_name(archive_entry_pathname(entry));
      bundle->header_at = (guint64)MAX(archive_read_header_position(bundle->archive), 0);
      if (!is_content(entry, name))
        continue;
      take_entry(bundle, entry, name, out);
      return TRUE;
    }
    bundle->is_lost = outcome != ARCHIVE_RETRY;
    gboolean is_news = !bundle->is_in_damage && !onr_stream_has_failed(bundle->outer);
    if (is_news)
      tell_damage(bundle, out);
    if (is_news)
      return TRUE;
  }
  return FALSE;
}

static gboolean bundle_next(gpointer state, OnrMember *out, GError **error) {
  Bundle *bundle = state;
  locale_t before = bundle->locale ? uselocale(bundle->locale) : (locale_t)0;
  gboolean has_one = next_member(bundle, out);
  if (before)
    uselocale(before);
  gsize n_bytes;
  if (!has_one && onr_stream_has_failed(bundle->outer))
    onr_stream_peek(bundle->outer, &n_bytes, error);
  return has_one;
}

/* --- what they are --- */

static gboolean probe_zip(const char *bytes, gsize n_bytes) {
  return n_bytes > strlen(ZIP_ENTRY) && memcmp(bytes, ZIP_ENTRY, strlen(ZIP_ENTRY)) == 0 &&
         !onr_sniff_document(bytes, n_bytes);
}

/* POSIX and GNU tar have a word in the first header; of older ones the check sum is what shows them. */
static gboolean probe_tar(const char *bytes, gsize n_bytes) {
  const gsize block_bytes = 512, sum_at = 148, sum_bytes = 8;
  if (n_bytes < block_bytes || !*bytes)
    return FALSE;
  guint sum = 0;
  for (gsize i = 0; i < block_bytes; i++)
    sum += i >= sum_at && i < sum_at + sum_bytes ? ' ' : (guchar)bytes[i];
  char field[9] = {0};
  memcpy(field, bytes + sum_at, sum_bytes);
  return g_ascii_strtoull(g_strchug(field), NULL, 8) == sum;
}

const OnrContainerClass ONR_CONTAINER_ZIP = {
    .name = "zip",
    .what = "a zip file",
    .probe = probe_zip,
    .open = open_zip,
    .close = bundle_close,
    .next = bundle_next,
};

const OnrContainerClass ONR_CONTAINER_TAR = {
    .name = "tar",
    .what = "a tar file",
    .probe = probe_tar,
    .open = open_tar,
    .close = bundle_close,
    .next = bundle_next,
};
