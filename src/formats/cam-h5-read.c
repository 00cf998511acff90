/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an HDF5 file in memory, and trusts nothing in it: only hard links are followed, only plain datasets of the expected shape are read. */
#include "cam-h5.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-h5-private.h"
#include "cam-keras-file.h"

#define MAX_TEXTS 100000
#define MAX_TEXT ((gsize) 4096)

struct _CamH5Reader
{
  hid_t file;
};

gboolean
cam_h5_is_image (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= 8 && memcmp (data, "\211HDF\r\n\032\n", 8) == 0;
}

CamH5Reader *
cam_h5_reader_open (GBytes  *bytes,
                    GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  hid_t access, file = H5I_INVALID_HID;
  CamH5Reader *self;

  cam_h5_lock ();
  access = cam_h5_access_in_memory ();
  /* HDF5 only copies the image, whatever its declaration says. */
  if (cam_h5_is_image (bytes) && H5Pset_file_image (access, (void *) data, size) >= 0)
    file = H5Fopen ("weights", H5F_ACC_RDONLY, access);
  H5Pclose (access);

  if (file < 0)
    {
      cam_h5_unlock ();
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("The HDF5 data are cut short or damaged"));
      return NULL;
    }

  self = g_new0 (CamH5Reader, 1);
  self->file = file;

  return self;
}

void
cam_h5_reader_close (CamH5Reader *self)
{
  if (self == NULL)
    return;

  H5Fclose (self->file);
  g_free (self);
  cam_h5_unlock ();
}

typedef enum { PATH_THERE, PATH_ABSENT, PATH_LINK } PathState;

/* Every step of @path must be a hard link: another kind could lead to other files. */
static PathState
check_path (CamH5Reader *self,
            const char  *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr(GString) so_far = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      H5L_info_t info;

      if (parts[i][0] == '\0')
        continue;
      g_string_append_printf (so_far, "/%s", parts[i]);
      if (H5Lexists (self->file, so_far->str, H5P_DEFAULT) <= 0 || H5Lget_info (self->file, so_far->str, &info, H5P_DEFAULT) < 0)
        return PATH_ABSENT;
      if (info.type != H5L_TYPE_HARD)
        return PATH_LINK;
    }

  return PATH_THERE;
}

gboolean
cam_h5_reader_has (CamH5Reader *self,
                   const char  *path)
{
  return check_path (self, path) == PATH_THERE;
}

guint64
cam_h5_reader_count (CamH5Reader *self,
                     const char  *path)
{
  H5G_info_t info;

  if (check_path (self, path) != PATH_THERE || H5Gget_info_by_name (self->file, path, &info, H5P_DEFAULT) < 0)
    return 0;

  return info.nlinks;
}

static gboolean
fail (int          code,
      const char  *path,
      const char  *reason,
      GError     **error)
{
  /* translators: a place in an HDF5 file, and what is wrong there */
  g_set_error (error, CAM_FORMATS_ERROR, code, _("the array “%s” %s"), path, reason);
  return FALSE;
}

/* "(4, 8)". g_free(). */
static char *
describe_dims (const hsize_t *dims,
               guint          n_dims)
{
  GString *text = g_string_new ("(");

  for (guint d = 0; d < n_dims; d++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, d > 0 ? ", " : "", (guint64) dims[d]);
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}

static gboolean
check_shape (hid_t            dataset,
             const char      *path,
             const CamShape  *shape,
             GError         **error)
{
  hsize_t dims[H5S_MAX_RANK] = { 0 };
  hsize_t needed[CAM_SHAPE_MAX_DIMS];
  hid_t space = H5Dget_space (dataset);
  int n_dims = space >= 0 && H5Sis_simple (space) > 0 ? H5Sget_simple_extent_ndims (space) : -1;
  gboolean same = n_dims >= 0 && n_dims <= H5S_MAX_RANK && H5Sget_simple_extent_dims (space, dims, NULL) == n_dims;
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  if (space >= 0)
    H5Sclose (space);
  if (!same)
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("has no readable shape"), error);

  same = (guint) n_dims == shape->n_dims;
  for (guint d = 0; d < shape->n_dims; d++)
    {
      needed[d] = shape->dims[d];
      same = same && dims[d] == needed[d];
    }
  if (same)
    return TRUE;

  found = describe_dims (dims, (guint) n_dims);
  wanted = describe_dims (needed, shape->n_dims);
  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_WEIGHTS, _("the array “%s” has the shape %s, but %s is needed"), path, found, wanted);

  return FALSE;
}

/* Data of the file itself, in one piece or in chunks. */
static gboolean
check_storage (hid_t         dataset,
               const char   *path,
               GError      **error)
{
  hid_t settings = H5Dget_create_plist (dataset);
  gboolean ok = settings >= 0;

  if (ok)
    {
      H5D_layout_t layout = H5Pget_layout (settings);

      ok = (layout == H5D_CONTIGUOUS && H5Pget_external_count (settings) == 0) || layout == H5D_COMPACT || layout == H5D_CHUNKED;
      H5Pclose (settings);
    }

  return ok ? TRUE : fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is kept outside this file, which is not allowed"), error);
}

static gboolean
is_bfloat16 (hid_t dataset,
             hid_t type)
{
  g_autofree char *name = NULL;
  hid_t attribute, text_type;
  gboolean is = FALSE;

  if (H5Tget_class (type) != H5T_OPAQUE || H5Tget_size (type) != 2 || H5Aexists (dataset, "dtype") <= 0)
    return FALSE;

  attribute = H5Aopen (dataset, "dtype", H5P_DEFAULT);
  if (attribute < 0)
    return FALSE;
  text_type = H5Aget_type (attribute);
  if (text_type >= 0 && H5Tis_variable_str (text_type) > 0)
    {
      char *text = NULL;

      is = H5Aread (attribute, text_type, &text) >= 0 && g_strcmp0 (text, "bfloat16") == 0;
      if (text != NULL)
        H5free_memory (text);
    }
  if (text_type >= 0)
    H5Tclose (text_type);
  H5Aclose (attribute);

  return is;
}

/* bfloat16 is the upper half of a float32. */
static gboolean
read_bfloat16 (hid_t  dataset,
               hid_t  type,
               float *values,
               gsize  n)
{
  g_autofree guint16 *halves = g_try_new (guint16, MAX (n, 1));

  if (halves == NULL || H5Dread (dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, halves) < 0)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits = (guint32) GUINT16_FROM_LE (halves[i]) << 16;

      memcpy (&values[i], &bits, sizeof bits);
    }

  return TRUE;
}

static gboolean
read_dataset (hid_t            dataset,
              const char      *path,
              const CamShape  *shape,
              float           *values,
              GError         **error)
{
  hid_t type;
  gsize n = 0;
  gboolean is_float, ok;

  if (!check_shape (dataset, path, shape, error) || !check_storage (dataset, path, error))
    return FALSE;

  type = H5Dget_type (dataset);
  is_float = type >= 0 && H5Tget_class (type) == H5T_FLOAT && H5Tget_size (type) <= sizeof (double);
  cam_shape_get_size (shape, &n);
  if (is_float)
    ok = H5Dread (dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
  else if (type >= 0 && is_bfloat16 (dataset, type))
    ok = read_bfloat16 (dataset, type, values, n);
  else
    {
      if (type >= 0)
        H5Tclose (type);
      return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("does not hold floating-point numbers"), error);
    }
  H5Tclose (type);

  return ok ? TRUE : fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is cut short or damaged"), error);
}

gboolean
cam_h5_reader_read (CamH5Reader     *self,
                    const char      *path,
                    const CamShape  *shape,
                    float           *values,
                    GError         **error)
{
  H5O_info_t info;
  hid_t dataset;
  gboolean ok;

  switch (check_path (self, path))
    {
    case PATH_ABSENT:
      return fail (CAM_FORMATS_ERROR_WEIGHTS, path, _("is missing"), error);
    case PATH_LINK:
      return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is a link, which is not allowed"), error);
    case PATH_THERE:
    default:
      break;
    }

  dataset = H5Oget_info_by_name (self->file, path, &info, H5P_DEFAULT) >= 0 && info.type == H5O_TYPE_DATASET
              ? H5Dopen2 (self->file, path, H5P_DEFAULT) : H5I_INVALID_HID;
  if (dataset < 0)
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is not an array"), error);

  ok = read_dataset (dataset, path, shape, values, error);
  H5Dclose (dataset);

  return ok;
}

/* The texts of an attribute of fixed or variable length; NULL where it holds something else or too much. */
static char **
read_texts (hid_t attribute,
            gsize max_texts,
            gsize max_size)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  hid_t type = H5Aget_type (attribute);
  hid_t space = H5Aget_space (attribute);
  hssize_t n = space >= 0 ? H5Sget_simple_extent_npoints (space) : -1;
  gboolean is_text = type >= 0 && H5Tget_class (type) == H5T_STRING && n >= 0 && (gsize) n <= max_texts;
  gboolean ok = FALSE;

  if (is_text && n > 0 && H5Tis_variable_str (type) > 0)
    {
      g_autofree char **list = g_new0 (char *, (gsize) n);

      ok = H5Aread (attribute, type, list) >= 0;
      for (hssize_t i = 0; ok && i < n; i++)
        g_ptr_array_add (texts, g_strndup (list[i] != NULL ? list[i] : "", max_size));
      if (ok)
        H5Dvlen_reclaim (type, space, H5P_DEFAULT, list);
    }
  else if (is_text && n > 0)
    {
      gsize width = H5Tget_size (type);
      g_autofree char *block = width > 0 && width <= max_size ? g_try_malloc0_n ((gsize) n, width) : NULL;

      ok = block != NULL && H5Aread (attribute, type, block) >= 0;
      for (hssize_t i = 0; ok && i < n; i++)
        g_ptr_array_add (texts, g_strndup (block + (gsize) i * width, width));
    }
  else
    {
      /* An empty list is written as an array of no numbers. */
      ok = n == 0;
    }

  if (type >= 0)
    H5Tclose (type);
  if (space >= 0)
    H5Sclose (space);
  g_ptr_array_add (texts, NULL);

  return ok ? (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE) : NULL;
}

static char **
read_attribute (CamH5Reader *self,
                const char  *path,
                const char  *name,
                gsize        max_texts,
                gsize        max_size)
{
  char **texts;
  hid_t attribute;

  if (check_path (self, path) != PATH_THERE || H5Aexists_by_name (self->file, path, name, H5P_DEFAULT) <= 0)
    return NULL;

  attribute = H5Aopen_by_name (self->file, path, name, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0)
    return NULL;
  texts = read_texts (attribute, max_texts, max_size);
  H5Aclose (attribute);

  return texts;
}

char *
cam_h5_reader_dup_text (CamH5Reader *self,
                        const char  *path,
                        const char  *name,
                        gsize        max_size)
{
  g_auto(GStrv) texts = read_attribute (self, path, name, 1, max_size);

  return texts != NULL && texts[0] != NULL ? g_strdup (texts[0]) : NULL;
}

char **
cam_h5_reader_dup_texts (CamH5Reader *self,
                         const char  *path,
                         const char  *name)
{
  char **texts = read_attribute (self, path, name, MAX_TEXTS, MAX_TEXT);
  g_autoptr(GPtrArray) all = NULL;

  if (texts != NULL)
    return texts;

  all = g_ptr_array_new_with_free_func (g_free);
  for (guint part = 0; all->len < MAX_TEXTS; part++)
    {
      g_autofree char *part_name = g_strdup_printf ("%s%u", name, part);
      g_autofree char **some = read_attribute (self, path, part_name, MAX_TEXTS, MAX_TEXT);

      if (some == NULL)
        break;
      for (guint i = 0; some[i] != NULL; i++)
        g_ptr_array_add (all, some[i]);
    }
  if (all->len == 0)
    return NULL;
  g_ptr_array_add (all, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE);
}
