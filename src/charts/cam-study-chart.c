/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pictures a study has, and what they have in common: titles, colours, how much is done. */
#include "cam-study-chart-private.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-kinds.h>

const char *
cam_study_chart_skip_part (const char *score)
{
  static const char *const prefixes[] = { "val_", "test_", "train_" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (score, prefixes[i]))
      return score + strlen (prefixes[i]);

  return score;
}

const char *
cam_study_chart_title_score (const char *score)
{
  const CamKind *kind = cam_history_key_find_metric (score);
  const char *own = cam_study_chart_skip_part (score);

  return g_str_equal (own, "loss") ? _("Loss") : kind != NULL ? _(kind->title) : own;
}

char *
cam_study_chart_name_score (const char *score)
{
  const char *title = cam_study_chart_title_score (score);

  if (g_str_equal (score, "val_loss"))
    return g_strdup (_("Validation loss"));
  if (g_str_has_prefix (score, "val_"))
    /* translators: a score, as in “Accuracy” */
    return g_strdup_printf (_("%s (validation)"), title);
  if (g_str_has_prefix (score, "test_"))
    return g_strdup_printf (_("%s (test)"), title);

  return g_strdup_printf (_("%s (training)"), title);
}

CamAxisFormat
cam_study_chart_find_format (const char *score)
{
  const CamKind *kind = cam_history_key_find_metric (score);

  return kind != NULL && kind->is_share ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER;
}

/* What the plan says of its monitor may be other than usual. */
gboolean
cam_study_chart_is_larger (CamStudy   *study,
                           const char *score)
{
  CamPlan *plan = cam_study_get_plan (study);

  if (g_str_equal (cam_study_chart_skip_part (score), cam_study_chart_skip_part (cam_plan_get_monitor (plan))))
    return cam_plan_larger_is_better (plan);
  return cam_history_key_larger_is_better (score);
}

void
cam_study_chart_head (CamChart   *chart,
                      CamStudy   *study,
                      const char *title,
                      const char *notes)
{
  guint n_done = cam_study_get_n_done (study), n_runs = cam_plan_get_n_runs (cam_study_get_plan (study));
  g_autofree char *done = n_done < n_runs ? g_strdup_printf (ngettext ("%u of %u run done", "%u of %u runs done", n_runs), n_done, n_runs) : NULL;
  g_autofree char *both = done != NULL && notes != NULL ? g_strconcat (done, " · ", notes, NULL) : NULL;

  cam_chart_set_title (chart, title, both != NULL ? both : done != NULL ? done : notes);
  cam_chart_set_empty_text (chart, _("No run is done yet"));
}

char *
cam_study_chart_name_repeat (CamPlan *plan,
                             guint    repeat)
{
  CamPlanRepeat of = cam_plan_get_repeat (plan, repeat);
  gboolean has_rounds = cam_plan_get_n_repeats (plan) > MAX (cam_plan_get_n_folds (plan), 1);

  if (of.fold > 0 && has_rounds)
    return g_strdup_printf (_("seed %" PRIu64 " · fold %u"), of.seed, of.fold);
  return of.fold > 0 ? g_strdup_printf (_("fold %u"), of.fold) : g_strdup_printf (_("seed %" PRIu64), of.seed);
}

guint
cam_study_chart_find_colour (guint setting)
{
  return setting % 10;
}

/* Test rows are measured at the end alone: then what is seen by epoch is the validation part. */
char *
cam_study_chart_dup_key (CamStudy *study)
{
  const char *monitor = cam_plan_get_monitor (cam_study_get_plan (study));

  return g_str_has_prefix (monitor, "test_") ? g_strconcat ("val_", cam_study_chart_skip_part (monitor), NULL) : g_strdup (monitor);
}

GPtrArray *
cam_study_chart_rank (CamStudy   *study,
                      const char *score,
                      guint       n_most,
                      guint      *n_more)
{
  GPtrArray *groups = cam_study_make_groups (study, score);

  cam_study_rank_groups (study, groups, cam_study_chart_is_larger (study, score));
  for (guint i = groups->len; i > 0; i--)
    if (((CamStudyGroup *) g_ptr_array_index (groups, i - 1))->spread.n == 0)
      g_ptr_array_remove_index (groups, i - 1);
  *n_more = groups->len > n_most ? groups->len - n_most : 0;
  if (groups->len > n_most)
    g_ptr_array_set_size (groups, (int) n_most);

  return groups;
}

char *
cam_study_chart_tell_more (guint n_more)
{
  return n_more > 0 ? g_strdup_printf (ngettext ("the best; %u more not drawn", "the best; %u more not drawn", n_more), n_more) : NULL;
}

/* The list ---------------------------------------------------------------------------------------------------------- */

typedef CamChart *(*NewFunc) (CamStudy *study, const char *what);

typedef struct
{
  CamStudyPicture picture;
  NewFunc         new_chart;
  char           *what;          /* owned */
} Picture;

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_free (self->picture.id);
  g_free (self->picture.title);
  g_free (self->what);
  g_free (self);
}

/* Takes @id and @title. */
static void
add (GPtrArray  *pictures,
     char       *id,
     char       *title,
     NewFunc     new_chart,
     const char *what)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->picture = (CamStudyPicture) { id, title };
  picture->new_chart = new_chart;
  picture->what = g_strdup (what);
  g_ptr_array_add (pictures, picture);
}

/* Loss and metrics as validated, by epoch; the monitor first. */
static void
add_curves (CamStudy  *study,
            GPtrArray *pictures)
{
  g_autoptr(GPtrArray) keys = cam_study_list_keys (study);
  g_autofree char *first = cam_study_chart_dup_key (study);

  add (pictures, g_strdup (first), cam_study_chart_name_score (first), cam_study_chart_new_curves, first);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (g_str_has_prefix (key, "val_") && !g_str_equal (key, first))
        add (pictures, g_strdup (key), cam_study_chart_name_score (key), cam_study_chart_new_curves, key);
    }
}

static void
add_sizes (CamStudy  *study,
           GPtrArray *pictures)
{
  g_autoptr(GPtrArray) scores = cam_study_list_scores (study);
  const char *first = cam_plan_get_monitor (cam_study_get_plan (study)), *own = cam_study_chart_skip_part (first);

  add (pictures, g_strdup ("learning-curve"), g_strdup (_("Learning curve")), cam_study_chart_new_sizes, own);
  for (guint i = 0; i < scores->len; i++)
    {
      const char *score = g_ptr_array_index (scores, i), *other = cam_study_chart_skip_part (score);

      if (!g_str_has_prefix (score, "train_") || g_str_equal (other, own))
        continue;
      add (pictures, g_strconcat ("learning-curve-", other, NULL), g_strdup_printf (_("Learning curve: %s"), cam_study_chart_title_score (score)), cam_study_chart_new_sizes, other);
    }
}

static void
add_comparison (CamStudy  *study,
                GPtrArray *pictures)
{
  add (pictures, g_strdup ("time"), g_strdup (_("Time to a score")), cam_study_chart_new_time, NULL);
  add (pictures, g_strdup ("probabilities"), g_strdup (_("How likely one is better")), cam_study_chart_new_probabilities, NULL);
  if (cam_study_chart_has_layers (study, TRUE))
    add (pictures, g_strdup ("dead-units"), g_strdup (_("Dead units")), cam_study_chart_new_dead, NULL);
  if (cam_study_chart_has_layers (study, FALSE))
    add (pictures, g_strdup ("gradients"), g_strdup (_("Gradient by layer")), cam_study_chart_new_gradients, NULL);
  if (cam_study_chart_has_activations (study))
    add (pictures, g_strdup ("activations"), g_strdup (_("Activation functions")), cam_study_chart_new_activations, NULL);
}

static void
add_search (CamStudy  *study,
            GPtrArray *pictures)
{
  g_autoptr(GPtrArray) axes = cam_study_list_axes (study);

  add (pictures, g_strdup ("parallel"), g_strdup (_("All settings of the search")), cam_study_chart_new_parallel, NULL);
  add (pictures, g_strdup ("importance"), g_strdup (_("Importance of each setting")), cam_study_chart_new_importance, NULL);
  for (guint a = 0; a < axes->len; a++)
    {
      const CamStudyAxis *axis = g_ptr_array_index (axes, a);

      add (pictures, g_strdelimit (g_strconcat ("slice-", axis->name, NULL), " /", '-'), g_strdup_printf (_("Score over %s"), axis->name), cam_study_chart_new_slice, axis->path);
    }
  add (pictures, g_strdup ("best"), g_strdup (_("Best score so far")), cam_study_chart_new_best, NULL);
  if (cam_plan_get_n_stages (cam_study_get_plan (study)) > 1)
    add (pictures, g_strdup ("stages"), g_strdup (_("Stages of halving")), cam_study_chart_new_stages, NULL);
}

static GPtrArray *
list (CamStudy *study)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (picture_free);
  CamPlan *plan = cam_study_get_plan (study);

  if (cam_plan_get_kind (plan) == CAM_STUDY_SEARCH)
    add_search (study, pictures);
  if (cam_plan_get_kind (plan) == CAM_STUDY_LEARNING_CURVE)
    add_sizes (study, pictures);
  else
    add (pictures, g_strdup ("scores"), g_strdup (_("Final scores")), cam_study_chart_new_scores, NULL);
  add_curves (study, pictures);
  if (cam_plan_get_kind (plan) == CAM_STUDY_COMPARE)
    add_comparison (study, pictures);

  return pictures;
}

GPtrArray *
cam_study_list_pictures (CamStudy *study)
{
  g_return_val_if_fail (CAM_IS_STUDY (study), NULL);

  return list (study);
}

CamChart *
cam_study_picture_new (CamStudy   *study,
                       const char *id)
{
  g_autoptr(GPtrArray) pictures = NULL;

  g_return_val_if_fail (CAM_IS_STUDY (study) && id != NULL, NULL);

  if (g_str_has_prefix (id, "time="))
    return cam_study_chart_new_time (study, id + strlen ("time="));
  pictures = list (study);
  for (guint i = 0; i < pictures->len; i++)
    {
      const Picture *picture = g_ptr_array_index (pictures, i);

      if (g_str_equal (picture->picture.id, id))
        return picture->new_chart (study, picture->what);
    }

  return NULL;
}
