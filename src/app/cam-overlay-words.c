/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line under the title of overlaid runs. */

#include "cam-overlay-words.h"

#include <glib/gi18n-lib.h>

static char *
describe_runs (const CamOverlayFacts *facts)
{
  if (facts->n_most <= 1)
    return g_strdup (_("One run in each group: nothing to average"));
  if (facts->n_least == facts->n_most)
    /* translators: of each group of runs, by the name of the setting that they have in common */
    return g_strdup_printf (ngettext ("Mean of %u run by %s", "Mean of %u runs by %s", facts->n_most), facts->n_most, facts->group);
  /* translators: means of groups of different size: from, to, and the name of the setting that they have in common */
  return g_strdup_printf (_("Mean of %u to %u runs by %s"), facts->n_least, facts->n_most, facts->group);
}

static const char *
describe_band (const CamOverlayFacts *facts)
{
  if (facts->n_most <= 1)
    return NULL;
  switch (facts->band)
    {
    case CAM_BAND_DEVIATION:
      return _("band one deviation");
    case CAM_BAND_ERROR:
      return _("band one standard error");
    case CAM_BAND_RANGE:
      return _("band from lowest to highest");
    case CAM_BAND_NONE:
    default:
      return NULL;
    }
}

static void
add (GString *text,
     char    *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

static void
add_means (GString               *text,
           const CamOverlayFacts *facts)
{
  const char *band = describe_band (facts);

  if (facts->n_groups == 0)
    return;
  add (text, describe_runs (facts));
  if (band != NULL)
    g_string_append_printf (text, ", %s", band);
  if (facts->n_groups_drawn < facts->n_groups)
    add (text, g_strdup_printf (_("%u of %u groups drawn"), facts->n_groups_drawn, facts->n_groups));
  if (facts->is_cut)
    add (text, g_strdup (_("each up to where half of its runs have ended")));
}

char *
cam_overlay_words_subtitle (const CamOverlayFacts *facts)
{
  GString *text = g_string_new (NULL);

  if (facts->group != NULL)
    add_means (text, facts);
  if (facts->n_drawn < facts->n_curves)
    add (text, g_strdup_printf (_("%u of %u single curves drawn"), facts->n_drawn, facts->n_curves));
  if (facts->n_waiting > 0)
    add (text, g_strdup_printf (ngettext ("%u run still to be read", "%u runs still to be read", facts->n_waiting), facts->n_waiting));
  if (facts->n_spread > 0)
    add (text, g_strdup_printf (ngettext ("%u run kept no times: spread evenly", "%u runs kept no times: spread evenly", facts->n_spread), facts->n_spread));
  if (facts->n_left_out > 0)
    add (text, g_strdup_printf (ngettext ("%u run without a count of steps left out", "%u runs without a count of steps left out", facts->n_left_out), facts->n_left_out));
  if (text->len == 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  return g_string_free (text, FALSE);
}
