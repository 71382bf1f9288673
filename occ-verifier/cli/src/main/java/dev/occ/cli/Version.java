package dev.occ.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What {@code --version} prints: the program's name, the version in its jar's manifest, the JVM.
 */
public final class Version implements IVersionProvider {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before getVersion()
  private CommandSpec spec;

  /** For picocli. */
  public Version() {}

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      spec.root().name() + " " + (version == null ? "(not started from its jar)" : version),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
    };
  }
}
