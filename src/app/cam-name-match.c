/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Likely names: letters and digits alone count, without accents; of those, how many edits lie between, or whether one begins or ends with the other. */

#include "cam-name-match.h"

#include <string.h>

#define ENOUGH 0.6
#define MAX_LETTERS 64

/* "Petal Width (cm)" gives "petalwidthcm". */
static char *
simplify (const char *name)
{
  g_autofree char *decomposed = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  GString *text = g_string_new (NULL);

  for (const char *c = decomposed != NULL ? decomposed : ""; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (text, g_unichar_tolower (letter));
    }
  return g_string_free (text, FALSE);
}

/* Letters to change, to add or to take away. */
static guint
count_edits (const gunichar *a,
             gsize           n,
             const gunichar *b,
             gsize           m)
{
  guint line[MAX_LETTERS + 1];

  for (gsize k = 0; k <= m; k++)
    line[k] = (guint) k;
  for (gsize i = 1; i <= n; i++)
    {
      guint corner = line[0];

      line[0] = (guint) i;
      for (gsize k = 1; k <= m; k++)
        {
          guint above = line[k];

          line[k] = MIN (MIN (line[k] + 1, line[k - 1] + 1), corner + (a[i - 1] != b[k - 1]));
          corner = above;
        }
    }
  return line[m];
}

/* Do both have numbers, and other ones? “x_1” is not “x_2”, however alike they look. */
static gboolean
differ_in_number (const char *x,
                  const char *y)
{
  const char *digits = "0123456789";
  const char *a = strpbrk (x, digits), *b = strpbrk (y, digits);

  while (a != NULL && b != NULL)
    {
      gsize n = strspn (a, digits), m = strspn (b, digits);

      if (n != m || strncmp (a, b, n) != 0)
        return TRUE;
      a = strpbrk (a + n, digits);
      b = strpbrk (b + m, digits);
    }
  return FALSE;
}

double
cam_name_match_score (const char *a,
                      const char *b)
{
  g_autofree char *x = simplify (a);
  g_autofree char *y = simplify (b);
  g_autofree gunichar *letters_x = NULL;
  g_autofree gunichar *letters_y = NULL;
  glong n, m;
  double score;

  letters_x = g_utf8_to_ucs4_fast (x, -1, &n);
  letters_y = g_utf8_to_ucs4_fast (y, -1, &m);
  if (n == 0 || m == 0 || n > MAX_LETTERS || m > MAX_LETTERS)
    return strcmp (a, b) == 0;
  score = 1 - (double) count_edits (letters_x, (gsize) n, letters_y, (gsize) m) / (double) MAX (n, m);
  /* “petal_width” for “petal_width_cm”: all of the shorter name is in the longer one. */
  if (MIN (n, m) >= 3 && (g_str_has_prefix (x, y) || g_str_has_prefix (y, x) || g_str_has_suffix (x, y) || g_str_has_suffix (y, x)))
    score = MAX (score, ENOUGH + (1 - ENOUGH) * (double) MIN (n, m) / (double) MAX (n, m));
  return differ_in_number (x, y) ? score / 2 : score;
}

int
cam_name_match_find (const char *name,
                     GPtrArray  *names)
{
  double best_score = 0;
  int best = -1;

  for (guint i = 0; i < names->len; i++)
    {
      double score = cam_name_match_score (name, names->pdata[i]);

      if (score >= ENOUGH && score > best_score)
        {
          best_score = score;
          best = (int) i;
        }
    }
  return best;
}
