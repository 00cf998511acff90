/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zip archives of a few members, in memory: read with limits, written whole. Any thread; an archive belongs to one at a time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CamArchive CamArchive;

/**
 * cam_archive_open:
 * @bytes: the whole file; referenced
 *
 * Errors: CAM_FORMATS_ERROR_NOT_KERAS where it is no zip at all, CAM_FORMATS_ERROR_DAMAGED where it begins like one.
 * Messages of this file do not name the archive: the caller knows what it is called.
 */
CamArchive *cam_archive_open  (GBytes *bytes, GError **error);
void        cam_archive_close (CamArchive *self);
gboolean    cam_archive_has   (CamArchive *self, const char *member);

/**
 * cam_archive_read:
 * @max_size: more uncompressed bytes than this are refused
 *
 * The member's bytes, checked against the archive's checksum. What the archive says of sizes is not trusted: memory grows with what
 * really comes out, and a member that unpacks to hundreds of times its size is refused.
 *
 * Errors: CAM_FORMATS_ERROR_NOT_KERAS where there is no such member, CAM_FORMATS_ERROR_DAMAGED for the rest.
 */
GBytes     *cam_archive_read  (CamArchive *self, const char *member, gsize max_size, GError **error);

typedef struct
{
  const char *name;
  GBytes     *bytes;
} CamArchiveMember;

/* cam_archive_build: a zip of @members in their order, stored uncompressed. Errors: G_IO_ERROR_FAILED with libzip's reason. */
GBytes     *cam_archive_build (const CamArchiveMember *members, guint n_members, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamArchive, cam_archive_close)

G_END_DECLS
