/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file, of what a gzip file holds, or of memory, one after the other. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CamInput CamInput;

/* cam_input_open: a gzip file is known by its first bytes and unpacked while it is read. NULL with G_FILE_ERROR_* where it cannot be opened or is no ordinary file. */
CamInput *cam_input_open         (const char *path, GError **error);
CamInput *cam_input_new_bytes    (GBytes *bytes);
void      cam_input_close        (CamInput *self);
/* cam_input_read: up to @size bytes; 0: the end; −1: G_FILE_ERROR_*, or CAM_DATASET_ERROR_SYNTAX for a damaged gzip file. */
gssize    cam_input_read         (CamInput *self, void *buffer, gsize size, GError **error);
/* cam_input_read_fully: as cam_input_read(), but fewer than @size bytes only at the end. */
gssize    cam_input_read_fully   (CamInput *self, void *buffer, gsize size, GError **error);
/* How far it is, in bytes as they lie on the disk. */
goffset   cam_input_get_position (const CamInput *self);
goffset   cam_input_get_total    (const CamInput *self);
gboolean  cam_input_is_packed    (const CamInput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamInput, cam_input_close)

G_END_DECLS
