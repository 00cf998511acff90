/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of a run. */
#include "cam-train-charts.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-run-rates.h"
#include "cam-run-words.h"
#include "cam-train-edit.h"

/* Of the theme's series: loss blue, then green, violet, cyan, orange, amber. Pink marks the best epoch, red an error. */
static const guint colours[] = { 0, 2, 4, 5, 1, 7 };

struct _CamTrainCharts
{
  CamTrainBoard *board;     /* borrowed */
  GPtrArray     *cards;     /* of CamChartCard; the board holds them */
  CamChartLink  *link;      /* an epoch is read out in all of them */
  GArray        *trail_x;   /* double: the running loss within the epoch under way, from the epochs before it on */
  GArray        *trail_y;
  guint          trail_epoch;
};

/* Epochs that take longer have their running loss drawn as it comes. */
#define LONG_EPOCH_S 0.2

/* The keys that get a chart, loss first. */
static GPtrArray *
list_keys (const CamRunFacts *facts,
           CamExperiment     *experiment)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (keys, g_strdup ("loss"));
  if (facts != NULL && facts->keys != NULL)
    {
      for (guint i = 0; facts->keys[i] != NULL; i++)
        if (!g_str_has_prefix (facts->keys[i], "val_") && !g_str_has_prefix (facts->keys[i], CAM_REMEASURED_PREFIX) && strcmp (facts->keys[i], "loss") != 0 &&
            strcmp (facts->keys[i], "learning_rate") != 0)
          g_ptr_array_add (keys, g_strdup (facts->keys[i]));
      if (cam_run_rates_are_worth_a_chart (facts))
        g_ptr_array_add (keys, g_strdup ("learning_rate"));
    }
  else if (experiment != NULL)
    {
      const CamKind *const *list = cam_kind_list (CAM_KIND_METRIC);

      for (guint i = 0; list[i] != NULL; i++)
        if (cam_train_has_metric (experiment, list[i]))
          g_ptr_array_add (keys, g_strdup (list[i]->name));
    }
  return g_steal_pointer (&keys);
}

/* What the training curve is: measured as validation is, on all training rows or on some, or the running average while the network learns. */
static char *
describe_loss (const CamKind     *loss,
               CamExperiment     *experiment,
               const CamRunFacts *facts)
{
  guint n = facts != NULL ? cam_run_facts_get_count (facts, "remeasured_rows") : 0;
  gboolean is_again = facts != NULL && facts->keys != NULL ? cam_run_facts_find (facts, CAM_REMEASURED_PREFIX "loss") != NULL
                                                           : experiment == NULL || json_integer_value (cam_experiment_peek (experiment, "fit/remeasure_rows")) > 0;

  if (!is_again)
    /* translators: %s is a loss such as Binary cross-entropy */
    return g_strdup_printf (_("%s, training averaged over each epoch"), _(loss->title));
  if (n > 0 && n < cam_run_facts_get_count (facts, "training_rows"))
    /* translators: a loss such as Binary cross-entropy, and a number of rows */
    return g_strdup_printf (_("%s, measured at the end of each epoch, training on a sample of %u rows"), _(loss->title), n);
  /* translators: %s is a loss such as Binary cross-entropy */
  return g_strdup_printf (_("%s, measured at the end of each epoch"), _(loss->title));
}

static void
set_titles (CamChartCard      *card,
            const char        *key,
            CamExperiment     *experiment,
            const CamRunFacts *facts)
{
  const CamKind *kind = strcmp (key, "loss") == 0 ? cam_train_peek_kind (experiment, CAM_KIND_LOSS, NULL) : cam_run_words_metric (key);
  g_autofree char *subtitle = NULL;

  if (strcmp (key, "loss") == 0)
    {
      cam_chart_card_set_title (card, _("Loss"));
      if (kind != NULL)
        subtitle = describe_loss (kind, experiment, facts);
      cam_chart_card_set_subtitle (card, subtitle);
      return;
    }
  cam_chart_card_set_title (card, strcmp (key, "learning_rate") == 0 ? _("Learning rate") : kind != NULL ? _(kind->title) : key);
  cam_chart_card_set_subtitle (card, kind != NULL ? _(kind->note) : NULL);
}

/* An epoch may take long, the first one above all: then the curve goes on within it. */
static void
follow (CamTrainCharts    *self,
        const CamRunFacts *facts)
{
  double x;

  if (facts == NULL || !facts->is_live || facts->n_epochs != self->trail_epoch || facts->live_batch == 0 || facts->live_batch >= facts->n_batches)
    {
      self->trail_epoch = facts != NULL ? facts->n_epochs : 0;
      g_array_set_size (self->trail_x, 0);
      g_array_set_size (self->trail_y, 0);
      return;
    }
  x = facts->n_epochs + (double) facts->live_batch / (double) facts->n_batches;
  if (!isfinite (facts->live_loss) || (facts->n_epochs > 0 && facts->seconds < LONG_EPOCH_S * facts->n_epochs)
      || (self->trail_x->len > 0 && x <= g_array_index (self->trail_x, double, self->trail_x->len - 1)))
    return;
  g_array_append_val (self->trail_x, x);
  g_array_append_val (self->trail_y, facts->live_loss);
}

/* Beside what was measured again at the end of each epoch, the average that Keras shows, in loss up to the last batch. */
static void
add_average (CamTrainCharts *self,
             CamChart       *chart,
             gboolean        is_loss,
             const double   *average,
             guint           n_epochs,
             guint           colour)
{
  guint n_trail = is_loss ? self->trail_x->len : 0;
  g_autofree double *x = g_new (double, n_epochs + n_trail + 1), *y = g_new (double, n_epochs + n_trail + 1);

  for (guint i = 0; i < n_epochs; i++)
    {
      x[i] = i + 1;
      y[i] = average[i];
    }
  for (guint i = 0; i < n_trail; i++)
    {
      x[n_epochs + i] = g_array_index (self->trail_x, double, i);
      y[n_epochs + i] = g_array_index (self->trail_y, double, i);
    }
  cam_chart_add_curve (chart, _("train, while it learns"), x, y, n_epochs + n_trail, colour, CAM_LINE_DOTTED);
}

static void
explain_curves (CamChart *chart,
                gboolean  is_again)
{
  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    {
      const char *name = cam_chart_get_name (chart, s);

      if (g_str_equal (name, _("validation")))
        cam_chart_set_note (chart, s, _("Measured on the validation rows at the end of each epoch."));
      else if (g_str_equal (name, _("train")) && is_again)
        cam_chart_set_note (chart, s, _("Measured on the training rows at the end of each epoch, as validation is: the two can be compared."));
      else
        cam_chart_set_note (chart, s, _("Keras’s running average over the batches of an epoch, while the weights still change and dropout is at work."));
    }
}

static CamChart *
new_chart (CamTrainCharts    *self,
           const CamRunFacts *facts,
           CamExperiment     *experiment,
           const char        *key,
           guint              colour,
           const char        *hint)
{
  const CamKind *metric = cam_run_words_metric (key);
  g_autofree char *val_key = g_strconcat ("val_", key, NULL);
  gboolean is_share = strcmp (key, "loss") != 0 && metric != NULL && metric->is_share;
  g_autofree char *train_key = facts != NULL ? cam_run_facts_dup_train_key (facts, key) : NULL;
  const double *train = facts != NULL ? cam_run_facts_find (facts, train_key) : NULL;
  const double *val = facts != NULL ? cam_run_facts_find (facts, val_key) : NULL;
  gboolean is_again = train_key != NULL && strcmp (train_key, key) != 0;
  const double *average = is_again ? cam_run_facts_find (facts, key) : NULL;
  const char *title = strcmp (key, "loss") == 0 ? _("Loss") : metric != NULL ? _(metric->title) : key;
  gboolean is_watched = facts != NULL && facts->monitor != NULL && (strcmp (facts->monitor, key) == 0 || strcmp (facts->monitor, train_key) == 0 || strcmp (facts->monitor, val_key) == 0);
  CamChart *chart;

  if (facts == NULL)
    {
      const double none = 0;

      /* Both curves, so that the legend says what will come. */
      chart = cam_chart_new_history (title, key, &none, &none, 0, experiment != NULL ? cam_experiment_get_epochs (experiment) : 10, colour, is_share, 0, 0);
      cam_chart_set_empty_text (chart, hint);
      return chart;
    }
  if (strcmp (key, "learning_rate") == 0)
    return cam_run_rates_new_chart (facts, colour);
  chart = cam_chart_new_history (title, key, train, val, facts->n_epochs, facts->is_live ? facts->n_planned : facts->n_epochs, colour, is_share,
                                 facts->best_epoch, is_watched ? facts->patience : 0);
  if (average != NULL)
    add_average (self, chart, strcmp (key, "loss") == 0, average, facts->n_epochs, colour);
  explain_curves (chart, is_again);
  if (!facts->is_live && facts->n_epochs == 0)
    cam_chart_set_empty_text (chart, _("No epoch was finished"));
  return chart;
}

/* Patience may reach beyond what the other curves need: all get the axis of the longest, so that an epoch stands at the same place in each. */
static void
align_axes (GPtrArray *charts)
{
  double reach = 0;

  for (guint i = 0; i < charts->len; i++)
    {
      double min, max;

      cam_chart_get_x_range (charts->pdata[i], &min, &max);
      reach = fmax (reach, max);
    }
  for (guint i = 0; i < charts->len; i++)
    cam_chart_set_x_range (charts->pdata[i], 0, reach);
}

CamTrainCharts *
cam_train_charts_new (CamTrainBoard *board)
{
  CamTrainCharts *self;

  g_return_val_if_fail (CAM_IS_TRAIN_BOARD (board), NULL);

  self = g_new0 (CamTrainCharts, 1);
  self->board = board;
  self->cards = g_ptr_array_new ();
  self->link = cam_chart_link_new ();
  self->trail_x = g_array_new (FALSE, FALSE, sizeof (double));
  self->trail_y = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
cam_train_charts_free (CamTrainCharts *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cards);
  g_object_unref (self->link);
  g_array_unref (self->trail_x);
  g_array_unref (self->trail_y);
  g_free (self);
}

void
cam_train_charts_show (CamTrainCharts    *self,
                       const CamRunFacts *facts,
                       CamExperiment     *experiment,
                       const char        *hint)
{
  g_autoptr(GPtrArray) keys = NULL;
  g_autoptr(GPtrArray) charts = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_chart_unref);

  g_return_if_fail (self != NULL);

  follow (self, facts);
  keys = list_keys (facts, experiment);
  while (self->cards->len > keys->len)
    {
      cam_train_board_remove (self->board, self->cards->pdata[self->cards->len - 1]);
      g_ptr_array_set_size (self->cards, (int) self->cards->len - 1);
    }
  while (self->cards->len < keys->len)
    {
      GtkWidget *card = cam_chart_card_new ();

      cam_chart_view_set_link (cam_chart_card_get_view (CAM_CHART_CARD (card)), self->link);
      cam_train_board_add_chart (self->board, card);
      g_ptr_array_add (self->cards, card);
    }
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (charts, new_chart (self, facts, experiment, keys->pdata[i], colours[i % G_N_ELEMENTS (colours)], hint));
  align_axes (charts);
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *memory = g_strconcat ("train ", keys->pdata[i], NULL);

      cam_chart_card_set_memory (self->cards->pdata[i], memory);
      set_titles (self->cards->pdata[i], keys->pdata[i], experiment, facts);
      cam_chart_card_set_chart (self->cards->pdata[i], charts->pdata[i]);
    }
}

guint
cam_train_charts_get_n (const CamTrainCharts *self)
{
  return self->cards->len;
}

GtkWidget *
cam_train_charts_get_card (const CamTrainCharts *self,
                           guint                 i)
{
  return i < self->cards->len ? self->cards->pdata[i] : NULL;
}
