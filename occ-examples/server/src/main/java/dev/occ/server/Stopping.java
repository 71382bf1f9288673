package dev.occ.server;

/** Tells long work that the server is about to stop, while there is still time to answer. */
final class Stopping {
  private volatile boolean due;

  void begin() {
    due = true;
  }

  boolean isDue() {
    return due;
  }
}
