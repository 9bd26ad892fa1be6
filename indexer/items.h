/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All raw items of one file, through whatever containers they lie in. Finds for the file, and for each member of a
   container, what reads it, and says of each item where it lies (OnrRawItem.within).

     g_autoptr(OnrItems) items = onr_items_open(stream, path, map, error);
     while (onr_items_next(items, &raw, &reader, error)) {
       if (raw.error) tell(onr_raw_item_place(&raw), raw.error);
       else reader->parse(&raw, …);
       onr_raw_item_clear(&raw);
     } */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

typedef struct OnrItems OnrItems;

/* Items of STREAM, borrowed until the items are closed, which PATH is the name of. MAP: what `--map` says of columns, borrowed too, or NULL. NULL where
   nothing reads it: FORMAT for an empty file, UNSUPPORTED with what it looks like. */
OnrItems *onr_items_open(OnrStream *stream, const char *path, const char *const *map, GError **error);
void onr_items_close(OnrItems *items);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrItems, onr_items_close)

/* What the file is: "jsonl", "warc.gz". The caller frees it. */
char *onr_items_format(const OnrItems *items);

/* Behind the last item: what was read as what, for people (OnrSplit.remark), of members with their names; NULL. The caller frees it. */
char *onr_items_take_remark(OnrItems *items);

/* The next item into OUT, which is empty, in the file's order, and who parses it (NULL where OUT holds an error): TRUE.
   A member that cannot be read, or the rest of one, is one item with an error. FALSE at the end, or with ERROR where
   the rest of the file cannot be read. */
gboolean onr_items_next(OnrItems *items, OnrRawItem *out, const OnrReader **reader, GError **error);

G_END_DECLS
