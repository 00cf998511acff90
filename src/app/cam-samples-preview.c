/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of a dataset as pictures. */

#include "cam-samples-preview.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MAX_POINTS 20000        /* of a drawn series: more cannot be told apart */
#define MAX_WORDS 60
#define N_PICTURES 12
#define PICTURE_SIZE 96
#define TRAIN_COLOUR 0
#define VALIDATION_COLOUR 4
#define TEST_COLOUR 2
#define PLAIN_COLOUR 8          /* slate: rows that are only looked back to */
#define WANTED_COLOUR 1

/* A sequence -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gsize  row;
  double order;
} CamOrdered;

static int
compare_ordered (gconstpointer a,
                 gconstpointer b)
{
  const CamOrdered *x = a, *y = b;

  if (isnan (x->order) || isnan (y->order))
    return (isnan (y->order) - isnan (x->order)) != 0 ? isnan (y->order) - isnan (x->order) : (x->row > y->row) - (x->row < y->row);
  return x->order != y->order ? (x->order > y->order) - (x->order < y->order) : (x->row > y->row) - (x->row < y->row);
}

static gboolean
is_same_group (CamTable *table,
               int       group,
               gsize     a,
               gsize     b)
{
  if (group < 0)
    return TRUE;
  if (cam_table_get_n_levels (table, (guint) group) > 0)
    return cam_table_get_code (table, (guint) group, a) == cam_table_get_code (table, (guint) group, b);
  return cam_table_get_number (table, (guint) group, a) == cam_table_get_number (table, (guint) group, b);
}

/* Rows of the series that @row stands in, as the dataset orders them. Of CamOrdered. */
static GArray *
list_series (CamDataset *dataset,
             gsize       row)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamTable *table = cam_dataset_get_table (dataset);
  const char *order_name = cam_preparation_get_order (preparation), *group_name = cam_preparation_get_group (preparation);
  int order = order_name != NULL ? cam_table_find (table, order_name) : -1, group = group_name != NULL ? cam_table_find (table, group_name) : -1;
  GArray *series = g_array_new (FALSE, FALSE, sizeof (CamOrdered));

  for (gsize r = 0; r < cam_table_get_n_rows (table); r++)
    if (is_same_group (table, group, r, row))
      g_array_append_val (series, ((CamOrdered) { r, order >= 0 ? cam_table_get_number (table, (guint) order, r) : (double) r }));
  if (order >= 0)
    g_array_sort (series, compare_ordered);
  return series;
}

/* The column whose values are drawn: the first target. */
static int
find_column (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);

  return cam_preparation_get_n_targets (preparation) > 0 ? cam_table_find (cam_dataset_get_table (dataset), cam_preparation_get_target_name (preparation, 0)) : -1;
}

/* Numbers as they are; of classes, their codes: where the series changes can be seen all the same. */
static double
get_value (CamTable *table,
           guint     column,
           gsize     row)
{
  int code;

  if (cam_table_get_n_levels (table, column) == 0)
    return cam_table_get_number (table, column, row);
  code = cam_table_get_code (table, column, row);
  return code >= 0 ? code : NAN;
}

CamChart *
cam_samples_new_series (CamDataset *dataset)
{
  static const guint colours[] = { TRAIN_COLOUR, VALIDATION_COLOUR, TEST_COLOUR, PLAIN_COLOUR };
  const char *const names[] = { _("training"), _("validation"), _("test"), _("only looked back to") };
  CamTable *table = cam_dataset_get_table (dataset);
  const int column = find_column (dataset);
  const gsize *rows = cam_dataset_get_rows (dataset, CAM_PART_TRAIN);
  g_autofree guint8 *parts = g_malloc (cam_table_get_n_rows (table) + 1);
  g_autoptr(GArray) series = NULL;
  CamChart *chart;
  gsize step;

  if (column < 0 || cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) == 0)
    return NULL;
  memset (parts, CAM_N_PARTS, cam_table_get_n_rows (table));
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      gsize n;
      g_autofree gsize *told = cam_dataset_dup_told_rows (dataset, part, &n);

      for (gsize i = 0; i < n; i++)
        parts[told[i]] = part;
    }
  series = list_series (dataset, rows[0]);
  step = series->len / MAX_POINTS + 1;
  chart = cam_chart_new ();
  cam_chart_set_axes (chart, _("row"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  for (guint kind = 0; kind <= CAM_N_PARTS; kind++)
    {
      const gsize n = series->len / step + (series->len % step != 0);
      g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1);
      gboolean is_there = FALSE;

      for (gsize i = 0; i < n; i++)
        {
          gsize row = g_array_index (series, CamOrdered, i * step).row;

          x[i] = (double) (i * step + 1);
          y[i] = parts[row] == kind ? get_value (table, (guint) column, row) : NAN;
          is_there = is_there || !isnan (y[i]);
        }
      if (is_there)
        cam_chart_add_curve (chart, names[kind], x, y, n, colours[kind], CAM_LINE_SOLID);
    }
  return chart;
}

CamChart *
cam_samples_new_window (CamDataset *dataset,
                        gsize       n)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamTable *table = cam_dataset_get_table (dataset);
  const gsize length = cam_preparation_get_input_shape (preparation).dims[0], horizon = cam_preparation_get_horizon (preparation);
  const gsize n_windows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  const int column = find_column (dataset);
  g_autoptr(GArray) series = NULL;
  g_autofree char *label = NULL;
  gsize row, at = 0, first, last;
  CamChart *chart;

  if (column < 0 || n_windows == 0)
    return NULL;
  row = cam_dataset_get_rows (dataset, CAM_PART_TRAIN)[n % n_windows];
  series = list_series (dataset, row);
  while (at < series->len && g_array_index (series, CamOrdered, at).row != row)
    at++;
  if (at >= series->len || at + 1 < length)
    return NULL;
  first = at + 1 - length;
  last = MIN (at + horizon, series->len - 1);

  chart = cam_chart_new ();
  cam_chart_set_axes (chart, _("row"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  {
    const gsize margin = MAX (length / 2, 3), from = first - MIN (first, margin), to = MIN (last + margin, series->len - 1);
    g_autofree double *x = g_new (double, to - from + 1), *seen = g_new (double, to - from + 1);
    g_autofree double *wanted = g_new (double, to - from + 1), *rest = g_new (double, to - from + 1);

    for (gsize i = from; i <= to; i++)
      {
        double y = get_value (table, (guint) column, g_array_index (series, CamOrdered, i).row);
        gboolean is_wanted = horizon > 0 ? i > at && i <= last : i == at;

        x[i - from] = (double) (i + 1);
        seen[i - from] = i >= first && i <= at ? y : NAN;
        wanted[i - from] = is_wanted || (horizon > 0 && i == at) ? y : NAN;
        rest[i - from] = i <= first || i >= last ? y : NAN;
      }
    cam_chart_add_curve (chart, _("window"), x, seen, to - from + 1, TRAIN_COLOUR, CAM_LINE_SOLID);
    cam_chart_add_curve (chart, _("to be told"), x, wanted, to - from + 1, WANTED_COLOUR, CAM_LINE_SOLID);
    cam_chart_set_faded (chart, cam_chart_add_curve (chart, _("not seen"), x, rest, to - from + 1, PLAIN_COLOUR, CAM_LINE_SOLID), TRUE);
  }
  label = horizon > 0 ? g_strdup_printf (_("%u rows, then %u"), (guint) length, (guint) horizon) : g_strdup_printf (_("%u rows"), (guint) length);
  cam_chart_set_span (chart, (double) (first + 1), (double) (at + 1), (double) (last + 1) + (horizon == 0 ? 0.5 : 0), label);
  return chart;
}

/* A text ------------------------------------------------------------------------------------------------------------ */

static GtkWidget *
new_word (const char *word,
          guint       index)
{
  g_autofree char *number = g_strdup_printf ("%u", index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *over = gtk_label_new (word), *under = gtk_label_new (number);

  gtk_widget_add_css_class (over, "cam-body");
  gtk_widget_add_css_class (under, "cam-caption");
  gtk_widget_add_css_class (under, "dim-label");
  gtk_widget_add_css_class (under, "numeric");
  gtk_widget_add_css_class (box, "cam-word");
  gtk_box_append (GTK_BOX (box), over);
  gtk_box_append (GTK_BOX (box), under);
  return box;
}

static void
clear_box (GtkFlowBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_flow_box_remove (box, child);
}

static void
append (GtkFlowBox *box,
        GtkWidget  *widget)
{
  gtk_flow_box_insert (box, widget, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (widget), FALSE);
}

void
cam_samples_fill_words (CamDataset *dataset,
                        gsize       n,
                        GtkFlowBox *box)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  const gsize n_rows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), length = cam_preparation_get_n_inputs (preparation);
  const float *x;

  clear_box (box);
  if (n_rows == 0 || cam_preparation_get_vocabulary (preparation) == 0)
    return;
  x = cam_dataset_get_x (dataset, CAM_PART_TRAIN) + (n % n_rows) * length;
  for (gsize i = 0; i < MIN (length, MAX_WORDS); i++)
    {
      guint index = (guint) x[i];
      const char *word = index < cam_preparation_get_vocabulary (preparation) ? cam_preparation_get_word (preparation, index) : "";

      /* Index 0 fills up what is shorter: an empty place says so. */
      append (box, new_word (index == 0 ? "·" : index == 1 ? _("unknown") : word, index));
    }
}

/* Pictures ---------------------------------------------------------------------------------------------------------- */

static void
find_range (const float *x,
            gsize        n,
            float       *low,
            float       *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      {
        *low = MIN (*low, x[i]);
        *high = MAX (*high, x[i]);
      }
}

static GdkTexture *
new_texture (const float *x,
             gsize        height,
             gsize        width,
             gsize        n_channels,
             float        low,
             float        high)
{
  guint8 *pixels = g_malloc (height * width * 3);
  g_autoptr(GBytes) bytes = NULL;

  for (gsize i = 0; i < height * width; i++)
    for (gsize c = 0; c < 3; c++)
      {
        /* One channel is grey; a second or fourth has no colour of its own. */
        float value = x[i * n_channels + (n_channels >= 3 ? c : 0)];

        pixels[3 * i + c] = high > low && isfinite (value) ? (guint8) lroundf (255 * CLAMP ((value - low) / (high - low), 0, 1)) : 0;
      }
  bytes = g_bytes_new_take (pixels, height * width * 3);
  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_R8G8B8, bytes, width * 3);
}

/* Pixels stay square and sharp: a small picture is made large by whole numbers. */
static GdkTexture *
enlarge (GdkTexture *texture)
{
  const int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  const int factor = MAX (1, PICTURE_SIZE / MAX (width, height));
  g_autofree guint32 *from = g_new (guint32, (gsize) width * (gsize) height);
  guint32 *to = g_new (guint32, (gsize) width * (gsize) height * (gsize) (factor * factor));
  g_autoptr(GBytes) bytes = NULL;

  gdk_texture_download (texture, (guchar *) from, (gsize) width * 4);
  for (int y = 0; y < height * factor; y++)
    for (int x = 0; x < width * factor; x++)
      to[y * width * factor + x] = from[y / factor * width + x / factor];
  bytes = g_bytes_new_take (to, (gsize) width * (gsize) height * (gsize) (factor * factor) * 4);
  return gdk_memory_texture_new (width * factor, height * factor, GDK_MEMORY_DEFAULT, bytes, (gsize) (width * factor) * 4);
}

static char *
describe_row (CamDataset *dataset,
              gsize       row)
{
  const int column = find_column (dataset);
  g_autofree char *text = column >= 0 ? cam_table_dup_text (cam_dataset_get_table (dataset), (guint) column, row) : NULL;

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : g_strdup_printf (_("row %u"), (guint) (row + 1));
}

void
cam_samples_fill_pictures (CamDataset *dataset,
                           gsize       n,
                           GtkFlowBox *box)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape shape = cam_preparation_get_input_shape (preparation);
  const gsize n_rows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), n_inputs = cam_preparation_get_n_inputs (preparation);
  const float *x = cam_dataset_get_x (dataset, CAM_PART_TRAIN);
  float low, high;

  clear_box (box);
  if (n_rows == 0 || shape.n_dims != 3)
    return;
  find_range (x, MIN (n_rows, 200) * n_inputs, &low, &high);
  for (gsize i = 0; i < MIN (N_PICTURES, n_rows); i++)
    {
      const gsize at = (n * N_PICTURES + i) % n_rows;
      g_autoptr(GdkTexture) small = new_texture (x + at * n_inputs, shape.dims[0], shape.dims[1], shape.dims[2], low, high);
      g_autoptr(GdkTexture) texture = enlarge (small);
      g_autofree char *name = describe_row (dataset, cam_dataset_get_rows (dataset, CAM_PART_TRAIN)[at]);
      GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture)), *label = gtk_label_new (name);
      GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

      gtk_widget_set_size_request (picture, PICTURE_SIZE, PICTURE_SIZE);
      gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "cam-secondary");
      gtk_box_append (GTK_BOX (tile), picture);
      gtk_box_append (GTK_BOX (tile), label);
      append (box, tile);
    }
}
