/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a run. */
#include "cam-train-figures.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-rates.h"
#include "cam-run-words.h"
#include "cam-words.h"

#define MAX_COLUMNS 3

/* What was measured, by its key without val_, loss first; NULL-terminated. */
static char **
list_base_keys (const CamRunFacts *facts)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  g_ptr_array_add (keys, g_strdup ("loss"));
  for (guint i = 0; facts->keys != NULL && facts->keys[i] != NULL; i++)
    if (!g_str_has_prefix (facts->keys[i], "val_") && !g_str_has_prefix (facts->keys[i], CAM_REMEASURED_PREFIX) &&
        strcmp (facts->keys[i], "loss") != 0 && strcmp (facts->keys[i], "learning_rate") != 0)
      g_ptr_array_add (keys, g_strdup (facts->keys[i]));
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

/* Once measured: the parts of the data, what was never seen in training first. */
static gboolean
show_measured (CamFigureCard     *card,
               const CamRunFacts *facts)
{
  static const struct { const char *part, *title; } parts[MAX_COLUMNS] = {
    { "test", N_("test") }, { "validation", N_("validation") }, { "train", N_("train") },
  };
  const char *columns[MAX_COLUMNS + 1] = { NULL }, *names[MAX_COLUMNS] = { NULL };
  g_auto(GStrv) keys = list_base_keys (facts);
  g_autofree char *subtitle = NULL;
  guint weights_of = cam_run_facts_get_count (facts, "weights_of_epoch");
  guint n = 0;

  for (guint i = 0; i < MAX_COLUMNS; i++)
    if (cam_run_facts_has_part (facts, parts[i].part))
      {
        names[n] = parts[i].part;
        columns[n++] = _(parts[i].title);
      }
  if (n == 0)
    return FALSE;
  if (weights_of > 0)
    subtitle = g_strdup_printf (_("With the weights of epoch %u"), weights_of);
  cam_figure_card_set_title (card, _("Scores"), subtitle);
  cam_figure_card_set_shape (card, columns, (const char *const *) keys);
  for (guint row = 0; keys[row] != NULL; row++)
    for (guint column = 0; column < n; column++)
      {
        g_autofree char *text = cam_run_words_value (keys[row], cam_run_facts_get_score (facts, names[column], keys[row]));

        cam_figure_card_set (card, row, column, text);
      }
  return TRUE;
}

void
cam_train_show_scores (CamFigureCard     *card,
                       const CamRunFacts *facts)
{
  g_auto(GStrv) keys = NULL;
  g_autofree char *subtitle = NULL;
  gboolean has_validation = cam_run_facts_find (facts, "val_loss") != NULL;
  const char *with_validation[] = { _("validation"), _("train"), NULL };
  const char *without[] = { _("train"), NULL };

  if (!facts->is_live && show_measured (card, facts))
    return;
  keys = list_base_keys (facts);
  if (facts->best_epoch > 0 && facts->monitor != NULL)
    /* translators: epoch, and the history key that decides: "Epoch 38, by val_loss" */
    subtitle = g_strdup_printf (_("Epoch %u, by %s"), facts->best_epoch, facts->monitor);
  else
    subtitle = g_strdup (facts->is_live ? _("First epoch under way") : _("No epoch was finished"));
  cam_figure_card_set_title (card, facts->is_live ? _("Best so far") : _("Best epoch"), subtitle);
  cam_figure_card_set_shape (card, has_validation ? with_validation : without, (const char *const *) keys);
  for (guint row = 0; keys[row] != NULL; row++)
    {
      g_autofree char *val_key = g_strconcat ("val_", keys[row], NULL);
      g_autofree char *train_key = cam_run_facts_dup_train_key (facts, keys[row]);
      g_autofree char *train = cam_run_words_value (train_key, cam_run_facts_get_value (facts, train_key, facts->best_epoch));
      g_autofree char *val = cam_run_words_value (val_key, cam_run_facts_get_value (facts, val_key, facts->best_epoch));

      if (has_validation)
        cam_figure_card_set (card, row, 0, val);
      cam_figure_card_set (card, row, has_validation ? 1 : 0, train);
    }
}

/* Names and texts of rows as they come together. */
typedef struct
{
  GPtrArray *names, *texts;
} Rows;

static void
add_row (Rows       *rows,
         const char *name,
         char       *text)
{
  g_ptr_array_add (rows->names, (gpointer) name);
  g_ptr_array_add (rows->texts, text);
}

/* Takes the rows. */
static void
show_rows (CamFigureCard *card,
           Rows          *rows)
{
  g_ptr_array_add (rows->names, NULL);
  cam_figure_card_set_shape (card, NULL, (const char *const *) rows->names->pdata);
  for (guint i = 0; i < rows->texts->len; i++)
    cam_figure_card_set (card, i, 0, rows->texts->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (card), rows->texts->len > 0);
  g_ptr_array_unref (rows->names);
  g_ptr_array_unref (rows->texts);
}

static Rows
new_rows (void)
{
  return (Rows) { g_ptr_array_new (), g_ptr_array_new_with_free_func (g_free) };
}

void
cam_train_show_rows (CamFigureCard *card,
                     CamDataset    *dataset)
{
  Rows rows = new_rows ();

  cam_figure_card_set_title (card, _("Data"), NULL);
  if (dataset != NULL)
    {
      add_row (&rows, _("Training rows"), cam_words_count (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN)));
      add_row (&rows, _("Validation rows"), cam_words_count (cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION)));
      add_row (&rows, _("Test rows"), cam_words_count (cam_dataset_get_n_rows (dataset, CAM_PART_TEST)));
    }
  show_rows (card, &rows);
}

/* What was done to the run by hand, in its order. */
static void
add_event (Rows              *rows,
           const CamRunEvent *event)
{
  g_autofree char *epoch = cam_words_count (event->epoch);
  g_autofree char *all = NULL;

  switch (event->kind)
    {
    case CAM_RUN_EVENT_RATE:
      add_row (rows, _("Learning rate"), cam_run_rates_describe (event));
      break;
    case CAM_RUN_EVENT_EPOCHS:
      all = cam_words_count ((guint64) fmax (event->value, 0));
      /* translators: a run that had ended after epoch %s was given more, up to epoch %s */
      add_row (rows, _("More epochs"), g_strdup_printf (_("after %s, up to %s"), epoch, all));
      break;
    case CAM_RUN_EVENT_RESUMED:
      /* translators: a run that was cut short by a crash */
      add_row (rows, _("Taken up again"), g_strdup_printf (_("after epoch %s"), epoch));
      break;
    case CAM_RUN_EVENT_BACK:
      all = cam_words_count ((guint64) fmax (event->value, 0));
      /* translators: a run that diverged in epoch %s (the second) went back to epoch %s (the first) */
      add_row (rows, _("Went back"), g_strdup_printf (_("to epoch %s, from %s"), epoch, all));
      break;
    case CAM_RUN_EVENT_THRESHOLD:
      add_row (rows, _("Threshold"), cam_words_number (event->value));
      break;
    case CAM_N_RUN_EVENTS:
    default:
      break;
    }
}

void
cam_train_show_numbers (CamFigureCard     *card,
                        const CamRunFacts *facts,
                        CamExperiment     *experiment,
                        CamDataset        *dataset)
{
  Rows rows = new_rows ();
  guint64 seed = facts != NULL ? facts->seed : experiment != NULL ? cam_experiment_get_seed (experiment) : 0;

  cam_figure_card_set_title (card, facts == NULL ? _("Next run") : _("This run"), NULL);
  if (dataset != NULL && experiment != NULL)
    {
      const gsize batch = MAX (cam_experiment_get_batch_size (experiment), 1);

      add_row (&rows, _("Batches per epoch"), cam_words_count ((cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) + batch - 1) / batch));
    }
  if (facts != NULL || experiment != NULL)
    add_row (&rows, _("Seed"), g_strdup_printf ("%" G_GUINT64_FORMAT, seed));
  for (guint i = 0; facts != NULL && i < facts->n_events; i++)
    add_event (&rows, &facts->events[i]);
  if (facts != NULL)
    add_row (&rows, _("Started"), cam_words_when (facts->started_at / G_USEC_PER_SEC));
  else if (experiment != NULL)
    add_row (&rows, _("Epochs at most"), cam_words_count (cam_experiment_get_epochs (experiment)));
  show_rows (card, &rows);
}
