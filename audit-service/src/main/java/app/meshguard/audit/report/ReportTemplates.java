package app.meshguard.audit.report;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages of reports: {@code templates/report.html}. */
@CheckedTemplate
public final class ReportTemplates {
  private ReportTemplates() {}

  /** A report's page. */
  public static native TemplateInstance report(Report report);
}
