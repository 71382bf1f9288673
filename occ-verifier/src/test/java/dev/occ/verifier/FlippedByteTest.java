package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every byte of every signed member of real proofs, changed one at a time in the document itself,
 * gives {@link Rejected}.
 *
 * <p>The range of a member goes from its name's first quote to its value's end, white space inside
 * it included: no flip of one bit turns one kind of JSON's white space into another.
 */
class FlippedByteTest {
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** The most lenient policy that there is: whatever it rejects, every policy rejects. */
  private static final ProofVerifier INTEGRITY =
      ProofVerifier.create(VerificationPolicy.integrityOnly().toBuilder().historical().build());

  @ParameterizedTest
  @ValueSource(
      strings = {
        Vectors.NITRO,
        Vectors.NITRO_POLICY,
        Vectors.ANCHOR,
        Vectors.STUB_1,
        Vectors.STUB_2
      })
  void verify_bitsOfAnySignedByteFlipped_rejected(String name) {
    byte[] document = Vectors.proof(name);
    int[] places = SignedSpans.of(document).signed();

    assertThat(verified(INTEGRITY.verifyProofOnly(document))).isNotNull();
    assertThat(places).hasSizeGreaterThan(600);
    assertThat(survivors(INTEGRITY, document, places, FlippedByteTest::twoFlips)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Vectors.NITRO,
        Vectors.NITRO_POLICY,
        Vectors.ANCHOR,
        Vectors.STUB_1,
        Vectors.STUB_2
      })
  void verify_anySignedCharacterReplacedByOneOfItsKind_rejected(String name) {
    byte[] document = Vectors.proof(name);
    int[] places = SignedSpans.of(document).values();

    assertThat(places).hasSizeGreaterThan(400);
    assertThat(survivors(INTEGRITY, document, places, FlippedByteTest::sameKind)).isEmpty();
  }

  @Test
  void verify_reportChanged_rejectedWhenAttestationIsChecked() {
    String pcr0 = Vectors.expected(Vectors.NITRO).at("/attestation/pcr0").asString();
    ProofVerifier verifier =
        ProofVerifier.create(VerificationPolicy.measuredTee(pcr0).toBuilder().historical().build());
    byte[] document = Vectors.proof(Vectors.NITRO);
    // The attestation's own tests flip every byte; here a sample shows that the proof depends on
    // it.
    int[] all = SignedSpans.of(document).report();
    int[] sample =
        IntStream.range(0, all.length).filter(i -> i % 29 == 0).map(i -> all[i]).toArray();

    assertThat(verified(verifier.verifyProofOnly(document)).attested()).isPresent();
    assertThat(sample).hasSizeGreaterThan(150);
    assertThat(survivors(verifier, document, sample, FlippedByteTest::sameKind)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Vectors.ANCHOR, Vectors.STUB_2})
  void verify_signedByteLeftOutOrDoubled_rejected(String name) {
    byte[] document = Vectors.proof(name);
    int[] places = SignedSpans.of(document).values();

    assertThat(
            IntStream.of(places)
                .parallel()
                .filter(
                    place ->
                        INTEGRITY.verifyProofOnly(spliced(document, place, 0)) instanceof ValidProof
                            || INTEGRITY.verifyProofOnly(spliced(document, place, 2))
                                instanceof ValidProof)
                .toArray())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Vectors.NITRO,
        Vectors.NITRO_POLICY,
        Vectors.ANCHOR,
        Vectors.STUB_1,
        Vectors.STUB_2
      })
  void verify_everyCharacterOfEveryTextEscaped_sameHash(String name) {
    byte[] document = Vectors.proof(name);

    ValidProof plain = verified(INTEGRITY.verifyProofOnly(document));
    ValidProof escaped = verified(INTEGRITY.verifyProofOnly(escaped(document)));

    assertThat(escaped.proofHash()).isEqualTo(plain.proofHash());
    assertThat(escaped.publicKey()).isEqualTo(plain.publicKey());
  }

  private interface Changes {
    byte[] of(byte original, int place);
  }

  /** Changed documents that still verify, as "place: byte -> byte"; there must not be any. */
  private static List<String> survivors(
      ProofVerifier verifier, byte[] document, int[] places, Changes changes) {
    return IntStream.of(places)
        .parallel()
        .mapToObj(place -> survivors(verifier, document, place, changes.of(document[place], place)))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> survivors(
      ProofVerifier verifier, byte[] document, int place, byte[] changes) {
    List<String> survivors = new ArrayList<>();
    for (byte changed : changes) {
      if (verifier.verifyProofOnly(with(document, place, changed)) instanceof ValidProof) {
        survivors.add(place + ": " + (char) document[place] + " -> " + (char) changed);
      }
    }
    return survivors;
  }

  /** The lowest bit, and another one that goes round from byte to byte. */
  private static byte[] twoFlips(byte original, int place) {
    return new byte[] {(byte) (original ^ 1), (byte) (original ^ 2 << place % 7)};
  }

  /** Another digit for a digit, another character of Base64 for others: the form stays. */
  private static byte[] sameKind(byte original, int place) {
    if (original >= '0' && original <= '9') {
      return new byte[] {(byte) ('0' + (original - '0' + 1 + place % 9) % 10)};
    }
    int index = BASE64.indexOf(original); // -1 for punctuation: then it is the first one
    return new byte[] {(byte) BASE64.charAt((index + 1 + place % 63) % BASE64.length())};
  }

  private static byte[] with(byte[] document, int place, byte changed) {
    byte[] copy = document.clone();
    copy[place] = changed;
    return copy;
  }

  private static byte[] spliced(byte[] document, int place, int times) {
    byte[] copy = Arrays.copyOf(document, document.length - 1 + times);
    Arrays.fill(copy, place, place + times, document[place]);
    System.arraycopy(document, place + 1, copy, place + times, document.length - place - 1);
    return copy;
  }

  private static byte[] escaped(byte[] document) {
    StringBuilder text = new StringBuilder();
    boolean inText = false;
    for (byte b : document) {
      boolean quote = b == '"';
      text.append(inText && !quote ? String.format(Locale.ROOT, "\\u%04x", b) : (char) b);
      inText ^= quote;
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
