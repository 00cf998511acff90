/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The split, drawn: three labelled blocks with the balance of the classes under them. */

#include "cam-split-bar.h"

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define BLOCK_HEIGHT 40
#define STRIP_TOP 47
#define STRIP_HEIGHT 7
#define HEIGHT 56
#define GAP 3

static const char *const hues[] = { "cam_blue", "cam_orange", "cam_green", "cam_pink", "cam_violet", "cam_cyan",
                                    "cam_red", "cam_amber", "cam_slate" };
static const char *const part_hues[CAM_N_PARTS] = { "cam_blue", "cam_violet", "cam_green" };

struct _CamSplitBar
{
  GtkWidget   parent_instance;

  CamDataset *dataset;
};

G_DEFINE_FINAL_TYPE (CamSplitBar, cam_split_bar, GTK_TYPE_WIDGET)

static const char *
part_name (CamPart part)
{
  return part == CAM_PART_TRAIN ? C_("part of the rows", "Train") : part == CAM_PART_VALIDATION ? _("Validation") : _("Test");
}

static GdkRGBA
hue (CamSplitBar *self,
     const char  *name,
     float        alpha)
{
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &colour))
    gdk_rgba_parse (&colour, "#2563eb");
  colour.alpha *= alpha;
  return colour;
}

static void
append_text (CamSplitBar   *self,
             GtkSnapshot   *snapshot,
             const char    *text,
             const GdkRGBA *colour,
             double         x,
             double         y,
             double         width)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  pango_layout_set_markup (layout, text, -1);
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_block (CamSplitBar *self,
              GtkSnapshot *snapshot,
              CamPart      part,
              double       x,
              double       width)
{
  const GdkRGBA tint = hue (self, part_hues[part], 0.17f), ink = hue (self, part_hues[part], 1.0f);
  g_autofree char *count = cam_words_count (cam_dataset_get_n_rows (self->dataset, part));
  g_autofree char *title = g_strdup_printf ("<span size='9300' weight='bold'>%s</span>", part_name (part));
  g_autofree char *rows = g_strdup_printf (_("%s rows"), count);
  g_autofree char *markup = g_strdup_printf ("<span size='8300'>%s</span>", rows);
  GskRoundedRect outline;
  GdkRGBA text;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &text);
  text.alpha *= 0.75f;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, BLOCK_HEIGHT), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &tint, &outline.bounds);
  if (width > 30)
    {
      append_text (self, snapshot, title, &ink, x + 8, 4, width - 12);
      append_text (self, snapshot, markup, &text, x + 8, 20, width - 12);
    }
  gtk_snapshot_pop (snapshot);
}

static void
append_balance (CamSplitBar *self,
                GtkSnapshot *snapshot,
                CamPart      part,
                double       x,
                double       width)
{
  const gsize n_rows = cam_dataset_get_n_rows (self->dataset, part);
  const guint n_classes = cam_preparation_get_n_classes (cam_dataset_get_preparation (self->dataset));
  double at = x;

  for (guint c = 0; c < n_classes && n_rows > 0; c++)
    {
      const double share = (double) cam_dataset_get_n_of_class (self->dataset, part, c) / (double) n_rows;
      const double part_width = share * width;
      const GdkRGBA colour = hue (self, hues[c % G_N_ELEMENTS (hues)], 0.85f);
      GskRoundedRect outline;

      if (part_width > 0.5)
        {
          gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) at, STRIP_TOP,
                                             (float) MAX (part_width - (n_classes <= 12 ? 2 : 0), 0.5), STRIP_HEIGHT), 2);
          gtk_snapshot_push_rounded_clip (snapshot, &outline);
          gtk_snapshot_append_color (snapshot, &colour, &outline.bounds);
          gtk_snapshot_pop (snapshot);
        }
      at += part_width;
    }
}

static void
cam_split_bar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamSplitBar *self = CAM_SPLIT_BAR (widget);
  gsize n_all = 0;
  guint n_parts = 0;
  double room, x = 0;

  if (self->dataset == NULL)
    return;
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      gsize n = cam_dataset_get_n_rows (self->dataset, part);

      n_all += n;
      n_parts += n > 0;
    }
  if (n_all == 0)
    return;
  room = gtk_widget_get_width (widget) - GAP * (double) (n_parts - 1);
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      const double width = room * (double) cam_dataset_get_n_rows (self->dataset, part) / (double) n_all;

      if (width <= 0)
        continue;
      append_block (self, snapshot, part, x, width);
      append_balance (self, snapshot, part, x, width);
      x += width + GAP;
    }
}

static void
cam_split_bar_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 160;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 320;
}

static void
cam_split_bar_dispose (GObject *object)
{
  g_clear_pointer (&CAM_SPLIT_BAR (object)->dataset, cam_dataset_unref);
  G_OBJECT_CLASS (cam_split_bar_parent_class)->dispose (object);
}

static void
cam_split_bar_class_init (CamSplitBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_split_bar_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = cam_split_bar_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_split_bar_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "splitbar");
}

static void
cam_split_bar_init (CamSplitBar *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Split of the rows"), -1);
}

void
cam_split_bar_set_dataset (CamSplitBar *self,
                           CamDataset  *dataset)
{
  GString *text;

  g_return_if_fail (CAM_IS_SPLIT_BAR (self));

  g_clear_pointer (&self->dataset, cam_dataset_unref);
  self->dataset = dataset != NULL ? cam_dataset_ref (dataset) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));

  text = g_string_new (NULL);
  for (CamPart part = 0; dataset != NULL && part < CAM_N_PARTS; part++)
    {
      g_autofree char *count = cam_words_count (cam_dataset_get_n_rows (dataset, part));

      /* translators: “Train: 862 rows. ” */
      g_string_append_printf (text, _("%s: %s rows. "), part_name (part), count);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}
