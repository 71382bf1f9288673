package dev.occ.testing;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an {@link OccServer} as a parameter, and closes it afterwards:
 * {@code @ExtendWith(OccServerExtension.class)}. A parameter of a test method is a server of that
 * test; a parameter of a constructor or of a {@code @BeforeAll} method is one for the whole class.
 */
public final class OccServerExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OccServerExtension.class);

  /** For JUnit. */
  public OccServerExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == OccServer.class;
  }

  @Override
  public OccServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                Running.class, unused -> new Running(OccServer.start()), Running.class);
    return Objects.requireNonNull(running, "running").server();
  }

  /** JUnit closes it when the test, or the class, has ended. */
  @SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing else
  record Running(OccServer server)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }
}
