/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which names of one block (identity/block.h) are one's, and which articles of one name are another's. A pure
   function of the names, of the articles that have them and of what stands around them there: the order in
   which articles came, and how many at a time, changes nothing.

   Names of persons are joined pair by pair, the surest first, by what their spellings say beforehand and by
   the evidence of their articles, unless two names of those that would be one stand side by side in an
   article as two persons, or cannot be one's (Jr. and Sr.). What a user says stands over all of that: names
   of one label are one's, names of two labels never are. Articles of a common name are parted where
   nothing ties them; a surname alone goes, article by article, to who bears it. Organisations and places are
   joined by what the tables know, and by the acronyms that articles explain. */
#pragma once

#include "identity/evidence.h"

G_BEGIN_DECLS

/* A name in one article. */
typedef struct {
  gint64 article;     /* row: only whether it is the same counts */
  const char *label;  /* id of the identity that a user says the name has there, or NULL; out: or that it has since its
                         part has a label */
  guint32 lot;        /* onr_signature_lot of its id */
  const guint8 *name; /* signature; N_NAME 0: unknown */
  gsize n_name;
  guint part;   /* out: 0, as the name; K: part K of the name */
  guint bearer; /* out: index of the name whose identity it has here; its own index where it has the name's */
} OnrNameItem;

/* What a user says of one part of a name, known by one of its articles. */
typedef struct {
  guint32 lot;
  const char *label; /* id of the identity that the part is */
} OnrPartLabel;

typedef struct {
  const char *id;
  const char *label;   /* id of the identity that a user says the name is, or NULL; out: the same for all names of one identity */
  gboolean is_whole;   /* the label holds in all articles: the name has no parts */
  const char *ruling;  /* why it has a label: a reason */
  GArray *part_labels; /* of OnrPartLabel; or NULL */
  GArray *items;       /* of OnrNameItem, ascending by article, each once */
  GPtrArray *aliases; /* of char *: other names that articles have for it, folded, each once; or NULL */
  guint identity;     /* out: index of the name that stands for the identity, where there is no label */
  GArray *parts;      /* out: guint32, the least lot of part K at K - 1; or NULL. The caller frees it */
  const char *reason; /* out: static; why it is joined with IDENTITY, NULL where it is not */
  double score;       /* out: natural logarithm of the odds of that; 0 where it was not weighed */
} OnrNameNode;

/* The signature of ARTICLE, borrowed until the next call; *N 0 where there is none. */
typedef const guint8 *(*OnrTopicFunc)(gint64 article, gsize *n, gpointer data);

/* NODES: OnrNameNode, ascending by id, all of one block. */
void onr_identities_resolve(const OnrIdentityModel *model, GArray *nodes, OnrTopicFunc topic, gpointer data);

/* May articles of the name with ID be of several bearers? FALSE where a name that is alone in its block is
 * one's whatever its articles say: then its items need not be read. */
gboolean onr_identities_need_items(const OnrIdentityModel *model, const char *id);

/* Is what stands around the name with ID asked for, so that its signature is to be kept? Of persons, of bodies and towns
   of which there are several, and of words that are persons' surnames elsewhere. */
gboolean onr_identities_need_signature(const OnrIdentityModel *model, const char *id);

G_END_DECLS
