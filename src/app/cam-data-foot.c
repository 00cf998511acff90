/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two cards, side by side or one at a time. The switcher lies over the head of the shown card, which leaves room for it: it is one and the same widget for both and keeps the keyboard. */

#include "cam-data-foot.h"

#include <glib/gi18n-lib.h>

#include "cam-doctor-card.h"
#include "cam-split-card.h"

#define GAP 14
/* Where both cards have their titles. */
#define HEAD_X 16
#define HEAD_Y 10
#define HEAD_HEIGHT 32

struct _CamDataFoot
{
  GtkWidget        parent_instance;

  CamSession      *session;          /* owned */
  gboolean         is_low;

  /* template children */
  CamSplitCard    *split;
  CamDoctorCard   *doctor;
  GtkWidget       *switcher;
  GtkToggleButton *split_button;
  GtkToggleButton *doctor_button;
  GtkLabel        *count;
};

G_DEFINE_FINAL_TYPE (CamDataFoot, cam_data_foot, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static GtkWidget *
get_card (CamDataFoot *self,
          guint        place)
{
  return place == 0 ? GTK_WIDGET (self->split) : GTK_WIDGET (self->doctor);
}

static void
show_cards (CamDataFoot *self)
{
  gboolean is_doctor = gtk_toggle_button_get_active (self->doctor_button);
  int room = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->split), !self->is_low || !is_doctor);
  gtk_widget_set_visible (GTK_WIDGET (self->doctor), !self->is_low || is_doctor);
  gtk_widget_set_visible (self->switcher, self->is_low);
  if (self->is_low)
    gtk_widget_measure (self->switcher, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &room, NULL, NULL);
  cam_split_card_set_title_room (self->split, room);
  cam_doctor_card_set_title_room (self->doctor, room);
}

static void
chosen_cb (CamDataFoot *self)
{
  show_cards (self);
}

/* What the doctor found is told while the split is looked at, too. */
static void
findings_cb (CamDataFoot *self)
{
  guint n = cam_doctor_card_get_n_open (self->doctor);
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *told = g_strdup_printf (ngettext ("%u finding", "%u findings", n), n);
  /* translators: the name of a tab, and what is behind it: “Data doctor, 3 findings” */
  g_autofree char *name = n > 0 ? g_strdup_printf (_("%s, %s"), _("Data doctor"), told) : g_strdup (_("Data doctor"));

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->doctor_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_cards (self);
}

/* Layout ------------------------------------------------------------------------------------------------------------ */

/* Of what is in a card, as a card that is not shown has no size. */
static void
measure_card (CamDataFoot    *self,
              guint           place,
              GtkOrientation  orientation,
              int             for_size,
              int            *minimum,
              int            *natural)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (get_card (self, place))), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
cam_data_foot_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  CamDataFoot *self = CAM_DATA_FOOT (widget);
  gboolean is_height = orientation == GTK_ORIENTATION_VERTICAL;
  int for_card = for_size < 0 || !is_height ? -1 : self->is_low ? for_size : (for_size - GAP) / 2;

  *minimum = *natural = 0;
  for (guint place = 0; place < 2; place++)
    {
      int least, wanted;

      measure_card (self, place, orientation, for_card, &least, &wanted);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
  if (is_height)
    *natural = self->is_low ? *minimum : *natural;
  else if (!self->is_low)
    {
      *minimum = 2 * *minimum + GAP;
      *natural = 2 * *natural + GAP;
    }
}

static void
cam_data_foot_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  CamDataFoot *self = CAM_DATA_FOOT (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int half = (width - GAP) / 2;

  if (!self->is_low)
    {
      gtk_widget_size_allocate (get_card (self, is_rtl), &(GtkAllocation) { 0, 0, half, height }, -1);
      gtk_widget_size_allocate (get_card (self, !is_rtl), &(GtkAllocation) { width - half, 0, half, height }, -1);
      return;
    }
  for (guint place = 0; place < 2; place++)
    if (gtk_widget_should_layout (get_card (self, place)))
      gtk_widget_size_allocate (get_card (self, place), &(GtkAllocation) { 0, 0, width, height }, -1);
  if (gtk_widget_should_layout (self->switcher))
    {
      int wide;

      gtk_widget_measure (self->switcher, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
      gtk_widget_size_allocate (self->switcher, &(GtkAllocation) { is_rtl ? width - HEAD_X - wide : HEAD_X, HEAD_Y, wide, HEAD_HEIGHT }, -1);
    }
}

static GtkSizeRequestMode
cam_data_foot_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Neither card's wish to be high takes room from the table. */
static void
cam_data_foot_compute_expand (GtkWidget *widget,
                              gboolean  *hexpand,
                              gboolean  *vexpand)
{
  *hexpand = TRUE;
  *vexpand = FALSE;
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
cam_data_foot_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_DATA_FOOT (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_foot_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      if (g_set_object (&CAM_DATA_FOOT (object)->session, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_foot_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&CAM_DATA_FOOT (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), CAM_TYPE_DATA_FOOT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cam_data_foot_parent_class)->dispose (object);
}

static void
cam_data_foot_class_init (CamDataFootClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_data_foot_dispose;
  object_class->get_property = cam_data_foot_get_property;
  object_class->set_property = cam_data_foot_set_property;
  widget_class->measure = cam_data_foot_measure;
  widget_class->size_allocate = cam_data_foot_size_allocate;
  widget_class->get_request_mode = cam_data_foot_get_request_mode;
  widget_class->compute_expand = cam_data_foot_compute_expand;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_DOCTOR_CARD);
  g_type_ensure (CAM_TYPE_SPLIT_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-data-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, split);
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, doctor);
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, switcher);
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, split_button);
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, doctor_button);
  gtk_widget_class_bind_template_child (widget_class, CamDataFoot, count);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, findings_cb);
}

static void
cam_data_foot_init (CamDataFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_data_foot_set_low (CamDataFoot *self,
                       gboolean     is_low)
{
  g_return_if_fail (CAM_IS_DATA_FOOT (self));

  is_low = is_low != FALSE;
  if (is_low == self->is_low)
    return;
  self->is_low = is_low;
  show_cards (self);
}

gboolean
cam_data_foot_get_low (CamDataFoot *self)
{
  g_return_val_if_fail (CAM_IS_DATA_FOOT (self), FALSE);

  return self->is_low;
}
