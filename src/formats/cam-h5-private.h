/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the HDF5 reader share. */
#pragma once

#include <cam-checked.h>

#include "cam-h5-object.h"

G_BEGIN_DECLS

#define CAM_H5_MAX_DIMS  32
#define CAM_H5_MAX_TEXTS 100000
#define CAM_H5_MAX_TEXT  ((gsize) 4096)

struct _CamH5Reader
{
  GBytes    *bytes;   /* owned */
  CamH5File  file;    /* borrows from it */
};

/* cam_h5_read_dims: FALSE where @space is NULL or makes no sense. */
gboolean cam_h5_read_dims (const CamH5Message *space, guint64 dims[CAM_H5_MAX_DIMS], guint *n_dims);

G_END_DECLS
