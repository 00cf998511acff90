/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a layer: whatever the document takes has a row, for every kind; what is changed reaches the document and can be undone. */
#include <cam-experiment.h>
#include <cam-layer-edit.h>
#include <cam-layer-inspector.h>
#include <cam-network.h>

#include <adwaita.h>

#include "session-test.h"
#include "uitest.h"

static CamLayerInspector *
show_kind (const CamLayerKind *kind,
           gboolean            has_weights)
{
  CamLayerInspector *inspector = g_object_ref_sink (g_object_new (CAM_TYPE_LAYER_INSPECTOR, NULL));
  g_autoptr(json_t) layer = json_pack ("{s:s, s:{}}", "class_name", cam_layer_kind_get_name (kind), "config");
  g_autoptr(json_t) config = cam_fields_complete (cam_layer_kind_get_fields (kind), NULL, "", NULL);
  CamLayerInfo info = { .class_name = cam_layer_kind_get_name (kind), .kind = kind, .layer = layer, .config = config, .has_weights = has_weights };

  cam_layer_inspector_show (inspector, &info, 0, 1);
  return inspector;
}

/* The keys of a layer of this kind by the schema that documents are checked against. */
static const json_t *
find_in_schema (const json_t *schema,
                const char   *class_name)
{
  const char *key;
  const json_t *value;
  size_t i;

  if (json_is_object (schema))
    {
      const json_t *properties = json_object_get (schema, "properties");

      if (g_strcmp0 (json_string_value (json_array_get (json_object_get (json_object_get (properties, "class_name"), "enum"), 0)), class_name) == 0 &&
          json_object_get (properties, "trainable") != NULL)
        return properties;
      json_object_foreach ((json_t *) schema, key, value)
        {
          const json_t *found = find_in_schema (value, class_name);

          if (found != NULL)
            return found;
        }
    }
  json_array_foreach ((json_t *) schema, i, value)
    {
      const json_t *found = find_in_schema (value, class_name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* In every kind each key of the schema, the activation apart, which the lab chooses. */
static void
test_every_key (void)
{
  g_autoptr(json_t) schema = cam_experiment_schema ();
  guint n_keys = 0, n_kinds = 0;

  for (const CamLayerKind *const *kind = cam_layer_kind_list (); *kind != NULL; kind++)
    {
      const char *name = cam_layer_kind_get_name (*kind), *key;
      const json_t *properties = find_in_schema (schema, name), *configs;
      CamLayerInspector *inspector = show_kind (*kind, TRUE);
      json_t *ignored;

      g_assert_nonnull (properties);
      configs = json_object_get (json_object_get (properties, "config"), "properties");
      json_object_foreach ((json_t *) configs, key, ignored)
        {
          if (!g_str_equal (key, "activation") && cam_layer_inspector_find (inspector, key) == NULL)
            g_error ("%s has no row for “%s”", name, key);
          n_keys++;
        }
      g_assert_nonnull (cam_layer_inspector_find (inspector, "name"));
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (cam_layer_inspector_find (inspector, "trainable"))));
      g_object_unref (inspector);
      n_kinds++;
    }
  g_test_message ("%u keys of %u kinds", n_keys, n_kinds);
  g_assert_cmpuint (n_kinds, >, 40);
  g_assert_cmpuint (n_keys, >, 5 * n_kinds);
}

static void
test_without_weights (void)
{
  CamLayerInspector *inspector = show_kind (cam_layer_kind_find ("Flatten"), FALSE);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (cam_layer_inspector_find (inspector, "trainable"))));
  g_object_unref (inspector);
}

static void
assert_layer (CamSession *session,
              const char *text)
{
  json_t *wanted = json_loads (text, JSON_DECODE_ANY, NULL);
  g_autoptr(json_t) layer = json_deep_copy (cam_layer_edit_peek (session, 0));

  json_object_del (layer, "config");
  g_assert_true (json_equal (layer, wanted));
  json_decref (wanted);
}

/* Name and trainable stand beside the settings of the layer. */
static void
test_common (void)
{
  CamSession *session = session_test_open ("iris.json");
  const CamField *name = cam_fields_find (cam_layer_common_fields, "name"), *trainable = cam_fields_find (cam_layer_common_fields, "trainable");
  g_autoptr(json_t) text = json_string ("first");

  assert_layer (session, "{\"class_name\": \"Dense\"}");
  g_assert_true (cam_layer_edit_set (session, 0, trainable, json_false ()));
  g_assert_true (cam_layer_edit_set (session, 0, name, text));
  assert_layer (session, "{\"class_name\": \"Dense\", \"name\": \"first\", \"trainable\": false}");
  g_assert_cmpstr (cam_document_get_undo_name (cam_session_get_document (session)), ==, "Change name");
  g_assert_true (cam_layer_edit_set (session, 0, name, json_null ()));
  assert_layer (session, "{\"class_name\": \"Dense\", \"trainable\": false}");
  while (cam_document_get_undo_name (cam_session_get_document (session)) != NULL)
    g_assert_true (cam_document_undo (cam_session_get_document (session)));
  assert_layer (session, "{\"class_name\": \"Dense\"}");
  g_object_unref (session);
}

static GtkWidget *
find_drop_down (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_drop_down (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
choose_option (GtkWidget  *editor,
               const char *title)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (find_drop_down (editor));
  GListModel *titles = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (titles); i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (titles, i);

      if (g_str_equal (gtk_string_object_get_string (item), title))
        gtk_drop_down_set_selected (drop_down, i);
    }
}

/* A layer for the way back is chosen like any other, and begins as the one for the way forth, turned round. */
static void
test_backward_layer (void)
{
  CamLayerInspector *inspector = show_kind (cam_layer_kind_find ("Bidirectional"), TRUE);
  CamFieldEditor *editor = cam_layer_inspector_find (inspector, "backward_layer");
  g_autoptr(json_t) none = cam_field_editor_dup_value (editor);
  g_autoptr(json_t) layers = json_loads ("[{\"class_name\": \"Bidirectional\", \"config\": {\"layer\": {\"class_name\": \"GRU\", \"config\": {\"units\": 7, \"go_backwards\": true}}}}]", 0, NULL);
  const CamShape input = { 2, { 6, 4 } };
  g_autoptr(GPtrArray) reports = NULL;
  g_autoptr(json_t) chosen = NULL, config = NULL;
  CamLayerInfo info = { .class_name = "Bidirectional", .kind = cam_layer_kind_find ("Bidirectional"), .layer = json_array_get (layers, 0), .has_weights = TRUE };

  g_assert_true (json_is_null (none));
  config = cam_fields_complete (cam_layer_kind_get_fields (info.kind), json_object_get (info.layer, "config"), "", NULL);
  info.config = config;
  cam_layer_inspector_show (inspector, &info, 0, 1);
  choose_option (GTK_WIDGET (editor), "GRU");
  chosen = cam_field_editor_dup_value (editor);
  g_assert_cmpstr (json_string_value (json_object_get (chosen, "class_name")), ==, "GRU");
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (chosen, "config"), "units")), ==, 7);
  g_assert_true (json_is_false (json_object_get (json_object_get (chosen, "config"), "go_backwards")));
  json_object_set (json_object_get (json_array_get (layers, 0), "config"), "backward_layer", chosen);
  reports = cam_network_inspect (&input, layers);
  g_assert_cmpstr (((CamLayerReport *) reports->pdata[0])->problem, ==, NULL);
  g_object_unref (inspector);
}

int
main (int    argc,
      char **argv)
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/layer-inspector/every-key", test_every_key);
  g_test_add_func ("/app/layer-inspector/without-weights", test_without_weights);
  g_test_add_func ("/app/layer-inspector/common", test_common);
  g_test_add_func ("/app/layer-inspector/backward-layer", test_backward_layer);

  status = g_test_run ();
  session_test_clear ();

  return status;
}
