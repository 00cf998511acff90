/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts below the table of runs. */

#include "cam-compare-charts.h"

#include <glib/gi18n-lib.h>

#include "cam-overlay.h"

#define READ_US 5000             /* histories read at once … */
#define SLICE_US 4000            /* … and in a turn of the rest */
#define TIMES_KEY "cam-compare-times"
#define TELL_US (250 * 1000)     /* between two drawings while the rest is read */

typedef struct
{
  /* borrowed */
  CamChartCard *card;
  GtkDropDown  *choice;

  /* owned */
  char         *key;             /* what the user chose, or what stands for it */
  GPtrArray    *owners;          /* as of CamOverlay; NULL: nothing shown yet */
} Side;

struct _CamCompareCharts
{
  GObject           parent_instance;

  /* borrowed */
  CamRunTable      *table;
  GtkDropDown      *group;

  /* owned */
  CamOverlayChoice *choice;
  GtkStringList    *keys;
  GtkStringList    *group_names;
  GPtrArray        *group_keys;  /* of the entries behind the first, interned */
  GPtrArray        *waiting;     /* of CamRunItem: to be read */
  GHashTable       *studies;     /* names by number */
  GHashTable       *painted;     /* set of CamRunItem that are drawn as their groups are */
  Side              sides[CAM_COMPARE_N_CHARTS];
  guint             read_source;
  gint64            told_at;
  gboolean          is_setting;
};

G_DEFINE_FINAL_TYPE (CamCompareCharts, cam_compare_charts, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (CamCompareCharts *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Which curve -------------------------------------------------------------------------------------------------------- */

static gboolean
has_key (GPtrArray  *keys,
         const char *key)
{
  return key != NULL && g_ptr_array_find (keys, g_intern_string (key), NULL);
}

/* Left the loss, right the first metric; both of validation where there is one. */
static const char *
default_key (GPtrArray *keys,
             guint      side)
{
  static const char *const losses[] = { "val_loss", "loss" };

  for (guint i = 0; i < G_N_ELEMENTS (losses) && side == 0; i++)
    if (has_key (keys, losses[i]))
      return losses[i];
  for (guint i = 0; i < keys->len && side == 1; i++)
    if (!g_str_has_suffix (keys->pdata[i], "loss"))
      return keys->pdata[i];
  return keys->len > side ? keys->pdata[side] : keys->len > 0 ? keys->pdata[0] : NULL;
}

static gboolean
same_strings (GtkStringList *list,
              GPtrArray     *strings)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) != strings->len)
    return FALSE;
  for (guint i = 0; i < strings->len; i++)
    if (g_strcmp0 (gtk_string_list_get_string (list, i), strings->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
set_strings (GtkStringList *list,
             GPtrArray     *strings)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  if (same_strings (list, strings))
    return;
  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (all, strings->pdata[i]);
  g_ptr_array_add (all, NULL);
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), (const char *const *) all->pdata);
}

static void
offer_keys (CamCompareCharts *self,
            GPtrArray        *keys)
{
  guint place;

  self->is_setting = TRUE;
  set_strings (self->keys, keys);
  for (guint i = 0; i < CAM_COMPARE_N_CHARTS; i++)
    {
      Side *side = &self->sides[i];

      if (!has_key (keys, side->key))
        {
          g_free (side->key);
          side->key = g_strdup (default_key (keys, i));
        }
      if (side->key != NULL && g_ptr_array_find (keys, g_intern_string (side->key), &place))
        gtk_drop_down_set_selected (side->choice, place);
      gtk_widget_set_visible (GTK_WIDGET (side->choice), keys->len > 1);
    }
  self->is_setting = FALSE;
}

static void
key_cb (CamCompareCharts *self,
        GParamSpec       *pspec,
        GtkDropDown      *choice)
{
  Side *side = &self->sides[choice == self->sides[1].choice];
  const char *key = gtk_string_list_get_string (self->keys, gtk_drop_down_get_selected (choice));

  if (self->is_setting || key == NULL || g_strcmp0 (side->key, key) == 0)
    return;
  g_free (side->key);
  side->key = g_strdup (key);
  tell (self);
}

/* How they are grouped ----------------------------------------------------------------------------------------------- */

/* Whether the runs have more than one value of it. */
static gboolean
differs (GPtrArray  *runs,
         const char *key)
{
  const CamRunSetting *first = NULL;

  for (guint i = 0; i < runs->len; i++)
    {
      const CamRunSetting *setting = cam_run_settings_find (cam_run_item_peek_settings (runs->pdata[i]), key);

      if (i == 0)
        first = setting;
      else if ((first == NULL) != (setting == NULL) || (first != NULL && g_strcmp0 (first->text, setting->text) != 0))
        return TRUE;
    }
  return FALSE;
}

/* Whether they are of more than one study, or of one and none. */
static gboolean
have_studies (GPtrArray *runs)
{
  for (guint i = 1; i < runs->len; i++)
    if (cam_run_item_get_study (runs->pdata[i]) != cam_run_item_get_study (runs->pdata[0]))
      return TRUE;
  return FALSE;
}

static gboolean
has_value (GHashTable *names,
           const char *name)
{
  GHashTableIter iter;
  gpointer there;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, &there))
    if (g_str_equal (there, name))
      return TRUE;
  return FALSE;
}

/* Two studies of one name are told apart by their numbers. */
static void
name_studies (CamCompareCharts *self,
              CamStore         *store,
              GPtrArray        *runs)
{
  for (guint i = 0; i < runs->len; i++)
    {
      gint64 id = cam_run_item_get_study (runs->pdata[i]);
      g_autoptr(CamStudyRecord) study = NULL;
      char *name;

      if (id == 0 || store == NULL || g_hash_table_contains (self->studies, &id))
        continue;
      study = cam_store_get_study (store, id, NULL);
      name = g_strdup (study != NULL ? study->name : "");
      if (has_value (self->studies, name))
        {
          g_free (name);
          name = g_strdup_printf ("%s (%" G_GINT64_FORMAT ")", study != NULL ? study->name : "", id);
        }
      g_hash_table_insert (self->studies, g_memdup2 (&id, sizeof id), name);
    }
}

static void
offer_groups (CamCompareCharts *self,
              GPtrArray        *shown)
{
  GPtrArray *settings = cam_run_table_get_settings (self->table);
  const char *chosen = cam_overlay_choice_get_look (self->choice)->group;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint place;

  g_ptr_array_set_size (self->group_keys, 0);
  g_ptr_array_add (names, g_strdup (_("No grouping")));
  if (have_studies (shown))
    {
      g_ptr_array_add (self->group_keys, (gpointer) g_intern_static_string (CAM_OVERLAY_STUDY));
      g_ptr_array_add (names, g_strdup (_("Group by study")));
    }
  for (guint i = 0; settings != NULL && i < settings->len; i++)
    if (differs (shown, settings->pdata[i]))
      {
        g_ptr_array_add (self->group_keys, settings->pdata[i]);
        /* translators: runs by the value of a setting; %s is its name */
        g_ptr_array_add (names, g_strdup_printf (_("Group by %s"), (const char *) settings->pdata[i]));
      }
  self->is_setting = TRUE;
  set_strings (self->group_names, names);
  gtk_drop_down_set_selected (self->group, chosen != NULL && g_ptr_array_find (self->group_keys, chosen, &place) ? place + 1 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->group_keys->len > 0);
  self->is_setting = FALSE;
}

static void
group_cb (CamCompareCharts *self)
{
  guint place = gtk_drop_down_get_selected (self->group);

  if (self->is_setting || place == GTK_INVALID_LIST_POSITION)
    return;
  g_object_set (self->choice, "group", place > 0 && place <= self->group_keys->len ? self->group_keys->pdata[place - 1] : "", NULL);
}

/* What was chosen before may not be there now: then it waits. */
static CamOverlayLook
get_look (CamCompareCharts *self)
{
  CamOverlayLook look = *cam_overlay_choice_get_look (self->choice);

  if (look.group != NULL && !g_ptr_array_find (self->group_keys, look.group, NULL))
    look.group = NULL;
  return look;
}

/* Reading ------------------------------------------------------------------------------------------------------------ */

static void
read_run (CamCompareCharts *self,
          CamRunItem       *run)
{
  guint n = 0;

  cam_run_item_peek_history (run, "", NULL);
  if (cam_overlay_choice_get_look (self->choice)->axis != CAM_OVERLAY_TIME)
    return;
  cam_run_item_peek_seconds (run, &n);
  g_object_set_data (G_OBJECT (run), TIMES_KEY, GUINT_TO_POINTER (cam_run_item_get_record (run)->n_epochs + 1));
}

/* As far as it is wanted now. A run under way is read again with each refresh. */
static gboolean
is_read (CamCompareCharts *self,
         CamRunItem       *run)
{
  return cam_run_item_has_history (run)
         && (cam_overlay_choice_get_look (self->choice)->axis != CAM_OVERLAY_TIME
             || GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (run), TIMES_KEY)) == cam_run_item_get_record (run)->n_epochs + 1);
}

static gboolean
read_cb (gpointer user_data)
{
  CamCompareCharts *self = user_data;
  const gint64 end = g_get_monotonic_time () + SLICE_US;

  while (self->waiting->len > 0 && g_get_monotonic_time () < end)
    {
      read_run (self, self->waiting->pdata[self->waiting->len - 1]);
      g_ptr_array_remove_index (self->waiting, self->waiting->len - 1);
    }
  if (self->waiting->len > 0 && g_get_monotonic_time () - self->told_at < TELL_US)
    return G_SOURCE_CONTINUE;
  self->told_at = g_get_monotonic_time ();
  if (self->waiting->len == 0)
    self->read_source = 0;
  tell (self);
  return self->read_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Those of which something can be drawn now; the others are read from now on, the first of them first. */
static GPtrArray *
take_read (CamCompareCharts *self,
           GPtrArray        *wanted)
{
  GPtrArray *read = g_ptr_array_new ();
  const gint64 end = g_get_monotonic_time () + READ_US;

  g_ptr_array_set_size (self->waiting, 0);
  for (guint i = 0; i < wanted->len; i++)
    {
      CamRunItem *run = wanted->pdata[i];

      if (!is_read (self, run) && g_get_monotonic_time () < end)
        read_run (self, run);
      if (is_read (self, run))
        g_ptr_array_add (read, run);
      else
        g_ptr_array_insert (self->waiting, 0, g_object_ref (run));
    }
  if (self->waiting->len > 0 && self->read_source == 0)
    self->read_source = g_idle_add_full (G_PRIORITY_LOW, read_cb, self, NULL);
  return read;
}

/* Showing ------------------------------------------------------------------------------------------------------------ */

/* The selected ones first, and no more than are drawn one by one. */
static GPtrArray *
choose (GPtrArray *shown,
        GPtrArray *selected,
        gboolean   is_grouped)
{
  GPtrArray *wanted = g_ptr_array_new ();
  g_autoptr(GHashTable) set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (set, selected->pdata[i]);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < shown->len; i++)
      if (g_hash_table_contains (set, shown->pdata[i]) == (pass == 0))
        g_ptr_array_add (wanted, shown->pdata[i]);
  if (!is_grouped && wanted->len > CAM_OVERLAY_MOST_CURVES)
    g_ptr_array_set_size (wanted, CAM_OVERLAY_MOST_CURVES);
  return wanted;
}

static gsize
count_live_batches (CamSession *session)
{
  const CamProgress *progress = cam_runner_get_progress (cam_session_get_runner (session));

  return progress != NULL ? progress->n_batches : 0;
}

/* In the table a run has the line of its group. */
static void
paint (CamCompareCharts *self,
       const CamOverlay *overlay)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->painted);
  GHashTableIter iter;
  gpointer run;

  self->painted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  for (guint series = 0; overlay != NULL && series < overlay->n_means; series++)
    {
      GPtrArray *runs = overlay->owners->pdata[series];

      for (guint i = 0; i < runs->len; i++)
        {
          cam_run_item_set_line (runs->pdata[i], (int) cam_chart_get_colour (overlay->chart, series), cam_chart_get_pattern (overlay->chart, series));
          g_hash_table_add (self->painted, g_object_ref (runs->pdata[i]));
        }
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &run, NULL))
    if (!g_hash_table_contains (self->painted, run))
      cam_run_item_set_line (run, -1, CAM_LINE_SOLID);
}

static void
show_side (CamCompareCharts       *self,
           guint                   i,
           const CamOverlaySource *source)
{
  static const char *const axes[] = { "", "step", "time" };
  Side *side = &self->sides[i];
  g_autofree char *title = side->key != NULL ? cam_overlay_dup_title (side->key) : g_strdup (_("Curves"));
  g_autofree char *memory = g_strdup_printf ("compare %u %s %s", i, side->key != NULL ? side->key : "", axes[source->look->axis]);
  CamOverlaySource own = *source;
  g_autoptr(CamOverlay) overlay = NULL;

  own.key = side->key != NULL ? side->key : "loss";
  overlay = cam_overlay_new (&own);
  if (i == 0 && overlay->n_means > 0)
    paint (self, overlay);
  g_clear_pointer (&side->owners, g_ptr_array_unref);
  side->owners = g_ptr_array_ref (overlay->owners);
  cam_chart_card_set_memory (side->card, memory);
  cam_chart_card_set_title (side->card, title);
  cam_chart_card_set_subtitle (side->card, overlay->subtitle);
  cam_chart_card_set_chart (side->card, overlay->chart);
}

void
cam_compare_charts_show (CamCompareCharts *self,
                         CamSession       *session,
                         GPtrArray        *shown)
{
  g_autoptr(GPtrArray) selected = NULL;
  g_autoptr(GPtrArray) wanted = NULL;
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GPtrArray) keys = NULL;
  CamOverlayLook look;
  CamOverlaySource source = { 0 };

  g_return_if_fail (CAM_IS_COMPARE_CHARTS (self) && CAM_IS_SESSION (session) && shown != NULL);

  keys = cam_overlay_list_keys (shown);
  if (keys->len > 0)
    offer_keys (self, keys);
  offer_groups (self, shown);
  look = get_look (self);
  selected = cam_run_table_dup_selected (self->table);
  wanted = choose (shown, selected, look.group != NULL);
  read = take_read (self, wanted);
  if (look.group == NULL)
    paint (self, NULL);
  source.runs = read;
  source.chosen = selected;
  source.look = &look;
  source.live = cam_session_get_current_run (session);
  source.live_batches = count_live_batches (session);
  if (look.group == g_intern_static_string (CAM_OVERLAY_STUDY))
    {
      /* Another workspace may be open by now, and a study may have another name. */
      g_hash_table_remove_all (self->studies);
      name_studies (self, cam_session_get_store (session), shown);
      source.studies = self->studies;
    }
  source.n_waiting = self->waiting->len;
  source.n_beyond = shown->len - wanted->len;
  for (guint i = 0; i < CAM_COMPARE_N_CHARTS; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (self->sides[i].card)))
      show_side (self, i, &source);
}

/* A click on a curve selects the row of its run, on a mean those of all its runs; a second one lets go. */
static void
series_cb (CamCompareCharts *self,
           guint             series,
           CamChartView     *view)
{
  Side *side = &self->sides[view == cam_chart_card_get_view (self->sides[1].card)];
  g_autoptr(GPtrArray) selected = cam_run_table_dup_selected (self->table);
  GPtrArray *owners = side->owners != NULL && series < side->owners->len ? side->owners->pdata[series] : NULL;
  gboolean is_same = owners != NULL && owners->len == selected->len;

  if (owners == NULL)
    return;
  for (guint i = 0; i < owners->len && is_same; i++)
    is_same = g_ptr_array_find (selected, owners->pdata[i], NULL);
  cam_run_table_select_all (self->table, is_same ? NULL : owners);
}

/* The object --------------------------------------------------------------------------------------------------------- */

static void
cam_compare_charts_finalize (GObject *object)
{
  CamCompareCharts *self = CAM_COMPARE_CHARTS (object);

  g_clear_object (&self->choice);
  g_clear_object (&self->keys);
  g_clear_object (&self->group_names);
  g_clear_pointer (&self->group_keys, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->studies, g_hash_table_unref);
  g_clear_pointer (&self->painted, g_hash_table_unref);
  for (guint i = 0; i < CAM_COMPARE_N_CHARTS; i++)
    {
      g_free (self->sides[i].key);
      g_clear_pointer (&self->sides[i].owners, g_ptr_array_unref);
    }
  G_OBJECT_CLASS (cam_compare_charts_parent_class)->finalize (object);
}

static void
cam_compare_charts_dispose (GObject *object)
{
  cam_compare_charts_stop (CAM_COMPARE_CHARTS (object));
  G_OBJECT_CLASS (cam_compare_charts_parent_class)->dispose (object);
}

static void
cam_compare_charts_class_init (CamCompareChartsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_compare_charts_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_compare_charts_finalize;

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_COMPARE_CHARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_compare_charts_init (CamCompareCharts *self)
{
  self->choice = cam_overlay_choice_new ();
  self->keys = gtk_string_list_new (NULL);
  self->group_names = gtk_string_list_new (NULL);
  self->group_keys = g_ptr_array_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->painted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->studies = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_signal_connect_object (self->choice, "notify", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
}

CamCompareCharts *
cam_compare_charts_new (CamRunTable        *table,
                        CamChartCard *const cards[CAM_COMPARE_N_CHARTS],
                        GtkDropDown *const  choices[CAM_COMPARE_N_CHARTS],
                        GtkDropDown        *group)
{
  CamCompareCharts *self = g_object_new (CAM_TYPE_COMPARE_CHARTS, NULL);
  g_autoptr(CamChartLink) link = cam_chart_link_new ();

  self->table = table;
  self->group = group;
  self->is_setting = TRUE;
  for (guint i = 0; i < CAM_COMPARE_N_CHARTS; i++)
    {
      CamChartView *view = cam_chart_card_get_view (cards[i]);

      self->sides[i].card = cards[i];
      self->sides[i].choice = choices[i];
      cam_chart_view_set_link (view, link);
      g_signal_connect_object (view, "series-activated", G_CALLBACK (series_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (choices[i], "notify::selected", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
      gtk_drop_down_set_model (choices[i], G_LIST_MODEL (self->keys));
    }
  g_signal_connect_object (group, "notify::selected", G_CALLBACK (group_cb), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_model (group, G_LIST_MODEL (self->group_names));
  self->is_setting = FALSE;
  return self;
}

void
cam_compare_charts_stop (CamCompareCharts *self)
{
  g_return_if_fail (CAM_IS_COMPARE_CHARTS (self));

  g_clear_handle_id (&self->read_source, g_source_remove);
  g_ptr_array_set_size (self->waiting, 0);
  self->is_setting = TRUE;
}

CamOverlayChoice *
cam_compare_charts_get_choice (CamCompareCharts *self)
{
  g_return_val_if_fail (CAM_IS_COMPARE_CHARTS (self), NULL);

  return self->choice;
}

const char *
cam_compare_charts_get_key (CamCompareCharts *self,
                            guint             chart)
{
  g_return_val_if_fail (CAM_IS_COMPARE_CHARTS (self) && chart < CAM_COMPARE_N_CHARTS, NULL);

  return self->sides[chart].key;
}
