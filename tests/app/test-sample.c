/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The samples of the first page: each is read, and each has a picture that is taken from its data. */
#include <glib/gstdio.h>

#include "cam-sample.h"

static const struct
{
  const char     *name;
  gsize           n_rows;
  CamTask         task;
  const char     *word;
  CamPictureKind  picture;
} samples[] = {
  { "Breast cancer",     569,  CAM_TASK_BINARY,     "Binary",      CAM_PICTURE_POINTS },
  { "Iris",              150,  CAM_TASK_MULTICLASS, "Multi-class", CAM_PICTURE_POINTS },
  { "Digits",            1797, CAM_TASK_MULTICLASS, "Images",      CAM_PICTURE_TILES },
  { "Asteroid flyby",    1441, CAM_TASK_REGRESSION, "Regression",  CAM_PICTURE_POINTS },
  { "Banknotes",         1372, CAM_TASK_BINARY,     "Binary",      CAM_PICTURE_POINTS },
  { "Darts",             1200, CAM_TASK_MULTICLASS, "Multi-class", CAM_PICTURE_POINTS },
  { "Irrigation",        2000, CAM_TASK_MULTILABEL, "Multi-label", CAM_PICTURE_LABELS },
  { "Penguins",          344,  CAM_TASK_MULTICLASS, "Multi-class", CAM_PICTURE_POINTS },
  { "Energy efficiency", 768,  CAM_TASK_REGRESSION, "Regression",  CAM_PICTURE_POINTS },
};

static void
test_all (void)
{
  g_autoptr(GPtrArray) all = cam_samples_load (g_getenv ("CAM_SAMPLES"), NULL);

  /* In the order of a course, from a first network on. */
  g_assert_cmpuint (all->len, >=, G_N_ELEMENTS (samples));
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const CamSample *sample = all->pdata[i];

      g_test_message ("%s", sample->name);
      g_assert_cmpstr (sample->name, ==, samples[i].name);
      g_assert_cmpuint (sample->n_rows, ==, samples[i].n_rows);
      g_assert_cmpint (sample->task, ==, samples[i].task);
      g_assert_cmpstr (sample->task_word, ==, samples[i].word);
      g_assert_cmpint (sample->picture, ==, samples[i].picture);
      g_assert_cmpstr (sample->description, !=, "");
    }
}

/* Points fill their box from edge to edge, and show more than one class where there are classes. */
static void
test_points (void)
{
  g_autoptr(GPtrArray) all = cam_samples_load (g_getenv ("CAM_SAMPLES"), NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const CamSample *sample = all->pdata[i];
      float low[2] = { 1, 1 }, high[2] = { 0, 0 };
      guint colours = 0;

      if (sample->picture != CAM_PICTURE_POINTS && sample->picture != CAM_PICTURE_LINE)
        continue;
      for (guint k = 0; k < sample->n_points; k++)
        {
          low[0] = MIN (low[0], sample->points[k].x), high[0] = MAX (high[0], sample->points[k].x);
          low[1] = MIN (low[1], sample->points[k].y), high[1] = MAX (high[1], sample->points[k].y);
          colours |= 1u << sample->points[k].colour;
        }
      g_test_message ("%s: %u points", sample->name, sample->n_points);
      g_assert_cmpuint (sample->n_points, >=, 100);
      g_assert_cmpfloat (low[0], ==, 0);
      g_assert_cmpfloat (low[1], ==, 0);
      g_assert_cmpfloat (high[0], ==, 1);
      g_assert_cmpfloat (high[1], ==, 1);
      g_assert_cmpint ((colours & (colours - 1)) != 0, ==, sample->task != CAM_TASK_REGRESSION);
    }
}

/* The first image of the digits is a nought: dark in the middle, with ink around it. */
static void
test_tiles (void)
{
  g_autoptr(GPtrArray) all = cam_samples_load (g_getenv ("CAM_SAMPLES"), NULL);
  const CamSample *digits = all->pdata[2], *irrigation = all->pdata[6];
  guint n_set = 0;

  g_assert_cmpuint (digits->tile_width, ==, 8);
  g_assert_cmpuint (digits->tile_height, ==, 8);
  g_assert_cmpuint (digits->tiles[0], ==, 0);
  g_assert_cmpuint (digits->tiles[3 * 8 + 4], ==, 0);
  g_assert_cmpuint (digits->tiles[3 * 8 + 2], >, 100);

  g_assert_cmpuint (irrigation->tile_height, ==, 3);
  for (guint i = 0; i < irrigation->tile_width * irrigation->tile_height; i++)
    n_set += irrigation->tiles[i] != 0;
  g_assert_cmpuint (n_set, >, 0);
  g_assert_cmpuint (n_set, <, irrigation->tile_width * irrigation->tile_height);
}

/* A folder with a document that cannot be read, and none at all. */
static void
test_unreadable (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("camadas-samples-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "broken.json", NULL);
  g_autoptr(GPtrArray) none = NULL, missing = NULL;

  g_assert_no_error (error);
  g_file_set_contents (path, "{ \"camadas\": 1", -1, &error);
  g_assert_no_error (error);
  none = cam_samples_load (folder, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  missing = cam_samples_load (folder, NULL);
  g_assert_cmpuint (missing->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/sample/all", test_all);
  g_test_add_func ("/app/sample/points", test_points);
  g_test_add_func ("/app/sample/tiles", test_tiles);
  g_test_add_func ("/app/sample/unreadable", test_unreadable);

  return g_test_run ();
}
