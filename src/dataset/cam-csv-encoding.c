/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing how the bytes of a file spell text. */
#include "cam-csv-private.h"

#include <string.h>
#include <uchardet.h>

#define PIECE (64 * 1024)

const char *
cam_csv_guess_encoding (const char *bytes,
                        gsize       length)
{
  gsize n_even = 0, n_odd = 0, n = MIN (length, 4096);

  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    return "UTF-8";
  if (length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0)
    return "UTF-16BE";

  /* Latin letters in UTF-16 have a zero in every other byte. */
  for (gsize i = 0; i < n; i++)
    if (bytes[i] == 0)
      {
        n_even += i % 2 == 0;
        n_odd += i % 2 == 1;
      }
  if (n >= 4 && n_odd > n / 4 && n_even <= n_odd / 8)
    return "UTF-16LE";
  if (n >= 4 && n_even > n / 4 && n_odd <= n_even / 8)
    return "UTF-16BE";

  return "";
}

/* Encodings whose letters a table of Western Europe or Brazil shares with Windows-1252; the guesses differ in signs that nobody has in a table. */
static gboolean
is_western (const char *name)
{
  static const char *const others[] = { "", "ASCII", "UTF-8", "ISO-8859-3", "ISO-8859-9", NULL };

  return g_strv_contains (others, name) || g_str_has_prefix (name, "ISO-8859-1") || g_str_has_prefix (name, "MAC");
}

/* Nothing but ASCII: tells no alphabet from another. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  guchar seen = 0;

  for (gsize i = 0; i < length; i++)
    seen |= (guchar) text[i];

  return seen < 0x80;
}

char *
cam_csv_detect_legacy (CamInput      *input,
                       GCancellable  *cancellable,
                       GError       **error)
{
  uchardet_t detector = uchardet_new ();
  g_autofree char *buffer = g_malloc (PIECE);
  g_autofree char *name = NULL;
  gboolean failed = FALSE;
  gssize n;

  /* The whole file, of which the detector sees what has other letters than ASCII, 16 MiB at most. */
  for (guint n_seen = 0; n_seen < 256 && !failed && (n = cam_input_read_fully (input, buffer, PIECE, error)) != 0;)
    {
      failed = n < 0 || g_cancellable_set_error_if_cancelled (cancellable, error);
      if (failed || is_plain (buffer, (gsize) n))
        continue;
      n_seen++;
      if (uchardet_handle_data (detector, buffer, (gsize) n) != 0)
        break;
    }
  uchardet_data_end (detector);
  name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  if (failed)
    return NULL;

  return is_western (name) ? g_strdup ("WINDOWS-1252") : g_steal_pointer (&name);
}
