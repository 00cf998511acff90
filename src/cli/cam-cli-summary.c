/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli summary: Keras's table of a network's layers. */
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-model.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-text.h"

#define N_COLUMNS 3

/* Keras's widths for a short network; longer names make them wider. */
static const guint least_widths[N_COLUMNS] = { 31, 22, 13 };

static void
add_cell (GString    *out,
          const char *text,
          guint       width,
          gboolean    to_the_right)
{
  g_string_append_c (out, ' ');
  cam_cli_text_pad (out, text, width, to_the_right);
  g_string_append_c (out, ' ');
}

/* @marks: left end, line, crossing, right end. */
static void
add_rule (GString           *out,
          const char *const  marks[4],
          const guint        widths[N_COLUMNS])
{
  g_string_append (out, marks[0]);
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      for (guint i = 0; i < widths[c] + 2; i++)
        g_string_append (out, marks[1]);
      g_string_append (out, c + 1 < N_COLUMNS ? marks[2] : marks[3]);
    }
  g_string_append_c (out, '\n');
}

static void
add_row (GString    *out,
         char      **cells,
         const char *mark,
         const guint widths[N_COLUMNS])
{
  g_string_append (out, mark);
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      add_cell (out, cells[c], widths[c], c == N_COLUMNS - 1);
      g_string_append (out, mark);
    }
  g_string_append_c (out, '\n');
}

static char **
make_row (const CamNetwork *network,
          guint             layer)
{
  CamShape shape = cam_network_get_layer_shape (network, layer);
  g_autofree char *title = g_strdup_printf ("%s (%s)", cam_network_get_layer_name (network, layer),
                                            cam_layer_kind_get_name (cam_network_get_layer_kind (network, layer)));
  char **cells = g_new0 (char *, N_COLUMNS + 1);

  cells[0] = cam_cli_text_clean (title);
  cells[1] = cam_shape_to_string (&shape);
  cells[2] = cam_cli_text_count (cam_network_get_layer_params (network, layer));
  return cells;
}

/* As Keras words it: bytes of 32-bit numbers in units of 1,024. */
static void
add_total (GString    *out,
           const char *title,
           guint64     n)
{
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB" };
  g_autofree char *count = cam_cli_text_count (n);
  double size = (double) n * sizeof (float);
  guint unit = 0;

  for (; size >= 1024 && unit + 1 < G_N_ELEMENTS (units); unit++)
    size /= 1024;
  g_string_append_printf (out, " %s: %s (%.2f %s)\n", title, count, size, units[unit]);
}

static void
print_summary (const CamNetwork *network,
               const char       *name)
{
  static const char *const top[] = { "┏", "━", "┳", "┓" }, *const under_titles[] = { "┡", "━", "╇", "┩" };
  static const char *const between[] = { "├", "─", "┼", "┤" }, *const bottom[] = { "└", "─", "┴", "┘" };
  char *titles[] = { (char *) "Layer (type)", (char *) "Output Shape", (char *) "Param #" };
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *clean_name = cam_cli_text_clean (name);
  guint widths[N_COLUMNS];
  guint64 n_params = cam_network_get_n_params (network), n_trainable = cam_network_get_n_trainable (network);

  memcpy (widths, least_widths, sizeof widths);
  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    {
      char **cells = make_row (network, i);

      g_ptr_array_add (rows, cells);
      for (guint c = 0; c < N_COLUMNS; c++)
        widths[c] = MAX (widths[c], cam_cli_text_width (cells[c]));
    }

  g_string_append_printf (out, "Model: \"%s\"\n", clean_name);
  add_rule (out, top, widths);
  add_row (out, titles, "┃", widths);
  add_rule (out, under_titles, widths);
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        add_rule (out, between, widths);
      add_row (out, g_ptr_array_index (rows, i), "│", widths);
    }
  add_rule (out, bottom, widths);
  add_total (out, "Total params", n_params);
  add_total (out, "Trainable params", n_trainable);
  add_total (out, "Non-trainable params", n_params - n_trainable);
  g_print ("%s", out->str);
}

/* By its first bytes, so that a renamed file is seen for what it is; what cannot be read goes by its name. */
static gboolean
is_model (const char *path)
{
  char head[2] = "";
  FILE *file = fopen (path, "rb");
  gboolean is_read = file != NULL && fread (head, 1, 2, file) == 2;

  if (file != NULL)
    fclose (file);
  return is_read ? memcmp (head, "PK", 2) == 0 : g_str_has_suffix (path, ".keras");
}

static CamCliExit
summarise_model (const char *path)
{
  GError *error = NULL;
  g_autoptr(CamModel) model = cam_model_load (path, &error);
  g_autofree char *name = g_filename_display_basename (path);

  if (model == NULL)
    return cam_cli_fail (error);
  if (g_str_has_suffix (name, ".keras"))
    name[strlen (name) - strlen (".keras")] = '\0';
  print_summary (cam_model_get_network (model), name);
  return CAM_CLI_DONE;
}

static CamCliExit
summarise_experiment (const char *path,
                      const char *data)
{
  GError *error = NULL;
  g_autoptr(CamExperiment) experiment = cam_cli_load_experiment (path, data, NULL, &error);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamNetwork) network = NULL;
  CamShape input;

  if (experiment == NULL)
    return cam_cli_fail (error);
  /* The first layer's parameters depend on how many numbers the table gives. */
  dataset = cam_cli_load_dataset (experiment, path, &error);
  if (dataset == NULL)
    return cam_cli_fail (error);
  input = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);
  if (network == NULL)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_prefix_error (&error, "%s: ", name);
      return cam_cli_fail (error);
    }
  print_summary (network, cam_experiment_get_name (experiment));
  return CAM_CLI_DONE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autofree char *data = NULL;
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &data, N_("The table of an experiment, instead of the one it names"), N_("FILE.csv") },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, 1, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  if (!is_model (operands[0]))
    return summarise_experiment (operands[0], data);
  if (data != NULL)
    return cam_cli_misuse (self, _("--data goes with an experiment; a model knows its inputs."));
  return summarise_model (operands[0]);
}

const CamCliCommand cam_cli_summary = {
  .name = "summary",
  .operands = "MODEL.keras|EXPERIMENT.json",
  .note = N_("Show the layers with their output shapes and parameters"),
  .run = run,
};
