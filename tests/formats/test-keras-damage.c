/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged files: cut at many places, and with bytes changed by chance. Either an error or a model comes out, never anything worse. */
#include <cam-archive.h>
#include <glib/gstdio.h>
#include <string.h>

#include "keras-fixture.h"

static char *folder;

static GBytes *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

static GBytes *
save_own (void)
{
  g_autofree char *path = g_build_filename (folder, "own.keras", NULL);
  g_autoptr(CamNetwork) network = fixture_new_network ();

  g_assert_true (cam_keras_save (network, NULL, NULL, NULL, NULL, path, NULL));

  return read_file (path);
}

/* Returns whether the bytes were read as a model; otherwise there must be an error that names the file. */
static gboolean
try_bytes (const guint8 *data,
           gsize         size)
{
  g_autofree char *path = g_build_filename (folder, "damaged.keras", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = NULL;

  /* No syncing for each of some thousand files. */
  g_remove (path);
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  model = cam_keras_load (path, &error);
  if (model == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == CAM_FORMATS_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "damaged.keras: "));
    }

  return model != NULL;
}

static void
truncate_all (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_true (try_bytes (data, size));
  for (gsize cut = 0; cut < size; cut += 1 + size / 150)
    g_assert_false (try_bytes (data, cut));
  g_assert_false (try_bytes (data, size - 1));
}

static void
test_truncated (void)
{
  g_autoptr(GBytes) bytes = save_own ();

  truncate_all (bytes);
}

static void
test_truncated_h5 (void)
{
  g_autofree char *path = fixture_path ("mlp_keras2_style.h5");
  g_autoptr(GBytes) bytes = read_file (path);

  truncate_all (bytes);
}

/* @n_files copies with one to eight bytes changed. */
static void
flip (GBytes  *bytes,
      guint32  seed,
      guint    n_files)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  gsize size = g_bytes_get_size (bytes);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      guint n_flips = 1 + (guint) g_rand_int_range (random, 0, 8);

      for (guint k = 0; k < n_flips; k++)
        copy[g_rand_int_range (random, 0, (gint32) size)] ^= (guint8) g_rand_int_range (random, 1, 256);
      try_bytes (copy, size);
    }
}

static void
test_flipped (void)
{
  g_autoptr(GBytes) bytes = save_own ();

  flip (bytes, 1, 300);
}

static void
test_flipped_h5 (void)
{
  g_autofree char *path = fixture_path ("mlp_keras2_style.h5");
  g_autoptr(GBytes) bytes = read_file (path);

  flip (bytes, 2, 300);
}

/* As an attacker would: the archive's checksums are right, what is inside is not. */
static void
test_flipped_inside (void)
{
  g_autoptr(GBytes) bytes = save_own ();
  g_autoptr(CamArchive) archive = cam_archive_open (bytes, NULL);
  g_autoptr(GBytes) config = cam_archive_read (archive, "config.json", 1 << 20, NULL);
  g_autoptr(GBytes) weights = cam_archive_read (archive, "model.weights.h5", 1 << 20, NULL);
  g_autoptr(GRand) random = g_rand_new_with_seed (3);
  guint n_read = 0;

  for (guint i = 0; i < 400; i++)
    {
      GBytes *victim = i % 4 == 0 ? config : weights;
      gsize size = g_bytes_get_size (victim);
      guint8 *copy = g_memdup2 (g_bytes_get_data (victim, NULL), size);
      g_autoptr(GBytes) changed = g_bytes_new_take (copy, size);
      const CamArchiveMember members[] = {
        { "config.json", victim == config ? changed : config },
        { "model.weights.h5", victim == weights ? changed : weights },
      };
      g_autoptr(GBytes) made = NULL;

      for (guint k = 0; k < 1 + i % 5; k++)
        copy[g_rand_int_range (random, 0, (gint32) size)] ^= (guint8) g_rand_int_range (random, 1, 256);
      made = cam_archive_build (members, G_N_ELEMENTS (members), NULL);
      n_read += try_bytes (g_bytes_get_data (made, NULL), g_bytes_get_size (made)) ? 1 : 0;
    }

  /* Many bytes are weights or unused: some must still be read, and some must not. */
  g_assert_cmpuint (n_read, >, 0);
  g_assert_cmpuint (n_read, <, 400);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = fixture_make_folder ();

  g_test_add_func ("/formats/keras-damage/truncated", test_truncated);
  g_test_add_func ("/formats/keras-damage/truncated-h5", test_truncated_h5);
  g_test_add_func ("/formats/keras-damage/flipped", test_flipped);
  g_test_add_func ("/formats/keras-damage/flipped-h5", test_flipped_h5);
  g_test_add_func ("/formats/keras-damage/flipped-inside", test_flipped_inside);

  result = g_test_run ();
  fixture_drop_folder (folder);

  return result;
}
