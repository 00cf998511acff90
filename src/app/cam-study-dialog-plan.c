/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan that a study's dialog stands for: out of its rows, and into them. */
#include "cam-study-dialog-private.h"

#include <math.h>

#include "cam-study-values.h"

static const char *const methods[] = { "random", "grid", "halving" };

static int
get_int (GtkSpinButton *spin)
{
  return gtk_spin_button_get_value_as_int (spin);
}

const char *
cam_study_dialog_get_method (CamStudyDialog *self)
{
  return methods[MIN (adw_combo_row_get_selected (self->method), G_N_ELEMENTS (methods) - 1)];
}

const CamStudyChoice *
cam_study_dialog_get_choice (CamStudyDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->setting);

  return selected < self->choices->len ? self->choices->pdata[selected] : NULL;
}

static gboolean
add_values (CamStudyDialog  *self,
            json_t          *plan,
            GError         **error)
{
  CamStudyValues *widget = CAM_STUDY_VALUES (adw_bin_get_child (self->values_bin));
  json_t *values = cam_study_values_dup (widget, error), *labels = cam_study_values_dup_labels (widget);

  if (values == NULL)
    return FALSE;
  json_object_set_new (plan, "setting", json_string (cam_study_dialog_get_choice (self)->path));
  json_object_set_new (plan, "values", values);
  if (labels != NULL)
    json_object_set_new (plan, "labels", labels);

  return TRUE;
}

json_t *
cam_study_dialog_make_sizes (CamStudyDialog *self)
{
  double from = gtk_spin_button_get_value (self->size_from) / 100, to = gtk_spin_button_get_value (self->size_to) / 100;
  int n = get_int (self->size_steps);
  json_t *sizes = json_array ();

  for (int i = 0; i < n; i++)
    {
      double size = round ((from + (to - from) * i / (n - 1)) * 1000) / 1000;

      json_array_append_new (sizes, size == 1.0 ? json_integer (1) : json_real (size));
    }

  return sizes;
}

static gboolean
add_sizes (CamStudyDialog  *self,
           json_t          *plan,
           GError         **error)
{
  json_t *sizes = adw_combo_row_get_selected (self->sizes_form) == 0 ? cam_study_dialog_make_sizes (self)
                                                                     : cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (self->sizes_list)), FALSE, error);

  return sizes != NULL && json_object_set_new (plan, "sizes", sizes) == 0;
}

static gboolean
add_search (CamStudyDialog  *self,
            json_t          *plan,
            GError         **error)
{
  const char *method = cam_study_dialog_get_method (self);
  json_t *space = cam_study_space_dup (self->space, error);

  if (space == NULL)
    return FALSE;
  json_object_set_new (plan, "space", space);
  json_object_set_new (plan, "method", json_string (method));
  if (!g_str_equal (method, "grid"))
    {
      json_object_set_new (plan, "trials", json_integer (get_int (self->trials)));
      json_object_set_new (plan, "seed", json_integer (get_int (self->draw_seed)));
    }
  if (g_str_equal (method, "halving"))
    {
      json_object_set_new (plan, "reduction", json_integer (get_int (self->reduction)));
      json_object_set_new (plan, "first_epochs", json_integer (get_int (self->first_epochs)));
    }

  return TRUE;
}

static gboolean
add_repeats (CamStudyDialog  *self,
             json_t          *plan,
             GError         **error)
{
  json_t *seeds = gtk_widget_get_visible (self->seeds_list) ? cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (self->seeds_list)), TRUE, error) : json_array ();

  if (seeds == NULL)
    return FALSE;
  if (json_array_size (seeds) > 0)
    json_object_set (plan, "seeds", seeds);
  else
    json_object_set_new (plan, "repeats", json_integer (get_int (self->repeats)));
  json_decref (seeds);
  if (gtk_widget_get_visible (self->folds_row) && get_int (self->folds) > 0)
    json_object_set_new (plan, "folds", json_integer (get_int (self->folds)));

  return TRUE;
}

json_t *
cam_study_dialog_dup_plan (CamStudyDialog  *self,
                           GError         **error)
{
  g_autoptr(json_t) plan = json_object ();
  guint monitor = adw_combo_row_get_selected (self->monitor);
  gboolean ok = TRUE;

  g_return_val_if_fail (CAM_IS_STUDY_DIALOG (self), NULL);

  json_object_set_new (plan, "camadas-plan", json_integer (1));
  json_object_set_new (plan, "name", json_string (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  json_object_set_new (plan, "kind", json_string (cam_study_kind_words[self->kind]));
  if (self->kind == CAM_STUDY_COMPARE)
    ok = add_values (self, plan, error);
  if (self->kind == CAM_STUDY_LEARNING_CURVE)
    ok = add_sizes (self, plan, error);
  if (self->kind == CAM_STUDY_SEARCH)
    ok = add_search (self, plan, error);
  if (!ok || !add_repeats (self, plan, error))
    return NULL;
  if (monitor < self->monitors->len)
    json_object_set_new (plan, "monitor", json_string (self->monitors->pdata[monitor]));
  json_object_set_new (plan, "experiment", cam_experiment_to_json (self->experiment, NULL));

  return g_steal_pointer (&plan);
}

gboolean
cam_study_dialog_save (CamStudyDialog  *self,
                       const char      *path,
                       GError         **error)
{
  g_autoptr(json_t) plan = cam_study_dialog_dup_plan (self, error);
  g_autofree char *text = plan != NULL ? cam_json_dump (plan, TRUE) : NULL;

  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static void
put_int (GtkSpinButton *spin,
         const json_t  *plan,
         const char    *key)
{
  if (json_object_get (plan, key) != NULL)
    gtk_spin_button_set_value (spin, json_number_value (json_object_get (plan, key)));
}

static void
put_setting (CamStudyDialog *self,
             const json_t   *plan)
{
  const char *path = json_string_value (json_object_get (plan, "setting"));

  for (guint i = 0; path != NULL && i < self->choices->len; i++)
    if (g_str_equal (((CamStudyChoice *) self->choices->pdata[i])->path, path))
      {
        gtk_drop_down_set_selected (self->setting, i);
        cam_study_values_set (CAM_STUDY_VALUES (adw_bin_get_child (self->values_bin)), json_object_get (plan, "values"));
      }
}

static void
put_lists (CamStudyDialog *self,
           const json_t   *plan)
{
  g_autofree char *sizes = cam_study_numbers_format (json_object_get (plan, "sizes"), FALSE);
  g_autofree char *seeds = cam_study_numbers_format (json_object_get (plan, "seeds"), FALSE);
  const char *method = json_string_value (json_object_get (plan, "method"));

  gtk_editable_set_text (GTK_EDITABLE (self->seeds_list), seeds);
  if (*sizes != '\0')
    {
      adw_combo_row_set_selected (self->sizes_form, 1);
      gtk_editable_set_text (GTK_EDITABLE (self->sizes_list), sizes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (method, methods[i]) == 0)
      adw_combo_row_set_selected (self->method, i);
}

void
cam_study_dialog_put_plan (CamStudyDialog *self,
                           const json_t   *plan)
{
  const char *monitor = json_string_value (json_object_get (plan, "monitor"));

  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), json_string_value (json_object_get (plan, "name")));
  put_setting (self, plan);
  put_lists (self, plan);
  if (self->space != NULL)
    cam_study_space_set (self->space, json_object_get (plan, "space"));
  put_int (self->folds, plan, "folds");
  put_int (self->repeats, plan, "repeats");
  put_int (self->trials, plan, "trials");
  put_int (self->draw_seed, plan, "seed");
  put_int (self->reduction, plan, "reduction");
  put_int (self->first_epochs, plan, "first_epochs");
  for (guint i = 0; i < self->monitors->len; i++)
    if (g_strcmp0 (monitor, self->monitors->pdata[i]) == 0)
      adw_combo_row_set_selected (self->monitor, i);
  self->is_showing = FALSE;
}
