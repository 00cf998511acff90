/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file is read: what is not said here is guessed from its head. */

#include "cam-read-as.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const char separators[] = { 0, ',', ';', '\t', '|', ' ' };
static const char decimals[] = { 0, '.', ',' };
static const char *const encodings[] = { "", "UTF-8", "WINDOWS-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE" };
static const int headers[] = { -1, 1, 0 };

struct _CamReadAs
{
  GtkPopover      parent_instance;

  CamSession     *session;       /* owned */

  /* template children */
  GtkDropDown    *separator;
  GtkDropDown    *decimal;
  GtkDropDown    *encoding;
  GtkDropDown    *header;
  GtkCheckButton *ragged;
};

G_DEFINE_FINAL_TYPE (CamReadAs, cam_read_as, GTK_TYPE_POPOVER)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamCsvDialect *
dup_dialect (CamReadAs *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  const json_t *given = experiment != NULL ? cam_experiment_peek (experiment, "data/dialect") : NULL;
  CamCsvDialect *dialect = given != NULL ? cam_csv_dialect_from_json (given, NULL) : NULL;

  return dialect != NULL ? dialect : cam_csv_dialect_new ();
}

static void
show_cb (CamReadAs *self)
{
  g_autoptr(CamCsvDialect) dialect = NULL;

  if (self->session == NULL)
    return;
  dialect = dup_dialect (self);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (dialect->separator == separators[i])
      gtk_drop_down_set_selected (self->separator, i);
  for (guint i = 0; i < G_N_ELEMENTS (decimals); i++)
    if (dialect->decimal == decimals[i])
      gtk_drop_down_set_selected (self->decimal, i);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (dialect->encoding, encodings[i]) == 0)
      gtk_drop_down_set_selected (self->encoding, i);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    if (dialect->has_header == headers[i])
      gtk_drop_down_set_selected (self->header, i);
  gtk_check_button_set_active (self->ragged, dialect->allow_ragged);
}

static void
apply_cb (CamReadAs *self)
{
  g_autoptr(CamCsvDialect) dialect = NULL;
  g_autoptr(json_t) json = NULL;

  if (self->session == NULL)
    return;
  dialect = dup_dialect (self);
  dialect->separator = separators[gtk_drop_down_get_selected (self->separator)];
  dialect->decimal = decimals[gtk_drop_down_get_selected (self->decimal)];
  g_strlcpy (dialect->encoding, encodings[gtk_drop_down_get_selected (self->encoding)], sizeof dialect->encoding);
  dialect->has_header = headers[gtk_drop_down_get_selected (self->header)];
  dialect->allow_ragged = gtk_check_button_get_active (self->ragged);
  json = cam_csv_dialect_to_json (dialect);
  gtk_popover_popdown (GTK_POPOVER (self));
  cam_session_read_as (self->session, json);
}

static void
cam_read_as_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_READ_AS (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_read_as_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_set_object (&CAM_READ_AS (object)->session, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_read_as_dispose (GObject *object)
{
  g_clear_object (&CAM_READ_AS (object)->session);
  G_OBJECT_CLASS (cam_read_as_parent_class)->dispose (object);
}

static void
cam_read_as_class_init (CamReadAsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_read_as_dispose;
  object_class->get_property = cam_read_as_get_property;
  object_class->set_property = cam_read_as_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-read-as.ui");
  gtk_widget_class_bind_template_child (widget_class, CamReadAs, separator);
  gtk_widget_class_bind_template_child (widget_class, CamReadAs, decimal);
  gtk_widget_class_bind_template_child (widget_class, CamReadAs, encoding);
  gtk_widget_class_bind_template_child (widget_class, CamReadAs, header);
  gtk_widget_class_bind_template_child (widget_class, CamReadAs, ragged);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
cam_read_as_init (CamReadAs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
