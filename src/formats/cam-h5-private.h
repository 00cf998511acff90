/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader and the writer of HDF5 files share: one lock, and a library that is quiet and loads no plug-ins. */
#pragma once

#include <glib.h>
#include <hdf5.h>

G_BEGIN_DECLS

void  cam_h5_lock   (void);
void  cam_h5_unlock (void);

/* A file access list for a file that lives in memory only. */
hid_t cam_h5_access_in_memory (void);

G_END_DECLS
