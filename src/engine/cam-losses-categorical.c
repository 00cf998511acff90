/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses for one class out of several. After a softmax a crossentropy is computed from the numbers before it: with k the likeliest class, ln Σ exp z = z_k + ln (1 + Σ p_j / p_k) over
 * the others, one logarithm a row, which keeps all its digits however small the loss becomes. */
#include "cam-losses-private.h"

#include <glib/gi18n-lib.h>

#include "kernels/cam-kernels.h"
#include "kernels/cam-loss-kernels.h"

/* Rows that are worked on at a time, on the stack. */
#define CHUNK 64

static double
row_total (const float *p,
           gsize        n)
{
  double sum = 0.0;

  for (gsize j = 0; j < n; j++)
    sum += p[j];

  return sum;
}

/* ln Σ exp z = z[*top] + what is returned. @p: their softmax; NULL: not known. */
static double
log_sum_above (const float *z,
               const float *p,
               gsize        n,
               gsize       *top)
{
  double sum = 0.0;
  gsize k = 0;

  for (gsize j = 1; j < n; j++)
    k = z[j] > z[k] ? j : k;
  if (p != NULL)
    {
      for (gsize j = 0; j < n; j++)
        sum += j == k ? 0.0 : p[j];
      sum /= p[k];
    }
  else
    for (gsize j = 0; j < n; j++)
      sum += j == k ? 0.0 * z[j] : exp ((double) z[j] - z[k]);
  *top = k;

  return log1p (sum);
}

/* Row @i as the crossentropies see it: z where it is known, and its softmax where that is. */
typedef struct
{
  const float *y, *p, *z;
  gsize        n;
} Row;

static Row
get_row (const json_t  *config,
         const CamRows *rows,
         gsize          i)
{
  const float *p = rows->p + i * rows->p_size;

  if (rows->z != NULL)
    return (Row) { rows->y + i * rows->y_size, p, rows->z + i * rows->p_size, rows->p_size };
  if (cam_fields_bool (config, "from_logits"))
    return (Row) { rows->y + i * rows->y_size, NULL, p, rows->p_size };

  return (Row) { rows->y + i * rows->y_size, p, NULL, rows->p_size };
}

/* With z and its softmax known: several rows side by side. */
static void
cce_fast_values (const CamRows *rows,
                 double         keep,
                 double         shift,
                 double        *values)
{
  gsize columns = rows->p_size;
  float tops[CHUNK];
  double above[CHUNK];

  for (gsize first = 0; first < rows->n; first += CHUNK)
    {
      gsize n = MIN (CHUNK, rows->n - first), at = first * columns;

      cam_log_sums (rows->z + at, rows->p + at, tops, above, n, columns);
      cam_crossentropy_values (rows->z + at, rows->y + at, tops, above, keep, shift, values + first, n, columns);
    }
}

static void
cce_values (const json_t  *config,
            const CamRows *rows,
            double        *values)
{
  double smoothing = cam_loss_smoothing (config, rows), shift = smoothing / (double) rows->p_size;

  if (rows->z != NULL)
    {
      cce_fast_values (rows, 1.0 - smoothing, shift, values);
      return;
    }

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);
      double sum = 0.0;

      if (row.z != NULL)
        {
          gsize k;
          double above = log_sum_above (row.z, NULL, row.n, &k);

          for (gsize j = 0; j < row.n; j++)
            sum += (row.y[j] * (1.0 - smoothing) + shift) * (((double) row.z[k] - row.z[j]) + above);
        }
      else
        {
          double total = row_total (row.p, row.n);

          for (gsize j = 0; j < row.n; j++)
            {
              double target = row.y[j] * (1.0 - smoothing) + shift;

              /* Most targets are 0, and a logarithm is dear. */
              if (target != 0.0)
                sum -= target * log (cam_clip (row.p[j] / total));
            }
          sum += 0.0 * total;
        }
      values[i] = sum;
    }
}

/* d ← scale · (softmax of z · @total_y − y'). */
static void
cce_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  double smoothing = cam_loss_smoothing (config, rows), shift = smoothing / (double) rows->p_size;

  if (rows->z != NULL)
    {
      cam_softmax_gradient (rows->p, rows->y, 1.0 - smoothing, shift, scale, d, rows->n, rows->p_size);
      return;
    }

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);
      float *to = d + i * rows->p_size;
      double total_y = row_total (row.y, row.n) * (1.0 - smoothing) + smoothing, total, dot = 0.0;

      if (row.z != NULL)
        {
          cam_map_softmax (row.z, to, 1, row.n);
          for (gsize j = 0; j < row.n; j++)
            to[j] = (float) (scale * (to[j] * total_y - (row.y[j] * (1.0 - smoothing) + shift)));
          continue;
        }
      total = row_total (row.p, row.n);
      for (gsize j = 0; j < row.n; j++)
        if (cam_is_inside (row.p[j] / total))
          dot += row.y[j] * (1.0 - smoothing) + shift;
      for (gsize j = 0; j < row.n; j++)
        to[j] = (float) (scale * (dot / total - (cam_is_inside (row.p[j] / total) ? (row.y[j] * (1.0 - smoothing) + shift) / row.p[j] : 0.0)));
    }
}

static gboolean
sparse_fits (gsize y_size,
             gsize p_size)
{
  return y_size == 1 && p_size > 1;
}

/* The class of a row; a target outside 0 … n − 1 gives n, and so NaN below. */
static gsize
class_of (const Row *row)
{
  float y = row->y[0];

  return y >= 0.0f && y < (float) row->n ? (gsize) y : row->n;
}

/* Rows of the class that is not to count. */
static void
sparse_mask (const json_t  *config,
             const CamRows *rows,
             guint8        *mask)
{
  double ignored = cam_loss_number (config, rows, 0, "ignore_class");

  for (gsize i = 0; i < rows->n; i++)
    if (rows->y[i] == ignored)
      mask[i] = 0;
}

static void
sparse_values (const json_t  *config,
               const CamRows *rows,
               double        *values)
{
  double ignored = cam_loss_number (config, rows, 0, "ignore_class"), above[CHUNK];
  float tops[CHUNK];

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);
      gsize c = class_of (&row);

      if (rows->z != NULL && i % CHUNK == 0)
        cam_log_sums (row.z, row.p, tops, above, MIN (CHUNK, rows->n - i), row.n);
      if (row.y[0] == ignored)
        values[i] = 0.0;
      else if (c == row.n)
        values[i] = NAN;
      else if (rows->z != NULL)
        values[i] = ((double) tops[i % CHUNK] - row.z[c]) + above[i % CHUNK];
      else if (row.z != NULL)
        {
          gsize k;
          double rest = log_sum_above (row.z, NULL, row.n, &k);

          values[i] = ((double) row.z[k] - row.z[c]) + rest;
        }
      else
        values[i] = -log (cam_clip (row.p[c] / row_total (row.p, row.n)));
    }
}

/* A row whose probabilities are a softmax's: scale · (p − 1 at the class). */
static void
sparse_softmax_gradient (const float *p,
                         gsize        c,
                         gsize        n,
                         double       scale,
                         float       *d)
{
  float factor = (float) scale, own = factor * (p[c] - 1.0f);

  for (gsize j = 0; j < n; j++)
    d[j] = factor * p[j];
  d[c] = own;
}

static void
sparse_gradient (const json_t  *config,
                 const CamRows *rows,
                 double         scale,
                 float         *d)
{
  double ignored = cam_loss_number (config, rows, 0, "ignore_class");

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);
      float *to = d + i * rows->p_size;
      gsize c = class_of (&row);
      double total, q;

      if (row.y[0] == ignored || c == row.n)
        {
          for (gsize j = 0; j < row.n; j++)
            to[j] = row.y[0] == ignored ? 0.0f : NAN;
          continue;
        }
      if (row.z != NULL)
        {
          if (row.p == NULL)
            cam_map_softmax (row.z, to, 1, row.n);
          sparse_softmax_gradient (row.p != NULL ? row.p : to, c, row.n, scale, to);
          continue;
        }
      total = row_total (row.p, row.n);
      q = row.p[c] / total;
      for (gsize j = 0; j < row.n; j++)
        to[j] = (float) (scale * (cam_is_inside (q) ? 1.0 / total - (j == c ? 1.0 : 0.0) / row.p[j] : 0.0));
    }
}

/* Probability @j of a row, and its share: of the softmax, or of the sum. */
static double
share_of (const Row *row,
          double     above,
          gsize      k,
          double     total,
          gsize      j)
{
  return row->z != NULL ? exp ((double) row->z[j] - row->z[k] - above) : row->p[j] / total;
}

/* Σ α (1 − q)^γ · −y' ln q over the classes, q the clipped share; and with @slopes each ∂/∂q. */
static double
focal_row (const json_t *config,
           const Row    *row,
           double        gamma,
           double       *shares,
           double       *slopes)
{
  double alpha = cam_fields_number (config, "alpha"), smoothing = cam_fields_number (config, "label_smoothing"), shift = smoothing / (double) row->n;
  double above = 0.0, total = 1.0, sum = 0.0;
  gsize k = 0;

  if (row->z != NULL)
    above = log_sum_above (row->z, row->p, row->n, &k);
  else
    total = row_total (row->p, row->n);
  for (gsize j = 0; j < row->n; j++)
    {
      double share = share_of (row, above, k, total, j), q = cam_clip (share), target = row->y[j] * (1.0 - smoothing) + shift;

      sum -= alpha * pow (1.0 - q, gamma) * target * log (q);
      if (slopes == NULL)
        continue;
      shares[j] = share;
      slopes[j] = !cam_is_inside (share) ? 0.0 * share : alpha * target * ((gamma == 0.0 ? 0.0 : gamma * pow (1.0 - q, gamma - 1.0) * log (q)) - pow (1.0 - q, gamma) / q);
    }

  return sum;
}

static void
focal_values (const json_t  *config,
              const CamRows *rows,
              double        *values)
{
  double gamma = cam_fields_number (config, "gamma");

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);

      values[i] = focal_row (config, &row, gamma, NULL, NULL);
    }
}

/* From ∂/∂q to ∂/∂z, or to ∂/∂p by way of the division by the sum. */
static void
focal_gradient (const json_t  *config,
                const CamRows *rows,
                double         scale,
                float         *d)
{
  double gamma = cam_fields_number (config, "gamma");
  g_autofree double *shares = g_new (double, 2 * rows->p_size);
  double *slopes = shares + rows->p_size;

  for (gsize i = 0; i < rows->n; i++)
    {
      Row row = get_row (config, rows, i);
      double dot = 0.0, total = row.z != NULL ? 1.0 : row_total (row.p, row.n);

      focal_row (config, &row, gamma, shares, slopes);
      for (gsize j = 0; j < row.n; j++)
        dot += slopes[j] * shares[j];
      for (gsize j = 0; j < row.n; j++)
        d[i * row.n + j] = (float) (scale * (row.z != NULL ? shares[j] : 1.0 / total) * (slopes[j] - dot));
    }
}

/* The largest prediction of a wrong class, and how many there are as large; the right one's. */
static double
find_rival (const float *y,
            const float *p,
            gsize        n,
            double      *rival,
            guint       *n_rivals)
{
  double right = 0.0;

  *rival = -INFINITY;
  *n_rivals = 0;
  for (gsize j = 0; j < n; j++)
    {
      double value = (1.0 - y[j]) * p[j];

      right += (double) y[j] * p[j];
      if (value > *rival)
        {
          *rival = value;
          *n_rivals = 0;
        }
      *n_rivals += value == *rival;
    }

  return right;
}

static void
hinge_values (const json_t  *config,
              const CamRows *rows,
              double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      double rival;
      guint n_rivals;
      double right = find_rival (rows->y + i * rows->p_size, rows->p + i * rows->p_size, rows->p_size, &rival, &n_rivals);

      values[i] = cam_at_least (rival - right + 1.0, 0.0);
    }
}

static void
hinge_gradient (const json_t  *config,
                const CamRows *rows,
                double         scale,
                float         *d)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size, *p = rows->p + i * rows->p_size;
      double rival;
      guint n_rivals;
      double right = find_rival (y, p, rows->p_size, &rival, &n_rivals);

      for (gsize j = 0; j < rows->p_size; j++)
        {
          gboolean is_rival = (1.0 - y[j]) * p[j] == rival;
          double slope = (is_rival ? (1.0 - y[j]) / n_rivals : 0.0) - y[j];

          d[i * rows->p_size + j] = rival - right + 1.0 > 0.0 ? (float) (scale * slope) : (float) (0.0 * right);
        }
    }
}

static double
clip_share (double q)
{
  return q < CAM_FUZZ ? CAM_FUZZ : q > 1.0 ? 1.0 : q;
}

static void
kl_values (const json_t  *config,
           const CamRows *rows,
           double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      double sum = 0.0;

      for (gsize j = i * rows->p_size; j < (i + 1) * rows->p_size; j++)
        {
          double y = clip_share (rows->y[j]);

          sum += y * log (y / clip_share (rows->p[j]));
        }
      values[i] = sum;
    }
}

static void
kl_gradient (const json_t  *config,
             const CamRows *rows,
             double         scale,
             float         *d)
{
  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double p = rows->p[i];

      d[i] = p < CAM_FUZZ || p > 1.0 ? 0.0f : (float) (-scale * clip_share (rows->y[i]) / p);
    }
}

static const CamField cce_fields[] = { CAM_F_SMOOTHING, CAM_F_FROM_LOGITS, CAM_F_REDUCTION, CAM_F_END };
static const CamField sparse_fields[] = {
  CAM_F_INT ("ignore_class", N_("Class left out"), N_("Rows of this class count for nothing."), NAN, -1e9, 1e9, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_FROM_LOGITS, CAM_F_REDUCTION, CAM_F_END,
};
static const CamField focal_fields[] = {
  CAM_F_FLOAT ("gamma", N_("Gamma"), N_("How much less rows weigh that are right already; 0: no less."), 2.0, 0, 100, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("alpha", N_("Alpha"), N_("A factor on every class."), 0.25, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_SMOOTHING, CAM_F_FROM_LOGITS, CAM_F_REDUCTION, CAM_F_END,
};

const CamLoss cam_loss_cce = {
  .kind = { "CategoricalCrossentropy", "categorical_crossentropy", N_("Categorical cross-entropy"), N_("For one class out of several, with a softmax."), cce_fields, FALSE, FALSE },
  .logits_of = "softmax", .fits = cam_sizes_are_equal, .values = cce_values, .gradient = cce_gradient,
};
const CamLoss cam_loss_sparse = {
  .kind = { "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy", N_("Sparse categorical cross-entropy"),
            N_("The same for targets that are the number of the class."), sparse_fields, FALSE, FALSE },
  .logits_of = "softmax", .fits = sparse_fits, .values = sparse_values, .gradient = sparse_gradient, .mask = sparse_mask,
};
const CamLoss cam_loss_categorical_focal = {
  .kind = { "CategoricalFocalCrossentropy", "categorical_focal_crossentropy", N_("Categorical focal cross-entropy"),
            N_("For one class out of several where some are rare: rows that are right already weigh less."), focal_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = focal_values, .gradient = focal_gradient,
};
const CamLoss cam_loss_categorical_hinge = {
  .kind = { "CategoricalHinge", "categorical_hinge", N_("Categorical hinge"), N_("For one class out of several: right by a margin of 1 is good enough."),
            cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = hinge_values, .gradient = hinge_gradient,
};
const CamLoss cam_loss_kl = {
  .kind = { "KLDivergence", "kl_divergence", N_("Kullback–Leibler divergence"), N_("For targets that are shares: how much the predicted shares miss of them."),
            cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = kl_values, .gradient = kl_gradient,
};
