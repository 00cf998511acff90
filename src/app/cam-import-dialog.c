/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import options. Each choice begins with “as found”, behind which stands what was found once the first rows have been read on a worker thread; a change reads them again. */

#include "cam-import-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-import-preview.h"
#include "cam-words.h"

/* Enough rows to tell kinds as the whole file will. */
#define HEAD_ROWS     5000
/* After a change, in ms: one key on a list passes over several choices. */
#define READ_AFTER    120
#define NOTES_SHOWN   12

struct _CamImportDialog
{
  AdwWindow         parent_instance;

  char             *path;
  CamCsvDialect    *given;           /* what the dialog was opened with: for what it has no row for */
  CamCsvResult     *result;          /* of the last reading; NULL: it failed, or none yet */
  GCancellable     *cancellable;     /* of the reading under way */
  guint             timer;
  gboolean          is_showing;      /* rows change because of what was found, not by hand */
  gboolean          missing_by_hand;
  gboolean          has_read;        /* once, with success or without */

  /* template children */
  AdwWindowTitle   *heading;
  GtkWidget        *accept;
  GtkSpinner       *spinner;
  GtkWidget        *text_group, *table_group, *values_group, *picture_group, *nothing, *guess;
  AdwComboRow      *form, *encoding, *separator, *header, *quote, *comment, *ragged, *decimal, *thousands, *dates, *channels;
  GtkSpinButton    *skip, *height, *width;
  AdwEntryRow      *missing;
  GtkLabel         *summary;
  GtkStack         *stack;
  CamImportPreview *preview;
  AdwStatusPage    *problem;
  GtkWidget        *notes_box;
  GtkLabel         *notes;
};

G_DEFINE_FINAL_TYPE (CamImportDialog, cam_import_dialog, ADW_TYPE_WINDOW)

enum { ACCEPTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The rows' choices, as the template lists them; the first is “as found”. */
static const CamCsvForm forms[] = { CAM_CSV_FORM_GUESS, CAM_CSV_TABLE, CAM_CSV_LINES, CAM_CSV_CHARACTERS };
static const char *const encodings[] = {
  "", "UTF-8", "WINDOWS-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "WINDOWS-1251", "KOI8-R", "SHIFT_JIS", "GB18030", "BIG5", "MACINTOSH",
};
static const char separators[] = { 0, ',', ';', '\t', '|', ' ' };
static const int headers[] = { -1, 1, 0 };
static const char quotes[] = { 0, '"', '\'', 1 };
static const char comments[] = { 0, '#', '%', ';', '!' };
static const char decimals[] = { 0, '.', ',' };
static const char thousands_marks[] = { 0, '.', ',', ' ', '\'' };
static const char date_orders[] = { 0, CAM_CSV_DAY_FIRST, CAM_CSV_MONTH_FIRST, CAM_CSV_NO_DATES };
static const guint channel_numbers[] = { 0, 1, 3 };

static void read_again (CamImportDialog *self);

/* From the rows to a dialect ------------------------------------------------------------------------------------------- */

static char **
split_spellings (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (kept, g_strdup (parts[i]));
  g_ptr_array_add (kept, NULL);
  return (char **) g_ptr_array_free (kept, FALSE);
}

/* What was chosen by hand; the rest is left to guess. */
static CamCsvDialect *
make_dialect (CamImportDialog *self)
{
  CamCsvDialect *dialect = cam_csv_dialect_new ();
  guint encoding = adw_combo_row_get_selected (self->encoding);

  dialect->form = forms[adw_combo_row_get_selected (self->form)];
  g_strlcpy (dialect->encoding, encoding < G_N_ELEMENTS (encodings) ? encodings[encoding] : self->given->encoding, sizeof dialect->encoding);
  dialect->separator = separators[adw_combo_row_get_selected (self->separator)];
  dialect->has_header = headers[adw_combo_row_get_selected (self->header)];
  dialect->quote = quotes[adw_combo_row_get_selected (self->quote)];
  dialect->comment = comments[adw_combo_row_get_selected (self->comment)];
  dialect->allow_ragged = adw_combo_row_get_selected (self->ragged) == 0;
  dialect->skip_lines = (guint) gtk_spin_button_get_value_as_int (self->skip);
  dialect->decimal = decimals[adw_combo_row_get_selected (self->decimal)];
  dialect->thousands = thousands_marks[adw_combo_row_get_selected (self->thousands)];
  dialect->dates = date_orders[adw_combo_row_get_selected (self->dates)];
  dialect->height = (guint) gtk_spin_button_get_value_as_int (self->height);
  dialect->width = (guint) gtk_spin_button_get_value_as_int (self->width);
  dialect->channels = channel_numbers[adw_combo_row_get_selected (self->channels)];
  if (self->missing_by_hand)
    dialect->missing = split_spellings (gtk_editable_get_text (GTK_EDITABLE (self->missing)));
  /* A separator by hand means a table, in a document as well. */
  if (dialect->form == CAM_CSV_FORM_GUESS && dialect->separator != 0)
    dialect->form = CAM_CSV_TABLE;
  else if (dialect->form == CAM_CSV_TABLE && dialect->separator == 0 && self->result != NULL)
    dialect->separator = self->result->dialect->separator != 0 ? self->result->dialect->separator : ',';
  return dialect;
}

/* And back ------------------------------------------------------------------------------------------------------------- */

static guint
find_char (const char *list,
           gsize       n,
           char        value)
{
  for (guint i = 0; i < n; i++)
    if (list[i] == value)
      return i;
  return 0;
}

#define SELECT_CHAR(row, list, value) adw_combo_row_set_selected (row, find_char (list, G_N_ELEMENTS (list), value))

/* The rows as @dialect has it. */
static void
show_dialect (CamImportDialog     *self,
              const CamCsvDialect *dialect)
{
  self->is_showing = TRUE;
  adw_combo_row_set_selected (self->form, dialect->form <= CAM_CSV_CHARACTERS && dialect->separator == 0 ? dialect->form : 0);
  adw_combo_row_set_selected (self->encoding, 0);
  for (guint i = 1; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (dialect->encoding, encodings[i]) == 0)
      adw_combo_row_set_selected (self->encoding, i);
  SELECT_CHAR (self->separator, separators, dialect->separator);
  adw_combo_row_set_selected (self->header, dialect->has_header < 0 ? 0 : dialect->has_header ? 1 : 2);
  SELECT_CHAR (self->quote, quotes, dialect->quote);
  SELECT_CHAR (self->comment, comments, dialect->comment);
  adw_combo_row_set_selected (self->ragged, dialect->allow_ragged ? 0 : 1);
  gtk_spin_button_set_value (self->skip, dialect->skip_lines);
  SELECT_CHAR (self->decimal, decimals, dialect->decimal);
  SELECT_CHAR (self->thousands, thousands_marks, dialect->thousands);
  SELECT_CHAR (self->dates, date_orders, dialect->dates);
  gtk_spin_button_set_value (self->height, dialect->height);
  gtk_spin_button_set_value (self->width, dialect->width);
  adw_combo_row_set_selected (self->channels, dialect->channels == 0 ? 0 : dialect->channels == 1 ? 1 : 2);
  self->missing_by_hand = dialect->missing != NULL;
  if (dialect->missing != NULL)
    {
      g_autofree char *joined = g_strjoinv (", ", dialect->missing);

      gtk_editable_set_text (GTK_EDITABLE (self->missing), joined);
    }
  self->is_showing = FALSE;
}

/* The first choice of a row says what was found: “Semicolon (found)”; NULL: nothing was. */
static void
set_found (AdwComboRow *row,
           guint        found)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));
  guint selected = adw_combo_row_get_selected (row);
  const char *word = found > 0 ? gtk_string_list_get_string (list, found) : NULL;
  /* translators: what was found in a file and is used as long as nobody chooses otherwise: “Semicolon (found)” */
  g_autofree char *text = word != NULL ? g_strdup_printf (_("%s (found)"), word) : g_strdup (_("As found"));
  const char *const texts[] = { text, NULL };

  if (g_strcmp0 (gtk_string_list_get_string (list, 0), text) == 0)
    return;
  gtk_string_list_splice (list, 0, 1, texts);
  adw_combo_row_set_selected (row, selected);
}

#define FOUND_CHAR(row, list, value) set_found (row, (value) != 0 ? find_char (list, G_N_ELEMENTS (list), value) : 0)

static void
set_found_text (AdwComboRow *row,
                const char  *word)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));
  guint selected = adw_combo_row_get_selected (row);
  g_autofree char *text = g_strdup_printf (_("%s (found)"), word);
  const char *const texts[] = { text, NULL };

  gtk_string_list_splice (list, 0, 1, texts);
  adw_combo_row_set_selected (row, selected);
}

static gboolean
has_dates (const CamTable *table)
{
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if (cam_table_get_kind (table, i) == CAM_COLUMN_DATE)
      return TRUE;
  return FALSE;
}

static void
show_found (CamImportDialog *self)
{
  const CamCsvDialect *found = self->result->dialect;
  gboolean is_table = found->form == CAM_CSV_TABLE, is_text = is_table || found->form == CAM_CSV_LINES || found->form == CAM_CSV_CHARACTERS;
  guint encoding = 0;

  self->is_showing = TRUE;
  gtk_widget_set_visible (self->text_group, is_text);
  gtk_widget_set_visible (self->table_group, is_table);
  gtk_widget_set_visible (self->values_group, is_table);
  gtk_widget_set_visible (self->picture_group, found->form == CAM_CSV_PICTURES);
  gtk_widget_set_visible (self->nothing, found->form == CAM_CSV_IDX);
  gtk_widget_set_visible (self->guess, found->form != CAM_CSV_IDX);

  if (is_text)
    {
      set_found (self->form, found->form);
      for (guint i = 1; i < G_N_ELEMENTS (encodings); i++)
        if (g_ascii_strcasecmp (found->encoding, encodings[i]) == 0)
          encoding = i;
      if (encoding > 0)
        set_found (self->encoding, encoding);
      else
        set_found_text (self->encoding, found->encoding);
      FOUND_CHAR (self->separator, separators, found->separator);
      set_found (self->header, found->has_header ? 1 : 2);
      FOUND_CHAR (self->quote, quotes, found->quote);
      if (found->comment != 0)
        FOUND_CHAR (self->comment, comments, found->comment);
      else
        set_found_text (self->comment, _("None"));
      FOUND_CHAR (self->decimal, decimals, found->decimal);
      if (found->thousands != 0)
        FOUND_CHAR (self->thousands, thousands_marks, found->thousands);
      else
        set_found_text (self->thousands, _("None"));
      if (found->dates != 0)
        FOUND_CHAR (self->dates, date_orders, found->dates);
      else
        set_found_text (self->dates, has_dates (self->result->table) ? _("Year first") : _("None"));
      gtk_spin_button_set_value (self->skip, found->skip_lines);
      if (!self->missing_by_hand)
        {
          g_autofree char *joined = g_strjoinv (", ", self->result->missing);

          gtk_editable_set_text (GTK_EDITABLE (self->missing), joined);
        }
    }
  if (found->form == CAM_CSV_PICTURES)
    {
      gtk_spin_button_set_value (self->height, found->height);
      gtk_spin_button_set_value (self->width, found->width);
      set_found (self->channels, found->channels == 1 ? 1 : 2);
    }
  self->is_showing = FALSE;
}

static void
show_notes (CamImportDialog *self)
{
  GPtrArray *notes = self->result->notes;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (notes->len, NOTES_SHOWN); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) notes->pdata[i]);
  if (notes->len > NOTES_SHOWN)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u note more", "and %u notes more", notes->len - NOTES_SHOWN), notes->len - NOTES_SHOWN);
    }
  gtk_label_set_label (self->notes, text->str);
  gtk_widget_set_visible (self->notes_box, notes->len > 0);
}

static void
show_result (CamImportDialog *self)
{
  CamTable *table = self->result->table;
  g_autofree char *columns = cam_words_columns (cam_table_get_n_columns (table)), *dialect = cam_csv_dialect_describe (self->result->dialect);
  g_autofree char *count = cam_words_count (cam_table_get_n_rows (table)), *rows = NULL, *text = NULL;

  if (cam_table_get_n_rows (table) < HEAD_ROWS)
    rows = cam_words_rows (cam_table_get_n_rows (table));
  else
    /* translators: only the head of a large file was read so far */
    rows = g_strdup_printf (_("The first %s rows"), count);
  text = g_strdup_printf ("%s × %s · %s", rows, columns, dialect);
  gtk_label_set_label (self->summary, text);
  show_found (self);
  show_notes (self);
  cam_import_preview_set_table (self->preview, table);
  gtk_stack_set_visible_child_name (self->stack, "table");
}

static void
show_problem (CamImportDialog *self,
              const char      *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->problem, escaped);
  gtk_label_set_label (self->summary, "");
  gtk_widget_set_visible (self->notes_box, FALSE);
  cam_import_preview_set_table (self->preview, NULL);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* Reading the first rows ----------------------------------------------------------------------------------------------- */

typedef struct
{
  char          *path;
  CamCsvDialect *dialect;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_free (job->path);
  cam_csv_dialect_free (job->dialect);
  g_free (job);
}

static void                                   /* worker thread */
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  ReadJob *job = task_data;
  GError *error = NULL;
  CamCsvResult *result = cam_source_read_head (job->path, job->dialect, NULL, HEAD_ROWS, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) (void (*) (void)) cam_csv_result_free);
  else
    g_task_return_error (task, error);
}

/* As long as nobody went into a row, Return opens what was found. */
static void
offer_to_accept (CamImportDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL || gtk_widget_get_ancestor (focus, ADW_TYPE_HEADER_BAR) != NULL)
    gtk_widget_grab_focus (self->accept);
}

static void
read_cb (GObject      *source,
         GAsyncResult *done,
         gpointer      user_data)
{
  CamImportDialog *self = CAM_IMPORT_DIALOG (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = g_task_propagate_pointer (G_TASK (done), &error);

  /* A late reply: something else has been chosen since, or the dialog is closed. */
  if (self->cancellable == NULL || self->cancellable != g_task_get_cancellable (G_TASK (done)))
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  g_clear_pointer (&self->result, cam_csv_result_free);
  self->result = g_steal_pointer (&result);
  if (self->result != NULL)
    show_result (self);
  else
    show_problem (self, error->message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept", self->result != NULL);
  if (self->result != NULL && !self->has_read)
    offer_to_accept (self);
  self->has_read = TRUE;
}

static void
cancel (CamImportDialog *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_again (CamImportDialog *self)
{
  g_autoptr(GTask) task = NULL;
  ReadJob *job = g_new0 (ReadJob, 1);

  cancel (self);
  self->cancellable = g_cancellable_new ();
  job->path = g_strdup (self->path);
  job->dialect = make_dialect (self);
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_task_data (task, job, read_job_free);
  gtk_spinner_start (self->spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept", FALSE);
  g_task_run_in_thread (task, read_in_thread);
}

static gboolean
timer_cb (gpointer user_data)
{
  CamImportDialog *self = user_data;

  self->timer = 0;
  read_again (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CamImportDialog *self)
{
  if (self->is_showing || self->path == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  /* What is shown does not stand for what is chosen any more. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept", FALSE);
  self->timer = g_timeout_add (READ_AFTER, timer_cb, self);
}

static void
missing_apply_cb (CamImportDialog *self)
{
  self->missing_by_hand = TRUE;
  changed_cb (self);
}

/* Actions -------------------------------------------------------------------------------------------------------------- */

static void
accept_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamImportDialog *self = CAM_IMPORT_DIALOG (widget);
  g_autoptr(CamCsvDialect) dialect = make_dialect (self);
  g_autoptr(json_t) json = cam_csv_dialect_to_json (dialect);

  g_signal_emit (self, signals[ACCEPTED], 0, json);
  gtk_window_close (GTK_WINDOW (self));
}

static void
guess_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamImportDialog *self = CAM_IMPORT_DIALOG (widget);
  g_autoptr(CamCsvDialect) open = cam_csv_dialect_new ();

  show_dialect (self, open);
  read_again (self);
}

/* The object ------------------------------------------------------------------------------------------------------------ */

static void
cam_import_dialog_dispose (GObject *object)
{
  CamImportDialog *self = CAM_IMPORT_DIALOG (object);

  cancel (self);
  g_clear_pointer (&self->result, cam_csv_result_free);
  G_OBJECT_CLASS (cam_import_dialog_parent_class)->dispose (object);
}

static void
cam_import_dialog_finalize (GObject *object)
{
  CamImportDialog *self = CAM_IMPORT_DIALOG (object);

  g_free (self->path);
  cam_csv_dialect_free (self->given);
  G_OBJECT_CLASS (cam_import_dialog_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, CamImportDialog, child)

static void
cam_import_dialog_class_init (CamImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_import_dialog_dispose;
  object_class->finalize = cam_import_dialog_finalize;
  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (CAM_TYPE_IMPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-import-dialog.ui");
  BIND (heading);
  BIND (accept);
  BIND (spinner);
  BIND (text_group);
  BIND (table_group);
  BIND (values_group);
  BIND (picture_group);
  BIND (nothing);
  BIND (guess);
  BIND (form);
  BIND (encoding);
  BIND (separator);
  BIND (header);
  BIND (quote);
  BIND (comment);
  BIND (ragged);
  BIND (decimal);
  BIND (thousands);
  BIND (dates);
  BIND (channels);
  BIND (skip);
  BIND (height);
  BIND (width);
  BIND (missing);
  BIND (summary);
  BIND (stack);
  BIND (preview);
  BIND (problem);
  BIND (notes_box);
  BIND (notes);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, missing_apply_cb);
  gtk_widget_class_install_action (widget_class, "import.accept", NULL, accept_cb);
  gtk_widget_class_install_action (widget_class, "import.guess", NULL, guess_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cam_import_dialog_init (CamImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CamImportDialog *
cam_import_dialog_new (GtkWindow    *parent,
                       const char   *path,
                       const json_t *dialect,
                       gboolean      is_open)
{
  CamImportDialog *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CAM_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  name = g_filename_display_basename (path);
  adw_window_title_set_subtitle (self->heading, name);
  if (is_open)
    gtk_button_set_label (GTK_BUTTON (self->accept), _("_Read Again"));
  self->given = dialect != NULL ? cam_csv_dialect_from_json (dialect, NULL) : NULL;
  if (self->given == NULL)
    self->given = cam_csv_dialect_new ();
  show_dialect (self, self->given);
  self->path = g_strdup (path);
  read_again (self);
  return self;
}

const char *
cam_import_dialog_get_path (CamImportDialog *self)
{
  g_return_val_if_fail (CAM_IS_IMPORT_DIALOG (self), NULL);

  return self->path;
}
