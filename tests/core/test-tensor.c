/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes that may not fit, shapes and the blocks of floats that they describe. */
#include <cam-checked.h>
#include <cam-tensor.h>
#include <string.h>

static void
test_checked (void)
{
  gsize out = 7;

  g_assert_true (cam_size_add (2, 3, &out));
  g_assert_cmpuint (out, ==, 5);
  g_assert_true (cam_size_mul (G_MAXSIZE / 2, 2, &out));
  g_assert_cmpuint (out, ==, G_MAXSIZE - 1);
  g_assert_true (cam_size_mul (0, G_MAXSIZE, &out));
  g_assert_cmpuint (out, ==, 0);

  out = 7;
  g_assert_false (cam_size_add (G_MAXSIZE, 1, &out));
  g_assert_false (cam_size_mul (G_MAXSIZE / 2 + 1, 2, &out));
  g_assert_cmpuint (out, ==, 7);
}

static void
test_shape (void)
{
  const gsize dims[] = { 28, 28, 3 };
  const gsize huge[] = { G_MAXSIZE / 2, 3 };
  CamShape image = cam_shape_make (3, dims);
  CamShape flat = cam_shape_vector (28);
  CamShape scalar = cam_shape_make (0, NULL);
  CamShape large = cam_shape_make (2, huge);
  g_autofree char *image_text = cam_shape_to_string (&image);
  g_autofree char *flat_text = cam_shape_to_string (&flat);
  g_autofree char *scalar_text = cam_shape_to_string (&scalar);
  gsize size = 7;

  g_assert_cmpstr (image_text, ==, "(None, 28, 28, 3)");
  g_assert_cmpstr (flat_text, ==, "(None, 28)");
  g_assert_cmpstr (scalar_text, ==, "(None,)");

  g_assert_false (cam_shape_get_size (&large, &size));
  g_assert_cmpuint (size, ==, 7);
  g_assert_true (cam_shape_get_size (&image, &size));
  g_assert_cmpuint (size, ==, 2352);
  g_assert_true (cam_shape_get_size (&scalar, &size));
  g_assert_cmpuint (size, ==, 1);

  g_assert_true (cam_shape_equal (&image, &image));
  g_assert_false (cam_shape_equal (&image, &flat));
  g_assert_false (cam_shape_equal (&flat, &scalar));
}

static void
test_tensor (void)
{
  const gsize dims[] = { 5, 7 };
  const gsize huge[] = { G_MAXSIZE / 2, 3 }, wide[] = { G_MAXSIZE / 2 };
  CamShape shape = cam_shape_make (2, dims), large = cam_shape_make (2, huge), bytes = cam_shape_make (1, wide);
  CamShape empty = cam_shape_vector (0);
  g_autoptr(CamTensor) tensor = cam_tensor_new (&shape);
  g_autoptr(CamTensor) copy = NULL;
  g_autoptr(CamTensor) nothing = cam_tensor_new (&empty);

  g_assert_cmpuint (tensor->n, ==, 35);
  g_assert_cmpuint ((guintptr) tensor->data % 64, ==, 0);
  for (gsize i = 0; i < tensor->n; i++)
    {
      g_assert_cmpfloat (tensor->data[i], ==, 0);
      tensor->data[i] = i;
    }
  copy = cam_tensor_copy (tensor);
  g_assert_true (copy->data != tensor->data);
  g_assert_true (cam_shape_equal (&copy->shape, &shape));
  g_assert_cmpmem (copy->data, copy->n * sizeof (float), tensor->data, tensor->n * sizeof (float));

  g_assert_nonnull (nothing);
  g_assert_cmpuint (nothing->n, ==, 0);
  g_assert_null (cam_tensor_new (&large));    /* the product does not fit */
  g_assert_null (cam_tensor_new (&bytes));    /* the product does, its bytes do not */
  g_assert_null (cam_floats_new (G_MAXSIZE / sizeof (float)));
  cam_tensor_free (NULL);
  cam_floats_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/checked", test_checked);
  g_test_add_func ("/core/shape", test_shape);
  g_test_add_func ("/core/tensor", test_tensor);

  return g_test_run ();
}
