/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes, of a declared encoding that the first byte chooses, to text. */
#include "text/decode.h"
#include "fuzz.h"
#include "text/utf8.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const charsets[] = {
      NULL,   "utf-8",  "iso-8859-1",  "windows-1252", "utf-16", "utf-16le", "shift_jis", "gb18030",
      "big5", "euc-kr", "iso-2022-jp", "koi8-r",       "utf-7",  "no-such",  "utf-32be"};
  if (size == 0)
    return 0;
  g_auto(OnrDecoded) decoded = {0};
  g_autoptr(GError) error = NULL;
  const char *declared = charsets[data[0] % G_N_ELEMENTS(charsets)];
  g_assert_true(onr_decode((const char *)data + 1, size - 1, declared, &decoded, &error));
  g_assert_cmpuint(onr_utf8_valid_prefix(decoded.text, decoded.length), ==, decoded.length);
  g_assert_cmpuint(strlen(decoded.text), ==, decoded.length);
  g_assert_null(strchr(decoded.text, '\r'));
  return 0;
}
