/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents with something changed at random are read or refused, and nothing else happens. */
#include <cam-experiment.h>

#include "sample-table.h"

static const char *const samples[] = { "breast-cancer", "iris", "digits", "darts", "energy-efficiency",
                                       "asteroid-flyby", "banknotes", "irrigation", "penguins" };

static json_t *
random_value (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0:
      return json_null ();
    case 1:
      return json_true ();
    case 2:
      return json_integer (g_rand_int_range (rand, -3, 100));
    case 3:
      return json_integer (G_MAXINT64);
    case 4:
      return json_real (g_rand_double_range (rand, -2, 2));
    case 5:
      return json_real (1e308);
    case 6:
      return json_string ("");
    case 7:
      return json_string ("Dense");
    case 8:
      return json_string ("a/b~c");
    case 9:
      return json_array ();
    case 10:
      return json_pack ("[{s:s}, s]", "class_name", "Dropout", "accuracy");
    default:
      return json_pack ("{s:s, s:{}}", "class_name", "Dense", "config");
    }
}

/* Something in @json, at any depth, replaced, removed or added. */
static void
mutate (json_t *json,
        GRand  *rand)
{
  gsize n = json_is_object (json) ? json_object_size (json) : json_array_size (json);
  gsize chosen = n > 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) n) : 0, i = 0;
  json_t *child = NULL, *value;
  const char *key = NULL;

  if (json_is_object (json))
    json_object_foreach (json, key, value)
      if (i++ == chosen)
        {
          child = value;
          break;
        }
  if (json_is_array (json) && n > 0)
    child = json_array_get (json, chosen);

  if (child != NULL && (json_is_object (child) || json_is_array (child)) && g_rand_int_range (rand, 0, 5) > 0)
    mutate (child, rand);
  else if (json_is_object (json) && key != NULL && g_rand_boolean (rand))
    json_object_set_new (json, key, random_value (rand));
  else if (json_is_object (json) && key != NULL && g_rand_boolean (rand))
    json_object_del (json, key);
  else if (json_is_object (json))
    json_object_set_new (json, g_rand_boolean (rand) ? "units" : "class_name", random_value (rand));
  else if (json_is_array (json) && n > 0 && g_rand_boolean (rand))
    json_array_set_new (json, chosen, random_value (rand));
  else if (json_is_array (json))
    json_array_append_new (json, random_value (rand));
}

static void
test_damaged_documents (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(CamDataset) dataset = small_dataset (TABLE_THREE);
  g_autoptr(CamDataset) numbers = small_dataset (TABLE_NUMBER);
  guint n_read = 0, n_refused = 0;

  for (guint s = 0; s < G_N_ELEMENTS (samples); s++)
    {
      g_autofree char *file = g_strconcat (samples[s], ".json", NULL);
      g_autofree char *path = sample_path (file);
      g_autoptr(json_t) sample = cam_json_load (path, NULL);

      for (guint i = 0; i < 600; i++)
        {
          g_autoptr(json_t) document = json_deep_copy (sample);
          g_autoptr(CamExperiment) experiment = NULL;
          g_autoptr(GError) error = NULL;

          for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
            mutate (document, rand);
          experiment = cam_experiment_new_from_json (document, &error);
          if (experiment != NULL)
            {
              g_autofree char *text = cam_experiment_to_text (experiment);
              g_autofree char *description = cam_experiment_describe (experiment);
              g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, g_rand_boolean (rand) ? dataset : g_rand_boolean (rand) ? numbers : NULL);
              g_autoptr(CamExperiment) again = cam_experiment_new_from_text (text, &error);

              g_assert_no_error (error);
              n_read++;
            }
          else
            {
              g_assert_nonnull (error);
              g_assert_cmpstr (error->message, !=, "");
              n_refused++;
            }
        }
    }
  g_assert_cmpuint (n_read, >, 200);
  g_assert_cmpuint (n_refused, >, 1000);
}

/* The same at the level of bytes. */
static void
test_damaged_text (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  g_autofree char *path = sample_path ("breast-cancer.json");
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *damaged = g_memdup2 (text, length + 1);
      g_autoptr(CamExperiment) experiment = NULL;
      g_autoptr(GError) error = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        damaged[g_rand_int_range (rand, 0, (gint32) length)] = g_rand_boolean (rand) ? (char) g_rand_int_range (rand, 1, 256) : "{}[]\":,0-e"[g_rand_int_range (rand, 0, 10)];
      if (g_rand_int_range (rand, 0, 4) == 0)
        damaged[g_rand_int_range (rand, 0, (gint32) length)] = 0;
      experiment = cam_experiment_new_from_text (damaged, &error);
      g_assert_true ((experiment != NULL) == (error == NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/damage/documents", test_damaged_documents);
  g_test_add_func ("/experiment/damage/text", test_damaged_text);

  return g_test_run ();
}
