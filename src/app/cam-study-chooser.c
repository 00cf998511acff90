/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of the studies of a session. It is there as soon as there is a study. */
#include "cam-study-chooser.h"

#include <glib/gi18n-lib.h>

struct _CamStudyChooser
{
  AdwBin        parent_instance;

  /* owned */
  CamSession   *session;
  CamStudyItem *item;
  gboolean      is_setting;

  GtkDropDown  *drop_down;
};

G_DEFINE_FINAL_TYPE (CamStudyChooser, cam_study_chooser, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_ITEM, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
set_item (CamStudyChooser *self,
          CamStudyItem    *item)
{
  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
selected_cb (CamStudyChooser *self)
{
  GObject *selected = gtk_drop_down_get_selected_item (self->drop_down);

  if (!self->is_setting)
    set_item (self, CAM_IS_STUDY_ITEM (selected) ? CAM_STUDY_ITEM (selected) : NULL);
}

/* What was chosen stays chosen, and where it is gone all runs are. */
static void
studies_changed_cb (CamStudyChooser *self)
{
  GListModel *studies = cam_session_get_studies (self->session);
  guint position = 0, n = g_list_model_get_n_items (studies);

  for (guint i = 0; i < n && self->item != NULL; i++)
    {
      g_autoptr(CamStudyItem) item = g_list_model_get_item (studies, i);

      if (item == self->item)
        position = i + 1;
    }
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->is_setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (position == 0)
    set_item (self, NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  GObject *object = gtk_list_item_get_item (item);
  GBinding *binding = g_object_bind_property (object, CAM_IS_STUDY_ITEM (object) ? "title" : "string", label, "label", G_BINDING_SYNC_CREATE);

  g_object_set_data (G_OBJECT (item), "binding", binding);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  GBinding *binding = g_object_get_data (G_OBJECT (item), "binding");

  g_object_set_data (G_OBJECT (item), "binding", NULL);
  if (binding != NULL)
    g_binding_unbind (binding);
}

static void
set_session (CamStudyChooser *self,
             CamSession      *session)
{
  const char *const all[] = { _("All runs"), NULL };
  GListStore *models;

  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  models = g_list_store_new (G_TYPE_LIST_MODEL);
  {
    g_autoptr(GtkStringList) first = gtk_string_list_new (all);

    g_list_store_append (models, first);
  }
  g_list_store_append (models, cam_session_get_studies (session));
  {
    g_autoptr(GtkFlattenListModel) flat = gtk_flatten_list_model_new (G_LIST_MODEL (models));

    self->is_setting = TRUE;
    gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (flat));
    self->is_setting = FALSE;
  }
  g_signal_connect_object (cam_session_get_studies (session), "items-changed", G_CALLBACK (studies_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  studies_changed_cb (self);
}

static void
cam_study_chooser_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  CamStudyChooser *self = CAM_STUDY_CHOOSER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_study_chooser_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CamStudyChooser *self = CAM_STUDY_CHOOSER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_ITEM:
      cam_study_chooser_set_item (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_study_chooser_finalize (GObject *object)
{
  CamStudyChooser *self = CAM_STUDY_CHOOSER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (cam_study_chooser_parent_class)->finalize (object);
}

static void
cam_study_chooser_class_init (CamStudyChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cam_study_chooser_get_property;
  object_class->set_property = cam_study_chooser_set_property;
  object_class->finalize = cam_study_chooser_finalize;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, flags);
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, CAM_TYPE_STUDY_ITEM, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_study_chooser_init (CamStudyChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_drop_down_set_factory (self->drop_down, factory);
  g_object_unref (factory);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), _("All runs, or those of one study"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Study"), -1);
  g_signal_connect_object (self->drop_down, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

CamStudyItem *
cam_study_chooser_get_item (CamStudyChooser *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_CHOOSER (self), NULL);

  return self->item;
}

void
cam_study_chooser_set_item (CamStudyChooser *self,
                            CamStudyItem    *item)
{
  g_return_if_fail (CAM_IS_STUDY_CHOOSER (self));

  if (self->session == NULL || item == self->item)
    return;
  g_set_object (&self->item, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  studies_changed_cb (self);
}
