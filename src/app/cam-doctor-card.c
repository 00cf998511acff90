/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings are looked for on another thread, soon after data, split or weights have changed; the old ones stay, greyed, until the new ones are there. One that is ignored is only told of
 * on demand. */

#include "cam-doctor-card.h"

#include <glib/gi18n-lib.h>

#include <cam-doctor.h>

#include "cam-doctor-row.h"

/* A bar that is dragged changes the document many times a second. */
#define DELAY_MS 150

/* Of the list: of a low card, two findings. */
#define LIST_HEIGHT 120
#define LOW_LIST_HEIGHT 96
#define HEAD_START 16
#define HEAD_GAP 12

/* Tells the button that ignores a finding from the one that cures it. */
#define IGNORE_CLASS "cam-ignore"

struct _CamDoctorCard
{
  AdwBin        parent_instance;

  CamSession   *session;        /* owned */
  GPtrArray    *findings;       /* owned; of CamFinding; NULL: none were looked for */
  GCancellable *examining;      /* owned; a reply counts only while this is its cancellable */
  guint         timer;
  guint         n_open;

  /* What the findings, or those being looked for, belong to. */
  CamTable     *table;          /* owned */
  json_t       *sections;       /* owned: data, split, fit */

  /* template children */
  GtkWidget    *head;
  GtkWidget    *title;
  GtkLabel     *count;
  GtkToggleButton *show_ignored;
  GtkWidget    *cure_all;
  GtkSpinner   *spinner;
  GtkBox       *list;
  GtkWidget    *scroller;
};

G_DEFINE_FINAL_TYPE (CamDoctorCard, cam_doctor_card, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_N_OPEN, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Cures ------------------------------------------------------------------------------------------------------------ */

static void
apply_cure (CamDoctorCard *self,
            CamFinding    *finding)
{
  g_autofree char *name = g_strdup_printf (_("Cure Data: %s"), finding->cure_title);

  cam_session_edit_all (self->session, finding->cure, name);
}

/* The finding whose row @button stands in; NULL: it has gone. */
static CamFinding *
find_finding (GtkButton      *button,
              gpointer        place,
              CamDoctorCard **card)
{
  CamDoctorCard *self = CAM_DOCTOR_CARD (gtk_widget_get_ancestor (GTK_WIDGET (button), CAM_TYPE_DOCTOR_CARD));

  *card = self;

  return self != NULL && self->findings != NULL && GPOINTER_TO_UINT (place) < self->findings->len ? self->findings->pdata[GPOINTER_TO_UINT (place)] : NULL;
}

static void
cure_cb (GtkButton *button,
         gpointer   user_data)
{
  CamDoctorCard *self;
  CamFinding *finding = find_finding (button, user_data, &self);

  if (finding != NULL)
    apply_cure (self, finding);
}

static void
ignore_cb (GtkButton *button,
           gpointer   user_data)
{
  CamDoctorCard *self;
  CamFinding *finding = find_finding (button, user_data, &self);
  CamExperiment *experiment = self != NULL ? cam_document_get_experiment (cam_session_get_document (self->session)) : NULL;
  g_autoptr(json_t) list = NULL;
  g_autofree char *name = NULL;

  if (finding == NULL || experiment == NULL)
    return;
  list = cam_finding_set_ignored (finding, cam_experiment_get_data (experiment), !finding->is_ignored);
  name = g_strdup_printf (finding->is_ignored ? _("Heed Finding: %s") : _("Ignore Finding: %s"), finding->title);
  cam_session_edit (self->session, "data/" CAM_IGNORED_FINDINGS, json_is_null (list) ? NULL : list, name);
}

/* All of them as one step. Where two would set the same, the worse finding has its way. */
static void
cure_all_cb (CamDoctorCard *self)
{
  g_autoptr(json_t) edits = json_object ();

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    if (!((CamFinding *) self->findings->pdata[i])->is_ignored)
      json_object_update_missing (edits, ((CamFinding *) self->findings->pdata[i])->cure);
  cam_session_edit_all (self->session, edits, _("Cure All Findings"));
}

/* The list --------------------------------------------------------------------------------------------------------- */

static const struct { const char *icon, *ink, *word; } severities[] = {
  [CAM_SEVERITY_ERROR] = { "dialog-error-symbolic", "cam-ink-red", N_("Error") },
  [CAM_SEVERITY_WARNING] = { "dialog-warning-symbolic", "cam-ink-amber", N_("Warning") },
  [CAM_SEVERITY_NOTE] = { "dialog-information-symbolic", "cam-ink-slate", N_("Note") },
};

/* A row at the end of the list. */
static GtkWidget *
add_row (CamDoctorCard *self,
         const char    *icon,
         const char    *ink,
         const char    *word,
         const char    *claim,
         const char    *reason)
{
  GtkWidget *row = cam_doctor_row_new (icon, ink, word, claim, reason);

  gtk_box_append (self->list, row);
  return row;
}

/* Leaving a finding as it is, or thinking better of it. An eye, as “Leave column out” is what cures do. */
static void
add_ignore_button (GtkWidget        *row,
                   const CamFinding *finding,
                   guint             place)
{
  GtkWidget *button = gtk_button_new_from_icon_name (finding->is_ignored ? "view-reveal-symbolic" : "view-conceal-symbolic");
  g_autofree char *name = g_strdup_printf (finding->is_ignored ? _("Heed finding: %s") : _("Ignore finding: %s"), finding->title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, IGNORE_CLASS);
  gtk_widget_set_tooltip_text (button, finding->is_ignored ? _("Heed this finding again") : _("Ignore this finding"));
  cam_doctor_row_add_button (row, button, name, G_CALLBACK (ignore_cb), place);
}

static void
add_finding (CamDoctorCard    *self,
             const CamFinding *finding,
             guint             place)
{
  GtkWidget *box = add_row (self, severities[finding->severity].icon, severities[finding->severity].ink, _(severities[finding->severity].word),
                            finding->title, finding->reason);

  if (finding->is_ignored)
    gtk_widget_add_css_class (box, "ignored");
  if (finding->cure != NULL && !finding->is_ignored)
    {
      GtkWidget *button = gtk_button_new_with_label (finding->cure_title);
      /* translators: what a button does, and about what: “Leave column out: id looks like an identifier” */
      g_autofree char *name = g_strdup_printf (_("%s: %s"), finding->cure_title, finding->title);

      cam_doctor_row_add_button (box, button, name, G_CALLBACK (cure_cb), place);
    }
  add_ignore_button (box, finding, place);
}

/* The row that the keyboard is in, and the class of the button; −1: none. */
static int
find_focus (CamDoctorCard  *self,
            const char    **likeness)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int place = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL && focus != NULL; row = gtk_widget_get_next_sibling (row), place++)
    if (gtk_widget_is_ancestor (focus, row))
      {
        *likeness = gtk_widget_has_css_class (focus, IGNORE_CLASS) ? IGNORE_CLASS : "text-button";
        return place;
      }
  return -1;
}

/* After a cure the keyboard goes on with what took its place, or with what is left before it; a second press does the same thing to another finding. */
static void
restore_focus (CamDoctorCard *self,
               int            place,
               const char    *likeness)
{
  GtkWidget *row, *chosen = NULL;
  int i = 0;

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row), i++)
    {
      GtkWidget *button = cam_doctor_row_find_button (row, likeness);

      if (button != NULL && gtk_widget_has_css_class (button, likeness) && (i <= place || chosen == NULL))
        chosen = button;
    }
  if (chosen != NULL)
    gtk_widget_grab_focus (chosen);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
set_n_open (CamDoctorCard *self,
            guint          n)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u finding", "%u findings", n), n);

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0 && gtk_widget_get_visible (self->title));
  if (n == self->n_open)
    return;
  self->n_open = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
}

/* All that are @is_ignored. Returns how many, and adds to *n_cures what can be cured of them. */
static guint
add_findings (CamDoctorCard *self,
              gboolean       is_ignored,
              gboolean       is_shown,
              guint         *n_cures)
{
  guint n = 0;

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const CamFinding *finding = self->findings->pdata[i];

      if (finding->is_ignored != is_ignored)
        continue;
      if (is_shown)
        add_finding (self, finding, i);
      *n_cures += finding->cure != NULL;
      n++;
    }
  return n;
}

static void
show_findings (CamDoctorCard *self)
{
  GPtrArray *notes = self->session != NULL ? cam_session_get_csv_notes (self->session) : NULL;
  const char *likeness = NULL;
  const int place = find_focus (self, &likeness);
  guint n_cures = 0, n_ignored, n_rest = 0, n;
  g_autofree char *ignored = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  n = add_findings (self, FALSE, TRUE, &n_cures);
  n_ignored = add_findings (self, TRUE, FALSE, &n_rest);
  if (n == 0 && self->findings != NULL)
    add_row (self, "object-select-symbolic", "cam-ink-green", NULL,
             n_ignored > 0 ? _("Nothing amiss was found besides what you ignore.") : _("Nothing amiss was found: the data are fit to be learned from."), NULL);
  add_findings (self, TRUE, gtk_toggle_button_get_active (self->show_ignored), &n_rest);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    add_row (self, "dialog-information-symbolic", "cam-ink-slate", _("Noticed while reading the file"), notes->pdata[i], NULL);

  ignored = g_strdup_printf (_("Show ignored (%u)"), n_ignored);
  gtk_button_set_label (GTK_BUTTON (self->show_ignored), ignored);
  gtk_widget_set_visible (GTK_WIDGET (self->show_ignored), n_ignored > 0);
  gtk_widget_set_visible (self->cure_all, n_cures > 1);
  set_n_open (self, n);
  if (place >= 0)
    restore_focus (self, place, likeness);
}

static void
set_waiting (CamDoctorCard *self,
             gboolean       is_waiting)
{
  if (is_waiting)
    gtk_widget_add_css_class (self->scroller, "cam-stale");
  else
    gtk_widget_remove_css_class (self->scroller, "cam-stale");
  gtk_widget_set_sensitive (self->cure_all, !is_waiting);
  gtk_spinner_set_spinning (self->spinner, is_waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_waiting);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_STATE_BUSY, is_waiting, -1);
}

/* Looking ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  CamTable *table;
  json_t   *sections;
} Exam;

static void
exam_free (Exam *exam)
{
  cam_table_unref (exam->table);
  json_decref (exam->sections);
  g_free (exam);
}

static void                                   /* a pool's thread */
examine_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  const Exam *exam = task_data;

  g_task_return_pointer (task, cam_doctor_examine (exam->table, json_object_get (exam->sections, "data"), json_object_get (exam->sections, "split"),
                                                   json_object_get (exam->sections, "fit"), cancellable), (GDestroyNotify) g_ptr_array_unref);
}

static void
examined_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CamDoctorCard *self = CAM_DOCTOR_CARD (source);
  GPtrArray *findings = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A late reply: the data or the settings are others by now. */
  if (findings == NULL || g_task_get_cancellable (G_TASK (result)) != self->examining)
    {
      g_clear_pointer (&findings, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->examining);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = findings;
  set_waiting (self, FALSE);
  show_findings (self);
}

static void
forget (CamDoctorCard *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->examining != NULL)
    g_cancellable_cancel (self->examining);
  g_clear_object (&self->examining);
}

static gboolean
timer_cb (gpointer user_data)
{
  CamDoctorCard *self = user_data;
  Exam *exam = g_new0 (Exam, 1);
  g_autoptr(GTask) task = NULL;

  self->timer = 0;
  exam->table = cam_table_ref (self->table);
  exam->sections = json_incref (self->sections);
  self->examining = g_cancellable_new ();
  task = g_task_new (self, self->examining, examined_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, exam, (GDestroyNotify) exam_free);
  g_task_run_in_thread (task, examine_in_thread);
  return G_SOURCE_REMOVE;
}

/* What a finding depends on. A json_t is counted without locks: the copy is not touched here while the thread has it, but compared and dropped. */
static json_t *
copy_sections (CamExperiment *experiment)
{
  const json_t *weights = cam_experiment_peek (experiment, "fit/class_weight");

  return json_pack ("{s:o, s:o, s:{s:o*}}", "data", json_deep_copy (cam_experiment_get_data (experiment)), "split", json_deep_copy (cam_experiment_get_split (experiment)),
                    "fit", "class_weight", weights != NULL ? json_deep_copy (weights) : NULL);
}

static gboolean
has_same_cause (const json_t *a,
                const json_t *b)
{
  return cam_data_is_same (json_object_get (a, "data"), json_object_get (b, "data")) && json_equal (json_object_get (a, "split"), json_object_get (b, "split"))
         && json_equal (json_object_get (a, "fit"), json_object_get (b, "fit"));
}

static void
changed_cb (CamDoctorCard *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  CamTable *table = cam_session_get_table (self->session);
  g_autoptr(json_t) sections = NULL;

  if (experiment == NULL || table == NULL)
    {
      forget (self);
      g_clear_pointer (&self->table, cam_table_unref);
      g_clear_pointer (&self->findings, g_ptr_array_unref);
      g_clear_pointer (&self->sections, json_decref);
      set_waiting (self, FALSE);
      set_n_open (self, 0);
      return;
    }
  sections = copy_sections (experiment);
  if (table == self->table && self->sections != NULL && json_equal (sections, self->sections))
    return;
  if (table == self->table && self->sections != NULL && has_same_cause (sections, self->sections))
    {
      /* Only what is ignored can have changed: that needs no second look. */
      if (self->examining == NULL && self->timer == 0 && self->findings != NULL)
        {
          cam_findings_mark_ignored (self->findings, json_object_get (sections, "data"));
          show_findings (self);
        }
      if (self->examining == NULL)
        {
          g_clear_pointer (&self->sections, json_decref);
          self->sections = g_steal_pointer (&sections);
          return;
        }
    }
  forget (self);
  if (table != self->table)
    {
      /* Findings on another table would only mislead. */
      g_clear_pointer (&self->findings, g_ptr_array_unref);
      g_clear_pointer (&self->table, cam_table_unref);
      self->table = cam_table_ref (table);
      show_findings (self);
    }
  g_clear_pointer (&self->sections, json_decref);
  self->sections = g_steal_pointer (&sections);
  set_waiting (self, TRUE);
  self->timer = g_timeout_add (DELAY_MS, timer_cb, self);
}

static void
set_session (CamDoctorCard *self,
             CamSession    *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::table", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/* The object --------------------------------------------------------------------------------------------------------- */

static void
cam_doctor_card_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_DOCTOR_CARD (object)->session);
      break;
    case PROP_N_OPEN:
      g_value_set_uint (value, CAM_DOCTOR_CARD (object)->n_open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_doctor_card_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_DOCTOR_CARD (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_doctor_card_dispose (GObject *object)
{
  CamDoctorCard *self = CAM_DOCTOR_CARD (object);

  forget (self);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->sections, json_decref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_doctor_card_parent_class)->dispose (object);
}

static void
cam_doctor_card_class_init (CamDoctorCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_doctor_card_dispose;
  object_class->get_property = cam_doctor_card_get_property;
  object_class->set_property = cam_doctor_card_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-doctor-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, head);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, title);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, count);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, show_ignored);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, cure_all);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, list);
  gtk_widget_class_bind_template_child (widget_class, CamDoctorCard, scroller);
  gtk_widget_class_bind_template_callback (widget_class, cure_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_findings);
}

static void
cam_doctor_card_init (CamDoctorCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

guint
cam_doctor_card_get_n_open (CamDoctorCard *self)
{
  g_return_val_if_fail (CAM_IS_DOCTOR_CARD (self), 0);

  return self->n_open;
}

void
cam_doctor_card_set_title_room (CamDoctorCard *self,
                                int            room)
{
  g_return_if_fail (CAM_IS_DOCTOR_CARD (self));

  /* What stands in the title's place tells the count, too. */
  gtk_widget_set_visible (self->title, room == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->count), room == 0 && self->n_open > 0);
  gtk_widget_set_margin_start (self->head, room > 0 ? HEAD_START + room + HEAD_GAP : HEAD_START);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), room > 0 ? LOW_LIST_HEIGHT : LIST_HEIGHT);
}
