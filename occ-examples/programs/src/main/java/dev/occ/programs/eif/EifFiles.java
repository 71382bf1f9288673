package dev.occ.programs.eif;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What image files have in common as files. */
final class EifFiles {
  /** An image holds nothing secret, and the tools that start it may run as another user. */
  static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

  private EifFiles() {}
}
