/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page whose address is known, as in a crawl: what it says of its own address may be relative to that. */
#pragma once

#include <libxml/tree.h>

/* Makes the addresses that the page gives as its own (rel=canonical, og:url) absolute in TREE; ADDRESS is where the page
   was fetched, which the page's <base> may shift. What cannot be joined stays. */
void onr_html_resolve_address(xmlDoc *tree, const char *address);
