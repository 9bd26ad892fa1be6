/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers, one file each. */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

extern const OnrReader ONR_READER_ATOM;
extern const OnrReader ONR_READER_CSV;
extern const OnrReader ONR_READER_EML;
extern const OnrReader ONR_READER_G2;
extern const OnrReader ONR_READER_HTML;
extern const OnrReader ONR_READER_JSON;
extern const OnrReader ONR_READER_JSONL;
extern const OnrReader ONR_READER_JSONLD;
extern const OnrReader ONR_READER_MBOX;
extern const OnrReader ONR_READER_MD;
extern const OnrReader ONR_READER_NEWSML;
extern const OnrReader ONR_READER_NEXIS;
extern const OnrReader ONR_READER_NITF;
extern const OnrReader ONR_READER_RSS;
extern const OnrReader ONR_READER_SGML;
extern const OnrReader ONR_READER_TSV;
extern const OnrReader ONR_READER_TXT;

G_END_DECLS
