/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a column. */

#include "cam-column-chart.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MAX_ROWS CAM_RELATION_LEVELS

const char *
cam_column_chart_get_name (CamColumnChart kind)
{
  switch (kind)
    {
    case CAM_COLUMN_CHART_VALUES:
      return _("Values");
    case CAM_COLUMN_CHART_BOX:
      return _("Box plot");
    case CAM_COLUMN_CHART_TARGET:
      return _("Against target");
    case CAM_COLUMN_N_CHARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
cam_column_chart_get_title (CamColumnChart     kind,
                            const CamRelation *relation)
{
  switch (kind)
    {
    case CAM_COLUMN_CHART_VALUES:
      return relation->is_number ? _("Distribution") : _("Rows per value");
    case CAM_COLUMN_CHART_BOX:
      return _("Spread");
    case CAM_COLUMN_CHART_TARGET:
      return _("Relation");
    case CAM_COLUMN_N_CHARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

gboolean
cam_column_chart_is_there (CamColumnChart     kind,
                           const CamRelation *relation)
{
  if (relation->n == 0)
    return FALSE;
  if (kind == CAM_COLUMN_CHART_VALUES)
    return TRUE;
  if (kind == CAM_COLUMN_CHART_BOX)
    return relation->is_number;
  /* Of a number by class, the box plot tells it already. */
  return relation->has_target && (relation->is_number ? relation->n_dots > 1 : relation->n_levels > 0);
}

/* Values ------------------------------------------------------------------------------------------------------------ */

static CamAxisFormat
get_format (CamColumnItem *item)
{
  return g_str_equal (cam_column_item_peek (item, "kind"), "date") ? CAM_AXIS_DATE : CAM_AXIS_NUMBER;
}

/* What its numbers count. */
static const char *
get_axis_title (CamColumnItem *item)
{
  return g_str_equal (cam_column_item_peek (item, "kind"), "text") ? _("words") : cam_column_item_get_name (item);
}

static CamChart *
new_histogram (const CamRelation *relation,
               CamColumnItem     *item)
{
  CamChart *chart = cam_chart_new ();
  g_autofree double *x = g_new (double, relation->n_bins + 1), *counts = g_new (double, relation->n_bins + 1);

  cam_chart_set_axes (chart, get_axis_title (item), NULL, get_format (item), CAM_AXIS_NUMBER);
  for (guint bin = 0; bin < relation->n_bins; bin++)
    x[bin] = relation->bin_start + (bin + 0.5) * relation->bin_width;
  for (guint group = 0; group < relation->n_groups; group++)
    {
      for (guint bin = 0; bin < relation->n_bins; bin++)
        counts[bin] = (double) relation->bins[group * relation->n_bins + bin];
      cam_chart_add_bars (chart, relation->n_classes > 0 ? relation->classes[group] : _("rows"), x, counts, relation->n_bins, relation->bin_width, group);
      cam_chart_set_listed (chart, group, relation->n_classes > 0);
    }
  return chart;
}

static gsize
count_level (const CamRelation *relation,
             guint              level)
{
  gsize n = 0;

  for (guint group = 0; group < relation->n_groups; group++)
    n += relation->level_counts[group * relation->n_levels + level];
  return n;
}

/* @as_shares: each row is a whole, parted by class. */
static CamChart *
new_levels (const CamRelation *relation,
            CamColumnItem     *item,
            gboolean           as_shares)
{
  CamChart *chart = cam_chart_new ();
  g_auto(GStrv) texts = g_new0 (char *, MAX_ROWS + 1);
  double values[MAX_ROWS] = { 0 };

  cam_chart_set_axes (chart, NULL, cam_column_item_get_name (item), as_shares ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  for (guint level = 0; level < relation->n_levels; level++)
    texts[level] = cam_words_count (count_level (relation, level));
  cam_chart_set_rows (chart, (const char *const *) relation->levels, (const char *const *) texts, relation->n_levels);
  for (guint group = 0; group < relation->n_groups; group++)
    {
      for (guint level = 0; level < relation->n_levels; level++)
        {
          double n = (double) relation->level_counts[group * relation->n_levels + level];

          values[level] = as_shares ? n / (double) MAX (count_level (relation, level), 1) : n;
        }
      cam_chart_add_row_bars (chart, relation->n_classes > 0 ? relation->classes[group] : _("rows"), values, group);
      cam_chart_set_listed (chart, group, relation->n_classes > 0);
    }
  if (as_shares)
    cam_chart_set_x_range (chart, 0, 1);
  return chart;
}

/* Boxes ------------------------------------------------------------------------------------------------------------- */

static CamChartBox
to_box (const CamQuartiles *quartiles)
{
  return (CamChartBox) { quartiles->low, quartiles->q25, quartiles->median, quartiles->q75, quartiles->high, quartiles->mean };
}

static CamChart *
new_boxes (const CamRelation *relation,
           CamColumnItem     *item)
{
  const char *const all[] = { "", NULL };
  CamChart *chart = cam_chart_new ();
  CamChartBox boxes[CAM_RELATION_CLASSES];
  guint colours[CAM_RELATION_CLASSES];

  cam_chart_set_axes (chart, get_axis_title (item), NULL, get_format (item), CAM_AXIS_NUMBER);
  for (guint group = 0; group < relation->n_groups; group++)
    {
      boxes[group] = to_box (relation->n_classes > 0 ? &relation->boxes[group] : &relation->all);
      colours[group] = group;
    }
  cam_chart_set_rows (chart, relation->n_classes > 0 ? (const char *const *) relation->classes : all, NULL, relation->n_groups);
  cam_chart_set_listed (chart, cam_chart_add_row_boxes (chart, cam_column_item_get_name (item), boxes, colours), FALSE);
  return chart;
}

static CamChart *
new_level_boxes (const CamRelation *relation,
                 CamColumnItem     *item,
                 CamColumnItem     *target)
{
  CamChart *chart = cam_chart_new ();
  CamChartBox boxes[MAX_ROWS];
  guint colours[MAX_ROWS] = { 0 };

  cam_chart_set_axes (chart, NULL, cam_column_item_get_name (item), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  for (guint level = 0; level < relation->n_levels; level++)
    boxes[level] = to_box (&relation->level_boxes[level]);
  cam_chart_set_rows (chart, (const char *const *) relation->levels, NULL, relation->n_levels);
  cam_chart_set_listed (chart, cam_chart_add_row_boxes (chart, cam_column_item_get_name (target), boxes, colours), FALSE);
  return chart;
}

/* Two numbers ------------------------------------------------------------------------------------------------------- */

static CamChart *
new_scatter (const CamRelation *relation,
             CamColumnItem     *item,
             CamColumnItem     *target)
{
  CamChart *chart = cam_chart_new ();

  cam_chart_set_axes (chart, get_axis_title (item), cam_column_item_get_name (target), get_format (item), CAM_AXIS_NUMBER);
  cam_chart_add_dots (chart, _("rows"), relation->dot_x, relation->dot_y, relation->n_dots, 0);
  cam_chart_add_curve (chart, _("mean"), relation->step_x, relation->step_y, relation->n_steps, 1, CAM_LINE_SOLID);
  return chart;
}

static char *
describe_scatter (const CamRelation *relation)
{
  g_autofree char *correlation = isnan (relation->correlation) ? NULL : g_strdup_printf ("%s%.2f", relation->correlation < 0 ? "−" : "", fabs (relation->correlation));
  g_autofree char *shown = cam_words_count (relation->n_dots), *all = cam_words_count (relation->n_pairs);

  if (relation->n_dots == relation->n_pairs)
    return correlation != NULL ? g_strdup_printf (_("Correlation %s"), correlation) : NULL;
  if (correlation == NULL)
    return g_strdup_printf (_("%s of %s rows drawn"), shown, all);
  return g_strdup_printf (_("Correlation %s · %s of %s rows drawn"), correlation, shown, all);
}

static char *
describe_levels (const CamRelation *relation)
{
  g_autofree char *n = NULL;

  if (relation->n_in_other_levels == 0)
    return NULL;
  n = cam_words_count (relation->n_in_other_levels);
  return g_strdup_printf (_("%u most frequent; %s rows in others"), relation->n_levels, n);
}

CamChart *
cam_column_chart_new (CamColumnChart      kind,
                      const CamRelation  *relation,
                      CamColumnItem      *item,
                      CamColumnItem      *target,
                      char              **note)
{
  const char *target_name = target != NULL ? cam_column_item_get_name (target) : "";

  g_return_val_if_fail (relation != NULL && CAM_IS_COLUMN_ITEM (item) && note != NULL, NULL);

  *note = NULL;
  if (!relation->is_number && (kind == CAM_COLUMN_CHART_VALUES || relation->n_classes > 0))
    {
      *note = describe_levels (relation);
      if (*note == NULL && relation->n_classes > 0)
        *note = g_strdup_printf (kind == CAM_COLUMN_CHART_VALUES ? _("By %s") : _("Shares of %s"), target_name);
      return new_levels (relation, item, kind == CAM_COLUMN_CHART_TARGET);
    }
  if (!relation->is_number)
    {
      *note = describe_levels (relation);
      if (*note == NULL)
        *note = g_strdup_printf (_("%s in each"), target_name);
      return new_level_boxes (relation, item, target);
    }
  if (kind == CAM_COLUMN_CHART_TARGET)
    {
      *note = describe_scatter (relation);
      return new_scatter (relation, item, target);
    }
  if (relation->n_classes > 0)
    *note = g_strdup_printf (_("By %s"), target_name);
  return kind == CAM_COLUMN_CHART_BOX ? new_boxes (relation, item) : new_histogram (relation, item);
}
