/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optimizers and schedules against steps recorded from Keras 3 (tests/data/golden): every recorded row. */
#include <math.h>
#include <string.h>

#include <cam-kinds-private.h>
#include <cam-schedule.h>

#include "golden.h"

#define MOST 8

typedef struct
{
  float w[MOST], g[MOST];
  float slots[CAM_MOST_SLOTS][MOST];
  float *slot[CAM_MOST_SLOTS];
  gsize n;
} Variable;

static const char *const names[] = { "A", "B" };

/* The recorded arguments as a document has them; a schedule's stand among them. */
static json_t *
make_optimizer (const json_t *row)
{
  g_autoptr(json_t) config = json_deep_copy (json_object_get (row, "args"));
  const char *schedule = json_string_value (json_object_get (config, "schedule"));

  if (schedule != NULL)
    {
      g_autoptr(json_t) own = json_deep_copy (config);

      json_object_del (own, "schedule");
      return json_pack ("{s:s, s:{s:{s:s, s:O}}}", "class_name", golden_text (row, "optimizer"), "config", "learning_rate",
                        "class_name", schedule, "config", own);
    }

  return json_pack ("{s:s, s:O}", "class_name", golden_text (row, "optimizer"), "config", config);
}

static void
step (CamOptimizer *optimizer,
      Variable     *variables,
      guint64       number)
{
  double squares[G_N_ELEMENTS (names)] = { 0 };

  cam_optimizer_begin (optimizer, number);
  for (guint v = 0; v < G_N_ELEMENTS (names); v++)
    {
      cam_optimizer_accumulate (optimizer, variables[v].g, variables[v].slot, variables[v].n);
      for (gsize i = 0; i < variables[v].n; i++)
        squares[v] += (double) variables[v].g[i] * variables[v].g[i];
    }
  for (guint v = 0; v < G_N_ELEMENTS (names) && optimizer->is_due; v++)
    {
      if (cam_optimizer_clips (optimizer))
        cam_optimizer_clip (optimizer, variables[v].g, cam_optimizer_get_factor (optimizer, squares[v], squares[0] + squares[1]), variables[v].n);
      cam_optimizer_update (optimizer, variables[v].w, variables[v].g, variables[v].slot, variables[v].n);
    }
}

static void
compare (const char     *what,
         const Variable *variables,
         const json_t   *recorded)
{
  for (guint v = 0; v < G_N_ELEMENTS (names); v++)
    {
      const json_t *expected = json_object_get (recorded, names[v]);

      g_assert_cmpuint (json_array_size (expected), ==, variables[v].n);
      for (gsize i = 0; i < variables[v].n; i++)
        golden_near (what, i, variables[v].w[i], json_number_value (json_array_get (expected, i)), 1e-5);
    }
}

static void
test_steps (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("optimizers");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data)), *steps = json_object_get (row, "after_step");
  g_autoptr(json_t) given = make_optimizer (row);
  g_autoptr(GError) error = NULL;
  CamOptimizer optimizer;
  Variable variables[G_N_ELEMENTS (names)] = { 0 };

  cam_optimizer_init (&optimizer, given, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cam_optimizer_n_slots (&optimizer), <=, CAM_MOST_SLOTS);
  for (guint v = 0; v < G_N_ELEMENTS (names); v++)
    {
      g_autofree char *key = g_strconcat (names[v], "0", NULL);
      g_autofree float *start = golden_floats (json_object_get (json, key));

      variables[v].n = golden_size (json, key);
      memcpy (variables[v].w, start, variables[v].n * sizeof (float));
      for (guint s = 0; s < CAM_MOST_SLOTS; s++)
        {
          variables[v].slot[s] = variables[v].slots[s];
          for (guint i = 0; i < MOST; i++)
            variables[v].slots[s][i] = cam_optimizer_slot_start (&optimizer, s);
        }
    }

  g_assert_cmpuint (json_array_size (steps), ==, 5);
  for (gsize s = 0; s < json_array_size (steps); s++)
    {
      for (guint v = 0; v < G_N_ELEMENTS (names); v++)
        {
          g_autofree float *g = golden_floats (json_object_get (json_array_get (json_object_get (json, "gradients"), s), names[v]));

          memcpy (variables[v].g, g, variables[v].n * sizeof (float));
        }
      step (&optimizer, variables, s);
      compare (golden_text (row, "optimizer"), variables, json_array_get (steps, s));
    }

  if (json_object_get (row, "after_finalize") != NULL)
    {
      for (guint v = 0; v < G_N_ELEMENTS (names); v++)
        cam_optimizer_finish (&optimizer, variables[v].w, variables[v].slot, variables[v].n);
      compare ("finished", variables, json_object_get (row, "after_finalize"));
    }
  cam_optimizer_clear (&optimizer);
}

static void
test_schedule (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("schedules");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data)), *steps = json_object_get (json, "steps");
  g_autoptr(json_t) given = json_pack ("{s:{s:s, s:O}}", "learning_rate", "class_name", golden_text (row, "schedule"), "config", json_object_get (row, "args"));
  g_autoptr(json_t) config = NULL;
  g_autoptr(GError) error = NULL;

  config = cam_fields_complete (cam_adam.kind.fields, given, "adam", &error);
  g_assert_no_error (error);
  g_assert_true (cam_schedule_check (json_object_get (config, "learning_rate"), "adam", &error));
  for (gsize i = 0; i < json_array_size (steps); i++)
    golden_near (golden_text (row, "schedule"), i, cam_schedule_rate (json_object_get (config, "learning_rate"), json_number_value (json_array_get (steps, i))),
                 golden_at (row, "lr", i), 1e-5);
}

/* What is refused, and that the message says where. */
static void
test_refused (void)
{
  static const struct { const char *given, *says; } cases[] = {
    { "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":-1.0}}", "learning_rate" },
    { "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":\"fast\"}}", "cosine_decay" },
    { "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":{\"class_name\":\"CosineDecay\",\"config\":{\"decay_step\":3}}}}", "decay_step" },
    { "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[3],\"values\":[0.1]}}}}", "2 values" },
    { "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[3,3],\"values\":[0.1,0.2,0.3]}}}}", "rise" },
    { "{\"class_name\":\"SGD\",\"config\":{\"clipnorm\":1.0,\"clipvalue\":1.0}}", "only one" },
    { "{\"class_name\":\"Lion\",\"config\":{\"amsgrad\":true}}", "amsgrad" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(json_t) given = json_loads (cases[i].given, 0, NULL);
      g_autoptr(GError) error = NULL;
      CamOptimizer optimizer;

      g_assert_nonnull (given);
      g_assert_false (cam_optimizer_init (&optimizer, given, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
      cam_optimizer_clear (&optimizer);
    }
}

/* A test for each recorded row of @file, so that none drops out unseen. */
static void
add_rows (const char    *file,
          const char    *kind,
          guint          expected,
          GTestDataFunc  func)
{
  g_autoptr(json_t) json = golden_load (file);
  const json_t *row;
  gsize i;

  g_assert_cmpuint (json_array_size (json_object_get (json, "cases")), ==, expected);
  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      g_autofree char *path = g_strdup_printf ("/engine/%s/%02u-%s", file, (guint) i, golden_text (row, kind));

      g_test_add_data_func (path, GUINT_TO_POINTER ((guint) i), func);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_rows ("optimizers", "optimizer", 29, test_steps);
  add_rows ("schedules", "schedule", 11, test_schedule);
  g_test_add_func ("/engine/optimizers/refused", test_refused);
  return g_test_run ();
}
