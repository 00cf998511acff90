/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HDF5 files in memory, as far as weights need them: groups, float32 arrays, and a few text attributes. Messages name the object in the HDF5
 * file; the caller knows the file's name.
 *
 * A reader is our own code, may be used in any thread and does not mind what the file holds. A writer uses the HDF5 library, which keeps global
 * state: it holds a lock of the whole process until it is finished. */
#pragma once

#include <cam-shape.h>

G_BEGIN_DECLS

typedef struct _CamH5Reader CamH5Reader;
typedef struct _CamH5Writer CamH5Writer;

/* cam_h5_is_image: whether @bytes begin as an HDF5 file does. */
gboolean     cam_h5_is_image          (GBytes *bytes);

/* cam_h5_reader_open: @bytes is referenced. Errors: CAM_FORMATS_ERROR_DAMAGED. */
CamH5Reader *cam_h5_reader_open       (GBytes *bytes, GError **error);
void         cam_h5_reader_close      (CamH5Reader *self);

/* cam_h5_reader_has: an object at the absolute @path, reached without links. */
gboolean     cam_h5_reader_has        (CamH5Reader *self, const char *path);

/* cam_h5_reader_count: the members of the group at @path; 0 where there is no such group. */
guint64      cam_h5_reader_count      (CamH5Reader *self, const char *path);

/**
 * cam_h5_reader_read:
 * @path: absolute path of a dataset
 * @shape: what it must have
 * @values: (out caller-allocates): row-major
 *
 * Floats of 2, 4 and 8 bytes of either byte order are converted, also the bfloat16 that Keras keeps as opaque pairs of bytes.
 *
 * Errors: CAM_FORMATS_ERROR_WEIGHTS: nothing there, or another shape; CAM_FORMATS_ERROR_DAMAGED: a link, a virtual, external or
 *   chunked array, not floats, or bytes missing.
 */
gboolean     cam_h5_reader_read       (CamH5Reader *self, const char *path, const CamShape *shape, float *values, GError **error);

/* cam_h5_reader_dup_text: the text attribute @name of the object at @path, at most @max_size bytes; NULL: none. g_free(). */
char        *cam_h5_reader_dup_text   (CamH5Reader *self, const char *path, const char *name, gsize max_size);
/* cam_h5_reader_dup_texts: a list of texts; where it is long, HDF5 files of Keras split it over @name0, @name1, …; g_strfreev(); NULL: none. */
char       **cam_h5_reader_dup_texts  (CamH5Reader *self, const char *path, const char *name);

/* Writing. The first failure is kept and told by cam_h5_writer_finish(). */
CamH5Writer *cam_h5_writer_new        (void);
void         cam_h5_writer_add_group  (CamH5Writer *self, const char *path);
void         cam_h5_writer_add_text   (CamH5Writer *self, const char *path, const char *name, const char *text);
/* cam_h5_writer_add_floats: contiguous little-endian float32. */
void         cam_h5_writer_add_floats (CamH5Writer *self, const char *path, const CamShape *shape, const float *values);
/* cam_h5_writer_finish: the file's bytes; frees @self. Errors: G_IO_ERROR_FAILED. */
GBytes      *cam_h5_writer_finish     (CamH5Writer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamH5Reader, cam_h5_reader_close)

G_END_DECLS
