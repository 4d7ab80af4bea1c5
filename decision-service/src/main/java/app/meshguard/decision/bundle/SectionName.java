package app.meshguard.decision.bundle;

import java.util.Locale;

/** The three parts of a bundle, fetched apart. */
enum SectionName {
  POLICIES,
  DIRECTORY,
  REVOCATIONS;

  /** As in paths and file names. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
