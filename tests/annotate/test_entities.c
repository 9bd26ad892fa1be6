/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

ONR_SUITE(entities);

/* person | Sergey Lavrov | foreign minister | Sergey Lavrov; Lavrov */
static char *entity_line(const Annotated *a, guint i) {
  const OnrEntity *e = &g_array_index(a->found->entities, OnrEntity, i);
  GString *s = g_string_new(NULL);
  g_string_printf(s, "%s | %s | %s |", onr_entity_type_name(e->type), e->name, e->role ? e->role : "-");
  const char *separator = " ";
  for (guint k = 0; k < a->found->mentions->len; k++) {
    const OnrMention *m = &g_array_index(a->found->mentions, OnrMention, k);
    if (m->entity != i)
      continue;
    g_string_append(s, separator);
    g_string_append_len(s, a->doc->text + m->span.begin, (gssize)onr_span_length(m->span));
    separator = "; ";
  }
  return g_string_free(s, FALSE);
}

static guint n_entities(const Annotated *a) {
  return a->found->entities->len;
}

Test(entities, cases) {
  annotated_run_cases("entities.test", n_entities, entity_line);
}

Test(entities, mentions_are_in_order_and_apart) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  annotated_set(
      &a,
      "Foreign Minister Pavel Dorn met Mara Ellison of the Norland Trade Union (NTU) in Port Halden on "
      "Tuesday. "
      "Dorn’s aides said NTU leaders and the U.S. State Department had agreed. Ms. Ellison did not.",
      NULL);
  cr_assert_gt(a.found->mentions->len, 6);
  guint32 end = 0;
  for (guint i = 0; i < a.found->mentions->len; i++) {
    const OnrMention *m = &g_array_index(a.found->mentions, OnrMention, i);
    cr_assert_geq(m->span.begin, end);
    cr_assert_gt(m->span.end, m->span.begin);
    cr_assert_lt(m->entity, a.found->entities->len);
    end = m->span.end;
  }
}
