/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/items.h"

#include "indexer/container.h"

#define MAX_REMARK_BYTES 2000 /* of a container with many tables the first ones' */
#define REST "rest"           /* place of the item that stands for what could not be read of a member */

/* The file, or a member of the level below it. */
typedef struct {
  OnrStream *stream; /* of the file: borrowed; of a member: its own */
  OnrMember member;  /* empty for the file */
  char *within;      /* its place in the file; "" for the file */
  OnrContainer *container;
  const OnrReader *reader; /* one of the two */
  OnrSplit split;
  gboolean has_given; /* an item */
} Level;

struct OnrItems {
  Level levels[ONR_MAX_CONTAINERS + 1];
  guint n_levels;
  char *format;
  GString *remark;
};

static Level *top(OnrItems *items) {
  return &items->levels[items->n_levels - 1];
}

static void level_clear(Level *level) {
  onr_split_clear(&level->split);
  onr_container_close(level->container);
  onr_member_clear(&level->member);
  g_free(level->within);
  *level = (Level){0};
}

static void note_remark(OnrItems *items, const Level *level) {
  if (!level->split.remark || items->remark->len > MAX_REMARK_BYTES)
    return;
  if (items->remark->len > 0)
    g_string_append(items->remark, "; ");
  if (*level->within)
    g_string_append_printf(items->remark, "%s: ", level->within);
  g_string_append(items->remark, level->split.remark);
}

static void pop(OnrItems *items) {
  note_remark(items, top(items));
  level_clear(top(items));
  items->n_levels--;
}

/* Finds what reads LEVEL's stream. MAY_CONTAIN is FALSE inside as many containers as are looked into. */
static gboolean level_choose(Level *level, const char *path, gboolean may_contain, GError **error) {
  const OnrContainerClass *kind = onr_container_kind(level->stream);
  if (kind && may_contain) {
    level->container = onr_container_open(kind, level->stream);
    return TRUE;
  }
  if (kind)
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "%s inside %d others, which is not read", kind->what,
                ONR_MAX_CONTAINERS);
  else
    level->reader = onr_reader_choose(level->stream, path, error);
  return level->reader != NULL;
}

OnrItems *onr_items_open(OnrStream *stream, const char *path, const char *const *map, GError **error) {
  Level level = {.stream = stream, .split = {.map = map}};
  if (!level_choose(&level, path, TRUE, error))
    return NULL;
  OnrItems *items = g_new0(OnrItems, 1);
  items->remark = g_string_new(NULL);
  level.within = g_strdup("");
  items->levels[items->n_levels++] = level;
  const OnrContainerClass *kind = level.container ? onr_container_kind(stream) : NULL;
  const char *packing = onr_packing_ending(onr_stream_packing(stream));
  items->format = g_strconcat(kind ? kind->name : level.reader->name, *packing ? "." : "", packing, NULL);
  return items;
}

void onr_items_close(OnrItems *items) {
  if (!items)
    return;
  while (items->n_levels > 0)
    pop(items);
  g_free(items->format);
  g_string_free(items->remark, TRUE);
  g_free(items);
}

char *onr_items_take_remark(OnrItems *items) {
  while (items->n_levels > 0)
    pop(items);
  return items->remark->len > 0 ? g_strdup(items->remark->str) : NULL;
}

char *onr_items_format(const OnrItems *items) {
  return g_strdup(items->format);
}

static void take_error(const char *within, const char *place, GError *why, OnrRawItem *out) {
  onr_raw_item_clear(out);
  out->within = g_strdup(within);
  out->member = g_strdup(place);
  out->error = why;
}

/* --- going up and down --- */

/* "day.zip" and "feed.jsonl": "day.zip/feed.jsonl"; "crawl.warc" and the place 17: "crawl.warc:17". */
static char *join(const char *within, const OnrMember *member) {
  const char *joint = !*within ? "" : member->is_place ? ":" : "/";
  return g_strconcat(within, joint, member->name, NULL);
}

/* What is wrong with the file as a whole shows at its last level, which is no fault of the members above. */
static gboolean is_fault_below(const OnrItems *items) {
  for (guint i = 0; i + 1 < items->n_levels; i++)
    if (onr_stream_has_failed(items->levels[i].stream))
      return TRUE;
  return FALSE;
}

/* Ends the level at the top, for WHY or because it is read. TRUE where OUT got an error to tell; else reading
   goes on below, or ends with ERROR. A bomb ends all levels. */
static gboolean leave(OnrItems *items, GError *why, OnrRawItem *out, GError **error) {
  while (why && items->n_levels > 1 && onr_stream_is_bomb(items->levels[0].stream))
    pop(items);
  Level *level = top(items);
  gboolean is_member = items->n_levels > 1;
  gboolean is_own = !level->stream || !is_fault_below(items);
  gboolean is_told = why && is_member && is_own;
  if (is_told)
    take_error(level->within, level->has_given ? REST : "", why, out);
  else if (why && !is_member)
    g_propagate_error(error, why);
  else
    g_clear_error(&why);
  pop(items);
  return is_told;
}

/* Goes up to MEMBER of the container at the top. TRUE where OUT got an error to tell. */
static gboolean enter(OnrItems *items, OnrMember *member, OnrRawItem *out, GError **error) {
  Level *below = top(items), *level = below + 1;
  level->within = join(below->within, member);
  level->stream = member->stream;
  level->split.map = items->levels[0].split.map;
  level->member = *member;
  *member = (OnrMember){0};
  items->n_levels++;
  below->has_given = TRUE;
  GError *why = g_steal_pointer(&level->member.error);
  if (why)
    return leave(items, why, out, error);
  const char *path = level->member.path ? level->member.path : level->member.name;
  if (level_choose(level, path, items->n_levels <= ONR_MAX_CONTAINERS, &why))
    return FALSE;
  if (onr_stream_is_bomb(level->stream) || !onr_container_refuse(below->container, why->message))
    return leave(items, why, out, error);
  g_error_free(why);
  pop(items);
  return FALSE;
}

/* --- items --- */

static void describe(const Level *level, OnrRawItem *out) {
  if (!*level->within)
    return;
  out->within = g_strdup(level->within);
  out->url = g_strdup(level->member.url);
  if (!out->charset) /* a reader may have found it out itself */
    out->charset = g_strdup(level->member.charset);
  out->captured = g_strdup(level->member.captured);
}

/* One step: TRUE where it gave an item. */
static gboolean step(OnrItems *items, OnrRawItem *out, const OnrReader **reader, GError **error) {
  Level *level = top(items);
  GError *why = NULL;
  if (level->reader) {
    if (!level->reader->split(level->stream, &level->split, out, &why)) {
      onr_raw_item_clear(out);
      return leave(items, why, out, error);
    }
    describe(level, out);
    level->has_given = TRUE;
    *reader = level->reader;
    return TRUE;
  }
  g_auto(OnrMember) member = {0};
  if (!onr_container_next(level->container, &member, &why))
    return leave(items, why, out, error);
  return enter(items, &member, out, error);
}

gboolean onr_items_next(OnrItems *items, OnrRawItem *out, const OnrReader **reader, GError **error) {
  GError *why = NULL;
  *reader = NULL;
  while (items->n_levels > 0 && !why)
    if (step(items, out, reader, &why))
      return TRUE;
  if (why)
    g_propagate_error(error, why);
  return FALSE;
}
