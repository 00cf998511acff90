/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IDX files, the format of MNIST: two zero bytes, a type, the number of dimensions, each dimension in four bytes, then the values; all big-endian. No size is believed
 * before the file is seen to be as long. */
#include <cam-checked.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-csv-private.h"
#include "cam-source-private.h"

#define MOST_DIMENSIONS 4
/* zlib packs at most this well. */
#define BEST_PACKING    1032
#define BLOCK_BYTES     (512 * 1024)

typedef enum { TYPE_UBYTE = 0x08, TYPE_BYTE = 0x09, TYPE_SHORT = 0x0B, TYPE_INT = 0x0C, TYPE_FLOAT = 0x0D, TYPE_DOUBLE = 0x0E } Type;

typedef struct
{
  CamInput *input;
  Type      type;
  guint     n_dimensions;
  gsize     sizes[MOST_DIMENSIONS];
  gsize     n_values;          /* of a row */
  gsize     value_bytes, row_bytes;
} Idx;

gboolean
cam_idx_is_magic (const guchar bytes[4])
{
  return bytes[0] == 0 && bytes[1] == 0 && (bytes[2] == TYPE_UBYTE || bytes[2] == TYPE_BYTE || (bytes[2] >= TYPE_SHORT && bytes[2] <= TYPE_DOUBLE)) &&
         bytes[3] >= 1;
}

static guint32
read_uint32 (const guchar *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
idx_close (Idx *self)
{
  g_clear_pointer (&self->input, cam_input_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Idx, idx_close)

static gboolean
fail (GError         **error,
      CamDatasetError  code,
      const char      *format,
      ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError         **error,
      CamDatasetError  code,
      const char      *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CAM_DATASET_ERROR, (int) code, message);

  return FALSE;
}

/* The sizes of a row and of all of them, held against the file. */
static gboolean
check_sizes (Idx     *self,
             GError **error)
{
  gsize header = 4 + 4 * self->n_dimensions, total = (gsize) cam_input_get_total (self->input), all;

  self->n_values = 1;
  for (guint i = 1; i < self->n_dimensions; i++)
    if (!cam_size_mul (self->n_values, self->sizes[i], &self->n_values))
      return fail (error, CAM_DATASET_ERROR_TOO_LARGE, _("the IDX header names %zu values in dimension %u, which is more than any picture has"), self->sizes[i], i + 1);
  if (self->n_values == 0 || self->sizes[0] == 0)
    return fail (error, CAM_DATASET_ERROR_EMPTY, _("the IDX header says that there is nothing in the file"));
  if (self->n_values > CAM_CSV_MOST_COLUMNS)
    return fail (error, CAM_DATASET_ERROR_TOO_LARGE, _("the IDX header names %zu values for each row; more than 65,536 are no table"), self->n_values);
  if (!cam_size_mul (self->n_values, self->value_bytes, &self->row_bytes) || !cam_size_mul (self->row_bytes, self->sizes[0], &all) || !cam_size_add (all, header, &all))
    return fail (error, CAM_DATASET_ERROR_TOO_LARGE, _("the IDX header names %zu rows of %zu values, more than a file can hold"), self->sizes[0], self->n_values);
  if (cam_input_is_packed (self->input) ? all / BEST_PACKING > total : all > total)
    return fail (error, CAM_DATASET_ERROR_SYNTAX,
                 _("the IDX header names %zu rows of %zu values, but the file is too short for them; it was not copied whole"), self->sizes[0], self->n_values);

  return TRUE;
}

static gboolean
idx_open (Idx         *self,
          const char  *path,
          GError     **error)
{
  static const gsize value_bytes[] = { [TYPE_UBYTE] = 1, [TYPE_BYTE] = 1, [TYPE_SHORT] = 2, [TYPE_INT] = 4, [TYPE_FLOAT] = 4, [TYPE_DOUBLE] = 8 };
  guchar header[4 + 4 * MOST_DIMENSIONS];
  gssize n;

  self->input = cam_input_open (path, error);
  if (self->input == NULL)
    return FALSE;
  n = cam_input_read_fully (self->input, header, 4, error);
  if (n < 0)
    return FALSE;
  if (n < 4 || !cam_idx_is_magic (header))
    return fail (error, CAM_DATASET_ERROR_SYNTAX, _("this is no IDX file"));
  self->type = header[2];
  self->n_dimensions = header[3];
  self->value_bytes = value_bytes[self->type];
  if (self->n_dimensions > MOST_DIMENSIONS)
    return fail (error, CAM_DATASET_ERROR_SYNTAX, _("the IDX file has %u dimensions; pictures have three or four"), self->n_dimensions);

  n = cam_input_read_fully (self->input, header + 4, 4 * self->n_dimensions, error);
  if (n < 0)
    return FALSE;
  if ((gsize) n < 4 * self->n_dimensions)
    return fail (error, CAM_DATASET_ERROR_SYNTAX, _("the file ends in the IDX header; it was not copied whole"));
  for (guint i = 0; i < self->n_dimensions; i++)
    self->sizes[i] = read_uint32 (header + 4 + 4 * i);

  return check_sizes (self, error);
}

static double
read_value (const guchar *bytes,
            Type          type)
{
  guint32 word = type == TYPE_INT || type == TYPE_FLOAT || type == TYPE_DOUBLE ? read_uint32 (bytes) : 0;
  guint64 both;
  float single;
  double value;

  switch (type)
    {
    case TYPE_BYTE:
      return (gint8) bytes[0];
    case TYPE_SHORT:
      return (gint16) (bytes[0] << 8 | bytes[1]);
    case TYPE_INT:
      return (gint32) word;
    case TYPE_FLOAT:
      memcpy (&single, &word, sizeof single);
      return (double) single;
    case TYPE_DOUBLE:
      both = (guint64) word << 32 | read_uint32 (bytes + 4);
      memcpy (&value, &both, sizeof value);
      return value;
    case TYPE_UBYTE:
    default:
      return bytes[0];
    }
}

/* Values of other types than bytes. What is no number counts as missing. */
static void
add_values (const Idx    *self,
            GPtrArray    *columns,
            gsize         row,
            const guchar *bytes,
            gsize         n_rows)
{
  for (guint i = 0; i < columns->len; i++)
    for (gsize r = 0; r < n_rows; r++)
      {
        double value = read_value (bytes + r * self->row_bytes + i * self->value_bytes, self->type);
        float packed;

        if (!(value - value == 0.0))
          value = NAN;
        cam_column_add_number (g_ptr_array_index (columns, i), row + r, value, cam_pack (value, &packed));
      }
}

static GPtrArray *
make_columns (const Idx *self)
{
  GPtrArray *columns;
  guint n = (guint) self->n_values;

  if (self->type == TYPE_UBYTE && self->n_dimensions >= 3)
    return cam_pixels_new ((guint) self->sizes[1], (guint) self->sizes[2], self->n_dimensions == 4 ? (guint) self->sizes[3] : 1);

  columns = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_column_free);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = self->n_dimensions == 1 ? g_strdup ("label") : g_strdup_printf ("v%u", i);

      g_ptr_array_add (columns, self->type == TYPE_UBYTE ? cam_column_new_bytes (name) : cam_column_new (name, CAM_COLUMN_NUMBER));
    }

  return columns;
}

/* All rows, or as many as are wanted, block by block. */
static gboolean
read_rows (Idx            *self,
           CamSourceRead  *read,
           GPtrArray      *columns,
           gsize           n_rows,
           GError        **error)
{
  gsize block = MAX (BLOCK_BYTES / self->row_bytes, 1);
  g_autofree guchar *bytes = g_malloc (block * self->row_bytes);

  for (gsize row = 0; row < n_rows;)
    {
      gsize want = MIN (block, n_rows - row);
      gssize n = cam_input_read_fully (self->input, bytes, want * self->row_bytes, error);

      if (n < 0)
        return FALSE;
      if ((gsize) n < want * self->row_bytes)
        return fail (error, CAM_DATASET_ERROR_SYNTAX, _("the file ends after %zu of %zu rows; it was not copied whole"),
                     row + (gsize) n / self->row_bytes, self->sizes[0]);
      if (self->type == TYPE_UBYTE)
        cam_pixels_add (columns, row, bytes, want);
      else
        add_values (self, columns, row, bytes, want);
      row += want;
      if (!cam_source_tell (read, cam_input_get_position (self->input), cam_input_get_total (self->input), row, error))
        return FALSE;
    }

  return TRUE;
}

/* The name with @from as @to; NULL: it does not have @from. */
static char *
rename_part (const char *name,
             const char *from,
             const char *to)
{
  const char *place = strstr (name, from);

  return place != NULL ? g_strdup_printf ("%.*s%s%s", (int) (place - name), name, to, place + strlen (from)) : NULL;
}

/* The file beside @path whose name has @to where this one has @from, packed or not; NULL: there is none. @looked_for: the name, where @path has one to look for. */
static char *
find_beside (const char  *path,
             const char  *from,
             const char  *to,
             const char  *from_digits,
             const char  *to_digits,
             char       **looked_for)
{
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  g_autofree char *named = rename_part (base, from, to), *digits = NULL;
  const char *variants[2] = { NULL, NULL };
  g_autofree char *other = NULL;

  if (named == NULL)
    return NULL;
  digits = rename_part (named, from_digits, to_digits);
  variants[0] = digits != NULL ? digits : named;
  other = g_str_has_suffix (variants[0], ".gz") ? g_strndup (variants[0], strlen (variants[0]) - 3) : g_strconcat (variants[0], ".gz", NULL);
  variants[1] = other;
  if (looked_for != NULL)
    *looked_for = g_strdup (variants[0]);

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *full = g_build_filename (folder, variants[i], NULL);

      if (g_file_test (full, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&full);
    }

  return NULL;
}

char *
cam_source_find_labels (const char *path)
{
  char *found = find_beside (path, "images", "labels", "idx3", "idx1", NULL);

  return found != NULL ? found : find_beside (path, "images", "labels", "idx4", "idx1", NULL);
}

static gboolean
add_labels (CamSourceRead  *read,
            CamCsvResult   *result,
            const Idx      *images,
            gsize           n_rows,
            GError        **error)
{
  g_autofree char *looked_for = NULL, *path = find_beside (read->path, "images", "labels", images->n_dimensions == 4 ? "idx4" : "idx3", "idx1", &looked_for);
  g_autofree char *base = NULL;
  g_auto(Idx) labels = { 0 };
  g_autoptr(GPtrArray) columns = NULL;
  CamSourceRead quiet = *read;

  if (path == NULL)
    {
      if (looked_for != NULL)
        cam_source_note (result, _("There is no file of labels beside it; its name would be %s."), looked_for);
      return TRUE;
    }
  base = g_path_get_basename (path);
  quiet.progress = NULL;
  if (!idx_open (&labels, path, error))
    {
      g_prefix_error (error, "%s: ", base);
      return FALSE;
    }
  if (labels.n_dimensions != 1)
    return fail (error, CAM_DATASET_ERROR_SYNTAX, _("%s holds no labels: it has %u dimensions instead of one"), base, labels.n_dimensions);
  if (labels.sizes[0] != images->sizes[0])
    return fail (error, CAM_DATASET_ERROR_SYNTAX, _("there are %zu pictures, but %zu labels in %s"), images->sizes[0], labels.sizes[0], base);

  columns = make_columns (&labels);
  if (!read_rows (&labels, &quiet, columns, n_rows, error))
    {
      g_prefix_error (error, "%s: ", base);
      return FALSE;
    }
  cam_column_trim (g_ptr_array_index (columns, 0), n_rows);
  cam_table_add_column (result->table, g_ptr_array_steal_index (columns, 0));
  cam_source_note (result, _("The labels come from %s."), base);

  return TRUE;
}

static CamCsvResult *
read_file (CamSourceRead  *read,
           GError        **error)
{
  g_auto(Idx) idx = { 0 };
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GPtrArray) columns = NULL;
  gboolean are_pictures;
  gsize n_rows;

  if (!idx_open (&idx, read->path, error))
    return NULL;
  n_rows = MIN (idx.sizes[0], read->most_rows);
  are_pictures = idx.n_dimensions >= 3;
  result = cam_source_result (CAM_CSV_IDX, are_pictures ? (guint) idx.sizes[1] : 0, are_pictures ? (guint) idx.sizes[2] : 0,
                              are_pictures ? (idx.n_dimensions == 4 ? (guint) idx.sizes[3] : 1) : 0);
  if (idx.n_dimensions > 1 && !add_labels (read, result, &idx, n_rows, error))
    return NULL;

  columns = make_columns (&idx);
  if (!read_rows (&idx, read, columns, n_rows, error))
    return NULL;
  for (guint i = 0; i < columns->len; i++)
    {
      cam_column_trim (g_ptr_array_index (columns, i), n_rows);
      cam_table_add_column (result->table, g_ptr_array_index (columns, i));
    }
  g_ptr_array_set_free_func (columns, NULL);
  cam_table_set_n_rows (result->table, n_rows);

  return g_steal_pointer (&result);
}

CamCsvResult *
cam_idx_read (CamSourceRead  *read,
              GError        **error)
{
  /* Whoever opens the labels wants the pictures too. */
  g_autofree char *images = find_beside (read->path, "labels", "images", "idx1", "idx3", NULL);
  CamSourceRead instead = *read;

  if (images != NULL)
    instead.path = images;

  return read_file (&instead, error);
}
