package app.meshguard.audit.projection;

/** The last entry that was projected; before the first there is ordinal -1 of batch 0. */
record Place(long batch, int ordinal) {}
