/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of pictures as a table: a subfolder is a class, a picture a row. gdk-pixbuf reads whatever kinds of files it knows. What is broken is named and left out. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-csv-private.h"
#include "cam-source-private.h"

/* Pictures of one size are taken as they are up to so many values a picture; others are brought to at most so many pixels a side. */
#define MOST_AS_IS   16384
#define USUAL_SIDE   64
/* Pixels of a picture on the disk: more are refused before they are unpacked. */
#define MOST_PIXELS  (100 * 1000 * 1000)
/* Pictures looked at to see whether there is colour. */
#define N_LOOKED_AT  40
#define LEFT_OUT_NAMED 10

typedef struct
{
  char *file;           /* seen from the folder */
  char *label, *part;   /* NULL: none */
  int   width, height;  /* on the disk */
} Picture;

typedef struct
{
  CamSourceRead *read;
  GHashTable    *extensions;     /* set of char *, lower case */
  GPtrArray     *pictures;       /* Picture */
  CamCsvResult  *result;
  guint          n_other;        /* files that are no pictures */
  guint          n_left_out;
  guint          height, width, channels;
} Folder;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->file);
  g_free (picture->label);
  g_free (picture->part);
  g_free (picture);
}

static void
folder_clear (Folder *self)
{
  g_clear_pointer (&self->extensions, g_hash_table_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->result, cam_csv_result_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static GHashTable *
find_extensions (void)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GSList *formats = gdk_pixbuf_get_formats ();

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_auto(GStrv) extensions = gdk_pixbuf_format_get_extensions (link->data);

      /* Drawings have no pixels of their own. */
      for (guint i = 0; extensions[i] != NULL && !gdk_pixbuf_format_is_scalable (link->data); i++)
        g_hash_table_add (set, g_ascii_strdown (extensions[i], -1));
    }
  g_slist_free (formats);

  return set;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Names in a folder, in order, those that are hidden left out; NULL: it cannot be read. */
static GPtrArray *
list_folder (const char  *path,
             GError     **error)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static void
leave_out (Folder     *self,
           const char *file,
           const char *why)
{
  g_autofree char *shown = g_filename_display_name (file);

  if (self->n_left_out++ < LEFT_OUT_NAMED)
    cam_source_note (self->result, _("%s was left out: %s."), shown, why);
}

static void
add_picture (Folder     *self,
             const char *file,
             const char *label,
             const char *part)
{
  g_autofree char *full = g_build_filename (self->read->path, file, NULL);
  const char *dot = strrchr (file, '.');
  g_autofree char *extension = dot != NULL ? g_ascii_strdown (dot + 1, -1) : g_strdup ("");
  Picture *picture;
  int width = 0, height = 0;

  if (!g_file_test (full, G_FILE_TEST_IS_REGULAR) || !g_hash_table_contains (self->extensions, extension))
    {
      self->n_other++;
      return;
    }
  if (gdk_pixbuf_get_file_info (full, &width, &height) == NULL || width < 1 || height < 1)
    {
      leave_out (self, file, _("it cannot be read as a picture"));
      return;
    }
  if ((gint64) width * height > MOST_PIXELS)
    {
      leave_out (self, file, _("it has more than 100 million pixels"));
      return;
    }

  picture = g_new0 (Picture, 1);
  picture->file = g_strdup (file);
  picture->label = label != NULL ? g_filename_display_name (label) : NULL;
  picture->part = g_strdup (part);
  picture->width = width;
  picture->height = height;
  g_ptr_array_add (self->pictures, picture);
}

/* The pictures that lie in a folder, not those of its subfolders. */
static gboolean
add_pictures_of (Folder      *self,
                 const char  *folder,
                 const char  *label,
                 const char  *part,
                 GError     **error)
{
  g_autofree char *full = g_build_filename (self->read->path, folder, NULL);
  g_autoptr(GPtrArray) names = list_folder (full, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *path = g_build_filename (self->read->path, file, NULL);

      if (g_cancellable_set_error_if_cancelled (self->read->cancellable, error))
        return FALSE;
      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        add_picture (self, file, label, part);
    }

  return TRUE;
}

static GPtrArray *
list_subfolders (const char  *path,
                 GError     **error)
{
  GPtrArray *names = list_folder (path, error);

  for (guint i = 0; names != NULL && i < names->len;)
    {
      g_autofree char *full = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        i++;
      else
        g_ptr_array_remove_index (names, i);
    }

  return names;
}

static gboolean
is_part_name (const char *name)
{
  static const char *const names[] = { "train", "training", "treino", "val", "valid", "validation", "validação", "dev", "test", "testing", "teste", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* "train", "test" and the like, each with the classes as its subfolders. */
static gboolean
are_parts (const char *path,
           GPtrArray  *subfolders)
{
  for (guint i = 0; i < subfolders->len; i++)
    {
      g_autofree char *full = g_build_filename (path, g_ptr_array_index (subfolders, i), NULL);
      g_autoptr(GPtrArray) inner = list_subfolders (full, NULL);

      if (!g_utf8_validate (g_ptr_array_index (subfolders, i), -1, NULL) || !is_part_name (g_ptr_array_index (subfolders, i)) || inner == NULL || inner->len == 0)
        return FALSE;
    }

  return subfolders->len > 0;
}

static gboolean
find_pictures (Folder  *self,
               GError **error)
{
  const char *path = self->read->path;
  g_autoptr(GPtrArray) subfolders = list_subfolders (path, error);
  gboolean have_parts;

  if (subfolders == NULL)
    return FALSE;
  have_parts = are_parts (path, subfolders);
  for (guint i = 0; i < subfolders->len; i++)
    {
      const char *name = g_ptr_array_index (subfolders, i);
      g_autofree char *full = g_build_filename (path, name, NULL);
      g_autoptr(GPtrArray) classes = have_parts ? list_subfolders (full, error) : NULL;

      if (have_parts && classes == NULL)
        return FALSE;
      if (!have_parts && !add_pictures_of (self, name, name, NULL, error))
        return FALSE;
      for (guint c = 0; have_parts && c < classes->len; c++)
        {
          g_autofree char *folder = g_build_filename (name, g_ptr_array_index (classes, c), NULL);

          if (!add_pictures_of (self, folder, g_ptr_array_index (classes, c), name, error))
            return FALSE;
        }
    }
  /* Without classes: pictures that lie in the folder itself, for an autoencoder. */
  if (self->pictures->len == 0 && !add_pictures_of (self, "", NULL, NULL, error))
    return FALSE;
  if (self->pictures->len > 0)
    return TRUE;

  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY,
               self->n_left_out > 0 ? _("no picture in this folder or its subfolders can be read") : _("there are no pictures in this folder or its subfolders; to open a table choose its file"));
  return FALSE;
}

/* In the size that is wanted, in colour; NULL: broken. */
static GdkPixbuf *
load_file (const char  *path,
           int          width,
           int          height,
           GError     **error)
{
  g_autoptr(GdkPixbuf) loaded = gdk_pixbuf_new_from_file_at_scale (path, width, height, FALSE, error);
  g_autoptr(GdkPixbuf) upright = NULL;

  if (loaded == NULL)
    return NULL;
  /* A camera that lay on its side says so in the file. */
  upright = gdk_pixbuf_apply_embedded_orientation (loaded);
  if (upright == NULL)
    return NULL;
  if (gdk_pixbuf_get_width (upright) == width && gdk_pixbuf_get_height (upright) == height)
    return g_object_ref (upright);

  return gdk_pixbuf_scale_simple (upright, width, height, GDK_INTERP_BILINEAR);
}

static GdkPixbuf *
load (const Folder  *self,
      const Picture *picture,
      int            width,
      int            height)
{
  g_autofree char *path = g_build_filename (self->read->path, picture->file, NULL);

  return load_file (path, width, height, NULL);
}

/* A pixel over white where it is transparent. */
static void
read_pixel (const GdkPixbuf *pixbuf,
            const guchar    *pixels,
            int              x,
            int              y,
            guint            colour[3])
{
  int n = gdk_pixbuf_get_n_channels (pixbuf);
  const guchar *pixel = pixels + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + (gsize) x * (gsize) n;
  guint alpha = n == 4 ? pixel[3] : 255;

  for (guint i = 0; i < 3; i++)
    colour[i] = (pixel[i] * alpha + 255 * (255 - alpha) + 127) / 255;
}

static gboolean
has_colour (const GdkPixbuf *pixbuf)
{
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint colour[3];

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        read_pixel (pixbuf, pixels, x, y, colour);
        if (colour[0] != colour[1] || colour[1] != colour[2])
          return TRUE;
      }

  return FALSE;
}

static guint
guess_channels (const Folder *self)
{
  guint step = MAX (self->pictures->len / N_LOOKED_AT, 1);

  for (guint i = 0; i < self->pictures->len; i += step)
    {
      const Picture *picture = g_ptr_array_index (self->pictures, i);
      g_autoptr(GdkPixbuf) pixbuf = load (self, picture, (int) self->width, (int) self->height);

      if (pixbuf != NULL && has_colour (pixbuf))
        return 3;
    }

  return 1;
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* The middle one of all widths or heights, the same in all pictures or not. */
static guint
find_middle (const Folder *self,
             gboolean      of_height,
             gboolean     *is_same)
{
  guint n = self->pictures->len;
  g_autofree int *sizes = g_new (int, n);

  for (guint i = 0; i < n; i++)
    {
      const Picture *picture = g_ptr_array_index (self->pictures, i);

      sizes[i] = of_height ? picture->height : picture->width;
    }
  qsort (sizes, n, sizeof (int), compare_ints);
  *is_same = sizes[0] == sizes[n - 1];

  return (guint) sizes[n / 2];
}

static gboolean
choose_size (Folder  *self,
             GError **error)
{
  const CamCsvDialect *dialect = self->read->dialect;
  gboolean same_height, same_width;
  guint height = find_middle (self, TRUE, &same_height), width = find_middle (self, FALSE, &same_width), longest = MAX (height, width);

  self->channels = dialect != NULL && dialect->channels > 0 ? dialect->channels : 0;
  if (longest > USUAL_SIDE && !(same_height && same_width && height * width * 3 <= MOST_AS_IS))
    {
      height = MAX (height * USUAL_SIDE / longest, 1);
      width = MAX (width * USUAL_SIDE / longest, 1);
    }
  self->height = dialect != NULL && dialect->height > 0 ? dialect->height : height;
  self->width = dialect != NULL && dialect->width > 0 ? dialect->width : width;
  if (self->channels == 0)
    self->channels = guess_channels (self);
  if (self->channels == 2)
    self->channels = 3;
  if ((guint64) self->height * self->width * self->channels > CAM_CSV_MOST_COLUMNS)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE, _("pictures of %u × %u with %u channels have more than 65,536 values; choose a smaller size"),
                   self->width, self->height, self->channels);
      return FALSE;
    }
  if (!same_height || !same_width)
    cam_source_note (self->result, _("The pictures differ in size; all are scaled to %u × %u."), self->width, self->height);

  return TRUE;
}

/* Rows of pixels from top to bottom, as bytes; grey by the weights of Rec. 601. */
static void
copy_pixels (const GdkPixbuf *pixbuf,
             guint            channels,
             guint8          *bytes)
{
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        guint colour[3];

        read_pixel (pixbuf, pixels, x, y, colour);
        if (channels == 1)
          *bytes++ = (guint8) ((299 * colour[0] + 587 * colour[1] + 114 * colour[2] + 500) / 1000);
        else
          for (guint i = 0; i < 3; i++)
            *bytes++ = (guint8) colour[i];
      }
}

guint8 *
cam_source_read_picture (const char  *path,
                         guint        height,
                         guint        width,
                         guint        channels,
                         GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GError) problem = NULL;
  guint8 *bytes;
  int real_width = 0, real_height = 0;

  g_return_val_if_fail (channels == 1 || channels == 3, NULL);

  if (gdk_pixbuf_get_file_info (path, &real_width, &real_height) == NULL || real_width < 1 || real_height < 1)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("%s cannot be read as a picture; choose a PNG, JPEG or another picture file"), name);
      return NULL;
    }
  if ((gint64) real_width * real_height > MOST_PIXELS)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE, _("%s has more than 100 million pixels; make it smaller first"), name);
      return NULL;
    }
  pixbuf = load_file (path, (int) width, (int) height, &problem);
  if (pixbuf == NULL)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("%s is damaged: %s"), name, problem != NULL ? problem->message : "");
      return NULL;
    }
  bytes = g_malloc ((gsize) height * width * channels);
  copy_pixels (pixbuf, channels, bytes);
  return bytes;
}

static void
add_column (Folder    *self,
            CamColumn *column,
            gsize      n_rows)
{
  cam_column_trim (column, n_rows);
  cam_table_add_column (self->result->table, column);
}

static void
add_text_or_missing (CamColumn  *column,
                     const char *text)
{
  if (text != NULL)
    cam_column_add_text (column, text, strlen (text));
  else
    cam_column_add_missing_text (column);
}

/* With fewer rows wanted than there are, every so many, so that each class is seen. */
static gboolean
load_all (Folder  *self,
          GError **error)
{
  const gsize step = self->read->most_rows < self->pictures->len ? self->pictures->len / self->read->most_rows : 1;
  g_autofree guint8 *bytes = g_malloc ((gsize) self->height * self->width * self->channels);
  g_autoptr(GPtrArray) pixels = cam_pixels_new (self->height, self->width, self->channels);
  CamColumn *label = cam_column_new ("label", CAM_COLUMN_CATEGORY), *part = cam_column_new ("part", CAM_COLUMN_CATEGORY), *file = cam_column_new ("file", CAM_COLUMN_TEXT);
  const Picture *first = g_ptr_array_index (self->pictures, 0);
  gsize n_rows = 0;
  gboolean ok = TRUE;

  for (gsize i = 0; i < self->pictures->len && n_rows < self->read->most_rows && ok; i += step)
    {
      const Picture *picture = g_ptr_array_index (self->pictures, i);
      g_autoptr(GdkPixbuf) pixbuf = load (self, picture, (int) self->width, (int) self->height);

      ok = cam_source_tell (self->read, (goffset) i + 1, (goffset) self->pictures->len, n_rows, error);
      if (pixbuf == NULL)
        {
          leave_out (self, picture->file, _("it is damaged"));
          continue;
        }
      copy_pixels (pixbuf, self->channels, bytes);
      cam_pixels_add (pixels, n_rows, bytes, 1);
      add_text_or_missing (label, picture->label);
      add_text_or_missing (part, picture->part);
      {
        g_autofree char *shown = g_filename_display_name (picture->file);

        cam_column_add_text (file, shown, strlen (shown));
      }
      n_rows++;
    }

  if (first->label != NULL)
    add_column (self, g_steal_pointer (&label), n_rows);
  add_column (self, file, n_rows);
  if (first->part != NULL)
    add_column (self, g_steal_pointer (&part), n_rows);
  cam_column_free (label);
  cam_column_free (part);
  g_ptr_array_set_free_func (pixels, NULL);
  for (guint i = 0; i < pixels->len; i++)
    add_column (self, g_ptr_array_index (pixels, i), n_rows);
  cam_table_set_n_rows (self->result->table, n_rows);
  if (ok && n_rows == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY, _("no picture in this folder or its subfolders can be read"));
      return FALSE;
    }

  return ok;
}

CamCsvResult *
cam_images_read (CamSourceRead  *read,
                 GError        **error)
{
  g_auto(Folder) self = { .read = read, .extensions = find_extensions (), .pictures = g_ptr_array_new_with_free_func (picture_free) };

  self.result = cam_source_result (CAM_CSV_PICTURES, 0, 0, 0);
  if (!find_pictures (&self, error) || !choose_size (&self, error) || !load_all (&self, error))
    return NULL;

  if (self.n_left_out > LEFT_OUT_NAMED)
    cam_source_note (self.result, _("%u pictures more were left out."), self.n_left_out - LEFT_OUT_NAMED);
  if (self.n_other > 0)
    cam_source_note (self.result, ngettext ("%u file in the folder is no picture.", "%u files in the folder are no pictures.", self.n_other), self.n_other);
  cam_table_set_image (self.result->table, self.height, self.width, self.channels);
  self.result->dialect->height = self.height;
  self.result->dialect->width = self.width;
  self.result->dialect->channels = self.channels;
  self.result->n_odd_rows = self.n_left_out;

  return g_steal_pointer (&self.result);
}
