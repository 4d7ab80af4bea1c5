package app.meshguard.policy;

import app.meshguard.policy.document.PolicyDocument;

/** A policy as it was applied: immutable, counted up at each apply. */
public record PolicyRevision(String name, int revision, PolicyDocument document) {}
