/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli plot: the curve chart of the window out of history files. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-kinds.h>

#include "cam-cli-command.h"
#include "cam-cli-curves.h"

#define MOST_FILES 100
#define N_COLOURS 10
#define N_PATTERNS 4
#define LEAST_SIDE 120
#define MOST_SIDE 8000

typedef struct
{
  char     *out;
  char     *key;
  int       width, height;
  gboolean  is_dark;
} Plot;

static void
plot_clear (Plot *self)
{
  g_free (self->out);
  g_free (self->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plot, plot_clear)

/* One curve; NULL where the file does not have it. */
static const double *
find_curve (const CamCliHistory  *history,
            const char           *path,
            const char           *key,
            GError              **error)
{
  const double *values = cam_cli_history_find (history, key);

  if (values == NULL)
    {
      g_autofree char *keys = g_strjoinv (", ", history->keys);
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_FORMAT, _("%s has no column “%s”; choose with --key among: %s."), shown, key, keys);
    }
  return values;
}

/* Training and validation, or the one that was asked for by its own name. */
static CamChart *
plot_one (const CamCliHistory  *history,
          const char           *path,
          const char           *key,
          GError              **error)
{
  g_autofree char *val_key = g_strconcat ("val_", key, NULL), *again_key = g_strconcat (CAM_REMEASURED_PREFIX, key, NULL);
  gboolean is_val = g_str_has_prefix (key, "val_");
  const double *given = find_curve (history, path, key, error);
  const double *val = is_val ? given : cam_cli_history_find (history, val_key);

  if (given == NULL)
    return NULL;
  /* Training measured as validation is, where it was: only then can the two be compared. */
  if (cam_cli_history_find (history, again_key) != NULL)
    given = cam_cli_history_find (history, again_key);
  return cam_chart_new_history (cam_cli_curve_title (key), key, is_val ? NULL : given, val, history->n_epochs, history->n_epochs,
                                cam_cli_curve_colour (key, 0), cam_cli_curve_is_share (key), cam_cli_curve_best (key, val != NULL ? val : given, history->n_epochs), 0);
}

static void
add_curve (CamChart            *chart,
           const CamCliHistory *history,
           const double        *values,
           guint                place)
{
  g_autofree double *epochs = g_new (double, history->n_epochs + 1);
  guint series;

  for (guint i = 0; i < history->n_epochs; i++)
    epochs[i] = i + 1;
  series = cam_chart_add_curve (chart, history->label, epochs, values, history->n_epochs, place % N_COLOURS, (CamLinePattern) (place / N_COLOURS % N_PATTERNS));
  cam_chart_set_end_label (chart, series, TRUE);
}

static gboolean
all_have (GPtrArray  *histories,
          const char *key)
{
  for (guint i = 0; i < histories->len; i++)
    if (cam_cli_history_find (g_ptr_array_index (histories, i), key) == NULL)
      return FALSE;
  return TRUE;
}

/* Several files: a curve each, of what was measured on validation rows where all have that: runs are compared by it. */
static CamChart *
plot_several (GPtrArray   *histories,
              char       **paths,
              const char  *key,
              GError     **error)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  g_autofree char *val_key = g_strconcat (g_str_has_prefix (key, "val_") ? "" : "val_", key, NULL);
  const char *chosen = all_have (histories, val_key) ? val_key : key;
  guint most = 2;

  cam_chart_set_title (chart, cam_cli_curve_title (key), g_str_has_prefix (chosen, "val_") ? _("on validation rows") : _("on training rows"));
  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, cam_cli_curve_is_share (key) ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  for (guint i = 0; i < histories->len; i++)
    {
      const CamCliHistory *history = g_ptr_array_index (histories, i);
      const double *values = find_curve (history, paths[i], chosen, error);

      if (values == NULL)
        return NULL;
      add_curve (chart, history, values, i);
      most = MAX (most, history->n_epochs);
    }
  cam_chart_set_x_range (chart, 0, most);
  return g_steal_pointer (&chart);
}

static CamCliExit
plot (const Plot  *self,
      char       **paths)
{
  g_autoptr(GPtrArray) histories = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_cli_history_free);
  g_autoptr(CamChart) chart = NULL;
  const char *key = self->key != NULL ? self->key : "loss";
  GError *error = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      CamCliHistory *history = cam_cli_history_read (paths[i], &error);

      if (history == NULL)
        return cam_cli_fail (error);
      g_ptr_array_add (histories, history);
    }
  chart = histories->len == 1 ? plot_one (g_ptr_array_index (histories, 0), paths[0], key, &error) : plot_several (histories, paths, key, &error);
  if (chart == NULL
      || !cam_chart_export (chart, self->out, self->width, self->height, CAM_CLI_CHART_DPI,
                            cam_chart_theme_get (self->is_dark ? CAM_THEME_DARK : CAM_THEME_LIGHT), FALSE, &error))
    return cam_cli_fail (error);
  return CAM_CLI_DONE;
}

static gboolean
is_picture (const char *path)
{
  static const char *const endings[] = { ".svg", ".pdf", ".png", ".csv" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (strlen (path) > strlen (endings[i]) && g_ascii_strcasecmp (path + strlen (path) - strlen (endings[i]), endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_auto(Plot) job = { .width = CAM_CLI_CHART_WIDTH, .height = CAM_CLI_CHART_HEIGHT };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &job.out, N_("Where the chart goes: .svg, .pdf or .png, or .csv for its numbers"), N_("FILE") },
    { "key", 'k', 0, G_OPTION_ARG_STRING, &job.key, N_("What to draw: a column of the files, “loss” if not given; validation comes along"), N_("KEY") },
    { "width", 0, 0, G_OPTION_ARG_INT, &job.width, N_("Width in pixels of a screen"), "N" },
    { "height", 0, 0, G_OPTION_ARG_INT, &job.height, N_("Height in pixels of a screen"), "N" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &job.is_dark, N_("The colours of the dark window"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, MOST_FILES, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  if (job.out == NULL)
    return cam_cli_misuse (self, _("say where the chart goes with --out FILE.svg, .pdf or .png."));
  if (!is_picture (job.out))
    return cam_cli_misuse (self, _("“%s” must end in .svg, .pdf, .png or .csv."), job.out);
  if (job.width < LEAST_SIDE || job.width > MOST_SIDE || job.height < LEAST_SIDE || job.height > MOST_SIDE)
    return cam_cli_misuse (self, _("--width and --height take a number from %d to %d."), LEAST_SIDE, MOST_SIDE);
  return plot (&job, operands);
}

const CamCliCommand cam_cli_plot = {
  .name = "plot",
  .operands = "HISTORY.csv…",
  .note = N_("Draw the curves of one run, or of several over each other"),
  .help = N_("One file: training and validation, with the best epoch marked. Several: a curve each, named by its file, or by its folder where it is\n"
             "called history.csv; validation where the file has it. Files of Keras’s CSVLogger are understood as well."),
  .run = run,
};
