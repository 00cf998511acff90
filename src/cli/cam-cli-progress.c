/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The progress line: a bar in whatever room the figures leave. */
#include "cam-cli-progress.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-cli-text.h"

#define DEFAULT_WIDTH 80
#define LEAST_BAR 8
#define MOST_BAR 40

static char *
describe_left (double seconds)
{
  guint64 whole = (guint64) ceil (MIN (seconds, 3.15e8));

  if (whole < 60)
    return g_strdup_printf (_("%u s left"), (guint) whole);
  if (whole < 3600)
    return g_strdup_printf (_("%u min %02u s left"), (guint) (whole / 60), (guint) (whole % 60));
  return g_strdup_printf (_("%u h %02u min left"), (guint) (whole / 3600), (guint) (whole / 60 % 60));
}

static char *
describe_value (const char *name,
                double      value)
{
  char buf[CAM_NUMBER_BUF];

  g_ascii_formatd (buf, sizeof buf, fabs (value) >= 1e-3 && fabs (value) < 1e4 ? "%.4f" : "%.1e", value);
  return g_strdup_printf ("%s %s", name, buf);
}

/* Short, so that all has its place in 80 columns. */
static char *
describe_speed (double rows_per_s)
{
  char buf[CAM_NUMBER_BUF];
  const char *unit = rows_per_s >= 1e6 ? "M" : rows_per_s >= 1e4 ? "k" : "";

  g_ascii_formatd (buf, sizeof buf, *unit == 'M' ? "%.1f" : "%.0f", rows_per_s / (*unit == 'M' ? 1e6 : *unit == 'k' ? 1e3 : 1));
  /* translators: speed of training, as in “310k rows/s”; the second is nothing, k or M */
  return g_strdup_printf (_("%s%s rows/s"), buf, unit);
}

static void
add_bar (GString *out,
         double   share,
         guint    cells)
{
  guint done = (guint) lround (CLAMP (share, 0, 1) * cells);

  for (guint i = 0; i < cells; i++)
    g_string_append (out, i < done ? "█" : "░");
}

char *
cam_cli_progress_line (const CamCliStanding *standing,
                       guint                 width)
{
  /* The order in which they stand, and in which they give way when it gets narrow. */
  enum { PLACE, LOSS, VAL_LOSS, SPEED, LEFT, N_PARTS };
  static const int gives_way[] = { SPEED, LEFT, VAL_LOSS, LOSS };
  /* What a part takes for the most time, so that the bar does not change its length with every digit. */
  static const guint usual[N_PARTS] = { [LOSS] = 11, [VAL_LOSS] = 15, [SPEED] = 11, [LEFT] = 9 };
  char *parts[N_PARTS] = { NULL };
  GString *out = g_string_new (NULL);
  guint used = 0, bar;

  parts[PLACE] = g_strdup (standing->place);
  if (isfinite (standing->loss))
    parts[LOSS] = describe_value ("loss", standing->loss);
  if (isfinite (standing->val_loss))
    parts[VAL_LOSS] = describe_value ("val_loss", standing->val_loss);
  if (isfinite (standing->rows_per_s) && standing->rows_per_s >= 1)
    parts[SPEED] = describe_speed (standing->rows_per_s);
  if (isfinite (standing->left_s))
    parts[LEFT] = describe_left (MAX (standing->left_s, 0));

  for (guint i = 0; i < N_PARTS; i++)
    used += parts[i] != NULL ? MAX (cam_cli_text_width (parts[i]), usual[i]) + 2 : 0;
  for (guint i = 0; i < G_N_ELEMENTS (gives_way) && used + LEAST_BAR > width; i++)
    if (parts[gives_way[i]] != NULL)
      {
        used -= MAX (cam_cli_text_width (parts[gives_way[i]]), usual[gives_way[i]]) + 2;
        g_clear_pointer (&parts[gives_way[i]], g_free);
      }
  bar = width > used ? MIN (width - used, MOST_BAR) : 0;

  g_string_append (out, parts[PLACE]);
  if (bar >= LEAST_BAR)
    {
      g_string_append (out, "  ");
      add_bar (out, standing->share, bar);
    }
  for (guint i = LOSS; i < N_PARTS; i++)
    if (parts[i] != NULL)
      g_string_append_printf (out, "  %s", parts[i]);
  for (guint i = 0; i < N_PARTS; i++)
    g_free (parts[i]);

  {
    char *cut = cam_cli_text_cut (out->str, width);

    g_string_free (out, TRUE);
    return cut;
  }
}

void
cam_cli_progress_init (CamCliProgress *self,
                       gboolean        wanted)
{
  self->is_shown = wanted && isatty (STDERR_FILENO);
  self->n_cells = 0;
}

static guint
get_width (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_WIDTH;
}

/* Spaces cover what the new line leaves of the old one: that works on every terminal. */
static void
put_line (CamCliProgress *self,
          const char     *line)
{
  GString *out = g_string_new ("\r");
  guint cells = cam_cli_text_width (line);

  cam_cli_text_pad (out, line, MAX (cells, self->n_cells), FALSE);
  if (cells == 0)
    g_string_append_c (out, '\r');
  g_printerr ("%s", out->str);
  self->n_cells = cells;
  g_string_free (out, TRUE);
}

void
cam_cli_progress_show (CamCliProgress       *self,
                       const CamCliStanding *standing)
{
  g_autofree char *line = NULL;

  if (!self->is_shown)
    return;
  /* The last column stays free: some terminals go on to the next line when it is filled. */
  line = cam_cli_progress_line (standing, get_width () - 1);
  put_line (self, line);
}

void
cam_cli_progress_clear (CamCliProgress *self)
{
  if (self->is_shown && self->n_cells > 0)
    put_line (self, "");
}
