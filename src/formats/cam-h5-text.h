/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in attributes of an HDF5 object. */
#pragma once

#include "cam-h5-object.h"

G_BEGIN_DECLS

/**
 * cam_h5_read_texts:
 * @messages: of the object
 * @max_size: longer texts, in bytes, are refused
 *
 * Texts of fixed or variable length, a single one or a list.
 *
 * Returns: (transfer full) (nullable): g_strfreev(); %NULL where there is no such attribute or it cannot be read
 */
char **cam_h5_read_texts (const CamH5File *file, GArray *messages, const char *name, gsize max_texts, gsize max_size);

G_END_DECLS
