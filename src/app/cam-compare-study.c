/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study on the Compare page. */
#include "cam-compare-study.h"

struct _CamCompareStudy
{
  GObject            parent_instance;

  /* borrowed: the page's */
  CamCompareWidgets  widgets;

  GSignalGroup      *signals;     /* owned; of the item */
  gboolean           is_wide;
};

G_DEFINE_FINAL_TYPE (CamCompareStudy, cam_compare_study, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* One that is not in the workspace yet has no runs. */
static void
restrict_table (CamCompareStudy *self)
{
  CamStudyItem *item = cam_study_chooser_get_item (self->widgets.chooser);
  gint64 id = item != NULL ? cam_study_item_get_id (item) : 0;

  g_object_set (self->widgets.table, "study", item != NULL && id == 0 ? G_MAXINT64 : id, NULL);
}

static gboolean
show (GtkWidget *widget,
      gboolean   is_visible)
{
  if (gtk_widget_get_visible (widget) == is_visible)
    return FALSE;
  gtk_widget_set_visible (widget, is_visible);
  return TRUE;
}

gboolean
cam_compare_study_lay_out (CamCompareStudy *self,
                           gboolean         is_wide)
{
  const CamCompareWidgets *widgets = &self->widgets;
  gboolean has_study = cam_study_chooser_get_item (widgets->chooser) != NULL, wants_curves, is_maximised, is_other = FALSE;

  self->is_wide = is_wide;
  g_object_get (widgets->view, "maximised", &is_maximised, NULL);
  wants_curves = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widgets->toggle));
  is_other |= show (widgets->toggle, has_study && !is_wide && !is_maximised);
  is_other |= show (GTK_WIDGET (widgets->view), has_study && (is_wide || is_maximised || !wants_curves));
  is_other |= show (widgets->curves, !is_maximised && (!has_study || is_wide || wants_curves));
  is_other |= show (widgets->other, !has_study && is_wide);
  is_other |= show (GTK_WIDGET (widgets->table), !is_maximised);

  return is_other;
}

static void
change (CamCompareStudy *self)
{
  cam_compare_study_lay_out (self, self->is_wide);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
chosen_cb (CamCompareStudy *self)
{
  CamStudyItem *item = cam_study_chooser_get_item (self->widgets.chooser);

  g_signal_group_set_target (self->signals, item);
  cam_study_view_set_item (self->widgets.view, item);
  restrict_table (self);
  change (self);
}

static void
cam_compare_study_dispose (GObject *object)
{
  CamCompareStudy *self = CAM_COMPARE_STUDY (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  G_OBJECT_CLASS (cam_compare_study_parent_class)->dispose (object);
}

static void
cam_compare_study_class_init (CamCompareStudyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_compare_study_dispose;

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_COMPARE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_compare_study_init (CamCompareStudy *self)
{
  self->signals = g_signal_group_new (CAM_TYPE_STUDY_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (restrict_table), self);
}

CamCompareStudy *
cam_compare_study_new (const CamCompareWidgets *widgets)
{
  CamCompareStudy *self = g_object_new (CAM_TYPE_COMPARE_STUDY, NULL);

  self->widgets = *widgets;
  g_signal_connect_object (widgets->chooser, "notify::item", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widgets->view, "notify::maximised", G_CALLBACK (change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widgets->toggle, "toggled", G_CALLBACK (change), self, G_CONNECT_SWAPPED);

  return self;
}

void
cam_compare_study_set_session (CamCompareStudy *self,
                               CamSession      *session)
{
  g_return_if_fail (CAM_IS_COMPARE_STUDY (self));

  g_object_set (self->widgets.chooser, "session", session, NULL);
  g_object_set (self->widgets.view, "session", session, NULL);
}
