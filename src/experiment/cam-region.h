/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a classifier says all over a plane of two columns, the others fixed: the plane is laid out once, and asked again for each new set of weights. A value once built, read by any thread. */
#pragma once

#include <cam-dataset.h>
#include <cam-network.h>

G_BEGIN_DECLS

/* As fine as the eye asks for in a card, and as the network answers at once. */
#define CAM_REGION_WIDTH 96
#define CAM_REGION_HEIGHT 64

typedef struct
{
  guint    width, height;         /* cells; those of the lowest @y first */
  double   x_min, x_max, y_min, y_max;
  guint    n_classes, n_inputs;
  gboolean is_logits;             /* FALSE at first; TRUE: the network's outputs have still to become shares */
  float   *inputs;                /* [height, width, n_inputs] */
  gsize    n_points;              /* training rows, spread evenly where there are many */
  double  *point_x, *point_y;
  guint   *point_class;
} CamRegion;

/**
 * cam_region_list_columns:
 *
 * The features a plane can be laid through: numbers. Returns: (transfer full): their indices among the features; empty where the task has no classes or a row does not stand for itself,
 * and for pictures
 */
GArray    *cam_region_list_columns (CamDataset *dataset);

/* cam_region_dup_cells: the middle of each feature, as a cell: the median, or the most frequent level. NULL-terminated, g_strfreev(). */
char     **cam_region_dup_cells    (CamDataset *dataset);

/**
 * cam_region_new:
 * @x, @y: two different features out of cam_region_list_columns()
 * @cells: (nullable): the other features' values; %NULL: their middle
 * @width, @height: cells
 *
 * Returns: (nullable): %NULL where such a row cannot be prepared
 */
CamRegion *cam_region_new          (CamDataset *dataset, guint x, guint y, const char *const *cells, guint width, guint height);
void       cam_region_free         (CamRegion *self);

/* cam_region_ask: [height, width, n_classes] shares, g_free(). The network's weights stand still meanwhile. */
float     *cam_region_ask          (const CamRegion *self, const CamNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRegion, cam_region_free)

G_END_DECLS
