/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in fields: what is one, its value to the last bit, and that four bytes give it back. */
#include <cam-csv-private.h>
#include <cam-number.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *text;
  char        decimal, thousands;
  double      value;           /* NaN: no number */
} Case;

static const Case cases[] = {
  { "0", '.', 0, 0.0 }, { "-0", '.', 0, -0.0 }, { "12", '.', 0, 12.0 }, { "+12", '.', 0, 12.0 }, { "1.5", '.', 0, 1.5 }, { "1,5", ',', 0, 1.5 },
  { ".5", '.', 0, 0.5 }, { "5.", '.', 0, 5.0 }, { "1e3", '.', 0, 1000.0 }, { "1E-3", '.', 0, 0.001 }, { "2.5e+2", '.', 0, 250.0 },
  { "123456789.125", '.', 0, 123456789.125 }, { "0.30000000000000004", '.', 0, 0.30000000000000004 }, { "9007199254740992", '.', 0, 9007199254740992.0 },
  { "1.7976931348623157e308", '.', 0, 1.7976931348623157e308 }, { "4.9406564584124654e-324", '.', 0, 4.9406564584124654e-324 },
  { "0.12345678901234567890123", '.', 0, 0.12345678901234567890123 }, { "2.2250738585072011e-308", '.', 0, 2.2250738585072011e-308 },
  { "1.234,5", ',', '.', 1234.5 }, { "12.345.678", ',', '.', 12345678.0 }, { "999", ',', '.', 999.0 }, { "1 000", '.', ' ', 1000.0 },

  { "", '.', 0, NAN }, { ".", '.', 0, NAN }, { "-", '.', 0, NAN }, { "+.", '.', 0, NAN }, { "e5", '.', 0, NAN }, { "1e", '.', 0, NAN }, { "1e+", '.', 0, NAN },
  { "1.2.3", '.', 0, NAN }, { "1-2", '.', 0, NAN }, { "--1", '.', 0, NAN }, { "1 ", '.', 0, NAN }, { "0x1F", '.', 0, NAN }, { "1_000", '.', 0, NAN },
  { "007", '.', 0, NAN }, { "00", '.', 0, NAN }, { "-01", '.', 0, NAN }, { "00.5", '.', 0, NAN }, { "nan", '.', 0, NAN }, { "inf", '.', 0, NAN },
  { "1e999", '.', 0, NAN }, { "9007199254740993", '.', 0, NAN }, { "123456789012345678901", '.', 0, NAN }, { "5%", '.', 0, NAN }, { "1,5", '.', 0, NAN },
  { "12.34.567", ',', '.', NAN }, { "1.23", ',', '.', NAN }, { "1234.567", ',', '.', NAN }, { "1..234", ',', '.', NAN }, { ".123", ',', '.', NAN },
};

static gboolean
same_bits (double a,
           double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      gboolean is_exact;
      double value = 7.0;
      gboolean is_number = cam_csv_number (c->text, strlen (c->text), c->decimal, c->thousands, &value, &is_exact);

      if (is_number == isnan (c->value) || (is_number && !same_bits (value, c->value)))
        g_error ("“%s” came out as %.17g", c->text, is_number ? value : NAN);
    }
}

/* The field, or what stands for it in a file, by the short way and by the long one. */
static void
check_against_strtod (const char *text)
{
  char room[CAM_CSV_NUMBER_ROOM + 40] = { 0 };
  double expected = g_ascii_strtod (text, NULL), value, scanned;
  gboolean is_exact, is_exact_scanned;
  const char *after;
  float packed;

  if (!cam_csv_number (text, strlen (text), '.', 0, &value, &is_exact))
    g_error ("“%s” is taken for no number", text);
  g_assert_true (same_bits (value, expected));
  /* What is called exact must survive four bytes. */
  if (is_exact)
    {
      g_assert_true (cam_pack (value, &packed));
      g_assert_true (same_bits (cam_unpack (packed), value));
    }

  g_assert_cmpuint (g_strlcpy (room, text, sizeof room), <, CAM_CSV_NUMBER_ROOM - 1);
  g_strlcat (room, ",12345678", sizeof room);
  after = cam_csv_number_scan (room, '.', &scanned, &is_exact_scanned);
  if (after != NULL && *after == ',')
    {
      g_assert_true (same_bits (scanned, expected));
      g_assert_cmpint (is_exact_scanned, ==, is_exact);
      g_assert_true (after == room + strlen (text));
    }
}

static void
test_random (void)
{
  CamRng rng;
  guint n_scanned = 0;

  cam_rng_init (&rng, 1, cam_rng_stream_named ("numbers"));
  for (guint i = 0; i < 200000; i++)
    {
      guint64 bits = ((guint64) cam_rng_next (&rng) << 32) | cam_rng_next (&rng);
      char text[64];
      double value;

      switch (i % 4)
        {
        case 0:     /* any double, in full */
          memcpy (&value, &bits, sizeof value);
          if (!isfinite (value))
            continue;
          cam_number_format (text, value, 17);
          break;
        case 1:     /* few digits, sizes of daily life */
          g_snprintf (text, sizeof text, "%s%u.%0*u", bits & 1 ? "-" : "", (guint) (bits >> 8) % 10000, 1 + (int) ((bits >> 32) % 6), (guint) (bits >> 40) % 1000);
          break;
        case 2:     /* up to eight digits on either side */
          g_snprintf (text, sizeof text, "%u.%08u", (guint) (bits >> 4) % 100000000, (guint) (bits >> 36) % 100000000);
          break;
        default:    /* sixteen and seventeen digits after the point, as programs print them */
          cam_number_format (text, (double) (bits >> 11) / 9007199254740992.0, 16 + (int) (bits & 1));
        }
      /* Seventeen digits without a mark are a whole number too large to be one. */
      if (strpbrk (text, ".e") == NULL)
        continue;
      check_against_strtod (text);
      n_scanned++;
    }
  g_assert_cmpuint (n_scanned, >, 190000);
}

/* Every decimal of six digits, in the exponents where the reader relies on it, and of seven in theirs. */
static void
test_packed_decimals (void)
{
  for (int exponent = -14; exponent <= 8; exponent++)
    for (guint digits = 1; digits < 10000000; digits += digits < 1000000 ? 1009 : 10007)
      {
        g_autofree char *text = g_strdup_printf ("%ue%d", digits, exponent);
        double value = g_ascii_strtod (text, NULL);
        float packed;

        if (digits < 1000000 ? value >= CAM_PACK_SMALLEST && value < CAM_PACK_LARGEST : value >= CAM_PACK_MID_FROM && value < CAM_PACK_MID_TO)
          g_assert_true (cam_pack (value, &packed) && same_bits (cam_unpack (packed), value));
      }
}

static void
test_packed_others (void)
{
  static const double kept[] = { 0.0, -0.0, 1.0, -16777216.0, 0.5, 1e9, 0.0009765625, 33554432.0 };
  static const double lost[] = { 16777217.0, 1e20, 0.30000000000000004, 1.0 / 3.0, 1e300, 0.10000000149011612, 123456789.0 };
  float packed;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_true (cam_pack (kept[i], &packed) && same_bits (cam_unpack (packed), kept[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
    g_assert_false (cam_pack (lost[i], &packed));
  g_assert_true (cam_pack (NAN, &packed) && isnan (cam_unpack (packed)));
  g_assert_true (isinf (cam_unpack (INFINITY)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/csv-number/cases", test_cases);
  g_test_add_func ("/dataset/csv-number/random", test_random);
  g_test_add_func ("/dataset/packed/decimals", test_packed_decimals);
  g_test_add_func ("/dataset/packed/others", test_packed_others);

  return g_test_run ();
}
