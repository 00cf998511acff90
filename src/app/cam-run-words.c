/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in words. */
#include "cam-run-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cam-words.h"

static const struct { const char *text, *colour; } states[] = {
  [CAM_RUN_RUNNING] = { N_("running"), "blue" },
  [CAM_RUN_FINISHED] = { N_("finished"), "green" },
  [CAM_RUN_EARLY] = { N_("stopped early"), "green" },
  [CAM_RUN_STOPPED] = { N_("stopped"), "plain" },
  [CAM_RUN_DIVERGED] = { N_("diverged"), "red" },
  [CAM_RUN_FAILED] = { N_("failed"), "red" },
  [CAM_RUN_INTERRUPTED] = { N_("cut short"), "amber" },
};

const char *
cam_run_words_state (const CamRunFacts *facts)
{
  if (facts->is_live && facts->is_stopping)
    return _("stopping");
  if (facts->is_live && facts->is_paused)
    return _("paused");
  return _(states[facts->state].text);
}

const char *
cam_run_words_colour (const CamRunFacts *facts)
{
  return facts->is_live && (facts->is_paused || facts->is_stopping) ? "amber" : states[facts->state].colour;
}

const CamKind *
cam_run_words_metric (const char *key)
{
  return cam_history_key_find_metric (key);
}

/* "3.21e-8": an exponent without the sign and the noughts of C. */
static char *
format_exponent (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *exponent;

  g_ascii_formatd (text, sizeof text, "%.2e", value);
  exponent = strchr (text, 'e');
  *exponent = '\0';
  return g_strdup_printf ("%se%d", text, atoi (exponent + 1));
}

char *
cam_run_words_value (const char *key,
                     double      value)
{
  const CamKind *metric = cam_run_words_metric (key);
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double size = fabs (value);

  if (!isfinite (value))
    return g_strdup (isnan (value) ? "–" : value > 0 ? "∞" : "−∞");
  if (metric != NULL && metric->is_share)
    {
      g_ascii_formatd (text, sizeof text, "%.1f", 100 * value);
      /* translators: a share in per cent: %s is the number */
      return g_strdup_printf (_("%s %%"), text);
    }
  /* As many digits at each epoch, so that a figure does not change its width while it counts. */
  if (size != 0 && (size < 1e-3 || size >= 1e6))
    return format_exponent (value);
  g_ascii_formatd (text, sizeof text, size < 10 ? "%.4f" : size < 1000 ? "%.2f" : "%.1f", value);
  return g_strdup (text);
}

char *
cam_run_words_duration (double seconds)
{
  guint whole;

  if (!isfinite (seconds) || seconds < 0)
    return g_strdup ("–");
  if (seconds < 0.0995)
    /* translators: a duration in thousandths of a second */
    return g_strdup_printf (_("%.0f ms"), ceil (seconds * 1000));
  if (seconds < 9.95)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      /* translators: a duration in seconds */
      return g_strdup_printf (_("%s s"), g_ascii_formatd (text, sizeof text, "%.1f", seconds));
    }
  whole = (guint) fmin (seconds + 0.5, G_MAXINT32);
  if (whole < 60)
    return g_strdup_printf (_("%u s"), whole);
  if (whole < 3600)
    /* translators: minutes and seconds */
    return g_strdup_printf (_("%u min %u s"), whole / 60, whole % 60);
  /* translators: hours and minutes */
  return g_strdup_printf (_("%u h %u min"), whole / 3600, whole / 60 % 60);
}

char *
cam_run_words_speed (double rows_per_s)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (rows_per_s) || rows_per_s <= 0)
    return g_strdup ("–");
  if (rows_per_s < 9999.5)
    return cam_words_count ((guint64) (rows_per_s + 0.5));
  if (rows_per_s < 999500)
    return g_strdup_printf ("%s k", g_ascii_formatd (text, sizeof text, "%.0f", rows_per_s / 1e3));
  return g_strdup_printf ("%s M", g_ascii_formatd (text, sizeof text, rows_per_s < 9.95e6 ? "%.1f" : "%.0f", rows_per_s / 1e6));
}

/* "Epoch 38 was the best: val_loss 0.2312." */
static char *
describe_best (const CamRunFacts *facts)
{
  g_autofree char *value = NULL;

  if (facts->best_epoch == 0 || facts->monitor == NULL)
    return g_strdup ("");
  value = cam_run_words_value (facts->monitor, facts->best_value);
  /* translators: epoch, history key, its value */
  return g_strdup_printf (_("Epoch %u was the best: %s %s."), facts->best_epoch, facts->monitor, value);
}

char *
cam_run_words_end (const CamRunFacts  *facts,
                   char              **detail)
{
  g_autofree char *best = describe_best (facts);
  g_autofree char *done = cam_words_count (facts->n_epochs);
  g_autofree char *planned = cam_words_count (facts->n_planned);

  switch (facts->state)
    {
    case CAM_RUN_FINISHED:
      *detail = g_steal_pointer (&best);
      return g_strdup_printf (ngettext ("The only epoch is done.", "All %s epochs are done.", facts->n_epochs), done);
    case CAM_RUN_EARLY:
      if (facts->patience > 0 && facts->monitor != NULL)
        /* translators: history key such as val_loss; number of epochs; a further sentence */
        *detail = g_strdup_printf (ngettext ("%s had not improved for %u epoch. %s", "%s had not improved for %u epochs. %s", facts->patience),
                                   facts->monitor, facts->patience, best);
      else
        *detail = g_strconcat (facts->message != NULL ? facts->message : "", facts->message != NULL ? " " : "", best, NULL);
      return g_strdup_printf (_("Stopped early, at epoch %s."), done);
    case CAM_RUN_STOPPED:
      *detail = g_steal_pointer (&best);
      if (facts->n_epochs == 0)
        return g_strdup (_("Stopped before its first epoch ended."));
      return g_strdup_printf (ngettext ("You stopped it after %s epoch of %s.", "You stopped it after %s epochs of %s.", facts->n_epochs), done, planned);
    case CAM_RUN_DIVERGED:
      *detail = g_steal_pointer (&best);
      /* It names epoch and batch, what was not finite, and what to do. */
      return facts->message != NULL ? g_strdup (facts->message) : g_strdup_printf (_("%s diverged."), facts->name);
    case CAM_RUN_INTERRUPTED:
      if (facts->n_epochs == 0)
        *detail = g_strdup (_("The program ended before the first epoch did: nothing could be kept."));
      else
        /* translators: the second %s is a further sentence */
        *detail = g_strdup_printf (ngettext ("The program ended while it ran. %s finished epoch and the best model are kept. %s",
                                             "The program ended while it ran. %s finished epochs and the best model are kept. %s", facts->n_epochs),
                                   done, best);
      return g_strdup_printf (_("%s was cut short."), facts->name);
    case CAM_RUN_FAILED:
      *detail = g_strdup (facts->message != NULL ? facts->message : "");
      return g_strdup_printf (_("%s failed."), facts->name);
    case CAM_RUN_RUNNING:
    default:
      *detail = g_strdup ("");
      return g_strdup ("");
    }
}
