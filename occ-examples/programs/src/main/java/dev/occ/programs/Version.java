package dev.occ.programs;

import picocli.CommandLine.IVersionProvider;

/** What {@code occ --version} says: the version in the jar's manifest, and the JDK's. */
final class Version implements IVersionProvider {
  Version() {}

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "occ " + (version == null ? "(not started from its jar)" : version),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
    };
  }
}
