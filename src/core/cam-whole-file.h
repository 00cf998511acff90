/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is there whole or not at all, written piece by piece: it has another name, or none, until it is committed. One thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamWholeFile CamWholeFile;

/* cam_whole_file_new: @path (nullable): where it shall be; %NULL: nowhere, it is only to be copied. Errors, here and below: G_FILE_ERROR_*; messages name the file. */
CamWholeFile *cam_whole_file_new     (const char *path, GError **error);
/* cam_whole_file_free: what was not committed is gone. */
void          cam_whole_file_free    (CamWholeFile *self);
gboolean      cam_whole_file_write   (CamWholeFile *self, const char *bytes, gsize length, GError **error);
/* cam_whole_file_restart: what was written does not count. */
gboolean      cam_whole_file_restart (CamWholeFile *self, GError **error);
/* cam_whole_file_commit: on the disk, and under its name, in the place of what had it. Once, at the end. */
gboolean      cam_whole_file_commit  (CamWholeFile *self, GError **error);
/* cam_whole_file_copy: all that was written, into @fd. */
gboolean      cam_whole_file_copy    (CamWholeFile *self, int fd, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamWholeFile, cam_whole_file_free)

G_END_DECLS
