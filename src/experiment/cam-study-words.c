/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study has found: its table, and sentences that say no more than the repeats allow. */
#include <cam-number.h>
#include <cam-statistics.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cam-study-figures.h"
#include "cam-study-private.h"

/* From here on one is said to be better than the other: where the 95 % interval leaves out 0, so that both say the same. */
#define SURE 0.975
#define SCORE_DIGITS 9
#define WORD_DIGITS 4
/* Settings that are told of in words; the table has them all. */
#define MOST_TOLD 20

/* The table --------------------------------------------------------------------------------------------------------- */

static void
add_cell (GString    *out,
          const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  if (strpbrk (text, ",\"\n\r") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *c = text; *c != 0; c++)
    g_string_append_printf (out, *c == '"' ? "\"\"" : "%c", *c);
  g_string_append_c (out, '"');
}

static void
add_json (GString      *out,
          const json_t *value)
{
  g_autofree char *text = NULL;
  char buf[CAM_NUMBER_BUF];

  if (json_is_string (value))
    text = g_strdup (json_string_value (value));
  else if (json_is_real (value))
    text = g_strdup (cam_number_format (buf, json_real_value (value), SCORE_DIGITS));
  else
    text = value != NULL && !json_is_null (value) ? cam_json_dump (value, FALSE) : g_strdup ("");
  add_cell (out, text);
}

static void
add_row (CamStudy  *self,
         guint      place,
         GPtrArray *scores,
         GString   *out)
{
  CamPlanPlace at = cam_plan_find_place (self->plan, place);
  CamPlanRepeat repeat = cam_plan_get_repeat (self->plan, at.repeat);
  CamStudyResult result;
  g_autofree char *number = g_strdup_printf ("%u", place + 1), *seed = g_strdup_printf ("%" PRIu64, repeat.seed), *fold = g_strdup_printf ("%u", repeat.fold);
  const char *path;
  json_t *value;

  cam_study_get_result (self, place, &result);
  add_cell (out, number);
  add_cell (out, cam_plan_get_label (self->plan, result.setting));
  add_cell (out, seed);
  if (cam_plan_get_n_folds (self->plan) > 0)
    add_cell (out, fold);
  json_object_foreach ((json_t *) cam_plan_get_values (self->plan, result.setting), path, value)
    add_json (out, value);
  add_json (out, json_object_get (result.report, "end"));
  add_json (out, json_object_get (result.report, "epochs"));
  add_json (out, json_object_get (result.report, "best_epoch"));
  add_json (out, json_object_get (result.report, "training_rows"));
  for (guint i = 0; i < scores->len; i++)
    {
      char buf[CAM_NUMBER_BUF];
      double score = cam_study_find_score (result.report, g_ptr_array_index (scores, i));

      g_string_append_printf (out, ",%s", isnan (score) ? "" : cam_number_format (buf, score, SCORE_DIGITS));
    }
  g_string_append_c (out, '\n');
}

char *
cam_study_to_csv (CamStudy *self)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GPtrArray) scores = cam_study_list_scores (self);
  const char *path;
  json_t *value;

  add_cell (out, "run");
  add_cell (out, "setting");
  add_cell (out, "seed");
  if (cam_plan_get_n_folds (self->plan) > 0)
    add_cell (out, "fold");
  json_object_foreach ((json_t *) cam_plan_get_values (self->plan, 0), path, value)
    add_cell (out, path);
  add_cell (out, "end");
  add_cell (out, "epochs");
  add_cell (out, "best_epoch");
  add_cell (out, "training_rows");
  for (guint i = 0; i < scores->len; i++)
    add_cell (out, g_ptr_array_index (scores, i));
  g_string_append_c (out, '\n');
  for (guint place = 0; place < self->results->len; place++)
    if (g_array_index (self->results, Result, place).is_done)
      add_row (self, place, scores, out);

  return g_string_free (out, FALSE);
}

/* The words ---------------------------------------------------------------------------------------------------------- */

static char *
say_spread (const CamSpread *spread)
{
  char mean[CAM_NUMBER_BUF], deviation[CAM_NUMBER_BUF];

  cam_number_format (mean, spread->mean, WORD_DIGITS);
  if (spread->n < 2)
    return g_strdup (mean);

  return g_strdup_printf ("%s ± %s", mean, cam_number_format (deviation, spread->deviation, 2));
}

static void
add_groups (CamStudy  *self,
            GPtrArray *groups,
            GString   *out)
{
  for (guint i = 0; i < groups->len && i < MOST_TOLD; i++)
    {
      const CamStudyGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *score = say_spread (&group->spread);
      g_autofree char *values = cam_json_dump (cam_plan_get_values (self->plan, group->setting), FALSE);

      if (group->spread.n == 0)
        continue;
      /* translators: a setting, the name of its score, then mean ± deviation: “tanh: val_loss 0.12 ± 0.01 (3 runs)” */
      g_string_append_printf (out, ngettext ("%s: %s %s (%zu run)", "%s: %s %s (%zu runs)", group->spread.n), cam_plan_get_label (self->plan, group->setting),
                              cam_plan_get_monitor (self->plan), score, group->spread.n);
      if (cam_plan_get_kind (self->plan) == CAM_STUDY_SEARCH)
        g_string_append_printf (out, "  %s", values);
      g_string_append_c (out, '\n');
    }
  if (groups->len > MOST_TOLD)
    g_string_append_printf (out, ngettext ("… and %u more.\n", "… and %u more.\n", groups->len - MOST_TOLD), groups->len - MOST_TOLD);
}

/* Where nothing but seeds and folds differs: how far apart the monitored scores lie, and the other scores. Folds share rows, so that their standard error would say too little. */
static void
add_spread (CamStudy    *self,
            const CamStudyGroup *group,
            GString     *out)
{
  g_autoptr(GPtrArray) names = cam_study_list_scores (self);
  guint n = cam_plan_get_n_repeats (self->plan);
  char low[CAM_NUMBER_BUF], high[CAM_NUMBER_BUF], lower[CAM_NUMBER_BUF], upper[CAM_NUMBER_BUF], error[CAM_NUMBER_BUF];

  if (group->spread.n > 1)
    {
      g_string_append_printf (out, _("From %s to %s, the middle half between %s and %s."), cam_number_format (low, group->spread.min, WORD_DIGITS),
                              cam_number_format (high, group->spread.max, WORD_DIGITS), cam_number_format (lower, cam_quantile (group->scores, n, 0.25), WORD_DIGITS),
                              cam_number_format (upper, cam_quantile (group->scores, n, 0.75), WORD_DIGITS));
      if (cam_plan_get_n_folds (self->plan) == 0)
        g_string_append_printf (out, _(" The mean’s standard error is %s."), cam_number_format (error, group->spread.error, 2));
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autoptr(GPtrArray) groups = cam_study_make_groups (self, name);
      g_autofree char *score = say_spread (&((CamStudyGroup *) g_ptr_array_index (groups, 0))->spread);

      if (!g_str_equal (name, cam_plan_get_monitor (self->plan)))
        g_string_append_printf (out, "%s %s\n", name, score);
    }
}

/* Whether the first is better than the second, as far as their pairs can tell. */
static void
add_verdict (CamStudy    *self,
             const CamStudyGroup *first,
             const CamStudyGroup *second,
             GString     *out)
{
  const char *a = cam_plan_get_label (self->plan, first->setting), *b = cam_plan_get_label (self->plan, second->setting);
  CamPaired paired;
  double better;
  char low[CAM_NUMBER_BUF], high[CAM_NUMBER_BUF], mean[CAM_NUMBER_BUF];

  better = cam_study_compare_groups (self, first, second, cam_plan_larger_is_better (self->plan), &paired);
  if (paired.is_same)
    g_string_append_printf (out, _("%s and %s: no difference found; all their scores are equal."), a, b);
  else if (isnan (better))
    g_string_append_printf (out, _("Whether %s is better than %s is not known: one pair of runs says nothing of chance."), a, b);
  else if (better >= SURE)
    g_string_append_printf (out, _("%s is better than %s, with a probability of %.1f %%."), a, b, MIN (better * 100, 99.9));
  else
    g_string_append_printf (out, _("Whether %s is better than %s is not known: the probability is %.0f %%."), a, b, better * 100);
  if (isfinite (paired.lower))
    g_string_append_printf (out, _(" Mean difference %s, 95 %% interval %s to %s."), cam_number_format (mean, paired.difference, 3),
                            cam_number_format (low, paired.lower, 3), cam_number_format (high, paired.upper, 3));
  g_string_append_c (out, '\n');
}

static void
add_ranking (CamStudy  *self,
             GPtrArray *groups,
             GString   *out)
{
  const CamStudyGroup *best = g_ptr_array_index (groups, 0);

  for (guint i = 1; i < groups->len && i <= MOST_TOLD; i++)
    {
      const CamStudyGroup *other = g_ptr_array_index (groups, i);

      if (other->stage == best->stage && other->spread.n > 0)
        add_verdict (self, best, other, out);
    }
  if (cam_plan_get_kind (self->plan) == CAM_STUDY_SEARCH && best->spread.n > 0)
    g_string_append_printf (out, _("The best of many looks better than it is: measure %s once more, with rows that the search has not seen.\n"), cam_plan_get_label (self->plan, best->setting));
}

/* The largest size against the one before it. */
static void
add_more_data (CamStudy  *self,
               GPtrArray *groups,
               GString   *out)
{
  const CamStudyGroup *last = g_ptr_array_index (groups, groups->len - 1), *before = groups->len > 1 ? g_ptr_array_index (groups, groups->len - 2) : NULL;
  CamPaired paired;
  double better;

  if (before == NULL || last->spread.n == 0 || before->spread.n == 0)
    {
      g_string_append (out, _("Whether more data would help cannot be told yet.\n"));
      return;
    }
  better = cam_study_compare_groups (self, last, before, cam_plan_larger_is_better (self->plan), &paired);
  if (!isnan (better) && better >= SURE)
    g_string_append_printf (out, _("More data would probably help: the score still got better from %s to %s of the training rows (probability %.1f %%).\n"),
                            cam_plan_get_label (self->plan, before->setting), cam_plan_get_label (self->plan, last->setting), MIN (better * 100, 99.9));
  else if (isnan (better) && !paired.is_same)
    g_string_append (out, _("Whether more data would help is not known: one run of each size says nothing of chance.\n"));
  else
    g_string_append_printf (out, _("That more data would help is not shown: from %s to %s of the training rows no sure gain was found.\n"),
                            cam_plan_get_label (self->plan, before->setting), cam_plan_get_label (self->plan, last->setting));
}

static gboolean
is_ranked (CamStudy *self)
{
  CamStudyKind kind = cam_plan_get_kind (self->plan);

  return kind == CAM_STUDY_COMPARE || kind == CAM_STUDY_SEARCH;
}

char *
cam_study_describe (CamStudy *self)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (self, cam_plan_get_monitor (self->plan));
  CamStudyKind kind = cam_plan_get_kind (self->plan);

  if (is_ranked (self))
    cam_study_rank_groups (self, groups, cam_plan_larger_is_better (self->plan));
  add_groups (self, groups, out);
  if (is_ranked (self))
    add_ranking (self, groups, out);
  if (kind == CAM_STUDY_REPEAT || kind == CAM_STUDY_CROSS_VALIDATE)
    add_spread (self, g_ptr_array_index (groups, 0), out);
  if (kind == CAM_STUDY_LEARNING_CURVE)
    add_more_data (self, groups, out);

  return g_string_free (out, FALSE);
}

/* Of one setting: how many runs, and what they reached. */
static void
add_reached (CamStudy            *self,
             const CamStudyGroup *group,
             GString             *out)
{
  g_autofree char *score = say_spread (&group->spread);
  char low[CAM_NUMBER_BUF], high[CAM_NUMBER_BUF];

  /* translators: the name of a score, then mean ± deviation: “val_loss 0.12 ± 0.01 over 5 runs.” */
  g_string_append_printf (out, ngettext ("%s %s, of %zu run.", "%s %s over %zu runs.", group->spread.n), cam_plan_get_monitor (self->plan), score, group->spread.n);
  if (group->spread.n > 1)
    g_string_append_printf (out, _(" From %s to %s."), cam_number_format (low, group->spread.min, WORD_DIGITS), cam_number_format (high, group->spread.max, WORD_DIGITS));
}

char *
cam_study_dup_finding (CamStudy *self)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (self, cam_plan_get_monitor (self->plan));
  const CamStudyGroup *first, *second;

  if (is_ranked (self))
    cam_study_rank_groups (self, groups, cam_plan_larger_is_better (self->plan));
  first = g_ptr_array_index (groups, 0);
  second = groups->len > 1 ? g_ptr_array_index (groups, 1) : NULL;
  if (cam_plan_get_kind (self->plan) == CAM_STUDY_LEARNING_CURVE)
    add_more_data (self, groups, out);
  else if (first->spread.n == 0)
    g_string_append (out, _("Nothing can be said before the first run is done."));
  else if (is_ranked (self) && second != NULL && second->spread.n > 0 && second->stage == first->stage)
    add_verdict (self, first, second, out);
  else
    add_reached (self, first, out);

  return g_strchomp (g_string_free (out, FALSE));
}
