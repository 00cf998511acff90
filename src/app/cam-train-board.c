/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout that follows its own width: the window has no other way to say that it is narrow, and a change of places during
 * allocation needs no second pass when the places are worked out here. */
#include "cam-train-board.h"

#define GAP 14
#define SIDE_WIDTH 304
#define WIDE 860                /* from this width on there is a side column */
#define MIN_WIDTH 520
#define CHART_MIN_HEIGHT 206
#define MAX_CARDS 32
#define MOST_BESIDE 3           /* charts beside the cards, where it is narrow */

struct _CamTrainBoard
{
  GtkWidget  parent_instance;

  /* borrowed: children */
  GPtrArray *charts;
  GPtrArray *sides;
  gboolean   pairs;
};

static void cam_train_board_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamTrainBoard, cam_train_board, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, cam_train_board_buildable_init))

static GtkBuildableIface *parent_buildable;

typedef struct
{
  GtkWidget     *widget;
  GtkAllocation  place;
} Place;

static guint
get_visible (GPtrArray  *all,
             GtkWidget **found)
{
  guint n = 0;

  for (guint i = 0; i < all->len && n < MAX_CARDS; i++)
    if (gtk_widget_should_layout (all->pdata[i]))
      found[n++] = all->pdata[i];
  return n;
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Charts in rows of one or two; the first is alone where the number is odd or @one_per_row. Returns the height that was used, at least @height. */
static int
place_charts (GtkWidget **charts,
              guint       n,
              int         width,
              int         height,
              gboolean    one_per_row,
              Place      *places)
{
  const guint n_alone = one_per_row ? n : n % 2;
  const guint n_rows = n_alone + (n - n_alone) / 2;
  const int half = (width - GAP) / 2;
  int least = CHART_MIN_HEIGHT, y = 0;
  guint row = 0;

  if (n == 0)
    return 0;
  for (guint i = 0; i < n; i++)
    least = MAX (least, measure_height (charts[i], i < n_alone ? width : half));
  height = MAX (height, (int) n_rows * least + ((int) n_rows - 1) * GAP);
  for (guint i = 0; i < n; row++)
    {
      /* What does not divide evenly goes to the last rows, a pixel each. */
      int bottom = (int) ((gint64) (height + GAP) * (row + 1) / n_rows) - GAP;

      if (i < n_alone)
        places[i] = (Place) { charts[i], { 0, y, width, bottom - y } };
      else
        {
          places[i] = (Place) { charts[i], { 0, y, half, bottom - y } };
          places[i + 1] = (Place) { charts[i + 1], { half + GAP, y, width - half - GAP, bottom - y } };
        }
      i += i < n_alone ? 1 : 2;
      y = bottom + GAP;
    }
  return height;
}

/* Below each other from @x on, each card at its own height. Returns the height of all. */
static int
place_column (GtkWidget **cards,
              guint       n,
              int         x,
              int         width,
              Place      *places)
{
  int y = 0;

  for (guint i = 0; i < n; i++)
    {
      int height = measure_height (cards[i], width);

      places[i] = (Place) { cards[i], { x, y, width, height } };
      y += height + GAP;
    }
  return n == 0 ? 0 : y - GAP;
}

/* In two columns, read down the first and then down the second, broken where that is lowest. Returns the height of the higher one. */
static int
place_two_columns (GtkWidget **cards,
                   guint       n,
                   int         width,
                   Place      *places)
{
  const int half = (width - GAP) / 2;
  int lowest = G_MAXINT;
  guint first = n;

  if (n <= 1)
    return place_column (cards, n, 0, width, places);
  for (guint i = 1; i < n; i++)
    {
      int height = MAX (place_column (cards, i, 0, half, places), place_column (cards + i, n - i, 0, half, places + i));

      if (height <= lowest)
        {
          lowest = height;
          first = i;
        }
    }
  place_column (cards, first, 0, half, places);
  place_column (cards + first, n - first, half + GAP, width - half - GAP, places + first);
  return lowest;
}

/* place_mixed() with charts @row high. Returns the height of all. */
static int
place_mixed_rows (GtkWidget **charts,
                  guint       n_charts,
                  guint       n_beside,
                  GtkWidget **sides,
                  guint       n_sides,
                  int         width,
                  int         row,
                  Place      *places)
{
  const int half = (width - GAP) / 2, right = width - half - GAP, left_height = (int) n_beside * (row + GAP) - GAP;
  const guint n_after = n_charts - 2 - n_beside;
  int lowest = G_MAXINT, y = row + GAP;
  guint first = n_sides;

  places[0] = (Place) { charts[0], { 0, 0, half, row } };
  places[1] = (Place) { charts[1], { half + GAP, 0, right, row } };
  for (guint i = 0; i < n_beside; i++)
    places[2 + i] = (Place) { charts[2 + i], { 0, y + (int) i * (row + GAP), half, row } };

  for (guint i = 1; i <= n_sides; i++)
    {
      int above = place_column (sides, i, 0, right, places + n_charts);
      int below = left_height + (i < n_sides ? GAP + place_column (sides + i, n_sides - i, 0, half, places + n_charts + i) : 0);

      if (MAX (above, below) < lowest)
        {
          lowest = MAX (above, below);
          first = i;
        }
    }
  place_column (sides, first, half + GAP, right, places + n_charts);
  place_column (sides + first, n_sides - first, 0, half, places + n_charts + first);
  for (guint i = 0; i < n_sides; i++)
    places[n_charts + i].place.y += y + (i < first ? 0 : left_height + GAP);
  y += lowest;
  if (n_after > 0)
    {
      int used = place_charts (charts + 2 + n_beside, n_after, width, 0, FALSE, places + 2 + n_beside);

      for (guint i = 0; i < n_after; i++)
        places[2 + n_beside + i].place.y += y + GAP;
      y += GAP + used;
    }
  return y;
}

/* Narrow, and more charts than one row holds: two charts in the first row; below them the other charts on the left and the cards on the right, so that the first of these is seen at once. The last
 * cards follow the charts where the right is longer; charts beyond MOST_BESIDE follow all of it. Returns the height of all. */
static int
place_mixed (GtkWidget **charts,
             guint       n_charts,
             GtkWidget **sides,
             guint       n_sides,
             int         width,
             int         height,
             Place      *places)
{
  const guint n_beside = MIN (n_charts - 2, MOST_BESIDE);
  int row = CHART_MIN_HEIGHT, used;

  for (guint i = 0; i < n_charts; i++)
    row = MAX (row, measure_height (charts[i], (width - GAP) / 2));
  used = place_mixed_rows (charts, n_charts, n_beside, sides, n_sides, width, row, places);
  if (used >= height)
    return used;
  /* What is left goes to the charts. */
  return place_mixed_rows (charts, n_charts, n_beside, sides, n_sides, width, row + (height - used) / (int) (1 + n_beside), places);
}

/* Works out all places for @width and at least @height. Returns the height needed. */
static int
find_places (CamTrainBoard *self,
             int            width,
             int            height,
             Place         *places,
             guint         *n_places)
{
  GtkWidget *charts[MAX_CARDS], *sides[MAX_CARDS];
  guint n_charts = get_visible (self->charts, charts);
  guint n_sides = get_visible (self->sides, sides);
  gboolean is_wide = width >= WIDE;
  int charts_height, sides_height;

  *n_places = n_charts + n_sides;
  if (is_wide)
    {
      int left = n_sides > 0 ? width - SIDE_WIDTH - GAP : width;

      sides_height = place_column (sides, n_sides, left + GAP, SIDE_WIDTH, places + n_charts);
      charts_height = place_charts (charts, n_charts, left, height, n_charts <= 2 && !self->pairs, places);
      return MAX (charts_height, sides_height);
    }

  if (n_charts > 2 && n_sides > 0)
    return place_mixed (charts, n_charts, sides, n_sides, width, height, places);
  sides_height = place_two_columns (sides, n_sides, width, places + n_charts);
  charts_height = place_charts (charts, n_charts, width, n_sides > 0 ? height - sides_height - GAP : height, FALSE, places);
  for (guint i = n_charts; i < *n_places && n_charts > 0; i++)
    places[i].place.y += charts_height + GAP;
  return charts_height + sides_height + (n_charts > 0 && n_sides > 0 ? GAP : 0);
}

static void
cam_train_board_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  Place places[2 * MAX_CARDS];
  guint n_places;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = find_places (CAM_TRAIN_BOARD (widget), for_size < 0 ? WIDE : MAX (for_size, MIN_WIDTH), 0, places, &n_places);
}

static void
cam_train_board_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  Place places[2 * MAX_CARDS];
  guint n_places;

  find_places (CAM_TRAIN_BOARD (widget), width, height, places, &n_places);
  for (guint i = 0; i < n_places; i++)
    {
      Place *place = &places[i];

      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        place->place.x = width - place->place.x - place->place.width;
      gtk_widget_size_allocate (place->widget, &place->place, -1);
    }
}

static GtkSizeRequestMode
cam_train_board_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cam_train_board_compute_expand (GtkWidget *widget,
                                gboolean  *hexpand,
                                gboolean  *vexpand)
{
  *hexpand = *vexpand = TRUE;
}

/* In a template: <child> for a chart, <child type="side"> for another card. */
static void
cam_train_board_add_child (GtkBuildable *buildable,
                           GtkBuilder   *builder,
                           GObject      *child,
                           const char   *type)
{
  if (!GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "side") == 0)
    cam_train_board_add_side (CAM_TRAIN_BOARD (buildable), GTK_WIDGET (child));
  else
    cam_train_board_add_chart (CAM_TRAIN_BOARD (buildable), GTK_WIDGET (child));
}

static void
cam_train_board_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = cam_train_board_add_child;
}

static void
cam_train_board_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (CAM_TRAIN_BOARD (object)->charts, 0);
  g_ptr_array_set_size (CAM_TRAIN_BOARD (object)->sides, 0);
  G_OBJECT_CLASS (cam_train_board_parent_class)->dispose (object);
}

static void
cam_train_board_finalize (GObject *object)
{
  g_ptr_array_unref (CAM_TRAIN_BOARD (object)->charts);
  g_ptr_array_unref (CAM_TRAIN_BOARD (object)->sides);
  G_OBJECT_CLASS (cam_train_board_parent_class)->finalize (object);
}

static void
cam_train_board_class_init (CamTrainBoardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_train_board_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_train_board_finalize;
  widget_class->measure = cam_train_board_measure;
  widget_class->size_allocate = cam_train_board_size_allocate;
  widget_class->get_request_mode = cam_train_board_get_request_mode;
  widget_class->compute_expand = cam_train_board_compute_expand;
}

static void
cam_train_board_init (CamTrainBoard *self)
{
  self->charts = g_ptr_array_new ();
  self->sides = g_ptr_array_new ();
}

GtkWidget *
cam_train_board_new (void)
{
  return g_object_new (CAM_TYPE_TRAIN_BOARD, NULL);
}

void
cam_train_board_add_chart (CamTrainBoard *self,
                           GtkWidget     *chart)
{
  g_return_if_fail (CAM_IS_TRAIN_BOARD (self));
  g_return_if_fail (GTK_IS_WIDGET (chart));

  /* Before the side cards: the focus goes along the tree. */
  gtk_widget_insert_before (chart, GTK_WIDGET (self), self->sides->len > 0 ? self->sides->pdata[0] : NULL);
  g_ptr_array_add (self->charts, chart);
}

void
cam_train_board_add_side (CamTrainBoard *self,
                          GtkWidget     *card)
{
  g_return_if_fail (CAM_IS_TRAIN_BOARD (self));
  g_return_if_fail (GTK_IS_WIDGET (card));

  gtk_widget_set_parent (card, GTK_WIDGET (self));
  g_ptr_array_add (self->sides, card);
}

void
cam_train_board_remove (CamTrainBoard *self,
                        GtkWidget     *child)
{
  g_return_if_fail (CAM_IS_TRAIN_BOARD (self));

  if (g_ptr_array_remove (self->charts, child) || g_ptr_array_remove (self->sides, child))
    gtk_widget_unparent (child);
}

void
cam_train_board_set_pairs (CamTrainBoard *self,
                           gboolean       pairs)
{
  g_return_if_fail (CAM_IS_TRAIN_BOARD (self));

  self->pairs = pairs;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
