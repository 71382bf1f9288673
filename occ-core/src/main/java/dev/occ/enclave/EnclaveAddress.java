package dev.occ.enclave;

import com.google.errorprone.annotations.CheckReturnValue;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an enclave listens, as text: {@code unix:/run/occ/enclave.sock}, {@code
 * tcp:127.0.0.1:5000}, {@code tcp:[::1]:5000}, or the scheme of an installed {@link
 * TransportProvider} and what that provider understands, as {@code vsock:3:5000}.
 *
 * @param scheme how to get there: lower-case letters, digits and hyphens, a letter first
 * @param location where, in the scheme's own form; not empty
 */
@CheckReturnValue
public record EnclaveAddress(String scheme, String location) {
  static final String UNIX = "unix";
  static final String TCP = "tcp";

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:]+)):(0|[1-9][0-9]{0,4})");
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the form, for {@code unix} and {@code tcp} the location's too.
   *
   * @param scheme how to get there
   * @param location where
   * @throws IllegalArgumentException if it is not an address
   */
  public EnclaveAddress {
    if (!SCHEME.matcher(scheme).matches()) {
      throw new IllegalArgumentException("an address starts with a scheme and a colon: unix, tcp");
    }
    if (location.isEmpty()) {
      throw new IllegalArgumentException("the address says nothing after " + scheme + ":");
    }
    if (scheme.equals(TCP)) {
      HostAndPort unused = HostAndPort.parse(location);
    } else if (scheme.equals(UNIX) && location.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path holds no NUL");
    }
  }

  /**
   * Reads an address.
   *
   * @param text a scheme, a colon, and the location
   * @return the address
   * @throws IllegalArgumentException if the text is of another form
   */
  public static EnclaveAddress parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "an enclave's address is unix:PATH, tcp:HOST:PORT, or another scheme's");
    }
    return new EnclaveAddress(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * The address as text.
   *
   * @return what {@link #parse} reads
   */
  @Override
  public String toString() {
    return scheme + ":" + location;
  }

  /**
   * The location of a TCP address.
   *
   * @param host a name or a numeric address, without brackets
   * @param port 0 to 65535
   */
  record HostAndPort(String host, int port) {
    static HostAndPort parse(String location) {
      Matcher matcher = HOST_AND_PORT.matcher(location);
      if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
        throw new IllegalArgumentException(
            "a TCP address is HOST:PORT, with brackets around an IPv6 host");
      }
      String bracketed = matcher.group(1);
      return new HostAndPort(
          bracketed == null ? matcher.group(2) : bracketed, Integer.parseInt(matcher.group(3)));
    }

    /** Asks the resolver when the host is a name; the result may be unresolved. */
    InetSocketAddress resolve() {
      return new InetSocketAddress(host, port);
    }
  }
}
