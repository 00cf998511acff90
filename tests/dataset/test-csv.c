/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files and what they must come out as, each read in pieces of several sizes with the same result. */
#include "csv-text.h"

#include <cam-csv-private.h>
#include <string.h>

typedef struct
{
  const char *path;
  const char *text;
  const char *expected;
  const char *dialect;     /* NULL: not looked at */
} Case;

static const gsize chunk_sizes[] = { 0, 1, 2, 3, 7, 65536 };

static const Case cases[] = {
  /* RFC 4180 */
  { "plain", "a,b\n1,x\n2,y\n", "a#,b@: 1,x; 2,y", "UTF-8 , decimal . header" },
  { "no-last-break", "a,b\n1,x\n2,y", "a#,b@: 1,x; 2,y", NULL },
  { "crlf", "a,b\r\n1,x\r\n2,y\r\n", "a#,b@: 1,x; 2,y", NULL },
  { "cr", "a,b\r1,x\r2,y\r", "a#,b@: 1,x; 2,y", NULL },
  { "quoted", "a,b\n1,\"x, y\"\n2,\"say \"\"so\"\"\"\n", "a#,b@: 1,x, y; 2,say \"so\"", NULL },
  { "quoted-break", "a,b\n1,\"one\ntwo\"\n2,\"one\r\ntwo\"\n", "a#,b@: 1,one\ntwo; 2,one\r\ntwo", NULL },
  { "quoted-empty", "a,b\n\"\",x\n\"2\",\"\"\n", "a#,b@: _,x; 2,_", NULL },
  { "quoted-numbers", "a,b\n\"1\",\"2.5\"\n\"3\",\"4\"\n", "a#,b#: 1,2.5; 3,4", NULL },
  { "quote-after-blank", "a,b\n1, \"x, y\"\n2, \"z\" \n", "a#,b@: 1,x, y; 2,z", NULL },
  { "quote-inside", "a,b\n1,5\" pipe\n2,a\"b\"c\n", "a#,b@: 1,5\" pipe; 2,a\"b\"c", NULL },
  { "blanks-around", "a,b\n 1 , x \n\t2\t,\ty\t\n", "a#,b@: 1,x; 2,y", NULL },
  { "blanks-quoted", "a,b\n1,\" x \"\n2,\"y\"\n", "a#,b@: 1, x ; 2,y", NULL },
  { "blank-lines", "\n\na,b\n1,x\n\n   \n2,y\n\r\n", "a#,b@: 1,x; 2,y", NULL },
  { "one-row", "a,b\n1,x\n", "a#,b@: 1,x", NULL },
  { "one-column", "x\n1\n2\n", "x#: 1; 2", NULL },
  { "last-field-empty", "a,b\n1,\n2,", "a#,b#: 1,_; 2,_", NULL },

  /* Dialects */
  { "semicolon-comma", "a;b\n1,5;x\n2,25;y\n", "a#,b@: 1.5,x; 2.25,y", "UTF-8 ; decimal , header" },
  { "semicolon-only-decimals", "1,5;2,5\n3,5;4,5\n2,25;1\n", "column_1#,column_2#: 1.5,2.5; 3.5,4.5; 2.25,1", "UTF-8 ; decimal ," },
  { "tab", "a\tb\n1\tx, y\n2\tz\n", "a#,b@: 1,x, y; 2,z", "UTF-8 tab decimal . header" },
  { "pipe", "a|b\n1|x\n2|y\n", "a#,b@: 1,x; 2,y", "UTF-8 | decimal . header" },
  { "blanks", "1 2.5   3\n4  5 6  \n   7 8 9\n", "column_1#,column_2#,column_3#: 1,2.5,3; 4,5,6; 7,8,9", "UTF-8 blank decimal ." },
  { "blanks-and-tabs", "1 2\t3\n4  5 6\n 7 \t 8 9\n", "column_1#,column_2#,column_3#: 1,2,3; 4,5,6; 7,8,9", NULL },
  { "sentences", "text\nJohn Smith\nAnn Lee\nBob Ray\n", "text@: John Smith; Ann Lee; Bob Ray", NULL },
  { "thousands-point", "a;b\n1.234,5;x\n12.345.678,25;y\n999;z\n", "a#,b@: 1234.5,x; 12345678.25,y; 999,z", "UTF-8 ; decimal , thousands . header" },
  { "thousands-comma", "a,b\n\"1,234.5\",x\n\"2,000\",y\n", "a#,b@: 1234.5,x; 2000,y", "UTF-8 , decimal . thousands , header" },
  { "thousands-apostrophe", "a,b\n1'234.5,x\n12'000,y\n", "a#,b@: 1234.5,x; 12000,y", "UTF-8 , decimal . thousands ' header" },
  { "quoted-decimal-comma", "x,y\n\"1,25\",\"2,5\"\n\"5,5\",\"3,25\"\n", "x#,y#: 1.25,2.5; 5.5,3.25", "UTF-8 , decimal , header" },
  { "comments", "# made by hand\n# on a day\na,b\n1,x\n# in between\n2,y\n", "a#,b@: 1,x; 2,y", "UTF-8 , decimal . comment # header" },
  { "hash-is-a-name", "#id,name\n1,ann\n2,bob\n", "#id#,name@: 1,ann; 2,bob", "UTF-8 , decimal . header" },
  { "comments-percent", "% made by hand\na,b\n1,x\n2,y\n", "a#,b@: 1,x; 2,y", "UTF-8 , decimal . comment % header" },
  { "title-above", "Sales by town\n\nTown;Sold;Price\nRio;1,5;2\nLyon;2,5;3\nUlm;3;4\n", "Town@,Sold#,Price#: Rio,1.5,2; Lyon,2.5,3; Ulm,3,4", "UTF-8 ; decimal , skip 2 header" },
  { "title-with-separators", "Report,,,\nmade,2024,,\na,b,c,d\n1,2,3,4\n5,6,7,8\n9,1,2,3\n", "a#,b#,c#,d#: 1,2,3,4; 5,6,7,8; 9,1,2,3", NULL },
  { "title-and-comment", "# made by hand\nTitle\nx,y,z\n1,2,3\n4,5,6\n7,8,9\n", "x#,y#,z#: 1,2,3; 4,5,6; 7,8,9", NULL },

  /* Headers */
  { "no-header", "1,x\n2,y\n", "column_1#,column_2@: 1,x; 2,y", "UTF-8 , decimal ." },
  { "no-header-categories", "p,x\ne,y\np,y\ne,x\n", "column_1@,column_2@: p,x; e,y; p,y; e,x", NULL },
  { "years", "region,2019,2020,2021\nA,1.5,2,3\nB,2,3,4\n", "region@,2019#,2020#,2021#: A,1.5,2,3; B,2,3,4", NULL },
  { "names-twice", "x,x,x_2,\n1,2,3,4\n", "x#,x_2#,x_2_2#,column_4#: 1,2,3,4", NULL },
  { "separators-end-rows", "a,b,\n1,2,\n3,4,\n", "a#,b#: 1,2; 3,4", NULL },
  { "separators-end-rows-only", "a,b\n1,2,\n3,4,\n", "a#,b#: 1,2; 3,4", NULL },
  { "separators-end-header", "a,b,,\n1,2\n3,4\n", "a#,b#: 1,2; 3,4", NULL },

  /* Kinds */
  { "late-text", "a,b\n1,1\n2,2.50\n3,x\n", "a#,b@: 1,1; 2,2.50; 3,x", NULL },
  { "leading-zeros", "id,n\n00123,1\n00200,2\n", "id@,n#: 00123,1; 00200,2", NULL },
  { "zeros", "a,b\n0,0.5\n-0.25,00.5\n", "a#,b@: 0,0.5; -0.25,00.5", NULL },
  { "beyond-2-53", "id\n9007199254740993\n9007199254740995\n", "id@: 9007199254740993; 9007199254740995", NULL },
  { "at-2-53", "id\n9007199254740991\n9007199254740992\n", "id#: 9007199254740991; 9007199254740992", NULL },
  { "not-plain", "a,b,e\n0x1F,1_000,inf\n0x20,2_000,-inf\n", "a@,b@,e@: 0x1F,1_000,inf; 0x20,2_000,-inf", NULL },
  { "percent-and-currency", "a,b,c,d\n5%,$3,-€ 7.5,\"R$ 1,200\"\n6 %,-$4,€2,\"R$2,300.5\"\n", "a#,b#,c#,d#: 5,3,-7.5,1200; 6,-4,2,2300.5", NULL },
  { "percent-not-everywhere", "a,b\n5%,$3\n6,€4\n", "a@,b@: 5%,$3; 6,€4", NULL },
  { "percent-missing", "a,b\n5%,1\nNA,2\n,3\n", "a#,b#: 5,1; _,2; _,3", NULL },
  { "late-thousands", "a;b\n1,5;R$ 1.234,50\n2,5;R$ 12\n", "a#,b#: 1.5,1234.5; 2.5,12", NULL },

  /* Dates */
  { "dates", "d,t,v\n2024-01-31,12:30,1.0.2\n2024-02-29,12:31,1.0.3\n", "d%,t@,v@: 2024-01-31,12:30,1.0.2; 2024-02-29,12:31,1.0.3", NULL },
  { "dates-iso", "a,b,c\n2024/1/31,2024.02.01,2024-01\n2023/12/5,1969.12.31,2024-02\n", "a%,b%,c%: 2024-01-31,2024-02-01,2024-01; 2023-12-05,1969-12-31,2024-02", NULL },
  { "dates-not", "a,b,c,d\n2023-02-29,31.04.2024,2024-13-01,10.10.1\n2024-02-29,30.04.2024,2024-12-01,10.10.2\n",
    "a@,b@,c@,d@: 2023-02-29,31.04.2024,2024-13-01,10.10.1; 2024-02-29,30.04.2024,2024-12-01,10.10.2", NULL },
  { "dates-day-first", "d,x\n01/02/2024,1\n13/02/2024,2\n", "d%,x#: 2024-02-01,1; 2024-02-13,2", NULL },
  { "dates-month-first", "d,x\n01/02/2024,1\n01/13/2024,2\n", "d%,x#: 2024-01-02,1; 2024-01-13,2", NULL },
  { "dates-sorted-by-day", "d,x\n01/01/2024,1\n11/01/2024,2\n03/02/2024,3\n", "d%,x#: 2024-01-01,1; 2024-01-11,2; 2024-02-03,3", NULL },
  { "dates-sorted-by-month", "d;x\n01/01/2024;1\n01/11/2024;2\n02/03/2024;3\n", "d%,x#: 2024-01-01,1; 2024-01-11,2; 2024-02-03,3", NULL },
  { "dates-either-semicolon", "d;x\n01/02/2024;1\n02/02/2024;2\n", "d%,x#: 2024-02-01,1; 2024-02-02,2", NULL },
  { "dates-either-comma", "d,x\n01/02/2024,1\n02/02/2024,2\n", "d%,x#: 2024-01-02,1; 2024-02-02,2", NULL },
  { "dates-dotted", "d;x\n31.12.2023;1\n1.1.2024;2\n", "d%,x#: 2023-12-31,1; 2024-01-01,2", NULL },
  { "dates-short-years", "d,e\n1/5/68,31.12.69\n1/15/69,30.11.24\n", "d%,e%: 2068-01-05,1969-12-31; 1969-01-15,2024-11-30", NULL },
  { "dates-named", "d,e\n3 Feb 2024,03-fev-24\n4 März 2024,04-mai-24\n", "d%,e%: 2024-02-03,2024-02-03; 2024-03-04,2024-05-04", NULL },
  { "dates-american", "d\n\"Feb 3, 2024\"\n\"December 31, 1999\"\n", "d%: 2024-02-03; 1999-12-31", NULL },
  { "times", "a,b,c\n2024-01-31 12:30,2024-01-31T12:30:15,2024-01-31\n2024-02-01 00:00,2024-02-01T00:00:00.250,2024-01-31 6:05 PM\n",
    "a%,b%,c%: 2024-01-31 12:30,2024-01-31 12:30:15.000,2024-01-31 00:00; 2024-02-01 00:00,2024-02-01 00:00:00.250,2024-01-31 18:05", NULL },
  { "times-with-offset", "a\n2024-07-01T00:15:30+02:00\n2024-07-01T00:15:30-0330\n2024-07-01T00:15:30Z\n", "a%: 2024-06-30 22:15:30; 2024-07-01 03:45:30; 2024-07-01 00:15:30", NULL },
  { "years-are-numbers", "year,when\n1700,20240301\n1701,20240302\n", "year#,when#: 1700,20240301; 1701,20240302", NULL },
  { "dates-missing", "d,x\nNA,1\n2024-02-29,2\n,3\n", "d%,x#: _,1; 2024-02-29,2; _,3", NULL },

  /* Yes and no: the opposite of yes comes first among the levels */
  { "yes-no", "a,b,c,d\nyes,Sim,JA,ligado\nno,Não,NEIN,desligado\n", "a!,b!,c!,d!: yes,Sim,JA,ligado; no,Não,NEIN,desligado", NULL },
  { "true-false", "a,b,c\nTRUE,f,S\nFALSE,t,N\n", "a!,b!,c!: TRUE,f,S; FALSE,t,N", NULL },
  { "yes-no-mixed", "a,b\nyes,1\nY,2\n1,3\n0,4\nyes,5\nFalse,6\n0,7\n", "a!,b#: yes,1; yes,2; yes,3; 0,4; yes,5; 0,6; 0,7", NULL },
  { "yes-no-not", "a,b,c,d\nyes,T,0,north\nmaybe,N,1,yes\nno,T,1,no\n", "a@,b@,c#,d@: yes,T,0,north; maybe,N,1,yes; no,T,1,no", NULL },
  { "yes-only", "a,b\nyes,1\nyes,2\n", "a@,b#: yes,1; yes,2", NULL },
  { "exponents", "a\n1e3\n-2.5E-3\n+4\n.5\n6.\n", "a#: 1000; -0.0025; 4; 0.5; 6", NULL },
  { "digits-kept", "a\n8.94956\n0.1234567890123456\n0.1\n", "a#: 8.94956; 0.1234567890123456; 0.1", NULL },
  { "missing-numbers", "a,b\nNA,1\n1,?\nNaN,\nnull,-\nNone,5\n2,n/a\n", "a#,b#: _,1; 1,_; _,_; _,_; _,5; 2,_", NULL },
  { "missing-words", "a,b\nNA,1\nx,2\nN/A,3\n,4\n", "a@,b#: _,1; x,2; _,3; _,4", NULL },
  { "missing-unusual", "a,d,c\nunknown,2024-01-01,unknown\n1,n.d.,x\n2,2024-01-03,y\n3,2024-01-04,x\n***,2024-01-05,y\n",
    "a#,d%,c@: _,2024-01-01,unknown; 1,_,x; 2,2024-01-03,y; 3,2024-01-04,x; _,2024-01-05,y", NULL },
  { "none-is-a-word", "id,smoker\n1,None\n2,yes\n3,None\n", "id#,smoker@: 1,None; 2,yes; 3,None", NULL },
  { "only-none", "id,x\n1,none\n2,none\n", "id#,x@: 1,none; 2,none", NULL },
  { "only-missing", "id,x\n1,NA\n2,\n", "id#,x#: 1,_; 2,_", NULL },
  { "namibia", "c\nAD\nAE\nAF\nAG\nAI\nAL\nAM\nAO\nAR\nAS\nNA\nAT\n", "c@: AD; AE; AF; AG; AI; AL; AM; AO; AR; AS; NA; AT", NULL },

  /* Encodings */
  { "bom", "\xEF\xBB\xBF" "a,b\n1,x\n2,y\n", "a#,b@: 1,x; 2,y", NULL },
  { "utf-8", "naïve,Größe\n1,Ω\n2,😀\n", "naïve#,Größe@: 1,Ω; 2,😀", "UTF-8 , decimal . header" },
  { "windows-1252", "Stra\xDF" "e;Preis \x80\nM\xFCnchen;1,5\nK\xF6ln;2,5\nZ\xFCrich;3\n", "Straße@,Preis €#: München,1.5; Köln,2.5; Zürich,3", "WINDOWS-1252 ; decimal , header" },

  /* Ragged */
  { "short-row", "a,b,c\n1,2,3\n4\n5,6,7\n", "a#,b#,c#: 1,2,3; 4,_,_; 5,6,7", NULL },
  { "long-row", "a,b\n1,2\n3,4,5\n6,7\n", "a#,b#: 1,2; 3,4; 6,7", NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  for (guint i = 0; i < G_N_ELEMENTS (chunk_sizes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamCsvResult) result = NULL;
      g_autofree char *got = NULL, *dialect = NULL;

      cam_csv_chunk_size = chunk_sizes[i];
      result = csv_text_read (c->text, -1, NULL, NULL, &error);
      g_assert_no_error (error);
      got = csv_text_describe (result->table);
      g_assert_cmpstr (got, ==, c->expected);
      dialect = csv_text_dialect (result->dialect);
      if (c->dialect != NULL)
        g_assert_cmpstr (dialect, ==, c->dialect);
    }
  cam_csv_chunk_size = 0;
}

/* UTF-16 of both orders, with and without its mark, cut in the middle of characters. */
static void
test_utf16 (void)
{
  for (guint variant = 0; variant < 4; variant++)
    for (guint i = 0; i < G_N_ELEMENTS (chunk_sizes); i++)
      {
        const char *encoding = variant % 2 == 0 ? "UTF-16LE" : "UTF-16BE";
        g_autofree char *marked = g_strconcat (variant < 2 ? "\xEF\xBB\xBF" : "", "Größe;x\n1;Ω\n2;😀, sagte er\n", NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(CamCsvResult) result = NULL;
        g_autofree char *bytes = NULL, *got = NULL;
        gsize length;

        cam_csv_chunk_size = chunk_sizes[i];
        bytes = g_convert (marked, -1, encoding, "UTF-8", NULL, &length, &error);
        g_assert_no_error (error);
        result = csv_text_read (bytes, (gssize) length, NULL, NULL, &error);
        g_assert_no_error (error);
        got = csv_text_describe (result->table);
        g_assert_cmpstr (got, ==, "Größe#,x@: 1,Ω; 2,😀, sagte er");
        g_assert_cmpstr (result->dialect->encoding, ==, encoding);
      }
  cam_csv_chunk_size = 0;
}

static void
check_note (const CamCsvResult *result,
            guint               i,
            const char         *expected)
{
  g_assert_cmpuint (result->notes->len, >, i);
  g_assert_cmpstr (g_ptr_array_index (result->notes, i), ==, expected);
}

static void
test_notes (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = csv_text_read ("x,x,\n1,2,3\n4\n5,6,7,8\n9,ten,11\n12,13,14\n", -1, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->n_odd_rows, ==, 2);
  g_assert_cmpuint (result->notes->len, ==, 5);
  check_note (result, 0, "The name “x” stands twice; column 2 is called “x_2”.");
  check_note (result, 1, "Line 3 has 1 fields instead of 3; the rest counts as missing.");
  check_note (result, 2, "Line 4 has 4 fields instead of 3; the last were left out.");
  check_note (result, 3, "Column 3 has no name; it is called “column_3”.");
  check_note (result, 4, "Column “x_2” is no column of numbers: line 5 has “ten”.");
}

static void
test_kinds_said (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) kinds = json_pack ("{s:s, s:s, s:s}", "a", "number", "b", "category", "c", "text");
  g_autoptr(CamCsvResult) result = csv_text_read ("a,b,c\n1,1,x\nlots,2,y\n3,1,x\n", -1, NULL, kinds, &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "a#,b@,c$: 1,1,x; _,2,y; 3,1,x");
  g_assert_cmpuint (cam_table_get_n_missing (result->table, 0), ==, 1);
  check_note (result, 0, "Line 3, column “a”: “lots” is no number and counts as missing.");
}

/* Texts that hardly repeat are no category. */
static void
test_text (void)
{
  g_autoptr(GString) text = g_string_new ("id,n,m,p\n");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = NULL;

  for (guint i = 0; i < 130; i++)
    g_string_append_printf (text, "%u,n%u,m%u,p%u\n", i, i, i % 66, i % 64);
  result = csv_text_read (text->str, -1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cam_table_get_kind (result->table, 0), ==, CAM_COLUMN_NUMBER);
  g_assert_cmpint (cam_table_get_kind (result->table, 1), ==, CAM_COLUMN_TEXT);
  g_assert_cmpint (cam_table_get_kind (result->table, 2), ==, CAM_COLUMN_TEXT);
  g_assert_cmpint (cam_table_get_kind (result->table, 3), ==, CAM_COLUMN_CATEGORY);
  cam_csv_result_free (g_steal_pointer (&result));

  /* Of few rows nothing can be said; of twenty-one, each another word, it can. */
  g_string_assign (text, "name\n");
  for (guint i = 0; i < 21; i++)
    {
      g_string_append_printf (text, "n%u\n", i);
      g_clear_pointer (&result, cam_csv_result_free);
      result = csv_text_read (text->str, -1, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (cam_table_get_kind (result->table, 0), ==, i < 20 ? CAM_COLUMN_CATEGORY : CAM_COLUMN_TEXT);
    }
}

static void
test_dialect_given (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) json = json_pack ("{s:s, s:s, s:b, s:i, s:[s, s], s:s, s:n}", "separator", ";", "decimal", ",", "header", 0, "skip_lines", 2, "missing", "x", "99", "comment", "%", "quote");
  g_autoptr(CamCsvDialect) dialect = cam_csv_dialect_from_json (json, &error);
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(json_t) back = NULL;
  g_autofree char *got = NULL, *words = NULL;

  g_assert_no_error (error);
  result = csv_text_read ("title\nmore, of; it\n1,5;\"a\n% aside\nx;NA\n99;c\n", -1, dialect, NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "column_1#,column_2@: 1.5,\"a; _,NA; _,c");

  /* What was read with can be written down and taken again. */
  back = cam_csv_dialect_to_json (result->dialect);
  g_assert_cmpstr (json_string_value (json_object_get (back, "encoding")), ==, "UTF-8");
  json_object_del (back, "encoding");
  g_assert_true (json_equal (back, json));
  words = cam_csv_dialect_describe (result->dialect);
  g_assert_cmpstr (words, ==, "semicolon, UTF-8, decimal comma");
}

static void
test_dialect_refused (void)
{
  static const struct { const char *text; CamJsonError code; } wrong[] = {
    { "[]", CAM_JSON_ERROR_VALUE }, { "{\"separator\": \"xx\"}", CAM_JSON_ERROR_VALUE }, { "{\"separator\": 3}", CAM_JSON_ERROR_VALUE },
    { "{\"comma\": true}", CAM_JSON_ERROR_KEY }, { "{\"missing\": [1]}", CAM_JSON_ERROR_VALUE }, { "{\"skip_lines\": -1}", CAM_JSON_ERROR_VALUE },
    { "{\"header\": 1}", CAM_JSON_ERROR_VALUE }, { "{\"quote\": \"\"}", CAM_JSON_ERROR_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) json = cam_json_parse (wrong[i].text, strlen (wrong[i].text), &error);

      g_assert_no_error (error);
      g_assert_null (cam_csv_dialect_from_json (json, &error));
      g_assert_error (error, CAM_JSON_ERROR, (int) wrong[i].code);
    }
}

/* The first rows alone, from memory and from a file; what comes after them leaves no trace. */
static void
test_head (void)
{
  static const char text[] = "a,b,c\n1,,x\n2,5,y\n,,\n4,word,z";
  char *path = csv_text_file (text, -1);
  g_autoptr(GError) error = NULL;

  for (guint n = 1; n <= 5; n++)
    {
      g_autoptr(CamCsvResult) result = cam_csv_read_head (path, NULL, NULL, n, NULL, &error);
      gsize n_missing = 0;

      g_assert_no_error (error);
      g_assert_cmpuint (cam_table_get_n_rows (result->table), ==, MIN (n, 4));
      for (gsize row = 0; row < MIN (n, 4); row++)
        n_missing += cam_table_get_code (result->table, 2, row) < 0;
      g_assert_cmpuint (cam_table_get_n_missing (result->table, 2), ==, n_missing);
      g_assert_cmpuint (cam_table_get_n_missing (result->table, 1), ==, n < 3 ? 1 : 2);
    }
  csv_text_remove (path);

  {
    g_autoptr(CamCsvResult) result = cam_csv_read_bytes (text, strlen (text), NULL, NULL, &error);
    g_autofree char *got = NULL;

    g_assert_no_error (error);
    got = csv_text_describe (result->table);
    g_assert_cmpstr (got, ==, "a#,b@,c@: 1,_,x; 2,5,y; _,_,_; 4,word,z");
    g_assert_null (cam_csv_read_bytes ("", 0, NULL, NULL, &error));
    g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY);
    g_assert_true (g_str_has_prefix (error->message, "the pasted text: "));
  }
}

static void
test_write_field (void)
{
  static const char *const texts[] = { "plain", "a,b", "say \"so\"", "two\nlines", " blank", "", "semi;colon" };
  g_autoptr(GString) line = g_string_new ("id,a,b,c,d,e,f,g\n1");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_c (line, ',');
      cam_csv_write_field (line, texts[i], ',');
    }
  g_string_append_c (line, '\n');
  result = csv_text_read (line->str, -1, NULL, NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "id#,a@,b@,c@,d@,e@,f#,g@: 1,plain,a,b,say \"so\",two\nlines, blank,_,semi;colon");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv/read/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/dataset/csv/utf-16", test_utf16);
  g_test_add_func ("/dataset/csv/notes", test_notes);
  g_test_add_func ("/dataset/csv/kinds-said", test_kinds_said);
  g_test_add_func ("/dataset/csv/text", test_text);
  g_test_add_func ("/dataset/csv/dialect/given", test_dialect_given);
  g_test_add_func ("/dataset/csv/dialect/refused", test_dialect_refused);
  g_test_add_func ("/dataset/csv/head", test_head);
  g_test_add_func ("/dataset/csv/write-field", test_write_field);

  return g_test_run ();
}
