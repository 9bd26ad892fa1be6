/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line of an authority file on its way to an entry, whatever its format: values are put in as they are
   read, and cleaned and checked here; what is wrong with them is gathered.

     onr_authority_draft_reset(&draft);
     onr_authority_draft_put(&draft, ONR_AUTHORITY_ALIASES, text, length);  // for each value of the line
     onr_authority_draft_finish(&draft);
     if (draft.faults.n == 0) use(&draft.entry); */
#pragma once

#include "archive/authority.h"

G_BEGIN_DECLS

/* In the order in which they are printed. */
typedef enum {
  ONR_AUTHORITY_ID,
  ONR_AUTHORITY_NAME,
  ONR_AUTHORITY_TYPE,
  ONR_AUTHORITY_ALIASES,
  ONR_AUTHORITY_ROLES,
  ONR_AUTHORITY_LINKS,
  ONR_AUTHORITY_SAME_AS,
  ONR_N_AUTHORITY_FIELDS
} OnrAuthorityField;

/* "id, name, type, aliases, roles, links, same_as" */
#define ONR_AUTHORITY_FIELD_LIST "id, name, type, aliases, roles, links, same_as"

/* Static strings: "id", "name", … */
const char *onr_authority_field_name(OnrAuthorityField field);
/* -1 where no field has that name. */
int onr_authority_field_parse(const char *name);

/* What is wrong with one line, in one line of text. */
typedef struct {
  GString *text; /* parted by "; " */
  guint n;
} OnrAuthorityFaults;

/* Adds one; after the first 20 they are only counted. */
void onr_authority_faults_add(OnrAuthorityFaults *faults, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* All of them, with control characters of the values replaced. The caller frees it. */
char *onr_authority_faults_print(const OnrAuthorityFaults *faults);

/* TRUE where the line or object is not longer than ONR_AUTHORITY_MAX_LINE and UTF-8 without NUL; else FAULTS
   get the reason. */
gboolean onr_authority_check_bytes(const char *bytes, gsize n_bytes, OnrAuthorityFaults *faults);

/* Owns all it holds. */
typedef struct {
  OnrAuthorityEntry entry;
  OnrAuthorityFaults faults;
  gboolean has[ONR_N_AUTHORITY_FIELDS]; /* was put and not empty; a type also known */
  GString *scratch;                     /* of put */
} OnrAuthorityDraft;

void onr_authority_draft_init(OnrAuthorityDraft *draft);
void onr_authority_draft_reset(OnrAuthorityDraft *draft);
void onr_authority_draft_clear(OnrAuthorityDraft *draft);

/* Sets FIELD, or adds one value to it; an empty value is none. A role may end in its time. */
void onr_authority_draft_put(OnrAuthorityDraft *draft, OnrAuthorityField field, const char *text,
                             gsize length);
/* FROM and TO are to be as in onr_authority_entry_add_role; empty is open too. */
void onr_authority_draft_put_role(OnrAuthorityDraft *draft, const char *name, gsize length, const char *from,
                                  const char *to);
void onr_authority_draft_put_link(OnrAuthorityDraft *draft, const char *scheme, gsize scheme_length,
                                  const char *value, gsize value_length);

/* Looks at what fields say together once all are in; sets the type where none is given. */
void onr_authority_draft_finish(OnrAuthorityDraft *draft);

G_END_DECLS
