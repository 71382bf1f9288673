package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationMismatch.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationVerdict.Difference;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller expects a Nitro attestation document to say, and the time at which it is judged.
 * Without any expectation a genuine document says nothing about which code ran.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class AttestationExpectations {
  /** How far a document's time may be ahead of the caller's clock where an age is limited. */
  public static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private static final int MAX_PCR = 31;

  private record Members(
      SortedMap<Integer, Bytes> pcrs,
      @Nullable Bytes nonce,
      @Nullable Bytes userData,
      @Nullable Bytes publicKey,
      @Nullable Duration maxAge,
      @Nullable Instant now,
      @Nullable Instant at,
      boolean debugAllowed,
      boolean nitroTpmAllowed) {}

  private final Members members;

  private AttestationExpectations(Members members) {
    this.members = members;
  }

  /**
   * A builder that expects nothing yet.
   *
   * @return a fresh builder
   */
  public static Builder builder() {
    return new Builder();
  }

  boolean debugAllowed() {
    return members.debugAllowed;
  }

  boolean nitroTpmAllowed() {
    return members.nitroTpmAllowed;
  }

  Instant judgedAt(NitroAttestation document) {
    return members.at == null ? document.timestamp() : members.at;
  }

  AttestationVerdict compare(AttestationResult.Trusted trusted) {
    NitroAttestation document = trusted.document();
    List<Difference> differences = new ArrayList<>();
    members.pcrs.forEach((index, value) -> comparePcr(document, index, value, differences));
    compareField("nonce", members.nonce, document.nonce().orElse(null), NONCE_DIFFERS, differences);
    compareField(
        "user_data",
        members.userData,
        document.userData().orElse(null),
        USER_DATA_DIFFERS,
        differences);
    compareField(
        "public_key",
        members.publicKey,
        document.publicKey().orElse(null),
        PUBLIC_KEY_DIFFERS,
        differences);
    compareAge(document.timestamp(), differences);
    return differences.isEmpty()
        ? new AttestationVerdict.AsExpected(trusted, basis(document))
        : new AttestationVerdict.Unexpected(document, differences);
  }

  private static void comparePcr(
      NitroAttestation document, int index, Bytes expected, List<Difference> differences) {
    Optional<Bytes> actual = document.pcr(index);
    if (actual.isEmpty()) {
      differences.add(new Difference(PCR_ABSENT, "the document has no PCR" + index));
    } else if (!isEqual(actual.get(), expected)) {
      differences.add(
          new Difference(
              PCR_DIFFERS,
              "PCR" + index + " is " + actual.get().toHex() + ", not " + expected.toHex()));
    }
  }

  private static void compareField(
      String name,
      @Nullable Bytes expected,
      @Nullable Bytes actual,
      AttestationMismatch reason,
      List<Difference> differences) {
    if (expected == null) {
      return;
    }
    if (actual == null) {
      differences.add(new Difference(reason, "the document has no " + name));
    } else if (!isEqual(actual, expected)) {
      differences.add(new Difference(reason, name + " differs from the expected value"));
    }
  }

  private void compareAge(Instant timestamp, List<Difference> differences) {
    if (members.maxAge == null || members.now == null) {
      return;
    }
    Duration age = Duration.between(timestamp, members.now);
    if (age.compareTo(members.maxAge) > 0) {
      differences.add(
          new Difference(
              TOO_OLD, "the document was made at " + timestamp + ", longer ago than accepted"));
    } else if (age.negated().compareTo(CLOCK_SKEW) > 0) {
      differences.add(
          new Difference(
              FROM_THE_FUTURE, "the document's time, " + timestamp + ", is in the future"));
    }
  }

  private static boolean isEqual(Bytes a, Bytes b) {
    return MessageDigest.isEqual(a.toByteArray(), b.toByteArray());
  }

  private String basis(NitroAttestation document) {
    List<String> compared = new ArrayList<>();
    members.pcrs.keySet().forEach(index -> compared.add("PCR" + index));
    addIf(members.nonce, "nonce", compared);
    addIf(members.userData, "user_data", compared);
    addIf(members.publicKey, "public_key", compared);
    addIf(members.maxAge, "age", compared);
    String text = "genuine";
    if (!compared.isEmpty()) {
      text += "; as expected: " + String.join(", ", compared);
    }
    if (members.pcrs.isEmpty()) {
      text += "; nothing about which code";
    } else if (!document.isNitroTpm() && !members.pcrs.containsKey(0)) {
      text += "; PCR0, the whole image, was not compared";
    }
    return document.isDebug() ? text + "; debug mode: its operator can read its memory" : text;
  }

  private static void addIf(@Nullable Object expected, String name, List<String> compared) {
    if (expected != null) {
      compared.add(name);
    }
  }

  /** Gathers expectations. Not thread-safe. */
  @CheckReturnValue
  public static final class Builder {
    private final SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
    private @Nullable Bytes nonce;
    private @Nullable Bytes userData;
    private @Nullable Bytes publicKey;
    private @Nullable Duration maxAge;
    private @Nullable Instant now;
    private @Nullable Instant at;
    private boolean debugAllowed;
    private boolean nitroTpmAllowed;

    private Builder() {}

    /**
     * Expects a value of a platform configuration register.
     *
     * @param index 0 to 31; 0 is the measurement of the enclave image
     * @param value 32, 48 or 64 bytes; AWS's registers have 48
     * @return this builder
     * @throws IllegalArgumentException for another index or length, or another value than before
     */
    @CanIgnoreReturnValue
    public Builder pcr(int index, Bytes value) {
      if (index < 0 || index > MAX_PCR) {
        throw new IllegalArgumentException("a PCR's index is from 0 to " + MAX_PCR);
      }
      if (value.size() != 32 && value.size() != 48 && value.size() != 64) {
        throw new IllegalArgumentException("a PCR has 32, 48 or 64 bytes, not " + value.size());
      }
      Bytes before = pcrs.putIfAbsent(index, value);
      if (before != null && !before.equals(value)) {
        throw new IllegalArgumentException("two values are expected of PCR" + index);
      }
      return this;
    }

    /**
     * Expects a nonce: the challenge that the caller sent, so that the document is no replay.
     *
     * @param value the exact bytes
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder nonce(Bytes value) {
      nonce = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Expects user data.
     *
     * @param value the exact bytes
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder userData(Bytes value) {
      userData = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Expects a public key.
     *
     * @param value the exact bytes, in the encoding that the enclave used
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder publicKey(Bytes value) {
      publicKey = Objects.requireNonNull(value, "value");
      return this;
    }

    /**
     * Limits the document's age. Its time may be {@link #CLOCK_SKEW} ahead.
     *
     * @param age the greatest age that is accepted, not negative
     * @param asOf the time to which the age is counted
     * @return this builder
     * @throws IllegalArgumentException for a negative age
     */
    @CanIgnoreReturnValue
    public Builder maxAge(Duration age, Instant asOf) {
      if (age.isNegative()) {
        throw new IllegalArgumentException("a negative age");
      }
      maxAge = age;
      now = Objects.requireNonNull(asOf, "asOf");
      return this;
    }

    /**
     * Says when every certificate has to be valid: the caller's present time for a live handshake.
     *
     * @param time the document's own time if not called
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder at(Instant time) {
      at = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Accepts documents of enclaves in debug mode too, whose memory is open to their operator.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowDebug() {
      debugAllowed = true;
      return this;
    }

    /**
     * Accepts NitroTPM documents too, which attest an EC2 instance and not an enclave.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder allowNitroTpm() {
      nitroTpmAllowed = true;
      return this;
    }

    /**
     * Makes the expectations.
     *
     * @return what was gathered so far
     */
    public AttestationExpectations build() {
      return new AttestationExpectations(
          new Members(
              Collections.unmodifiableSortedMap(new TreeMap<>(pcrs)),
              nonce,
              userData,
              publicKey,
              maxAge,
              now,
              at,
              debugAllowed,
              nitroTpmAllowed));
    }
  }
}
