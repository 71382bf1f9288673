package dev.occ.verifier;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonBoolean;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Environment;
import dev.occ.signer.EnforcementTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One thing that a policy may say (spec 11, "Policy"), and its form in a policy document. This is
 * the only list of them: a new one takes a constant here, a method of the policy's builder, and the
 * check in {@link PolicyStep}.
 *
 * @param <T> what it says
 */
final class Rule<T> {
  private static final int DIGEST_LENGTH = 32;
  private static final Pattern PCR_INDEX = Pattern.compile("[1-9][0-9]?");

  static final Rule<EnforcementTier> REQUIRE_ENFORCEMENT =
      text("requireEnforcement", Environment::tier, EnforcementTier::wireName);
  static final Rule<Set<String>> ALLOWED_MEASUREMENTS = texts("allowedMeasurements");
  static final Rule<Set<Bytes>> ALLOWED_PUBLIC_KEYS =
      texts("allowedPublicKeys", Rule::thirtyTwoBytes, Bytes::toBase64);
  static final Rule<Set<String>> ALLOWED_EPOCH_IDS = texts("allowedEpochIds");
  static final Rule<Boolean> REQUIRE_ATTESTATION = flag("requireAttestation");
  static final Rule<String> REQUIRE_ATTESTATION_FORMAT =
      text("requireAttestationFormat", text -> text, text -> text);
  static final Rule<Counter> MIN_COUNTER = text("minCounter", Counter::parse, Counter::toString);
  static final Rule<Counter> MAX_COUNTER = text("maxCounter", Counter::parse, Counter::toString);
  static final Rule<Instant> MIN_TIME =
      milliseconds("minTime", Instant::ofEpochMilli, Instant::toEpochMilli);
  static final Rule<Instant> MAX_TIME =
      milliseconds("maxTime", Instant::ofEpochMilli, Instant::toEpochMilli);
  static final Rule<Boolean> REQUIRE_EPOCH_ID = flag("requireEpochId");
  static final Rule<Boolean> REQUIRE_SLOT = flag("requireSlot");
  static final Rule<Boolean> REQUIRE_FLOOR = flag("requireFloor");
  static final Rule<Boolean> REQUIRE_ACTOR = flag("requireActor");
  static final Rule<Boolean> REQUIRE_ACTOR_INTENT = flag("requireActorIntent");
  static final Rule<Set<String>> ALLOWED_ACTOR_KEY_IDS = texts("allowedActorKeyIds");
  static final Rule<Set<String>> ALLOWED_ACTOR_PROVIDERS = texts("allowedActorProviders");
  static final Rule<Set<String>> ALLOWED_ORIGINS = texts("allowedOrigins");
  static final Rule<Bytes> REQUIRE_POLICY_DIGEST =
      text("requirePolicyDigest", Rule::thirtyTwoBytes, Bytes::toBase64);
  static final Rule<Set<String>> ALLOWED_PRINCIPALS = texts("allowedPrincipals");
  static final Rule<Duration> MAX_ATTESTATION_AGE =
      milliseconds("maxAttestationAge", Duration::ofMillis, Duration::toMillis);
  static final Rule<SortedMap<Integer, Bytes>> REQUIRE_PCRS =
      new Rule<>("requirePcrs", Rule::readPcrs, Rule::writePcrs);

  /** All that a document may say, in the order in which one is written. */
  static final List<Rule<?>> OF_DOCUMENTS =
      List.of(
          REQUIRE_ENFORCEMENT,
          ALLOWED_MEASUREMENTS,
          ALLOWED_PUBLIC_KEYS,
          ALLOWED_EPOCH_IDS,
          REQUIRE_ATTESTATION,
          REQUIRE_ATTESTATION_FORMAT,
          MIN_COUNTER,
          MAX_COUNTER,
          MIN_TIME,
          MAX_TIME,
          REQUIRE_EPOCH_ID,
          REQUIRE_SLOT,
          REQUIRE_FLOOR,
          REQUIRE_ACTOR,
          REQUIRE_ACTOR_INTENT,
          ALLOWED_ACTOR_KEY_IDS,
          ALLOWED_ACTOR_PROVIDERS,
          ALLOWED_ORIGINS,
          REQUIRE_POLICY_DIGEST,
          ALLOWED_PRINCIPALS,
          MAX_ATTESTATION_AGE,
          REQUIRE_PCRS);

  /** Leniency is not part of a document: whoever verifies says so. */
  static final Rule<Boolean> HISTORICAL = flag("historical");

  static final Rule<Boolean> ALLOW_DEBUG_ENCLAVE = flag("allowDebugEnclave");
  static final Rule<Boolean> SKIP_ATTESTATION = flag("skipAttestation");

  private final String name;
  private final Reader<T> reader;
  private final Function<T, JsonValue> writer;

  private Rule(String name, Reader<T> reader, Function<T, JsonValue> writer) {
    this.name = name;
    this.reader = reader;
    this.writer = writer;
  }

  /** The member's name in a document. */
  String name() {
    return name;
  }

  /** What a document says; empty if it does not say it. */
  Optional<T> read(JsonView document) throws JsonException {
    return reader.read(document, name);
  }

  /** Adds a value to a document. */
  void write(JsonObject.Builder document, Object value) {
    document.put(name, writer.apply(cast(value)));
  }

  /** The value of this rule, which only {@link VerificationPolicy} keeps, by this rule. */
  @SuppressWarnings("unchecked") // its builder puts a T there
  T cast(Object value) {
    return (T) value;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Reads a member. */
  @FunctionalInterface
  private interface Reader<T> {
    Optional<T> read(JsonView document, String name) throws JsonException;
  }

  private static <T> Rule<T> text(
      String name, TextDecoder<T> decoder, Function<T, String> encoder) {
    return new Rule<>(
        name,
        (document, member) -> document.optionalText(member, decoder),
        value -> new JsonString(encoder.apply(value)));
  }

  private static Rule<Set<String>> texts(String name) {
    return texts(name, text -> text, text -> text);
  }

  /** Written in order, so that one policy always gives the same document. */
  private static <T> Rule<Set<T>> texts(
      String name, TextDecoder<T> decoder, Function<T, String> encoder) {
    return new Rule<>(
        name,
        (document, member) -> document.optionalTexts(member, decoder).map(Set::copyOf),
        values -> JsonArray.ofTexts(values.stream().map(encoder).sorted().toList()));
  }

  private static Rule<Boolean> flag(String name) {
    return new Rule<>(
        name,
        (document, member) -> document.optionalBoolean(member).filter(set -> set),
        JsonBoolean::of);
  }

  private static <T> Rule<T> milliseconds(
      String name, Function<Long, T> decoder, Function<T, Long> encoder) {
    return new Rule<>(
        name,
        (document, member) -> {
          var number = document.optionalInteger(member, 0, JsonNumber.MAX_EXACT_INTEGER);
          return number.isPresent()
              ? Optional.of(decoder.apply(number.getAsLong()))
              : Optional.empty();
        },
        value -> JsonNumber.of(encoder.apply(value)));
  }

  private static Bytes thirtyTwoBytes(String base64) throws JsonException {
    return Bytes.fromBase64(base64, DIGEST_LENGTH);
  }

  private static Optional<SortedMap<Integer, Bytes>> readPcrs(JsonView document, String name)
      throws JsonException {
    Optional<JsonView> member = document.optionalView(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    JsonView view = member.get();
    SortedMap<Integer, Bytes> pcrs = new TreeMap<>();
    for (String index : view.object().members().keySet()) {
      Bytes value = view.text(index, Bytes::fromHex);
      // Integer.parseInt also reads "+1", "01" and the digits of other scripts.
      if (!PCR_INDEX.matcher(index).matches()) {
        throw view.problem(index, JsonException.Reason.INVALID_VALUE, "is not a PCR from 1 to 31");
      }
      try {
        pcrs.put(pcrIndex(Integer.parseInt(index)), pcrValue(value));
      } catch (IllegalArgumentException e) {
        throw view.problem(
            index, JsonException.Reason.INVALID_VALUE, "is no PCR: " + e.getMessage());
      }
    }
    return pcrs.isEmpty() ? Optional.empty() : Optional.of(Collections.unmodifiableSortedMap(pcrs));
  }

  private static JsonValue writePcrs(SortedMap<Integer, Bytes> values) {
    JsonObject.Builder pcrs = JsonObject.builder();
    for (Map.Entry<Integer, Bytes> pcr : values.entrySet()) {
      pcrs.put(Integer.toString(pcr.getKey()), pcr.getValue().toHex());
    }
    return pcrs.build();
  }

  /** Checks the index of a register that may be required; PCR0 has its own list. */
  static int pcrIndex(int index) {
    if (index < 1 || index > 31) {
      throw new IllegalArgumentException("a PCR to pin has an index from 1 to 31");
    }
    return index;
  }

  /** Checks the value of a register. */
  static Bytes pcrValue(Bytes value) {
    if (!Set.of(32, 48, 64).contains(value.size())) {
      throw new IllegalArgumentException("a PCR has 32, 48 or 64 bytes");
    }
    return value;
  }
}
