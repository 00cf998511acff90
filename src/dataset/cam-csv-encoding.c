/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing how the bytes of a file spell text. */
#include "cam-csv-private.h"

#include <string.h>
#include <uchardet.h>
#include <unistd.h>

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

char *
cam_csv_detect_legacy (const char    *path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  uchardet_t detector;
  g_autofree char *buffer = g_malloc (PIECE);
  g_autofree char *name = NULL;
  int fd = cam_csv_open (path, NULL, error);
  gboolean cancelled = FALSE;
  ssize_t n;

  if (fd < 0)
    return NULL;

  detector = uchardet_new ();
  /* At most 16 MiB: what tells an alphabet from another is rarely further in. */
  for (guint i = 0; i < 256 && !cancelled && (n = read (fd, buffer, PIECE)) > 0; i++)
    {
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
      if (uchardet_handle_data (detector, buffer, (gsize) n) != 0)
        break;
    }
  close (fd);
  uchardet_data_end (detector);
  name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  if (cancelled)
    return NULL;

  return is_western (name) ? g_strdup ("WINDOWS-1252") : g_steal_pointer (&name);
}
