/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs overlaid: each in its colour and pattern, named at its end; or means of groups with their bands, and the runs pale behind them. */

#include "cam-overlay.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-overlay-words.h"
#include "cam-run-words.h"

#define MOST_LABELS 16           /* at the ends of curves; of more the pointer tells which is which */
#define MOST_BOLD 36             /* single curves that colour and pattern can tell apart */
#define MOST_POINTS 1000         /* of a mean, where runs have epochs in common … */
#define MOST_LOOKED_UP 400       /* … and where they are looked up between them */
#define MINUTES_FROM 300.0       /* seconds of the longest run from which an axis counts minutes … */
#define HOURS_FROM (3 * 3600.0)  /* … and hours */

typedef struct
{
  CamRunItem      *run;          /* borrowed */
  CamOverlayCurve  points;       /* y is the run's */
  double          *own_x;        /* NULL: shared by all */
  gboolean         is_chosen;
  gboolean         is_spread;    /* its times are not its own */
} Curve;

typedef struct
{
  const char *name;              /* borrowed from the settings of a run */
  char       *order;             /* owned */
  double      number;            /* NaN: none */
  GPtrArray  *curves;            /* of Curve, borrowed */
  gboolean    is_chosen;
} Group;

typedef struct
{
  const CamOverlaySource *source;
  CamOverlay             *overlay;
  GHashTable             *chosen;      /* set of CamRunItem */
  GPtrArray              *curves;      /* of Curve, those that are drawn first */
  double                 *epochs;      /* 1, 2, 3 … as many as the longest run has */
  double                  unit;        /* seconds in what the axis of time counts */
  double                  end;         /* the last x */
  gboolean                has_chosen;
  gboolean                is_share;    /* 0 … 1: accuracy */
  CamOverlayFacts         facts;
} Build;

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  g_free (curve->own_x);
  g_free (curve);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->order);
  g_ptr_array_unref (group->curves);
  g_free (group);
}

/* Places ------------------------------------------------------------------------------------------------------------ */

/* Kept with the run once it is known: a report does not change. */
static gsize
count_batches (const CamOverlaySource *source,
               CamRunItem             *run)
{
  gsize known = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (run), "cam-overlay-batches"));
  const char *text = cam_run_item_peek_report (run);
  const CamRunSetting *size;
  g_autoptr(json_t) report = NULL;
  gint64 n_rows;

  if (known > 0)
    return known;
  if (run == source->live)
    return source->live_batches;
  report = text != NULL ? json_loads (text, 0, NULL) : NULL;
  n_rows = json_integer_value (json_object_get (report, "training_rows"));
  size = cam_run_settings_find (cam_run_item_peek_settings (run), g_intern_static_string ("batch_size"));
  if (n_rows <= 0 || size == NULL || !(size->number >= 1))
    return 0;
  known = (gsize) ceil ((double) n_rows / size->number);
  g_object_set_data (G_OBJECT (run), "cam-overlay-batches", GSIZE_TO_POINTER (known));
  return known;
}

static double *
make_steps (gsize n,
            gsize n_batches)
{
  double *x = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    x[i] = (double) ((i + 1) * n_batches);
  return x;
}

/* When each epoch ended; evenly over the run where that was not kept. */
static double *
make_times (Build *self,
            Curve *curve)
{
  gsize n = curve->points.n;
  guint n_kept = 0;
  const double *kept = cam_run_item_peek_seconds (curve->run, &n_kept);
  double all = fmax (cam_run_item_get_record (curve->run)->seconds, 1e-6);
  double *x = g_new (double, n);

  curve->is_spread = kept == NULL || n_kept < n;
  for (gsize i = 0; i < n && !curve->is_spread; i++)
    curve->is_spread = !isfinite (kept[i]);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = curve->is_spread ? all * (double) (i + 1) / (double) n : kept[i];
      /* Clocks do not always tell two short epochs apart, curves must. */
      if (i > 0 && !(x[i] > x[i - 1] * self->unit))
        x[i] = x[i - 1] * self->unit * (1 + 1e-12) + 1e-9;
      x[i] /= self->unit;
    }
  return x;
}

/* FALSE: there is nothing to draw it over. */
static gboolean
place (Build *self,
       Curve *curve)
{
  gsize n_batches;

  switch (self->source->look->axis)
    {
    case CAM_OVERLAY_STEPS:
      n_batches = count_batches (self->source, curve->run);
      if (n_batches == 0)
        {
          self->facts.n_left_out++;
          return FALSE;
        }
      curve->own_x = make_steps (curve->points.n, n_batches);
      break;
    case CAM_OVERLAY_TIME:
      curve->own_x = make_times (self, curve);
      self->facts.n_spread += curve->is_spread;
      break;
    case CAM_OVERLAY_EPOCHS:
    default:
      break;
    }
  curve->points.x = curve->own_x != NULL ? curve->own_x : self->epochs;
  return TRUE;
}

static gboolean
is_chosen (Build      *self,
           CamRunItem *run)
{
  return g_hash_table_contains (self->chosen, run);
}

/* First those that are drawn on top. */
static void
collect (Build *self)
{
  GPtrArray *runs = self->source->runs;
  guint longest = 0;
  double seconds = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      longest = MAX (longest, cam_run_item_get_record (runs->pdata[i])->n_epochs);
      seconds = fmax (seconds, cam_run_item_get_record (runs->pdata[i])->seconds);
      self->has_chosen = self->has_chosen || is_chosen (self, runs->pdata[i]);
    }
  self->unit = seconds >= HOURS_FROM ? 3600 : seconds >= MINUTES_FROM ? 60 : 1;
  self->epochs = make_steps (MAX (longest, 1), 1);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < runs->len; i++)
      {
        guint n = 0;
        gboolean is_first = !self->has_chosen || is_chosen (self, runs->pdata[i]);
        const double *values = is_first == (pass == 0) ? cam_run_item_peek_history (runs->pdata[i], self->source->key, &n) : NULL;
        Curve *curve;

        if (values == NULL || n == 0)
          continue;
        curve = g_new0 (Curve, 1);
        curve->run = runs->pdata[i];
        curve->points.y = values;
        curve->points.n = MIN (n, longest);
        curve->is_chosen = is_first;
        if (place (self, curve))
          g_ptr_array_add (self->curves, curve);
        else
          curve_free (curve);
      }
}

/* Single curves ----------------------------------------------------------------------------------------------------- */

/* The axis goes as far as what is drawn. */
static void
reach (Build        *self,
       const double *x,
       gsize         n)
{
  if (n > 0)
    self->end = fmax (self->end, x[n - 1]);
}

static void
own (Build      *self,
     CamRunItem *run,
     GPtrArray  *curves)
{
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_object_unref);

  if (run != NULL)
    g_ptr_array_add (owners, g_object_ref (run));
  for (guint i = 0; curves != NULL && i < curves->len; i++)
    g_ptr_array_add (owners, g_object_ref (((Curve *) curves->pdata[i])->run));
  g_ptr_array_add (self->overlay->owners, owners);
}

static guint
draw_curve (Build       *self,
            const Curve *curve)
{
  guint series = cam_chart_add_curve (self->overlay->chart, cam_run_item_get_name (curve->run), curve->points.x, curve->points.y, curve->points.n,
                                      cam_run_item_get_colour (curve->run), cam_run_item_get_pattern (curve->run));
  guint best = cam_run_item_get_record (curve->run)->best_epoch;

  reach (self, curve->points.x, curve->points.n);
  own (self, curve->run, NULL);
  if (self->source->look->marks_best && self->source->look->group == NULL && best > 0 && best <= curve->points.n)
    cam_chart_set_dot (self->overlay->chart, series, best - 1);
  return series;
}

static void
draw_curves (Build *self)
{
  CamChart *chart = self->overlay->chart;
  guint n = MIN (self->curves->len, CAM_OVERLAY_MOST_CURVES);
  guint n_bold = 0;

  for (guint i = 0; i < n; i++)
    n_bold += ((Curve *) self->curves->pdata[i])->is_chosen;
  for (guint i = 0; i < n; i++)
    {
      const Curve *curve = self->curves->pdata[i];
      guint series = draw_curve (self, curve);
      gboolean is_labelled = n <= MOST_LABELS || (self->has_chosen && curve->is_chosen && n_bold <= MOST_LABELS);

      cam_chart_set_faded (chart, series, !curve->is_chosen || n_bold > MOST_BOLD);
      cam_chart_set_end_label (chart, series, is_labelled);
      cam_chart_set_listed (chart, series, FALSE);
    }
  self->facts.n_curves = self->curves->len + self->source->n_beyond;
  self->facts.n_drawn = n;
}

/* The best epoch of the only run that is chosen. */
static void
mark_best (Build *self)
{
  const Curve *only = self->curves->len > 0 ? self->curves->pdata[0] : NULL;
  const CamRunRecord *record = only != NULL ? cam_run_item_get_record (only->run) : NULL;
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;

  /* The chosen one may have no curve of this name. */
  if (only == NULL || !self->has_chosen || !only->is_chosen || self->source->chosen->len != 1 || record->best_epoch == 0 || record->best_epoch > only->points.n)
    return;
  value = cam_run_words_value (self->source->key, only->points.y[record->best_epoch - 1]);
  label = g_strdup_printf (_("best %s · epoch %u"), value, record->best_epoch);
  cam_chart_set_marker (self->overlay->chart, only->points.x[record->best_epoch - 1], only->points.y[record->best_epoch - 1], label);
}

/* Means ------------------------------------------------------------------------------------------------------------- */

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

  if (isnan (x->number) != isnan (y->number))
    return isnan (x->number) - isnan (y->number);
  if (!isnan (x->number) && x->number != y->number)
    return x->number < y->number ? -1 : 1;
  return strcmp (x->order, y->order);
}

static const char *
get_study_name (Build      *self,
                CamRunItem *run)
{
  gint64 id = cam_run_item_get_study (run);
  const char *name = g_hash_table_lookup (self->source->studies, &id);

  /* translators: runs that belong to no study */
  return name != NULL ? name : _("no study");
}

static GPtrArray *
make_groups (Build *self)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->curves->len; i++)
    {
      Curve *curve = self->curves->pdata[i];
      const CamRunSetting *setting = cam_run_settings_find (cam_run_item_peek_settings (curve->run), self->source->look->group);
      const char *name = self->source->studies != NULL ? get_study_name (self, curve->run) : setting != NULL ? setting->text : "–";
      Group *group = g_hash_table_lookup (by_name, name);

      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->name = name;
          group->order = g_utf8_collate_key_for_filename (name, -1);
          group->number = setting != NULL ? setting->number : NAN;
          group->curves = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_name, (gpointer) group->name, group);
        }
      g_ptr_array_add (group->curves, curve);
      group->is_chosen = group->is_chosen || curve->is_chosen;
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

static gsize
find_best (const CamOverlayMean *mean,
           gboolean              larger_is_better)
{
  gsize best = G_MAXSIZE;

  for (gsize i = 0; i < mean->n; i++)
    if (isfinite (mean->mean[i]) && (best == G_MAXSIZE || (larger_is_better ? mean->mean[i] > mean->mean[best] : mean->mean[i] < mean->mean[best])))
      best = i;
  return best;
}

/* No share lies below nothing or above all, whatever the deviation is. */
static void
keep_within_shares (CamOverlayMean *mean)
{
  for (gsize i = 0; i < mean->n; i++)
    if (isfinite (mean->low[i]))
      {
        mean->low[i] = fmax (mean->low[i], 0);
        mean->high[i] = fmin (mean->high[i], 1);
      }
}

static void
draw_mean (Build       *self,
           const Group *group,
           guint        place_in_order)
{
  CamChart *chart = self->overlay->chart;
  const CamOverlayLook *look = self->source->look;
  g_autofree CamOverlayCurve *curves = g_new (CamOverlayCurve, group->curves->len);
  g_autoptr(CamOverlayMean) mean = NULL;
  guint series;

  for (guint i = 0; i < group->curves->len; i++)
    curves[i] = ((Curve *) group->curves->pdata[i])->points;
  mean = cam_overlay_mean_new (curves, group->curves->len, look->band, look->axis == CAM_OVERLAY_EPOCHS ? MOST_POINTS : MOST_LOOKED_UP);
  series = cam_chart_add_curve (chart, group->name, mean->x, mean->mean, mean->n, place_in_order % 9, (CamLinePattern) (place_in_order % 4));
  reach (self, mean->x, mean->n);
  own (self, NULL, group->curves);
  if (look->band != CAM_BAND_NONE)
    {
      if (self->is_share)
        keep_within_shares (mean);
      cam_chart_set_band (chart, series, mean->low, mean->high);
    }
  cam_chart_set_end_label (chart, series, TRUE);
  cam_chart_set_faded (chart, series, !group->is_chosen);
  if (look->marks_best && mean->n > 0)
    {
      gsize best = find_best (mean, cam_history_key_larger_is_better (self->source->key));

      if (best != G_MAXSIZE)
        cam_chart_set_dot (chart, series, best);
    }
  self->facts.is_cut = self->facts.is_cut || mean->is_cut;
  self->facts.n_most = MAX (self->facts.n_most, group->curves->len);
  self->facts.n_least = MIN (self->facts.n_least, group->curves->len);
}

/* A run behind its mean has the mean's colour. */
static void
draw_behind (Build       *self,
             const Group *group,
             guint        place_in_order)
{
  CamChart *chart = self->overlay->chart;

  for (guint i = 0; i < group->curves->len && self->facts.n_drawn < CAM_OVERLAY_MOST_CURVES; i++)
    {
      const Curve *curve = group->curves->pdata[i];
      guint series = cam_chart_add_curve (chart, cam_run_item_get_name (curve->run), curve->points.x, curve->points.y, curve->points.n, place_in_order % 9, CAM_LINE_SOLID);

      reach (self, curve->points.x, curve->points.n);
      own (self, curve->run, NULL);
      cam_chart_set_faded (chart, series, TRUE);
      cam_chart_set_listed (chart, series, FALSE);
      self->facts.n_drawn++;
    }
}

/* The first series lies on top: means of what is chosen, other means, single curves. */
static void
draw_means (Build *self)
{
  g_autoptr(GPtrArray) groups = make_groups (self);
  guint n = MIN (groups->len, CAM_OVERLAY_MOST_GROUPS);

  self->facts.n_groups = groups->len;
  self->facts.n_groups_drawn = n;
  self->overlay->n_means = n;
  self->facts.n_least = G_MAXUINT;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      if (((Group *) groups->pdata[i])->is_chosen == (pass == 0))
        draw_mean (self, groups->pdata[i], i);
  for (guint i = 0; i < n && self->source->look->shows_runs; i++)
    {
      draw_behind (self, groups->pdata[i], i);
      self->facts.n_curves += ((Group *) groups->pdata[i])->curves->len;
    }
}

/* The whole --------------------------------------------------------------------------------------------------------- */

static const char *
get_axis_title (Build *self)
{
  switch (self->source->look->axis)
    {
    case CAM_OVERLAY_STEPS:
      /* translators: an axis: batches that the optimizer has seen */
      return C_("axis", "Step");
    case CAM_OVERLAY_TIME:
      return self->unit > 60 ? C_("axis", "Hours") : self->unit > 1 ? C_("axis", "Minutes") : C_("axis", "Seconds");
    case CAM_OVERLAY_EPOCHS:
    default:
      return _("Epoch");
    }
}

static void
set_up_axes (Build *self)
{
  CamChart *chart = self->overlay->chart;
  const char *empty = _("No epoch has ended yet");

  cam_chart_set_axes (chart, get_axis_title (self), NULL, CAM_AXIS_NUMBER, self->is_share ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, self->source->look->axis == CAM_OVERLAY_EPOCHS ? fmax (self->end, 2) : self->end > 0 ? self->end : 1);
  if (self->source->n_waiting > 0)
    empty = _("Reading the runs…");
  else if (self->source->runs->len == 0)
    empty = _("Tick a run to see its curve");
  cam_chart_set_empty_text (chart, empty);
}

CamOverlay *
cam_overlay_new (const CamOverlaySource *source)
{
  const CamKind *kind = cam_run_words_metric (source->key);
  Build self = { .source = source, .overlay = g_new0 (CamOverlay, 1), .is_share = kind != NULL && kind->is_share };

  self.overlay->chart = cam_chart_new ();
  self.overlay->owners = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self.curves = g_ptr_array_new_with_free_func (curve_free);
  self.chosen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < source->chosen->len; i++)
    g_hash_table_add (self.chosen, source->chosen->pdata[i]);
  collect (&self);
  if (source->look->group != NULL)
    draw_means (&self);
  else
    {
      draw_curves (&self);
      mark_best (&self);
    }
  set_up_axes (&self);
  self.facts.band = source->look->band;
  self.facts.group = source->studies != NULL ? _("study") : source->look->group;
  self.facts.n_waiting = source->n_waiting;
  self.overlay->subtitle = cam_overlay_words_subtitle (&self.facts);
  g_ptr_array_unref (self.curves);
  g_hash_table_unref (self.chosen);
  g_free (self.epochs);
  return self.overlay;
}

void
cam_overlay_free (CamOverlay *self)
{
  if (self == NULL)
    return;
  cam_chart_unref (self->chart);
  g_free (self->subtitle);
  g_ptr_array_unref (self->owners);
  g_free (self);
}
