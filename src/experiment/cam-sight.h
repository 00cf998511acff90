/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a network makes of some rows, for whoever watches it learn: of a picture its first filters and the maps that they give; of an autoencoder what it puts in and what comes out; of a series the
 * forecast. A plan is laid out once, and asked again for each new set of weights. A value once built, read by any thread; rows are few, so that an answer costs little. */
#pragma once

#include <cam-dataset.h>
#include <cam-network.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_SIGHT_NOTHING,
  CAM_SIGHT_FILTERS,        /* pictures */
  CAM_SIGHT_COPIES,         /* an autoencoder */
  CAM_SIGHT_FORECAST,       /* of numbers */
} CamSightKind;

/* Which rows of an autoencoder. */
typedef enum { CAM_SIGHT_WORST, CAM_SIGHT_BEST, CAM_SIGHT_RANDOM } CamSightRows;

#define CAM_SIGHT_MOST_TILES 16
#define CAM_SIGHT_MOST_COPIES 8

typedef struct
{
  guint   width, height, channels;     /* channels: 1, or 3 of red, green and blue */
  float  *values;                      /* [height, width, channels] */
  double  low, high;                   /* what is drawn black and white; of a signed row both ends of two hues, with 0 between */
  gsize   row;                         /* of the table, from 1; 0: none */
  double  error;                       /* NaN: none */
} CamTile;

typedef struct
{
  char      *title;                    /* translated: "Filters of conv2d" */
  gboolean   is_signed;
  guint      n_more;                   /* tiles left out */
  GPtrArray *tiles;                    /* of CamTile */
} CamTileRow;

typedef struct
{
  GPtrArray *rows;                     /* of CamTileRow */
  /* FORECAST: by row of the table, from 1, ascending. */
  gsize      n, n_train;               /* the first @n_train are of the training part */
  double    *x, *truth, *forecast;
} CamSightView;

typedef struct _CamSight CamSight;

/* cam_sight_find_kind: what there is to see of a dataset. */
CamSightKind  cam_sight_find_kind (CamDataset *dataset);

/**
 * cam_sight_new:
 * @choice: FILTERS: which picture, among those of cam_sight_count(); COPIES: a CamSightRows; else 0
 *
 * Returns: (nullable): %NULL where there is nothing to see
 */
CamSight     *cam_sight_new       (CamDataset *dataset, guint choice);
void          cam_sight_free      (CamSight *self);
/* cam_sight_count: pictures that can be chosen: of the validation part, or of training where there is none. */
gsize         cam_sight_count     (CamDataset *dataset);

/* cam_sight_ask: @network: of the dataset; its weights stand still meanwhile. */
CamSightView *cam_sight_ask       (const CamSight *self, const CamNetwork *network);
void          cam_sight_view_free (CamSightView *self);

/* cam_sight_find_picture: as what the rows of a dataset are drawn: [height, width, channels]; FALSE: they are no pictures, and the shape is that of a strip. */
gboolean      cam_sight_find_picture (CamDataset *dataset, CamShape *shape);
/* cam_sight_list_copies: of an autoencoder: what goes in and what comes out for @samples of @part. */
CamSightView *cam_sight_list_copies  (CamDataset *dataset, const CamNetwork *network, CamPart part, const gsize *samples, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamSight, cam_sight_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamSightView, cam_sight_view_free)

G_END_DECLS
