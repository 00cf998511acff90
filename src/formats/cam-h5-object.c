/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Superblock, object headers and old-style groups of an HDF5 file, each step checked. */
#include "cam-h5-object.h"

#include <string.h>

/* A tree whose nodes point at one another could be walked for ever: more nodes than this are no weights file. */
#define MAX_NODES 100000
#define MAX_MESSAGES 65535

CamH5Cursor
cam_h5_cursor_on (const guint8 *data,
                  gsize         size)
{
  return (CamH5Cursor) { .at = data, .left = size, .failed = data == NULL };
}

CamH5Cursor
cam_h5_cursor (const CamH5File *file,
               guint64          address)
{
  if (address > file->size)
    return (CamH5Cursor) { .failed = TRUE };

  return cam_h5_cursor_on (file->data + address, file->size - (gsize) address);
}

const guint8 *
cam_h5_take (CamH5Cursor *self,
             guint64      n_bytes)
{
  const guint8 *at = self->at;

  if (self->failed || n_bytes > self->left)
    {
      self->failed = TRUE;
      return NULL;
    }
  self->at += n_bytes;
  self->left -= (gsize) n_bytes;

  return at;
}

void
cam_h5_skip (CamH5Cursor *self,
             guint64      n_bytes)
{
  cam_h5_take (self, n_bytes);
}

guint64
cam_h5_number (CamH5Cursor *self,
               guint        n_bytes)
{
  const guint8 *at = cam_h5_take (self, n_bytes);
  guint64 number = 0;

  if (at != NULL)
    for (guint i = n_bytes; i > 0; i--)
      number = number << 8 | at[i - 1];

  return number;
}

gboolean
cam_h5_signature (CamH5Cursor *self,
                  const char  *four)
{
  const guint8 *at = cam_h5_take (self, 4);

  if (at == NULL || memcmp (at, four, 4) != 0)
    self->failed = TRUE;

  return !self->failed;
}

guint64
cam_h5_root (const CamH5File *file)
{
  CamH5Cursor cursor = cam_h5_cursor (file, 8);
  guint64 version = cam_h5_number (&cursor, 1);
  guint64 base, end, root;

  cam_h5_skip (&cursor, 4);
  /* Sizes of addresses and lengths: 8 bytes each, as everywhere outside of museums. */
  if (version > 1 || cam_h5_number (&cursor, 1) != 8 || cam_h5_number (&cursor, 1) != 8)
    return CAM_H5_NOWHERE;
  cam_h5_skip (&cursor, 1 + 2 + 2 + 4);
  if (version == 1)
    cam_h5_skip (&cursor, 4);
  base = cam_h5_number (&cursor, 8);
  cam_h5_skip (&cursor, 8);
  end = cam_h5_number (&cursor, 8);
  cam_h5_skip (&cursor, 8);
  cam_h5_skip (&cursor, 8);        /* the root group's name */
  root = cam_h5_number (&cursor, 8);

  return cursor.failed || base != 0 || end > file->size ? CAM_H5_NOWHERE : root;
}

/* The messages of one block of a header; blocks that continue it are queued in @blocks as address and length. */
static gboolean
read_block (CamH5Cursor *block,
            GArray      *messages,
            GArray      *blocks,
            guint        max_messages)
{
  while (block->left >= 8 && messages->len < max_messages)
    {
      CamH5Message message;
      guint64 flags;

      message.type = (guint) cam_h5_number (block, 2);
      message.size = (gsize) cam_h5_number (block, 2);
      flags = cam_h5_number (block, 1);
      cam_h5_skip (block, 3);
      message.data = cam_h5_take (block, message.size);
      if (block->failed)
        return FALSE;

      if (message.type == CAM_H5_CONTINUATION)
        {
          CamH5Cursor where = cam_h5_cursor_on (message.data, message.size);
          guint64 range[2] = { cam_h5_number (&where, 8), 0 };

          range[1] = cam_h5_number (&where, 8);
          if (where.failed || blocks->len / 2 >= MAX_MESSAGES)
            return FALSE;
          g_array_append_vals (blocks, range, 2);
        }
      if (flags & 2)
        message.data = NULL;
      g_array_append_val (messages, message);
    }

  return TRUE;
}

GArray *
cam_h5_messages (const CamH5File *file,
                 guint64          address)
{
  CamH5Cursor header = cam_h5_cursor (file, address);
  g_autoptr(GArray) messages = g_array_new (FALSE, FALSE, sizeof (CamH5Message));
  g_autoptr(GArray) blocks = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 version = cam_h5_number (&header, 1);
  guint n_messages;
  guint64 first[2];

  cam_h5_skip (&header, 1);
  n_messages = (guint) cam_h5_number (&header, 2);
  cam_h5_skip (&header, 4);
  first[1] = cam_h5_number (&header, 4);
  if (header.failed || version != 1)
    return NULL;
  first[0] = address + 16;
  g_array_append_vals (blocks, first, 2);

  /* Each block must bring a message, and the header says how many there are: this ends. */
  for (guint b = 0; b < blocks->len && messages->len < n_messages; b += 2)
    {
      CamH5Cursor block = cam_h5_cursor (file, g_array_index (blocks, guint64, b));
      guint64 length = g_array_index (blocks, guint64, b + 1);

      if (block.failed || length > block.left)
        return NULL;
      block.left = (gsize) length;
      if (!read_block (&block, messages, blocks, n_messages))
        return NULL;
    }

  return g_steal_pointer (&messages);
}

const CamH5Message *
cam_h5_find_message (GArray           *messages,
                     CamH5MessageType  type)
{
  for (guint i = 0; i < messages->len; i++)
    {
      const CamH5Message *message = &g_array_index (messages, CamH5Message, i);

      if (message->type == type)
        return message;
    }

  return NULL;
}

/* A walk over a group's members, in search of one name or only to count. */
typedef struct
{
  const CamH5File *file;
  CamH5Cursor      names;      /* the group's heap */
  const char      *wanted;     /* NULL: count */
  guint            n_nodes;
  guint64          n_members;
  CamH5Lookup      found;
  guint64          address;
} Walk;

static gboolean
open_heap (Walk    *walk,
           guint64  address)
{
  CamH5Cursor heap = cam_h5_cursor (walk->file, address);
  guint64 size;

  if (!cam_h5_signature (&heap, "HEAP"))
    return FALSE;
  cam_h5_skip (&heap, 4);
  size = cam_h5_number (&heap, 8);
  cam_h5_skip (&heap, 8);
  walk->names = cam_h5_cursor (walk->file, cam_h5_number (&heap, 8));
  if (heap.failed || walk->names.failed || size > walk->names.left)
    return FALSE;
  walk->names.left = (gsize) size;

  return TRUE;
}

static gboolean
is_name (const Walk *walk,
         guint64     offset,
         gboolean   *broken)
{
  gsize left = walk->names.left;
  const char *name;

  if (offset >= left)
    {
      *broken = TRUE;
      return FALSE;
    }
  name = (const char *) walk->names.at + offset;
  left -= (gsize) offset;
  *broken = memchr (name, '\0', left) == NULL;

  return !*broken && strcmp (name, walk->wanted) == 0;
}

/* A leaf of the tree: up to some thousand members. */
static gboolean
walk_symbols (Walk    *walk,
              guint64  address)
{
  CamH5Cursor node = cam_h5_cursor (walk->file, address);
  guint64 n;

  if (!cam_h5_signature (&node, "SNOD"))
    return FALSE;
  cam_h5_skip (&node, 2);
  n = cam_h5_number (&node, 2);
  walk->n_members += n;

  for (guint64 i = 0; walk->wanted != NULL && i < n; i++)
    {
      guint64 name = cam_h5_number (&node, 8);
      guint64 object = cam_h5_number (&node, 8);
      guint64 cache = cam_h5_number (&node, 4);
      gboolean broken;

      cam_h5_skip (&node, 4 + 16);
      if (node.failed)
        return FALSE;
      if (is_name (walk, name, &broken))
        {
          walk->found = cache == 2 ? CAM_H5_IS_LINK : CAM_H5_THERE;
          walk->address = object;
          return TRUE;
        }
      if (broken)
        return FALSE;
    }

  return !node.failed;
}

/* @level: what the node must say of itself; −1 for the root, which may have any. Levels go down, so depth is bounded. */
static gboolean
walk_tree (Walk    *walk,
           guint64  address,
           int      level)
{
  CamH5Cursor node = cam_h5_cursor (walk->file, address);
  guint64 type, found_level, n;

  if (!cam_h5_signature (&node, "TREE") || ++walk->n_nodes > MAX_NODES)
    return FALSE;
  type = cam_h5_number (&node, 1);
  found_level = cam_h5_number (&node, 1);
  n = cam_h5_number (&node, 2);
  cam_h5_skip (&node, 16);
  if (node.failed || type != 0 || (level >= 0 && found_level != (guint64) level))
    return FALSE;

  for (guint64 i = 0; i < n && walk->found == CAM_H5_ABSENT; i++)
    {
      guint64 child;

      cam_h5_skip (&node, 8);
      child = cam_h5_number (&node, 8);
      if (node.failed || ++walk->n_nodes > MAX_NODES)
        return FALSE;
      if (!(found_level > 0 ? walk_tree (walk, child, (int) found_level - 1) : walk_symbols (walk, child)))
        return FALSE;
    }

  return TRUE;
}

/* The member @name of the group at @address; @name NULL: only counts. */
static CamH5Lookup
walk_group (const CamH5File *file,
            guint64          address,
            const char      *name,
            guint64         *member,
            guint64         *n_members)
{
  Walk walk = { .file = file, .wanted = name, .found = CAM_H5_ABSENT };
  g_autoptr(GArray) messages = cam_h5_messages (file, address);
  const CamH5Message *table;
  CamH5Cursor cursor;
  guint64 tree;

  if (messages == NULL)
    return CAM_H5_BROKEN;
  if (cam_h5_find_message (messages, CAM_H5_LINK_INFO) != NULL || cam_h5_find_message (messages, CAM_H5_LINK) != NULL)
    return CAM_H5_NEWER;
  table = cam_h5_find_message (messages, CAM_H5_SYMBOL_TABLE);
  if (table == NULL)
    return CAM_H5_ABSENT;

  cursor = cam_h5_cursor_on (table->data, table->size);
  tree = cam_h5_number (&cursor, 8);
  if (!open_heap (&walk, cam_h5_number (&cursor, 8)) || cursor.failed || !walk_tree (&walk, tree, -1))
    return CAM_H5_BROKEN;

  if (member != NULL)
    *member = walk.address;
  if (n_members != NULL)
    *n_members = walk.n_members;

  return walk.found;
}

CamH5Lookup
cam_h5_look_up (const CamH5File *file,
                const char      *path,
                guint64         *address)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  guint64 at = cam_h5_root (file);

  if (at == CAM_H5_NOWHERE)
    return CAM_H5_BROKEN;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      CamH5Lookup found;

      if (parts[i][0] == '\0')
        continue;
      found = walk_group (file, at, parts[i], &at, NULL);
      if (found != CAM_H5_THERE)
        return found;
    }
  *address = at;

  return CAM_H5_THERE;
}

guint64
cam_h5_count_members (const CamH5File *file,
                      guint64          address)
{
  guint64 n = 0;

  return walk_group (file, address, NULL, NULL, &n) == CAM_H5_ABSENT ? n : 0;
}
