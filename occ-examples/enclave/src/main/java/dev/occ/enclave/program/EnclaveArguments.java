package dev.occ.enclave.program;

import dev.occ.enclave.EnclaveAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arguments and environment of {@link EnclaveMain}: the same names, defaults and precedence as
 * {@code occ enclave} has, without its command line library. An argument takes precedence over its
 * variable.
 */
final class EnclaveArguments {
  private static final Set<String> FLAGS = Set.of("--allow-debug", "--base-floors");

  /** Options that take a value, and the variable that stands in for each; empty: none. */
  private static final Map<String, String> VALUES =
      Map.of(
          "--signer", "OCC_SIGNER",
          "--signer-option", "",
          "--listen", "OCC_LISTEN",
          "--allow-cid", "OCC_ALLOW_CIDS",
          "--allow-user", "",
          "--anchor-key", "OCC_ANCHOR_KEY");

  private static final Set<String> LISTS =
      Set.of("--signer-option", "--listen", "--allow-cid", "--allow-user");

  private final Map<String, List<String>> given = new HashMap<>();
  private final Map<String, String> environment;

  private EnclaveArguments(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException if one of them cannot be used; the message names it
   */
  static EnclaveSettings parse(List<String> arguments, Map<String, String> environment) {
    EnclaveArguments read = new EnclaveArguments(environment);
    read.collect(new ArrayDeque<>(arguments));
    return EnclaveSettings.builder()
        .signer(read.one("--signer").orElse(EnclaveSettings.DEFAULT_SIGNER), read.signerOptions())
        .allowDebug(read.flag("--allow-debug", "OCC_ALLOW_DEBUG"))
        .listen(read.addresses())
        .peers(new EnclavePeers(read.cids(), new LinkedHashSet<>(read.items("--allow-user"))))
        .epoch(
            named(
                "--anchor-key (OCC_ANCHOR_KEY)",
                () ->
                    EnclaveEpoch.options(
                        read.one("--anchor-key"), read.flag("--base-floors", "OCC_BASE_FLOORS"))))
        .build();
  }

  private void collect(Deque<String> rest) {
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (FLAGS.contains(argument)) {
        put(argument, "true");
      } else if (!VALUES.containsKey(name)) {
        throw new IllegalArgumentException("unknown argument " + argument);
      } else if (equals >= 0) {
        put(name, argument.substring(equals + 1));
      } else if (rest.isEmpty()) {
        throw new IllegalArgumentException(name + " needs a value");
      } else {
        put(name, rest.remove());
      }
    }
  }

  private void put(String name, String value) {
    List<String> values = given.computeIfAbsent(name, unused -> new ArrayList<>());
    if (!values.isEmpty() && !LISTS.contains(name)) {
      throw new IllegalArgumentException(name + " is given twice");
    }
    values.add(value);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  private Optional<String> one(String name) {
    List<String> values = given.getOrDefault(name, List.of());
    return values.isEmpty() ? variable(VALUES.getOrDefault(name, "")) : Optional.of(values.get(0));
  }

  private boolean flag(String name, String variable) {
    if (given.containsKey(name)) {
      return true;
    }
    String text = variable(variable).orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(variable + " is neither true nor false: " + text);
    };
  }

  /** Each value may hold several, separated by commas. */
  private List<String> items(String name) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      values = variable(VALUES.getOrDefault(name, "")).map(List::of).orElse(List.of());
    }
    List<String> items = new ArrayList<>();
    for (String value : values) {
      items.addAll(List.of(value.split(",", -1)));
    }
    return items;
  }

  private Map<String, String> signerOptions() {
    Map<String, String> options = new HashMap<>();
    for (String pair : given.getOrDefault("--signer-option", List.of())) {
      int equals = pair.indexOf('=');
      if (equals < 1
          || options.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("--signer-option needs NAME=VALUE, each name once");
      }
    }
    return options;
  }

  private List<EnclaveAddress> addresses() {
    List<EnclaveAddress> addresses = new ArrayList<>();
    for (String text : items("--listen")) {
      addresses.add(named("--listen " + text, () -> EnclaveAddress.parse(text)));
    }
    return addresses;
  }

  private Set<Long> cids() {
    List<String> items = items("--allow-cid");
    Set<Long> cids = new LinkedHashSet<>();
    for (String text : items.isEmpty() ? List.of("3") : items) {
      cids.add(
          named(
              "--allow-cid (OCC_ALLOW_CIDS)",
              () -> Long.valueOf(Integer.parseUnsignedInt(text) & 0xFFFF_FFFFL)));
    }
    return cids;
  }

  private interface Reading<T> {
    T get();
  }

  private static <T> T named(String what, Reading<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }
}
