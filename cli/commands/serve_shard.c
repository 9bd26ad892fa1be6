/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/server.h"

#include "archive/xapian/shards.h"

static gboolean check_port(guint port, GError **error) {
  if (port >= 1 && port < 65535)
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE,
                      "serve-shard needs --port P, from 1 to 65534: articles at P, quotes at P + 1");
  return FALSE;
}

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  const char *address = o->interface ? o->interface : "127.0.0.1";
  OnrRecord *record = onr_archive_record(session->archive);
  if (!check_port(o->port, error))
    return ONR_EXIT_FAILURE;
  g_autofree char *articles = onr_shards_served_path(record, ONR_TABLE_ARTICLES, error);
  g_autofree char *quotes = articles ? onr_shards_served_path(record, ONR_TABLE_QUOTES, error) : NULL;
  if (!quotes)
    return ONR_EXIT_FAILURE;
  /* The record is not held for as long as the servers run. */
  g_clear_pointer(&session->archive, onr_archive_close);
  onr_session_note(session, "serving articles at %s:%u and quotes at %s:%u; Ctrl-C ends it", address, o->port,
                   address, o->port + 1);
  const OnrServed served[] = {{articles, o->port}, {quotes, o->port + 1}};
  return onr_servers_run(served, G_N_ELEMENTS(served), address, error);
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_SERVE, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_SERVE_SHARD = {
    .name = "serve-shard",
    .arguments = "",
    .summary = "let other machines search this archive",
    .about =
        "Serves an archive of the xapian engine to other machines, where -a HOST:PORT names it, alone or "
        "beside others. Two servers of Xapian's own (xapian-tcpsrv) read the archive as the last whole "
        "run of index has left it, and take up the next one with their next client.\n\n"
        "There is no password: whoever reaches the ports reads the archive. Listen at 127.0.0.1 and let "
        "others in by an SSH tunnel, or at an address of a private network.",
    .examples = {{"serve-shard --port 7400", "for this machine, and for SSH tunnels to it"},
                 {"serve-shard --port 7400 --interface 10.0.0.5", "for a private network"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
