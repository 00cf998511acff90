/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures in a table, known by the names of their columns: "p0_0", "p00", "28x28", "pixel783". */
#include <stdio.h>
#include <string.h>

#include "cam-table-private.h"

/* Fewer pixels are no picture. */
#define LEAST_PIXELS 16

typedef struct
{
  int row, column, channel, number;      /* −1: not said */
} Place;

static gboolean
read_number (const char **text,
             gsize        most_digits,
             int         *number)
{
  gsize n = strspn (*text, "0123456789");

  if (n == 0 || n > 5 || n > most_digits)
    return FALSE;
  *number = 0;
  for (gsize i = 0; i < n; i++)
    *number = *number * 10 + ((*text)[i] - '0');
  *text += n;

  return TRUE;
}

/* What follows the word before the numbers; NULL: it is none of those that people use. */
static const char *
skip_word (const char *name)
{
  static const char *const words[] = { "pixels", "pixel", "pix", "px", "p" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (name, words[i], strlen (words[i])) == 0)
      {
        name += strlen (words[i]);
        return name + (*name == '_' || *name == ' ' || *name == '.');
      }

  return g_ascii_isdigit (*name) && strchr (name, 'x') != NULL ? name : NULL;
}

static gboolean
read_place (const char *name,
            Place      *place)
{
  const char *c = skip_word (name);
  int first;

  *place = (Place) { -1, -1, -1, -1 };
  if (c == NULL)
    return FALSE;

  /* "p07": a digit for the row, one for the column, as in 8 × 8 digits. */
  if ((*name == 'p' || *name == 'P') && c == name + 1 && strlen (c) == 2 && g_ascii_isdigit (c[0]) && g_ascii_isdigit (c[1]))
    {
      place->row = c[0] - '0';
      place->column = c[1] - '0';
      return TRUE;
    }
  if (!read_number (&c, 5, &first))
    return FALSE;
  if (*c == 0)
    {
      place->number = first;
      return TRUE;
    }
  place->row = first;
  if (strchr ("_x,", *c++) == NULL || !read_number (&c, 5, &place->column))
    return FALSE;
  if (*c == 0)
    return TRUE;
  if (strchr ("_x,", *c++) == NULL || !read_number (&c, 5, &place->channel))
    return FALSE;

  return *c == 0;
}

/* "pixel0" … "pixel783": a square, grey or coloured. */
static gboolean
make_square (guint  n,
             guint *height,
             guint *width,
             guint *channels)
{
  for (*channels = 1; *channels <= 3; *channels += 2)
    {
      guint side = 1;

      while (side * side * *channels < n)
        side++;
      if (side * side * *channels == n)
        {
          *height = *width = side;
          return TRUE;
        }
    }

  return FALSE;
}

/* Are @places a whole grid, in order? */
static gboolean
is_grid (GArray *places,
         guint  *height,
         guint  *width,
         guint  *channels)
{
  const Place *first, *last;

  if (places->len < LEAST_PIXELS)
    return FALSE;

  first = &g_array_index (places, Place, 0);
  last = &g_array_index (places, Place, places->len - 1);
  if (first->number >= 0)
    {
      for (guint i = 0; i < places->len; i++)
        if (g_array_index (places, Place, i).number != first->number + (int) i)
          return FALSE;
      return make_square (places->len, height, width, channels);
    }

  if (last->row < first->row || last->column < first->column || last->channel < first->channel)
    return FALSE;
  *height = (guint) (last->row - first->row) + 1;
  *width = (guint) (last->column - first->column) + 1;
  *channels = (guint) (last->channel - first->channel) + 1;
  if ((guint64) *height * *width * *channels != places->len)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (place->row != first->row + (int) (i / (*width * *channels)) || place->column != first->column + (int) (i / *channels % *width) ||
          place->channel != (first->channel < 0 ? -1 : first->channel + (int) (i % *channels)))
        return FALSE;
    }

  return TRUE;
}

gboolean
cam_table_guess_image (const CamTable *self,
                       guint          *height,
                       guint          *width,
                       guint          *channels)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < cam_table_get_n_columns (self); i++)
    {
      Place place;

      if (cam_table_get_kind (self, i) == CAM_COLUMN_NUMBER && read_place (cam_table_get_name (self, i), &place))
        g_array_append_val (places, place);
    }

  return is_grid (places, height, width, channels);
}

gboolean
cam_names_guess_image (const char *const *names,
                       guint              n,
                       guint             *height,
                       guint             *width,
                       guint             *channels)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < n; i++)
    {
      Place place;

      if (!read_place (names[i], &place))
        return FALSE;
      g_array_append_val (places, place);
    }

  return is_grid (places, height, width, channels);
}
