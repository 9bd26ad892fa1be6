/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/schema_kind.h"

#include <string.h>

static OnrSchemaKind kind_of_type(const char *type) {
  static const struct {
    const char *ending; /* of the type: there are a dozen kinds of articles, all called so */
    OnrSchemaKind kind;
  } kinds[] = {
      {"Article", ONR_SCHEMA_ARTICLE},
      {"BlogPosting", ONR_SCHEMA_ARTICLE},
      {"SocialMediaPosting", ONR_SCHEMA_ARTICLE},
      {"Report", ONR_SCHEMA_ARTICLE},
      {"Review", ONR_SCHEMA_REVIEW},
      {"Recipe", ONR_SCHEMA_WORK},
      {"HowTo", ONR_SCHEMA_WORK},
      {"CreativeWork", ONR_SCHEMA_WORK},
      {"MedicalWebPage", ONR_SCHEMA_WORK}, /* before what it ends with */
      {"Blog", ONR_SCHEMA_WORK},
      {"PressRelease", ONR_SCHEMA_WORK},
      {"WebPage", ONR_SCHEMA_PAGE},
      {"ItemPage", ONR_SCHEMA_PAGE},
  };
  gsize length = strlen(type);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    gsize n = strlen(kinds[i].ending);
    if (length >= n && g_ascii_strcasecmp(type + length - n, kinds[i].ending) == 0)
      return kinds[i].kind;
  }
  return ONR_SCHEMA_OTHER;
}

OnrSchemaKind onr_schema_kind(const json_t *object) {
  const json_t *type = json_object_get(object, "@type");
  if (json_is_string(type))
    return kind_of_type(json_string_value(type));
  OnrSchemaKind best = ONR_SCHEMA_OTHER;
  for (gsize i = 0; i < json_array_size(type); i++)
    if (json_is_string(json_array_get(type, i)))
      best = MAX(best, kind_of_type(json_string_value(json_array_get(type, i))));
  return best;
}
