/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products of one path. To be included once by a file that has defined, for its instructions: Vector, LANES, Mask, MOST_ROWS and MOST_VECTORS (a tile of so many accumulators
 * leaves a register for each vector of b and one for a), get_mask(), load(), load_masked(), store(), store_masked(), spread(), add_product() and sum_lanes(). */

enum { MOST_COLUMNS = MOST_VECTORS * LANES };

/* A tile of one vector has registers for more rows, and needs them: sums that wait for nobody but themselves keep the multipliers busy. Batches are multiples of it. */
enum { ROWS_OF_ONE = 8 };

/* A tile of the result, @rows × @vectors, both known when it is compiled. The last vector has the lanes of @mask. */
CAM_INLINE void
run_tile (const CamProduct *self,
          gsize             row,
          gsize             column,
          const int         rows,
          const int         vectors,
          const gboolean    is_masked,
          Mask              mask)
{
  const float *a = self->a + row * self->a_row, *b = self->b + column;
  gsize a_row = self->a_row, a_depth = self->a_depth, b_stride = self->b_stride, c_stride = self->c_stride;
  float *c = self->c + row * c_stride + column;
  Vector sums[MAX (MOST_ROWS, ROWS_OF_ONE)][MOST_VECTORS];

  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++)
      {
        const float *start = self->start + (row + (gsize) i) * self->start_stride + column + j * LANES;

        if (self->start == NULL)
          sums[i][j] = spread (0.0f);
        else
          sums[i][j] = is_masked && j + 1 == vectors ? load_masked (start, mask) : load (start);
      }

  for (gsize k = self->depth; k > 0; k--)
    {
      Vector right[MOST_VECTORS];

      for (int j = 0; j < vectors; j++)
        right[j] = is_masked && j + 1 == vectors ? load_masked (b + j * LANES, mask) : load (b + j * LANES);
      for (int i = 0; i < rows; i++)
        {
          Vector left = spread (a[(gsize) i * a_row]);

          for (int j = 0; j < vectors; j++)
            sums[i][j] = add_product (left, right[j], sums[i][j]);
        }
      a += a_depth;
      b += b_stride;
    }

  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++)
      if (is_masked && j + 1 == vectors)
        store_masked (c + (gsize) i * c_stride + j * LANES, mask, sums[i][j]);
      else
        store (c + (gsize) i * c_stride + j * LANES, sums[i][j]);
}

/* All rows of a stretch of columns. */
CAM_INLINE void
run_stretch (const CamProduct *self,
             gsize             column,
             const int         vectors,
             const gboolean    is_masked,
             Mask              mask)
{
  const int most = vectors == 1 ? ROWS_OF_ONE : MOST_ROWS;
  gsize row = 0;

  for (; row + (gsize) most <= self->rows; row += (gsize) most)
    run_tile (self, row, column, most, vectors, is_masked, mask);
  switch (self->rows - row)
    {
    case 7:
      run_tile (self, row, column, 7, vectors, is_masked, mask);
      break;
    case 6:
      run_tile (self, row, column, 6, vectors, is_masked, mask);
      break;
    case 5:
      run_tile (self, row, column, 5, vectors, is_masked, mask);
      break;
    case 4:
      run_tile (self, row, column, 4, vectors, is_masked, mask);
      break;
    case 3:
      run_tile (self, row, column, 3, vectors, is_masked, mask);
      break;
    case 2:
      run_tile (self, row, column, 2, vectors, is_masked, mask);
      break;
    case 1:
      run_tile (self, row, column, 1, vectors, is_masked, mask);
      break;
    case 0:
    default:
      break;
    }
}

/* Functions of their own, so that the compiler sees a few loops at a time. */
#define DEFINE_STRETCH(vectors) \
  static __attribute__ ((noinline)) void \
  run_##vectors (const CamProduct *self, gsize column) \
  { \
    run_stretch (self, column, vectors, FALSE, get_mask (LANES)); \
  } \
  static __attribute__ ((noinline)) void \
  run_masked_##vectors (const CamProduct *self, gsize column, Mask mask) \
  { \
    run_stretch (self, column, vectors, TRUE, mask); \
  }

DEFINE_STRETCH (1)
DEFINE_STRETCH (2)
#if MOST_VECTORS > 2
DEFINE_STRETCH (3)
DEFINE_STRETCH (4)
#endif

static void
run_rest (const CamProduct *self,
          gsize             column,
          gsize             count)
{
  gsize vectors = (count + LANES - 1) / LANES;
  Mask mask = get_mask (count - (vectors - 1) * LANES);
  gboolean is_masked = count % LANES != 0;

  switch (vectors)
    {
#if MOST_VECTORS > 2
    case 4:
      run_masked_4 (self, column, mask);
      break;
    case 3:
      if (is_masked)
        run_masked_3 (self, column, mask);
      else
        run_3 (self, column);
      break;
#endif
    case 2:
      if (is_masked)
        run_masked_2 (self, column, mask);
      else
        run_2 (self, column);
      break;
    case 1:
    default:
      if (is_masked)
        run_masked_1 (self, column, mask);
      else
        run_1 (self, column);
      break;
    }
}

/* Multiplications below which numbers one by one are the faster: stores of a few lanes hold up whoever reads them next. */
#define FEW_PRODUCTS 32

CAM_INLINE gboolean
is_tiny (const CamProduct *self)
{
  return self->rows * self->columns * self->depth <= FEW_PRODUCTS;
}

/* b's number at depth k in column j stands at b[k·b_depth + j·b_column]. */
CAM_INLINE void
run_tiny (const CamProduct *self,
          gsize             b_depth,
          gsize             b_column)
{
  for (gsize i = 0; i < self->rows; i++)
    for (gsize j = 0; j < self->columns; j++)
      {
        const float *a = self->a + i * self->a_row, *b = self->b + j * b_column;
        float sum = self->start != NULL ? self->start[i * self->start_stride + j] : 0.0f;

        for (gsize k = 0; k < self->depth; k++)
          sum = __builtin_fmaf (a[k * self->a_depth], b[k * b_depth], sum);
        self->c[i * self->c_stride + j] = sum;
      }
}

/* The sum of products of two rows that lie dense. */
CAM_INLINE float
run_dot (const float *a,
         const float *b,
         gsize        n)
{
  Vector sums[2] = { spread (0.0f), spread (0.0f) };
  gsize k = 0;

  for (; k + 2 * LANES <= n; k += 2 * LANES)
    {
      sums[0] = add_product (load (a + k), load (b + k), sums[0]);
      sums[1] = add_product (load (a + k + LANES), load (b + k + LANES), sums[1]);
    }
  for (; k < n; k += LANES)
    {
      Mask mask = get_mask (MIN (LANES, n - k));

      sums[0] = add_product (load_masked (a + k, mask), load_masked (b + k, mask), sums[0]);
    }

  return sum_lanes (sums[0] + sums[1]);
}

CAM_INLINE float
get_start (const CamProduct *self,
           gsize             row,
           gsize             column)
{
  return self->start != NULL ? self->start[row * self->start_stride + column] : 0.0f;
}

/* Columns of a product whose b is turned, one number after the other: for few rows, or for one column. */
static void
run_dots (const CamProduct *self)
{
  for (gsize i = 0; i < self->rows; i++)
    for (gsize j = 0; j < self->columns; j++)
      self->c[i * self->c_stride + j] = get_start (self, i, j) + run_dot (self->a + i * self->a_row, self->b + j * self->b_stride, self->depth);
}

/* One column from an a whose rows lie side by side: the rows of the result fill the lanes. */
static void
run_column (const CamProduct *self)
{
  for (gsize row = 0; row < self->rows; row += LANES)
    {
      Mask mask = get_mask (MIN (LANES, self->rows - row));
      Vector sums = spread (0.0f);

      for (gsize k = 0; k < self->depth; k++)
        sums = add_product (load_masked (self->a + row + k * self->a_depth, mask), spread (self->b[k * self->b_stride]), sums);
      store_masked (self->c + row, mask, sums);
    }
}

void
PRODUCT (const CamProduct *self)
{
  gsize column = 0;

  if (is_tiny (self))
    {
      run_tiny (self, self->b_stride, 1);
      return;
    }
  if (self->columns == 1 && self->a_depth == 1 && self->b_stride == 1)
    {
      CamProduct turned = *self;

      turned.b_stride = 0;
      run_dots (&turned);
      return;
    }
  if (self->columns == 1 && self->a_row == 1 && self->c_stride == 1 && self->start == NULL)
    {
      run_column (self);
      return;
    }

  for (; column + MOST_COLUMNS <= self->columns; column += MOST_COLUMNS)
#if MOST_VECTORS > 2
    run_4 (self, column);
#else
    run_2 (self, column);
#endif
  if (column < self->columns)
    run_rest (self, column, self->columns - column);
}

/* Rows below which turning b costs more than it brings. */
#define FEW_ROWS 4
/* Depth of the piece of b that is turned at a time. */
#define TURNED_DEPTH 256

/* A stretch of columns after the other: b's rows become the columns of a piece that stays in the cache. */
void
PRODUCT_TURNED (const CamProduct *self)
{
  _Alignas (64) float piece[TURNED_DEPTH * MOST_COLUMNS];

  if (is_tiny (self))
    {
      run_tiny (self, 1, self->b_stride);
      return;
    }
  /* A column is a row when it lies dense. */
  if (self->depth == 1 && self->b_stride == 1)
    {
      PRODUCT (self);
      return;
    }
  if (self->rows < FEW_ROWS || self->depth == 0)
    {
      run_dots (self);
      return;
    }

  for (gsize column = 0; column < self->columns; column += MOST_COLUMNS)
    for (gsize first = 0; first < self->depth; first += TURNED_DEPTH)
      {
        gsize count = MIN (MOST_COLUMNS, self->columns - column), depth = MIN (TURNED_DEPTH, self->depth - first);
        CamProduct part = *self;

        cam_turn (self->b + column * self->b_stride + first, self->b_stride, piece, MOST_COLUMNS, count, depth);
        part.a = self->a + first;
        part.b = piece;
        part.b_stride = MOST_COLUMNS;
        part.c = self->c + column;
        part.columns = count;
        part.depth = depth;
        part.start = first > 0 ? part.c : self->start != NULL ? self->start + column : NULL;
        part.start_stride = first > 0 ? self->c_stride : self->start_stride;
        if (count == MOST_COLUMNS)
#if MOST_VECTORS > 2
          run_4 (&part, 0);
#else
          run_2 (&part, 0);
#endif
        else
          run_rest (&part, 0, count);
      }
}
