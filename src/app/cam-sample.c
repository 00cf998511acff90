/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples and their pictures. A picture of a classification is the scatter of two columns that tell the classes
 * apart; of a regression, the target over the column that goes with it best, or one target over the other; of several
 * labels, a grid; of a series, its line; of images and sentences, some of them. */

#include "cam-sample.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_POINTS 500
#define N_TILES 24
#define N_LABELLED_ROWS 28
#define N_TEXTS 5

/* A square of at least so many numbers a row is a picture. */
#define LEAST_PIXELS 64

void
cam_sample_free (CamSample *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->description);
  g_free (self->points);
  g_free (self->tiles);
  g_strfreev (self->texts);
  g_free (self);
}

char *
cam_samples_dup_folder (void)
{
  const char *given = g_getenv ("CAM_SAMPLES");

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (g_file_test (CAM_INSTALLED_SAMPLES, G_FILE_TEST_IS_DIR))
    return g_strdup (CAM_INSTALLED_SAMPLES);
  return g_strdup (CAM_SOURCE_SAMPLES);
}

/* Rows of all parts in one go: part and row within it. */
typedef struct
{
  CamDataset *dataset;
  gsize       n_rows;
  guint       n_inputs, n_outputs;
} AllRows;

static const float *
row_of (const AllRows *all,
        gsize          row,
        gboolean       is_target)
{
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      gsize n = cam_dataset_get_n_rows (all->dataset, part);

      if (row < n)
        return is_target ? cam_dataset_get_y (all->dataset, part) + row * all->n_outputs
                         : cam_dataset_get_x (all->dataset, part) + row * all->n_inputs;
      row -= n;
    }
  g_assert_not_reached ();
}

/* One number for a target: its class, or the first target's value. */
static double
target_of (const AllRows *all,
           gsize          row,
           guint          output)
{
  return row_of (all, row, TRUE)[output];
}

/* |correlation| of two inputs, or of an input and an output. */
static double
correlate (const AllRows *all,
           guint          input,
           int            other_input,
           guint          output)
{
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, n = (double) all->n_rows;
  double vx, vy;

  for (gsize row = 0; row < all->n_rows; row++)
    {
      const float *x = row_of (all, row, FALSE);
      double a = x[input], b = other_input >= 0 ? x[other_input] : target_of (all, row, output);

      sx += a, sy += b, sxx += a * a, syy += b * b, sxy += a * b;
    }
  vx = sxx - sx * sx / n;
  vy = syy - sy * sy / n;
  return vx > 0 && vy > 0 ? fabs (sxy - sx * sy / n) / sqrt (vx * vy) : 0;
}

/* How well an input tells the classes apart: the best of them, one against the rest. */
static double
tell_apart (const AllRows *all,
            guint          input)
{
  double sum = 0;

  for (guint output = 0; output < all->n_outputs; output++)
    sum += correlate (all, input, -1, output);
  return sum;
}

static void
find_axes (const AllRows *all,
           guint         *first,
           int           *second)
{
  double best = -1;

  *first = 0;
  *second = -1;
  for (guint i = 0; i < all->n_inputs; i++)
    {
      double score = tell_apart (all, i);

      if (score > best)
        best = score, *first = i;
    }
  best = -1;
  for (guint i = 0; i < all->n_inputs; i++)
    {
      double score = i == *first ? -1 : tell_apart (all, i) * (correlate (all, i, (int) *first, 0) < 0.9 ? 1 : 0.2);

      if (score > best)
        best = score, *second = (int) i;
    }
}

static guint8
class_of (const AllRows *all,
          gsize          row,
          CamTask        task)
{
  const float *y = row_of (all, row, TRUE);

  if (task == CAM_TASK_BINARY)
    return y[0] > 0.5f;
  if (task == CAM_TASK_MULTICLASS)
    for (guint c = 0; c < all->n_outputs; c++)
      if (y[c] > 0.5f)
        return (guint8) (c % 9);
  return 0;
}

static void
scale_points (CamSample *self)
{
  float low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };

  for (guint i = 0; i < self->n_points; i++)
    {
      low[0] = MIN (low[0], self->points[i].x), high[0] = MAX (high[0], self->points[i].x);
      low[1] = MIN (low[1], self->points[i].y), high[1] = MAX (high[1], self->points[i].y);
    }
  for (guint i = 0; i < self->n_points; i++)
    {
      self->points[i].x = high[0] > low[0] ? (self->points[i].x - low[0]) / (high[0] - low[0]) : 0.5f;
      self->points[i].y = high[1] > low[1] ? (self->points[i].y - low[1]) / (high[1] - low[1]) : 0.5f;
    }
}

static void
paint_points (CamSample     *self,
              const AllRows *all,
              CamTask        task)
{
  const gsize stride = MAX (all->n_rows / MAX_POINTS, 1);
  const gboolean is_number = task == CAM_TASK_REGRESSION, is_pair = is_number && all->n_outputs == 2;
  guint first;
  int second;

  find_axes (all, &first, &second);
  self->picture = CAM_PICTURE_POINTS;
  self->points = g_new0 (CamPicturePoint, all->n_rows / stride + 1);
  for (gsize row = 0; row < all->n_rows; row += stride)
    {
      const float *x = row_of (all, row, FALSE);
      CamPicturePoint *point = &self->points[self->n_points++];

      point->x = is_pair ? (float) target_of (all, row, 1) : x[first];
      point->y = is_number ? (float) target_of (all, row, 0) : second >= 0 ? x[second] : 0;
      point->colour = is_number ? 4 : class_of (all, row, task);
    }
  scale_points (self);
}

/* The first channel of some images. */
static void
paint_tiles (CamSample     *self,
             const AllRows *all,
             guint          height,
             guint          width,
             guint          channels)
{
  const guint n_pixels = height * width;
  float high = 0;

  self->picture = CAM_PICTURE_TILES;
  self->n_tiles = (guint) MIN (N_TILES, all->n_rows);
  self->tile_width = width;
  self->tile_height = height;
  self->tiles = g_new (guint8, (gsize) self->n_tiles * n_pixels);
  for (guint tile = 0; tile < self->n_tiles; tile++)
    for (guint i = 0; i < n_pixels; i++)
      high = MAX (high, row_of (all, tile, FALSE)[i * channels]);
  for (guint tile = 0; tile < self->n_tiles; tile++)
    for (guint i = 0; i < n_pixels; i++)
      self->tiles[tile * n_pixels + i]
        = (guint8) (high > 0 ? CLAMP (row_of (all, tile, FALSE)[i * channels] / high, 0.f, 1.f) * 255 : 0);
}

static void
paint_labels (CamSample     *self,
              const AllRows *all)
{
  self->picture = CAM_PICTURE_LABELS;
  self->n_tiles = 1;
  self->tile_width = (guint) MIN (N_LABELLED_ROWS, all->n_rows);
  self->tile_height = MIN (all->n_outputs, 8);
  self->tiles = g_new (guint8, (gsize) self->tile_width * self->tile_height);
  for (guint row = 0; row < self->tile_width; row++)
    for (guint label = 0; label < self->tile_height; label++)
      self->tiles[label * self->tile_width + row] = row_of (all, row, TRUE)[label] > 0.5f ? 255 : 0;
}

/* The first target in the order of the rows. */
static void
paint_series (CamSample           *self,
              const CamTable      *table,
              const CamExperiment *experiment)
{
  const json_t *name = cam_experiment_peek (experiment, "data/target/0");
  const int column = json_is_string (name) ? cam_table_find (table, json_string_value (name)) : -1;
  const gsize n = cam_table_get_n_rows (table), stride = MAX (n / MAX_POINTS, 1);

  if (column < 0 || cam_table_get_kind (table, (guint) column) != CAM_COLUMN_NUMBER)
    return;
  self->picture = CAM_PICTURE_LINE;
  self->points = g_new0 (CamPicturePoint, n / stride + 1);
  for (gsize row = 0; row < n; row += stride)
    {
      const double value = cam_table_get_number (table, (guint) column, row);

      if (value == value)
        self->points[self->n_points++] = (CamPicturePoint) { (float) row, (float) value, 5 };
    }
  scale_points (self);
}

/* Some sentences from all over the table, short enough for a line. */
static void
paint_texts (CamSample           *self,
             const CamTable      *table,
             const CamExperiment *experiment)
{
  const json_t *name = cam_experiment_peek (experiment, "data/target/0");
  const int target = json_is_string (name) ? cam_table_find (table, json_string_value (name)) : -1;
  const gsize n = cam_table_get_n_rows (table);
  int text = -1;

  for (guint i = 0; i < cam_table_get_n_columns (table) && text < 0; i++)
    if (cam_table_get_kind (table, i) == CAM_COLUMN_TEXT)
      text = (int) i;
  if (text < 0)
    return;
  self->picture = CAM_PICTURE_TEXTS;
  self->texts = g_new0 (char *, N_TEXTS + 1);
  self->points = g_new0 (CamPicturePoint, N_TEXTS);
  for (gsize i = 0; i < n && self->n_points < N_TEXTS; i++)
    {
      const gsize row = i * 97 % n;
      g_autofree char *cell = cam_table_dup_text (table, (guint) text, row);
      const glong length = g_utf8_strlen (cell, -1);

      if (length < 12 || length > 44)
        continue;
      self->points[self->n_points].colour = target >= 0 && cam_table_get_number (table, (guint) target, row) > 0.5 ? 2 : 6;
      self->texts[self->n_points++] = g_steal_pointer (&cell);
    }
}

/* Pixels are shown as they stand in the file; preparation would flatten them. */
static CamDataset *
make_dataset (CamTable            *table,
              const CamExperiment *experiment)
{
  g_autoptr(json_t) data = json_deep_copy (cam_experiment_get_data (experiment));
  json_t *columns = json_object_get (data, "columns");
  json_t *entry;
  const char *name;

  json_object_del (data, "preparation");
  json_object_foreach (columns, name, entry)
    json_object_del (entry, "scaling");
  return cam_dataset_new (table, data, cam_experiment_get_split (experiment), NULL);
}

static guint
image_size (const CamExperiment *experiment,
            const char          *path)
{
  return (guint) json_integer_value (cam_experiment_peek (experiment, path));
}

static void
paint_rows (CamSample           *self,
            CamTable            *table,
            const CamExperiment *experiment)
{
  g_autoptr(CamDataset) dataset = make_dataset (table, experiment);
  AllRows all = { 0 };
  guint side;

  if (dataset == NULL)
    return;
  self->task = (int) cam_dataset_get_task (dataset);
  all.dataset = dataset;
  all.n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  all.n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    all.n_rows += cam_dataset_get_n_rows (dataset, part);
  if (all.n_rows == 0 || all.n_inputs == 0)
    return;

  side = (guint) lround (sqrt (all.n_inputs));
  if (cam_experiment_peek (experiment, "data/image") != NULL)
    paint_tiles (self, &all, image_size (experiment, "data/image/height"), image_size (experiment, "data/image/width"),
                 image_size (experiment, "data/image/channels"));
  else if (all.n_inputs >= LEAST_PIXELS && all.n_inputs == side * side
           && cam_preparation_get_n_features (cam_dataset_get_preparation (dataset)) == all.n_inputs)
    paint_tiles (self, &all, side, side, 1);
  else if (self->task == CAM_TASK_MULTILABEL)
    paint_labels (self, &all);
  else
    paint_points (self, &all, (CamTask) self->task);
}

/* What kind of sample it is, in a word: the data where they are special, else the task. */
static void
paint (CamSample           *self,
       CamTable            *table,
       const CamExperiment *experiment)
{
  if (cam_experiment_peek (experiment, "data/sequence") != NULL)
    {
      paint_series (self, table, experiment);
      self->task = CAM_TASK_REGRESSION;
      self->task_word = _("Series");
    }
  else if (cam_experiment_peek (experiment, "data/text") != NULL)
    {
      paint_texts (self, table, experiment);
      self->task = CAM_TASK_BINARY;
      self->task_word = _("Text");
    }
  else
    {
      paint_rows (self, table, experiment);
      self->task_word = cam_task_word (self->task);
      if (self->picture == CAM_PICTURE_TILES && self->task == CAM_TASK_MULTICLASS)
        self->task_word = _("Images");
    }
}

static CamSample *
load_sample (const char   *path,
             GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = cam_experiment_load (path, &error);
  g_autoptr(CamCsvResult) result = NULL;
  const json_t *description;
  CamSample *self;

  if (experiment != NULL && cam_experiment_get_file (experiment) != NULL)
    result = cam_source_read (cam_experiment_get_file (experiment), NULL, NULL, NULL, NULL, cancellable, &error);
  if (result == NULL)
    {
      g_info ("The sample %s is left out: %s", path, error != NULL ? error->message : "it names no data");
      return NULL;
    }
  self = g_new0 (CamSample, 1);
  self->path = g_strdup (path);
  self->name = g_strdup (cam_experiment_get_name (experiment));
  if (self->name == NULL || *self->name == '\0')
    {
      g_free (self->name);
      self->name = g_path_get_basename (path);
    }
  /* Catalogues know the descriptions through resources/po/samples.h. The translation of "" is the head of a catalogue. */
  description = cam_experiment_peek (experiment, "description");
  if (json_string_length (description) > 0)
    self->description = g_strdup (_(json_string_value (description)));
  self->n_rows = cam_table_get_n_rows (result->table);
  self->n_columns = cam_table_get_n_columns (result->table);
  self->task = -1;
  paint (self, result->table, experiment);
  return self;
}

/* From a first network over tables to images, series and text; others by name behind them. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  static const char *const order[] = { "breast-cancer.json", "iris.json", "digits.json", "asteroid-flyby.json", "banknotes.json", "darts.json",
                                       "irrigation.json", "penguins.json", "energy-efficiency.json", "digits-cnn.json", "mnist-cnn.json",
                                       "digits-autoencoder.json", "sunspots.json", "co2.json", "sentiment.json" };
  const char *first = *(const char *const *) a, *second = *(const char *const *) b;
  guint i = 0, k = 0;

  while (i < G_N_ELEMENTS (order) && strcmp (order[i], first) != 0)
    i++;
  while (k < G_N_ELEMENTS (order) && strcmp (order[k], second) != 0)
    k++;
  return i != k ? (int) i - (int) k : strcmp (first, second);
}

GPtrArray *
cam_samples_load (const char   *folder,
                  GCancellable *cancellable)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_sample_free);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      CamSample *sample = load_sample (path, cancellable);

      if (sample != NULL)
        g_ptr_array_add (samples, sample);
    }
  return samples;
}

const char *
cam_task_word (int task)
{
  switch (task)
    {
    case CAM_TASK_REGRESSION:
      return _("Regression");
    case CAM_TASK_BINARY:
      return _("Binary");
    case CAM_TASK_MULTICLASS:
      return _("Multi-class");
    case CAM_TASK_MULTILABEL:
      return _("Multi-label");
    default:
      return "";
    }
}

const char *
cam_task_icon (int task)
{
  switch (task)
    {
    case CAM_TASK_REGRESSION:
      return "camadas-number-symbolic";
    case CAM_TASK_BINARY:
      return "camadas-yesno-symbolic";
    case CAM_TASK_MULTICLASS:
      return "camadas-category-symbolic";
    default:
      return "camadas-layers-symbolic";
    }
}

const char *
cam_task_hue (int task)
{
  switch (task)
    {
    case CAM_TASK_REGRESSION:
      return "violet";
    case CAM_TASK_BINARY:
      return "orange";
    case CAM_TASK_MULTICLASS:
      return "blue";
    default:
      return "green";
    }
}
