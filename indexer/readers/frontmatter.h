/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The YAML between two lines of `---` that Markdown files begin with, as far as articles use it: `key: value`
   with plain and quoted scalars, lists in brackets or with dashes, and one level of keys below a key
   (`author:` / `  name: …`). Anchors, tags and block scalars are passed over. Or the TOML between two lines of `+++`, as Hugo
   has it: `key = value` with strings, dates and arrays of them; tables and strings over many lines are passed over. */
#pragma once

#include "indexer/readers/fields.h"

G_BEGIN_DECLS

/* Bytes of the front matter at the beginning of TEXT with the lines around it; 0 where there is none. */
gsize onr_frontmatter_length(const char *text, gsize length);

/* Offers its members to FIELDS; returns its bytes and those of the blank lines behind it. */
gsize onr_frontmatter_read(const char *text, gsize length, OnrFields *fields);

G_END_DECLS
