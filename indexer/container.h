/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Containers: a stream that is a row of members, each a stream again, so that every reader works on a member as on a
   file. One file in containers/ for each kind and one line in the table of container.c. Nothing is ever written to disk:
   a member's name is only a name.

     g_autoptr(OnrContainer) container = onr_container_open(stream);     // NULL: no container
     g_auto(OnrMember) member = {0};
     while (onr_container_next(container, &member, error)) {             // in the container's order
       if (member.stream) read(member.stream, member.path);
       onr_member_clear(&member);                                        // before the next
     } */
#pragma once

#include "indexer/stream.h"

G_BEGIN_DECLS

/* Limits; docs/limits.md says what happens beyond each. */
#define ONR_MAX_MEMBER_BYTES 1024 /* of a member's name; cut at a character */

typedef struct {
  char *name;        /* UTF-8 on one line, no other member's of this container; owned */
  gboolean is_place; /* the name is a number or a word of ours, not a path: "17" for a crawl's 17th record */
  char *path;        /* what readers look for an ending in, where that is not the name; else NULL; owned */
  char *url;         /* address that it was fetched from, or NULL; owned */
  char *charset;     /* encoding that it was served with, or NULL; owned */
  char *captured;    /* when it was fetched: ISO 8601, or NULL; owned */
  OnrStream *stream; /* owned; NULL where there is an error */
  GError *error;     /* why it cannot be read, or why several cannot; owned */
} OnrMember;
void onr_member_clear(OnrMember *member);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrMember, onr_member_clear)

typedef struct OnrContainer OnrContainer;

typedef struct {
  const char *name; /* "zip", in the record */
  const char *what; /* "a zip file", for people */
  /* TRUE where a stream that begins with these bytes is of this kind. */
  gboolean (*probe)(const char *bytes, gsize n_bytes);
  gpointer (*open)(OnrStream *stream);
  void (*close)(gpointer state);
  /* See onr_container_next. */
  gboolean (*next)(gpointer state, OnrMember *out, GError **error);
  /* See onr_container_refuse; NULL: FALSE. */
  gboolean (*refuse)(gpointer state, const char *reason);
} OnrContainerClass;

/* What STREAM, whose next bytes are peeked at, holds: NULL where it is no container. */
const OnrContainerClass *onr_container_kind(OnrStream *stream);

/* STREAM, of KIND, is borrowed until the container is closed, and read by nobody else. */
OnrContainer *onr_container_open(const OnrContainerClass *kind, OnrStream *stream);
void onr_container_close(OnrContainer *container);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrContainer, onr_container_close)

/* The next member into OUT, which is cleared; the one before is closed. FALSE at the end, or with ERROR where the rest
   of the container cannot be read. What is no content (folders, links, hidden files, a crawl's requests) is passed over
   without a word; the kinds of a crawl's records that no reader is for come last, one member with an error for each. */
gboolean onr_container_next(OnrContainer *container, OnrMember *out, GError **error);

/* Tells that the member handed out last is none that a reader wants. TRUE where the container counts it among those of
   REASON; else it is worth an error of its own. */
gboolean onr_container_refuse(OnrContainer *container, const char *reason);

G_END_DECLS
