/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network to a .keras file and back. Everything happens in memory; the file is read at once and written whole. */
#include "cam-keras-file.h"

#include <cam-json.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-archive.h"
#include "cam-h5.h"
#include "cam-keras-config.h"
#include "cam-keras-weights.h"

#define MEMBER_METADATA "metadata.json"
#define MEMBER_CONFIG   "config.json"
#define MEMBER_WEIGHTS  "model.weights.h5"
#define MEMBER_OWN      "camadas.json"

/* A fair statement for the portable profile: the first Keras 3 loads it. */
#define KERAS_VERSION "3.0.0"

#define MAX_JSON    ((gsize) 64 << 20)
#define MAX_WEIGHTS ((gsize) 4095 << 20)

G_DEFINE_QUARK (cam-formats-error-quark, cam_formats_error)

/* Saving */

static GBytes *
json_to_bytes (const json_t *json)
{
  char *text = cam_json_dump (json, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
build_metadata (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d@%H:%M:%S");
  g_autoptr(json_t) json = json_pack ("{s:s, s:s}", "keras_version", KERAS_VERSION, "date_saved", date);

  return json_to_bytes (json);
}

gboolean
cam_keras_save (const CamNetwork  *network,
                const json_t      *loss,
                const json_t      *metrics,
                const json_t      *optimizer,
                const json_t      *camadas,
                const char        *path,
                GError           **error)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(GBytes) config_bytes = NULL;
  g_autoptr(GBytes) metadata = NULL;
  g_autoptr(GBytes) weights = NULL;
  g_autoptr(GBytes) own = NULL;
  g_autoptr(GBytes) archive = NULL;

  g_return_val_if_fail (network != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  config = cam_keras_config_build (network, loss, metrics, optimizer, error);
  if (config == NULL)
    return FALSE;
  weights = cam_keras_weights_build (network, error);
  if (weights == NULL)
    return FALSE;

  config_bytes = json_to_bytes (config);
  metadata = build_metadata ();
  own = camadas != NULL ? json_to_bytes (camadas) : NULL;

  {
    const CamArchiveMember members[] = {
      { MEMBER_METADATA, metadata },
      { MEMBER_CONFIG, config_bytes },
      { MEMBER_WEIGHTS, weights },
      { MEMBER_OWN, own },
    };

    archive = cam_archive_build (members, own != NULL ? 4 : 3, error);
  }
  if (archive == NULL)
    return FALSE;

  /* A temporary file beside it, synced, then renamed: a full disk leaves the old file. */
  return g_file_set_contents_full (path, g_bytes_get_data (archive, NULL), (gssize) g_bytes_get_size (archive),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

/* Loading */

static json_t *
parse_json (const char  *text,
            gsize        length,
            const char  *what,
            GError     **error)
{
  g_autoptr(GError) reason = NULL;
  json_t *json = cam_json_parse (text, length, &reason);

  if (json == NULL)
    g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("“%s” is damaged: %s"), what, reason->message);

  return json;
}

static json_t *
read_json (CamArchive  *archive,
           const char  *member,
           GError     **error)
{
  g_autoptr(GBytes) bytes = cam_archive_read (archive, member, MAX_JSON, error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);

  return parse_json (text != NULL ? text : "", length, member, error);
}

/* A network needs memory for its weights: the file must hold as many before we believe it. */
static gboolean
check_size (const CamKerasConfig  *config,
            gsize                  weights_size,
            GError               **error)
{
  g_autoptr(GPtrArray) reports = cam_network_inspect (&config->input, config->layers);
  guint64 most = weights_size / 2;   /* no number takes less than two bytes */
  guint64 n_params = 0;

  for (guint i = 0; i < reports->len; i++)
    {
      const CamLayerReport *report = g_ptr_array_index (reports, i);

      if (report->n_params <= most - n_params)
        {
          n_params += report->n_params;
          continue;
        }
      g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_WEIGHTS, _("The layers have more weights than the file holds"));
      return FALSE;
    }

  return TRUE;
}

/* The network with the weights of an HDF5 image; @numbered: Keras 3's scheme. */
static CamNetwork *
build_network (const CamKerasConfig  *config,
               CamH5Reader           *reader,
               gsize                  size,
               gboolean               numbered,
               GError               **error)
{
  g_autoptr(CamNetwork) network = NULL;
  g_autoptr(GError) reason = NULL;

  if (!check_size (config, size, error))
    return NULL;
  network = cam_network_new (&config->input, config->layers, &reason);
  if (network == NULL)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED, reason->message);
      return NULL;
    }
  if (!cam_keras_weights_read (network, reader, numbered ? config->weight_keys : NULL, error))
    return NULL;

  return g_steal_pointer (&network);
}

static CamKerasModel *
make_model (CamKerasConfig *config,
            CamNetwork     *network)
{
  CamKerasModel *model = g_new0 (CamKerasModel, 1);

  model->network = network;
  model->loss = g_steal_pointer (&config->loss);
  model->metrics = g_steal_pointer (&config->metrics);
  model->optimizer = g_steal_pointer (&config->optimizer);

  return model;
}

static GBytes *
read_weights (CamArchive  *archive,
              GError     **error)
{
  if (!cam_archive_has (archive, MEMBER_WEIGHTS) && cam_archive_has (archive, "model.weights.npz"))
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED,
                           _("The weights are kept as “model.weights.npz”, which this version does not read; save the model with h5py installed"));
      return NULL;
    }

  return cam_archive_read (archive, MEMBER_WEIGHTS, MAX_WEIGHTS, error);
}

static CamKerasModel *
load_archive (GBytes  *bytes,
              GError **error)
{
  g_autoptr(CamArchive) archive = cam_archive_open (bytes, error);
  g_autoptr(CamKerasConfig) config = NULL;
  g_autoptr(CamH5Reader) reader = NULL;
  g_autoptr(json_t) json = NULL;
  g_autoptr(json_t) own = NULL;
  g_autoptr(GBytes) weights = NULL;
  CamNetwork *network;
  CamKerasModel *model;

  if (archive == NULL)
    return NULL;
  json = read_json (archive, MEMBER_CONFIG, error);
  if (json == NULL)
    return NULL;
  config = cam_keras_config_parse (json, json_object_get (json, "compile_config"), error);
  if (config == NULL)
    return NULL;
  if (cam_archive_has (archive, MEMBER_OWN))
    {
      own = read_json (archive, MEMBER_OWN, error);
      if (own == NULL)
        return NULL;
    }
  weights = read_weights (archive, error);
  if (weights == NULL)
    return NULL;

  reader = cam_h5_reader_open (weights, error);
  if (reader == NULL)
    {
      g_prefix_error (error, "“%s”: ", MEMBER_WEIGHTS);
      return NULL;
    }
  network = build_network (config, reader, g_bytes_get_size (weights), TRUE, error);
  if (network == NULL)
    return NULL;

  model = make_model (config, network);
  model->camadas = g_steal_pointer (&own);

  return model;
}

/* One HDF5 file with everything, as Keras 2 wrote it and Keras 3 still can. */
static CamKerasModel *
load_legacy (GBytes  *bytes,
             GError **error)
{
  g_autoptr(CamH5Reader) reader = cam_h5_reader_open (bytes, error);
  g_autoptr(CamKerasConfig) config = NULL;
  g_autofree char *model_text = NULL;
  g_autofree char *training_text = NULL;
  g_autoptr(json_t) model = NULL;
  g_autoptr(json_t) training = NULL;
  CamNetwork *network;

  if (reader == NULL)
    return NULL;
  model_text = cam_h5_reader_dup_text (reader, "/", "model_config", MAX_JSON);
  if (model_text == NULL)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_NOT_KERAS,
                           cam_h5_reader_has (reader, "/layers")
                             ? _("This HDF5 file holds weights alone, without the layers they belong to; save the whole model")
                             : _("This HDF5 file holds no Keras model"));
      return NULL;
    }
  model = parse_json (model_text, strlen (model_text), "model_config", error);
  if (model == NULL)
    return NULL;
  training_text = cam_h5_reader_dup_text (reader, "/", "training_config", MAX_JSON);
  if (training_text != NULL)
    training = cam_json_parse (training_text, strlen (training_text), NULL);   /* compile state is no must */

  config = cam_keras_config_parse (model, training, error);
  if (config == NULL)
    return NULL;
  network = build_network (config, reader, g_bytes_get_size (bytes), FALSE, error);

  return network != NULL ? make_model (config, network) : NULL;
}

CamKerasModel *
cam_keras_load (const char  *path,
                GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  CamKerasModel *model;
  char *contents;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;

  bytes = g_bytes_new_take (contents, length);
  model = cam_h5_is_image (bytes) ? load_legacy (bytes, error) : load_archive (bytes, error);
  if (model == NULL)
    {
      name = g_filename_display_basename (path);
      g_prefix_error (error, "%s: ", name);
    }

  return model;
}

void
cam_keras_model_free (CamKerasModel *model)
{
  if (model == NULL)
    return;

  cam_network_free (model->network);
  json_decref (model->loss);
  json_decref (model->metrics);
  json_decref (model->optimizer);
  json_decref (model->camadas);
  g_free (model);
}
