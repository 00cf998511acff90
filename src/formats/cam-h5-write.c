/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes an HDF5 file in memory. Objects carry no times, so that the same weights give the same bytes. */
#include "cam-h5.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <hdf5.h>

struct _CamH5Writer
{
  hid_t    file;
  gboolean failed;
};

/* The library keeps global state and is not thread-safe: one writer at a time. */
static GMutex lock;

CamH5Writer *
cam_h5_writer_new (void)
{
  CamH5Writer *self = g_new0 (CamH5Writer, 1);
  hid_t access;

  g_mutex_lock (&lock);
  H5open ();
  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);   /* errors come back as values; nothing is printed */
  access = H5Pcreate (H5P_FILE_ACCESS);
  H5Pset_fapl_core (access, 64 * 1024, FALSE);
  H5Pset_libver_bounds (access, H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);   /* the oldest layout: what Keras's own files have */
  self->file = H5Fcreate ("weights", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  self->failed = self->file < 0;
  H5Pclose (access);

  return self;
}

void
cam_h5_writer_add_group (CamH5Writer *self,
                         const char  *path)
{
  hid_t settings, group;

  if (self->failed)
    return;

  settings = H5Pcreate (H5P_GROUP_CREATE);
  H5Pset_obj_track_times (settings, FALSE);
  group = H5Gcreate2 (self->file, path, H5P_DEFAULT, settings, H5P_DEFAULT);
  self->failed = group < 0;
  if (group >= 0)
    H5Gclose (group);
  H5Pclose (settings);
}

void
cam_h5_writer_add_text (CamH5Writer *self,
                        const char  *path,
                        const char  *name,
                        const char  *text)
{
  hid_t type, space, attribute;

  if (self->failed)
    return;

  type = H5Tcopy (H5T_C_S1);
  H5Tset_size (type, H5T_VARIABLE);
  H5Tset_cset (type, H5T_CSET_UTF8);
  space = H5Screate (H5S_SCALAR);
  attribute = H5Acreate_by_name (self->file, path, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  self->failed = attribute < 0 || H5Awrite (attribute, type, &text) < 0;
  if (attribute >= 0)
    H5Aclose (attribute);
  H5Sclose (space);
  H5Tclose (type);
}

void
cam_h5_writer_add_floats (CamH5Writer    *self,
                          const char     *path,
                          const CamShape *shape,
                          const float    *values)
{
  hsize_t dims[CAM_SHAPE_MAX_DIMS];
  hid_t space, settings, dataset;

  if (self->failed)
    return;

  for (guint d = 0; d < shape->n_dims; d++)
    dims[d] = shape->dims[d];
  space = shape->n_dims > 0 ? H5Screate_simple ((int) shape->n_dims, dims, NULL) : H5Screate (H5S_SCALAR);
  settings = H5Pcreate (H5P_DATASET_CREATE);
  H5Pset_layout (settings, H5D_CONTIGUOUS);
  H5Pset_obj_track_times (settings, FALSE);
  dataset = H5Dcreate2 (self->file, path, H5T_IEEE_F32LE, space, H5P_DEFAULT, settings, H5P_DEFAULT);
  self->failed = dataset < 0 || H5Dwrite (dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0;
  if (dataset >= 0)
    H5Dclose (dataset);
  H5Pclose (settings);
  H5Sclose (space);
}

static GBytes *
take_image (hid_t file)
{
  g_autofree guint8 *image = NULL;
  ssize_t size;

  if (H5Fflush (file, H5F_SCOPE_LOCAL) < 0)
    return NULL;
  size = H5Fget_file_image (file, NULL, 0);
  if (size <= 0)
    return NULL;
  image = g_try_malloc ((gsize) size);
  if (image == NULL || H5Fget_file_image (file, image, (size_t) size) != size)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&image), (gsize) size);
}

GBytes *
cam_h5_writer_finish (CamH5Writer  *self,
                      GError      **error)
{
  GBytes *bytes = self->failed ? NULL : take_image (self->file);

  if (self->file >= 0)
    H5Fclose (self->file);
  g_mutex_unlock (&lock);
  g_free (self);

  if (bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The weights could not be put into an HDF5 file: out of memory"));

  return bytes;
}
