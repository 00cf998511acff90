/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lower half of the HDF5 reader: superblock, object headers and groups of a file in memory. Every address and length in the file is checked
 * before it is used: a damaged or malicious file can make these functions fail, and nothing else.
 *
 * Why not the HDF5 library: it crashes on files with a few changed bytes, and a model file comes from anywhere. Keras always writes the oldest
 * layout (superblock 0, symbol tables, version 1 headers), and that is what is read.
 *
 * Source: The HDF Group, "HDF5 File Format Specification", version 3.0. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CAM_H5_NOWHERE G_MAXUINT64   /* the undefined address */

typedef struct
{
  const guint8 *data;   /* the whole file; borrowed */
  gsize         size;
} CamH5File;

/* A place in the file and what is left behind it. Reading past the end gives zeros and marks the cursor as failed, once and for all. */
typedef struct
{
  const guint8 *at;
  gsize         left;
  gboolean      failed;
} CamH5Cursor;

CamH5Cursor   cam_h5_cursor       (const CamH5File *file, guint64 address);
CamH5Cursor   cam_h5_cursor_on    (const guint8 *data, gsize size);
guint64       cam_h5_number       (CamH5Cursor *self, guint n_bytes);                /* little-endian, 1 to 8 bytes */
const guint8 *cam_h5_take         (CamH5Cursor *self, guint64 n_bytes);              /* NULL past the end */
void          cam_h5_skip         (CamH5Cursor *self, guint64 n_bytes);
gboolean      cam_h5_signature    (CamH5Cursor *self, const char *four);             /* fails where it is another */

typedef enum
{
  CAM_H5_DATASPACE      = 0x01,
  CAM_H5_LINK_INFO      = 0x02,
  CAM_H5_DATATYPE       = 0x03,
  CAM_H5_LINK           = 0x06,
  CAM_H5_EXTERNAL_FILES = 0x07,
  CAM_H5_LAYOUT         = 0x08,
  CAM_H5_ATTRIBUTE      = 0x0c,
  CAM_H5_CONTINUATION   = 0x10,
  CAM_H5_SYMBOL_TABLE   = 0x11,
} CamH5MessageType;

typedef struct
{
  guint         type;
  const guint8 *data;   /* borrowed from the file; NULL: kept elsewhere ("shared"), which Keras does not use */
  gsize         size;
} CamH5Message;

/* cam_h5_root: address of the root group's header; CAM_H5_NOWHERE where this is no HDF5 file of a known layout, or a part of it is missing. */
guint64             cam_h5_root         (const CamH5File *file);

/* cam_h5_messages: the messages of the object at @address, of CamH5Message; NULL: damaged. */
GArray             *cam_h5_messages     (const CamH5File *file, guint64 address);
const CamH5Message *cam_h5_find_message (GArray *messages, CamH5MessageType type);   /* the first; NULL */

typedef enum
{
  CAM_H5_THERE,
  CAM_H5_ABSENT,
  CAM_H5_IS_LINK,    /* a soft link on the way */
  CAM_H5_NEWER,      /* a group of the newer layout, which may hold links to other files */
  CAM_H5_BROKEN,
} CamH5Lookup;

/* cam_h5_look_up: the object at the absolute @path. */
CamH5Lookup         cam_h5_look_up      (const CamH5File *file, const char *path, guint64 *address);
/* cam_h5_count_members: of the group at @address; 0 where it is none. */
guint64             cam_h5_count_members (const CamH5File *file, guint64 address);

G_END_DECLS
