/* SPDX-License-Identifier: GPL-3.0-or-later */
/* predict-file CAMADAS-CLI [ROWS]: predicts ten million rows of a CSV file with the program, and a tenth of them, and prints memory at the peak of both, and the speed as a share of what
 * the engine's forward pass alone and the reader alone reach on as many threads in the same run. The comparison that counts is of processor time, which other programs do not lengthen
 * much; the clock's is printed beside it. Ends with 1 where a target is missed. */
#include <cam-predict-file.h>
#include <cam-rng.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define COLUMNS     10
#define BLOCK_ROWS  20000        /* different ones; the file has them again and again */
#define ENGINE_ROWS 400000

/* Targets. */
#define LEAST_SHARE  0.5         /* of the engine or of the reader, whichever is slower */
#define MOST_MEMORY  1.2         /* that of all rows, as a share of that of a tenth */

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* What something took. */
typedef struct
{
  double wall_s, processor_s;
  double memory_mb;
} Cost;

/* Files --------------------------------------------------------------------------------------------------------------- */

static void
add_rows (GString  *to,
          guint     n,
          gboolean  has_target)
{
  CamRng rng;

  cam_rng_init (&rng, 3, 3);
  for (guint column = 0; column < COLUMNS; column++)
    g_string_append_printf (to, "%sx%u", column > 0 ? "," : "", column + 1);
  g_string_append (to, has_target ? ",y\n" : "\n");
  for (guint row = 0; row < n; row++)
    {
      for (guint column = 0; column < COLUMNS; column++)
        g_string_append_printf (to, "%s%.4f", column > 0 ? "," : "", cam_rng_normal (&rng));
      g_string_append (to, has_target ? row % 2 == 0 ? ",a\n" : ",b\n" : "\n");
    }
}

static double
make_file (const char *path,
           gsize       n_rows)
{
  g_autoptr(GString) text = g_string_new (NULL);
  FILE *file = g_fopen (path, "w");
  const char *rows;
  double size;

  add_rows (text, BLOCK_ROWS, FALSE);
  rows = strchr (text->str, '\n') + 1;
  if (file == NULL)
    g_error ("%s cannot be written", path);
  fwrite (text->str, 1, (gsize) (rows - text->str), file);
  for (gsize row = 0; row < n_rows; row += BLOCK_ROWS)
    fwrite (rows, 1, strlen (rows), file);
  size = (double) ftell (file);
  if (fclose (file) != 0)
    g_error ("%s cannot be written", path);

  return size;
}

/* Two hidden layers of the network that the engine's speed is measured with, on the columns scaled. */
static CamModel *
make_model (const char *path)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(json_t) data = json_pack ("{s:[s], s:{s:s}}", "target", "y", "preparation", "scaling", "standard");
  g_autoptr(json_t) layers = json_loads ("[{\"class_name\":\"Dense\",\"config\":{\"units\":128,\"activation\":\"relu\"}},{\"class_name\":\"Dense\",\"config\":{\"units\":256,\"activation\":\"relu\"}},"
                                         "{\"class_name\":\"Dense\",\"config\":{\"units\":1,\"activation\":\"sigmoid\"}}]", 0, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) table = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamNetwork) network = NULL;
  CamShape shape = cam_shape_vector (COLUMNS);
  CamModel *model;

  add_rows (text, 1000, TRUE);
  table = cam_csv_read_bytes (text->str, text->len, NULL, NULL, &error);
  if (table != NULL)
    dataset = cam_dataset_new (table->table, data, NULL, &error);
  if (dataset != NULL)
    network = cam_network_new (&shape, layers, &error);
  if (network == NULL)
    g_error ("no model: %s", error->message);
  cam_network_initialise (network, 1);
  model = cam_model_new (network, cam_dataset_get_preparation (dataset), NULL);
  if (!cam_model_save (model, path, &error))
    g_error ("%s", error->message);

  return model;
}

/* What it is held against ----------------------------------------------------------------------------------------------- */

typedef struct
{
  const CamNetwork *network;
  const float      *x;
  float            *y;
  gsize             n;
} Forward;

static gpointer                               /* a thread for each processor */
forward (gpointer data)
{
  const Forward *self = data;

  cam_network_predict (self->network, self->x, self->n, self->y);
  return NULL;
}

/* For each row, on all processors; what three rounds are on average adds to @cost as a part of @n_times. */
static void
measure_engine (const CamModel *model,
                guint           n_times,
                Cost           *cost)
{
  guint n_threads = g_get_num_processors ();
  g_autofree Forward *jobs = g_new (Forward, n_threads);
  g_autofree GThread **threads = g_new (GThread *, n_threads);
  float *x = cam_floats_new (ENGINE_ROWS * COLUMNS), *y = cam_floats_new (ENGINE_ROWS);
  CamRng rng;

  cam_rng_init (&rng, 5, 5);
  for (gsize i = 0; i < ENGINE_ROWS * COLUMNS; i++)
    x[i] = (float) cam_rng_uniform (&rng);
  for (guint round = 0; round < 3; round++)
    {
      double wall = now (CLOCK_MONOTONIC), processor = now (CLOCK_PROCESS_CPUTIME_ID);

      for (guint i = 0; i < n_threads; i++)
        {
          gsize first = ENGINE_ROWS / n_threads * i;

          jobs[i] = (Forward) { cam_model_get_network (model), x + first * COLUMNS, y + first, ENGINE_ROWS / n_threads };
          threads[i] = g_thread_new ("forward", forward, &jobs[i]);
        }
      for (guint i = 0; i < n_threads; i++)
        g_thread_join (threads[i]);
      cost->wall_s += (now (CLOCK_MONOTONIC) - wall) / ENGINE_ROWS / (3 * n_times);
      cost->processor_s += (now (CLOCK_PROCESS_CPUTIME_ID) - processor) / ENGINE_ROWS / (3 * n_times);
    }
  cam_floats_free (x);
  cam_floats_free (y);
}

static Cost
measure_reader (const char *path,
                gsize       n_rows)
{
  Cost best = { G_MAXDOUBLE, G_MAXDOUBLE, 0.0 };

  for (guint round = 0; round < 2; round++)
    {
      double wall = now (CLOCK_MONOTONIC), processor = now (CLOCK_PROCESS_CPUTIME_ID);
      g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);

      if (result == NULL || cam_table_get_n_rows (result->table) != n_rows)
        g_error ("%s was not read", path);
      best.wall_s = MIN (best.wall_s, (now (CLOCK_MONOTONIC) - wall) / (double) n_rows);
      best.processor_s = MIN (best.processor_s, (now (CLOCK_PROCESS_CPUTIME_ID) - processor) / (double) n_rows);
    }

  return best;
}

/* The program ----------------------------------------------------------------------------------------------------------- */

static Cost
predict (const char *program,
         const char *model,
         const char *path,
         const char *out,
         gsize       n_rows)
{
  char *argv[] = { (char *) program, (char *) "predict", (char *) model, (char *) path, (char *) "--out", (char *) out, NULL };
  g_autoptr(GError) error = NULL;
  double wall = now (CLOCK_MONOTONIC);
  struct rusage usage;
  GPid pid;
  int status;

  if (!g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    g_error ("%s", error->message);
  if (wait4 (pid, &status, 0, &usage) != pid || status != 0)
    g_error ("the program ended with %d", status);

  return (Cost) {
    .wall_s = (now (CLOCK_MONOTONIC) - wall) / (double) n_rows,
    .processor_s = ((double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6) / (double) n_rows,
    .memory_mb = (double) usage.ru_maxrss / 1024.0,
  };
}

/* As many lines as rows, and a header. */
static void
check_lines (const char *path,
             gsize       n_rows)
{
  FILE *file = g_fopen (path, "r");
  g_autofree char *bytes = g_malloc (1 << 20);
  gsize n_lines = 0, n;

  if (file == NULL)
    g_error ("%s is not there", path);
  while ((n = fread (bytes, 1, 1 << 20, file)) > 0)
    for (const char *c = bytes; (c = memchr (c, '\n', (gsize) (bytes + n - c))) != NULL; c++)
      n_lines++;
  fclose (file);
  if (n_lines != n_rows + 1)
    g_error ("%s has %zu lines", path, n_lines);
}

static gboolean
check (const char *what,
       double      value,
       double      limit,
       gboolean    at_least)
{
  gboolean ok = at_least ? value >= limit : value <= limit;

  if (!ok)
    g_print ("MISSED: %s is %.2f, the target %.2f\n", what, value, limit);
  return ok;
}

int
main (int    argc,
      char **argv)
{
  gsize n_rows = argc > 2 ? strtoul (argv[2], NULL, 10) : 10 * 1000 * 1000, n_few;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("camadas-predict-XXXXXX", &error);
  g_autofree char *few = g_build_filename (folder, "few.csv", NULL), *many = g_build_filename (folder, "many.csv", NULL);
  g_autofree char *out = g_build_filename (folder, "out.csv", NULL), *file = g_build_filename (folder, "model.keras", NULL);
  g_autoptr(CamModel) model = NULL;
  Cost engine = { 0.0, 0.0, 0.0 }, reader, least, most;
  double size, slower_wall, slower_processor;
  gboolean ok;

  if (argc < 2)
    g_error ("usage: predict-file CAMADAS-CLI [ROWS]");
  n_rows -= n_rows % (10 * BLOCK_ROWS);
  n_few = n_rows / 10;
  model = make_model (file);
  make_file (few, n_few);
  size = make_file (many, n_rows);

  reader = measure_reader (few, n_few);
  /* Before and after, as others may be at work on the machine for some of the time. */
  measure_engine (model, 2, &engine);
  least = predict (argv[1], file, few, out, n_few);
  most = predict (argv[1], file, many, out, n_rows);
  measure_engine (model, 2, &engine);
  check_lines (out, n_rows);
  g_remove (few);
  g_remove (many);
  g_remove (out);
  g_remove (file);
  g_rmdir (folder);

  slower_wall = MAX (engine.wall_s, reader.wall_s);
  slower_processor = MAX (engine.processor_s, reader.processor_s);
  g_print ("%zu rows of %d numbers, %.0f MB: %.1f s, %.0f rows/s, %.0f MB/s\n", n_rows, COLUMNS, size / 1e6, most.wall_s * (double) n_rows, 1.0 / most.wall_s,
           size / 1e6 / (most.wall_s * (double) n_rows));
  g_print ("the engine's forward pass alone %.0f rows/s, the reader alone %.0f rows/s, %.0f MB/s, on %u threads: by the clock %.2f of the slower\n", 1.0 / engine.wall_s, 1.0 / reader.wall_s,
           size / 1e6 / (reader.wall_s * (double) n_rows), g_get_num_processors (), slower_wall / most.wall_s);
  g_print ("processor time of a row: %.2f microseconds; the engine's %.2f, the reader's %.2f: %.2f of the slower\n", most.processor_s * 1e6, engine.processor_s * 1e6, reader.processor_s * 1e6,
           slower_processor / most.processor_s);
  g_print ("memory at the peak: %.1f MB for %zu rows, %.1f MB for %zu: %.2f times\n", most.memory_mb, n_rows, least.memory_mb, n_few, most.memory_mb / least.memory_mb);

  ok = check ("the share of the slower", slower_processor / most.processor_s, LEAST_SHARE, TRUE);
  ok = check ("memory", most.memory_mb / least.memory_mb, MOST_MEMORY, FALSE) && ok;

  return ok ? 0 : 1;
}
