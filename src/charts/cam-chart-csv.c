/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart as CSV. */
#include "cam-chart-draw.h"

#include <math.h>
#include <string.h>

#include <cam-number.h>

/* RFC 4180: quoted where it must be, quotes doubled. */
static void
append_cell (GString    *csv,
             const char *text,
             char        separator)
{
  const char special[] = { separator, '"', '\r', '\n', '\0' };

  if (strpbrk (text, special) == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

static void
append_number (GString *csv,
               double   value)
{
  char buf[CAM_NUMBER_BUF];

  if (!isnan (value))
    g_string_append (csv, cam_number_shortest (buf, value, FALSE));
}

static GString *
write_table (const CamChart *chart,
             char            separator,
             const char     *line_end)
{
  g_autoptr(CamChartTable) table = cam_chart_table_new (chart);
  GString *csv = g_string_new (NULL);

  for (guint column = 0; column < table->n_columns; column++)
    {
      if (column > 0)
        g_string_append_c (csv, separator);
      append_cell (csv, table->names[column], separator);
    }
  g_string_append (csv, line_end);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      if (table->row_names != NULL)
        append_cell (csv, table->row_names[row], separator);
      for (guint column = 0; column < table->n_columns; column++)
        {
          if (column > 0)
            g_string_append_c (csv, separator);
          append_number (csv, table->columns[column][row]);
        }
      g_string_append (csv, line_end);
    }
  return csv;
}

GString *
cam_chart_to_csv (const CamChart *self)
{
  return write_table (self, ',', "\r\n");
}

char *
cam_chart_dup_tabbed (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_string_free (write_table (self, '\t', "\n"), FALSE);
}
