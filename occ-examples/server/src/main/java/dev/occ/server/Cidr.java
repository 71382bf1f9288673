package dev.occ.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a common beginning (RFC 4632, RFC 4291), such as {@code 10.0.0.0/8}. Immutable.
 */
final class Cidr {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  private final byte[] network;
  private final int length;

  private Cidr(byte[] network, int length) {
    this.network = network;
    this.length = length;
  }

  /**
   * Reads an address, alone or with the length of a network.
   *
   * @throws IllegalArgumentException if it is none, or has bits beyond the length
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      throw new IllegalArgumentException(text + " is not an IP address or network");
    }
    byte[] network = address.get().getAddress();
    int bits = network.length * Byte.SIZE;
    int length = slash < 0 ? bits : length(text.substring(slash + 1), bits, text);
    for (int i = length; i < bits; i++) {
      if (bit(network, i) != 0) {
        throw new IllegalArgumentException(text + " has bits set beyond its prefix length");
      }
    }
    return new Cidr(network, length);
  }

  private static int length(String digits, int bits, String text) {
    if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
      throw new IllegalArgumentException(text + " has no prefix length of 0 to " + bits);
    }
    return Integer.parseInt(digits);
  }

  private static int bit(byte[] address, int i) {
    return address[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1;
  }

  /** An address in figures; never looks a name up. IPv4 in IPv6 is IPv4. */
  static Optional<InetAddress> address(@Nullable String text) {
    if (text == null || !(IPV4.matcher(text).matches() || IPV6.matcher(text).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bit(bytes, i) != bit(network, i)) {
        return false;
      }
    }
    return true;
  }
}
