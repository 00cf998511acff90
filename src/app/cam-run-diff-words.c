/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference of two runs in words: for the clipboard, and for cells. */

#include "cam-run-diff.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-words.h"
#include "cam-words.h"

char *
cam_diff_score_dup_name (const CamDiffScore *self)
{
  if (strcmp (self->part, "train") == 0)
    /* translators: a score; %s is "loss" or the name of a metric as Keras has it */
    return g_strdup_printf (_("training %s"), self->key);
  return g_strdup_printf (strcmp (self->part, "test") == 0 ? _("test %s") : _("validation %s"), self->key);
}

char *
cam_diff_score_dup_difference (const CamDiffScore *self)
{
  double difference = self->b - self->a;
  g_autofree char *text = NULL;

  if (!isfinite (difference))
    return g_strdup ("–");
  text = cam_run_words_value (self->key, fabs (difference));
  return g_strconcat (difference > 0 ? "+" : difference < 0 ? "−" : "±", text, NULL);
}

char *
cam_diff_layer_dup_params (const CamRunDiff   *self,
                           const CamDiffLayer *layer)
{
  g_autofree char *a = layer->a >= 0 && self->has_params[0] ? cam_words_count (layer->a_params) : NULL;
  g_autofree char *b = layer->b >= 0 && self->has_params[1] ? cam_words_count (layer->b_params) : NULL;

  if (a == NULL || b == NULL || strcmp (a, b) == 0)
    return a != NULL ? g_steal_pointer (&a) : g_steal_pointer (&b);
  return g_strdup_printf ("%s → %s", a, b);
}

static void
add_head (GString    *text,
          const char *title)
{
  g_string_append_printf (text, "\n%s\n", title);
}

static void
add_rows (GString   *text,
          GPtrArray *rows,
          gboolean   all)
{
  if (cam_diff_count (rows) == 0 && !all)
    g_string_append_printf (text, "    %s\n", _("no difference"));
  for (guint i = 0; i < rows->len; i++)
    {
      const CamDiffRow *row = rows->pdata[i];
      const char *sign = row->mark == CAM_DIFF_SAME ? " " : cam_diff_mark_sign (row->mark);

      if (row->mark == CAM_DIFF_CHANGED)
        g_string_append_printf (text, "  %s %s: %s → %s\n", sign, row->name, row->a, row->b);
      else if (row->mark != CAM_DIFF_SAME || all)
        g_string_append_printf (text, "  %s %s: %s\n", sign, row->name, row->a != NULL ? row->a : row->b);
    }
}

static void
add_layers (GString          *text,
            const CamRunDiff *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      const CamDiffLayer *layer = self->layers->pdata[i];
      const char *settings = layer->a_text != NULL ? layer->a_text : layer->b_text;
      g_autofree char *params = cam_diff_layer_dup_params (self, layer);

      g_string_append_printf (text, "  %s %s", layer->mark == CAM_DIFF_SAME ? " " : cam_diff_mark_sign (layer->mark), layer->class_name);
      if (layer->mark == CAM_DIFF_CHANGED)
        for (guint k = 0; k < layer->fields->len; k++)
          {
            const CamDiffRow *field = layer->fields->pdata[k];

            g_string_append_printf (text, "%s %s %s → %s", k > 0 ? "," : "", field->name, field->a != NULL ? field->a : "–", field->b != NULL ? field->b : "–");
          }
      else if (*settings != '\0')
        g_string_append_printf (text, " %s", settings);
      if (params != NULL)
        g_string_append_printf (text, " (%s)", params);
      g_string_append_c (text, '\n');
    }
}

static void
add_scores (GString          *text,
            const CamRunDiff *self)
{
  for (guint i = 0; i < self->scores->len; i++)
    {
      const CamDiffScore *score = self->scores->pdata[i];
      g_autofree char *name = cam_diff_score_dup_name (score);
      g_autofree char *a = cam_run_words_value (score->key, score->a);
      g_autofree char *b = cam_run_words_value (score->key, score->b);
      g_autofree char *difference = cam_diff_score_dup_difference (score);

      g_string_append_printf (text, "    %s: %s → %s (%s", name, a, b, difference);
      if (score->better != 0)
        /* translators: %s is the name of a run */
        g_string_append_printf (text, _(", %s is better"), self->names[score->better > 0]);
      g_string_append (text, ")\n");
    }
}

static void
add_events (GString          *text,
            const CamRunDiff *self)
{
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; self->events[side][i] != NULL; i++)
      g_string_append_printf (text, "    %s: %s\n", self->names[side], self->events[side][i]);
}

char *
cam_run_diff_dup_text (const CamRunDiff *self,
                       gboolean          all)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  g_string_append_printf (text, "%s → %s\n", self->names[0], self->names[1]);
  /* translators: names of two runs */
  g_string_append_printf (text, _("~ different, − only %s, + only %s\n"), self->names[0], self->names[1]);
  add_head (text, _("Settings"));
  add_rows (text, self->settings, all);
  add_head (text, _("Network"));
  add_layers (text, self);
  add_head (text, _("Data and split"));
  add_rows (text, self->data, all);
  if (self->scores->len + self->course->len > 0)
    add_head (text, _("Scores"));
  add_scores (text, self);
  add_rows (text, self->course, TRUE);
  if (self->events[0][0] != NULL || self->events[1][0] != NULL)
    add_head (text, _("Done by hand"));
  add_events (text, self);
  return g_string_free (text, FALSE);
}
