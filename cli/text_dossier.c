/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One identity, for eyes. */
#include "cli/text_parts.h"

#include "cli/shapes.h"

#include <string.h>

#define LABEL_COLUMNS 14
#define MAX_ALIASES 12
#define EVEN_ODDS 1000000 /* beyond this, odds are "over a million to 1" */

/* LABEL, then what stands in the prose, its further lines under the first. */
static void print_labelled(OnrPage *page, const char *label) {
  g_autofree char *cell = g_strdup_printf("  %-*s", LABEL_COLUMNS - 2, label);
  onr_output_puts(page->out, cell);
  onr_prose_print_hanging(&page->prose, LABEL_COLUMNS, page->out);
}

/* ", 2022-02-01 to 2022-03-04"; nothing where there is no day. */
static void add_days(OnrPage *page, gint32 first_day, gint32 last_day) {
  g_autofree char *first = onr_day_text(first_day), *last = onr_day_text(last_day);
  if (!first)
    return;
  onr_prose_printf(&page->prose, ONR_STYLE_FAINT, ", %s", first);
  if (strcmp(first, last) != 0)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " to %s", last);
}

static void add_reason(OnrPage *page, const OnrDossierName *name) {
  if (!name->reason)
    onr_prose_add(&page->prose, ONR_STYLE_FAINT, " (stands for all)", -1);
  else if (name->odds > EVEN_ODDS)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " (%s, over a million to 1)", name->reason);
  else if (name->odds > 0)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " (%s, %.0f to 1)", name->reason, name->odds);
  else
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " (%s)", name->reason);
}

static void print_names(OnrPage *page, const OnrDossierRecord *record) {
  const GArray *names = record->dossier->names;
  for (guint i = 0; i < names->len; i++) {
    const OnrDossierName *name = &g_array_index(names, OnrDossierName, i);
    g_autofree char *articles = onr_counted(name->n_articles, "article", "articles");
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, name->name, -1);
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, ", %s", articles);
    if (record->with_reasons)
      add_reason(page, name);
    print_labelled(page, i ? "" : "named");
  }
}

static void print_aliases(OnrPage *page, const GPtrArray *aliases) {
  for (guint i = 0; i < MIN(aliases->len, MAX_ALIASES); i++) {
    const char *alias = aliases->pdata[i], *tab = strrchr(alias, '\t');
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, i ? "; " : "", -1);
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, alias, tab - alias);
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " %s", tab + 1);
  }
  if (aliases->len > MAX_ALIASES)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, "; and %u more", aliases->len - MAX_ALIASES);
  if (aliases->len)
    print_labelled(page, "called");
}

static void print_roles(OnrPage *page, const GArray *roles) {
  for (guint i = 0; i < roles->len; i++) {
    const OnrDossierRole *role = &g_array_index(roles, OnrDossierRole, i);
    g_autofree char *articles = onr_counted(role->n_articles, "article", "articles");
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, role->role, -1);
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, ", %s", articles);
    add_days(page, role->first_day, role->last_day);
    print_labelled(page, i ? "" : "said to be");
  }
}

static void print_company(OnrPage *page, const GArray *company) {
  for (guint i = 0; i < company->len; i++) {
    const OnrDossierCompany *other = &g_array_index(company, OnrDossierCompany, i);
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, i ? "; " : "", -1);
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, other->name, -1);
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " %" G_GUINT64_FORMAT, other->n_articles);
  }
  if (company->len)
    print_labelled(page, "quoted with");
}

void onr_print_dossier(OnrPage *page, const OnrDossierRecord *record) {
  const OnrDossier *d = record->dossier;
  g_autofree char *quotes = onr_counted(d->identity.n_quotes, "quote", "quotes");
  g_autofree char *articles = onr_counted(d->identity.n_articles, "article", "articles");
  onr_prose_add(&page->prose, ONR_STYLE_TITLE, d->identity.name, -1);
  onr_page_print(page, 0);
  onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s, %s in %s", onr_entity_type_name(d->identity.type),
                   quotes, articles);
  add_days(page, d->first_day, d->last_day);
  onr_page_print(page, 2);
  print_names(page, record);
  print_aliases(page, d->aliases);
  print_roles(page, d->roles);
  print_company(page, d->company);
  onr_prose_add(&page->prose, ONR_STYLE_FAINT, d->identity.id, -1);
  onr_page_print(page, 2);
}
