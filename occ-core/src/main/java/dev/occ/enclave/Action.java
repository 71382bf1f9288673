package dev.occ.enclave;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions of spec 13, and the members that each one has, besides {@code action} and {@code
 * keepAlive}. A request with another member is refused unparsed, so a new member of the protocol
 * gets its name here first.
 */
enum Action {
  HEALTH("health"),
  KEY("key"),
  INIT("init", "allowGenesis"),
  ALLOCATE_SLOT("allocateSlot", "chainId", "baseFloorHeaderB64"),
  CHALLENGE("challenge", "intentHashB64"),
  COMMIT_DIGEST("commitDigest", Members.COMMIT),
  COMMIT("commit", Members.COMMIT, "bytesB64");

  /** What more than one action has. */
  private static final class Members {
    static final String[] COMMIT = {
      "slotId",
      "digestB64",
      "hashAlg",
      "agency",
      "attribution",
      "policy",
      "principal",
      "metadata",
      "anchor"
    };

    private Members() {}
  }

  /** The member that names the action. */
  static final String NAME = "action";

  /** What any of them has. */
  static final Set<String> ALL_MEMBERS =
      Arrays.stream(values())
          .flatMap(action -> action.members.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf makes it immutable
  private final Set<String> members;

  Action(String wireName, String... members) {
    this(wireName, members, new String[0]);
  }

  Action(String wireName, String[] members, String... more) {
    this.wireName = wireName;
    Set<String> all = new HashSet<>(Set.of(NAME, "keepAlive"));
    all.addAll(Arrays.asList(members));
    all.addAll(Arrays.asList(more));
    this.members = Set.copyOf(all);
  }

  static Optional<Action> of(String wireName) {
    return Arrays.stream(values()).filter(action -> action.wireName.equals(wireName)).findFirst();
  }

  /** All members that a request for the action may have. */
  Set<String> members() {
    return members;
  }
}
