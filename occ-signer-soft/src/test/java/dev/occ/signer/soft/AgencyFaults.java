package dev.occ.signer.soft;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Authorizations in which exactly one rule of spec 9 is broken, and the code it is refused with.
 */
public final class AgencyFaults {
  private static final byte[] OTHER = SoftAuthenticator.sha256(new byte[] {9});

  /**
   * One fault.
   *
   * @param name what is wrong, for the report
   * @param code the reason it must be refused with
   * @param webAuthn whether it is one of a WebAuthn authorization
   * @param change breaks a right authorization
   */
  public record AgencyFault(
      String name, String code, boolean webAuthn, UnaryOperator<AgencyDraft> change) {
    /** The broken authorization. */
    public AgencyDraft in(SoftAuthenticator by, byte[] digest, byte[] challenge, long timestamp) {
      return change.apply(
          webAuthn
              ? by.webAuthn(digest, challenge, timestamp)
              : by.direct(digest, challenge, timestamp));
    }

    @Override
    public String toString() {
      return code + ": " + name;
    }
  }

  private AgencyFaults() {}

  /** All of them; each code of the checks that need no enclave has at least one. */
  public static List<AgencyFault> all() {
    return Stream.of(names(), batches(), signatures(), clientData(), authenticatorData())
        .flatMap(List::stream)
        .toList();
  }

  private static List<AgencyFault> names() {
    byte[] spki = SoftAuthenticator.create().publicKey();
    return List.of(
        direct("agency-purpose", "name", d -> d.purpose("bitgraph/commit-authorize/v1")),
        passkey("agency-purpose", "name", d -> d.purpose("bitgraph/commit-authorize/v1")),
        direct("agency-key-invalid", "off the curve", d -> d.publicKey(flipped(spki, 90))),
        direct("agency-key-invalid", "another curve", d -> d.publicKey(flipped(spki, 22))),
        direct("agency-key-invalid", "zeros", d -> d.publicKey(zeroed(spki))),
        direct("agency-key-invalid", "x too large", d -> d.publicKey(largeX(spki))),
        direct("agency-key-invalid", "trailing", d -> d.publicKey(Arrays.copyOf(spki, 92))),
        direct("agency-key-invalid", "short", d -> d.publicKey(Arrays.copyOf(spki, 90))),
        direct("agency-key-invalid", "compressed", d -> d.publicKey(compressed(spki))),
        direct("agency-key-id-mismatch", "id", d -> d.keyId("00".repeat(32))),
        direct("agency-actor-mismatch", "id", d -> d.actorKeyId("00".repeat(32))),
        direct("agency-artifact-mismatch", "digest", d -> d.artifactHash(OTHER)),
        passkey("agency-artifact-mismatch", "digest", d -> d.artifactHash(OTHER)),
        direct("agency-challenge-invalid", "text", d -> d.challengeText("c")),
        direct("agency-challenge-invalid", "31 bytes", d -> d.challengeText("A".repeat(41) + "A=")),
        direct(
            "agency-challenge-invalid", "spare bits", d -> d.challengeText("A".repeat(42) + "B=")),
        direct("agency-challenge-invalid", "unpadded", d -> d.challengeText("A".repeat(43))));
  }

  private static List<AgencyFault> batches() {
    return List.of(
        direct("agency-batch-invalid", "empty", d -> d.batch(0, 0, List.of())),
        direct("agency-batch-invalid", "size", d -> d.batch(2, 0, List.of(d.digest()))),
        direct("agency-batch-invalid", "index", d -> d.batch(1, 1, List.of(d.digest()))),
        direct(
            "agency-batch-invalid", "another place", d -> d.batch(1, List.of(d.digest(), OTHER))),
        direct("agency-batch-invalid", "not in it", d -> d.batch(1, List.of(OTHER, OTHER))),
        passkey("agency-batch-invalid", "not in it", d -> d.batch(0, List.of(OTHER, d.digest()))),
        direct(
            "agency-artifact-mismatch",
            "not for its first",
            d -> d.batch(2, 1, List.of(OTHER, d.digest()))));
  }

  private static List<AgencyFault> signatures() {
    byte[] one = {1};
    byte[] order =
        HexFormat.of()
            .parseHex("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    byte[] zero = {0};
    byte[] padded = {0, 1};
    byte[] paddedTwice = {0, 0, 1};
    byte[] negative = {-1};
    return List.of(
        signature("r is zero", SoftAuthenticator.der(zero, one)),
        signature("s is zero", SoftAuthenticator.der(one, zero)),
        signature("r is the order", SoftAuthenticator.der(order, one)),
        signature("s is the order", SoftAuthenticator.der(one, order)),
        signature("needless zero", SoftAuthenticator.der(padded, one)),
        signature("two needless zeros", SoftAuthenticator.der(paddedTwice, one)),
        signature("negative", SoftAuthenticator.der(one, negative)),
        signature("no number", SoftAuthenticator.der(new byte[0], one)),
        signature("34 bytes", SoftAuthenticator.der(Arrays.copyOf(order, 34), one)),
        signature("73 bytes", new byte[73]),
        signature("one byte", new byte[] {0x30}),
        signature("empty sequence", new byte[] {0x30, 0}),
        signature("other tag", new byte[] {0x31, 6, 2, 1, 1, 2, 1, 1}),
        signature("other tag inside", new byte[] {0x30, 6, 3, 1, 1, 2, 1, 1}),
        signature("long form", new byte[] {0x30, (byte) 0x81, 6, 2, 1, 1, 2, 1, 1}),
        signature("one number", new byte[] {0x30, 3, 2, 1, 1}),
        signature("number too long", new byte[] {0x30, 6, 2, 1, 1, 2, 2, 1}),
        signature("third number", new byte[] {0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1}),
        direct("agency-signature-malformed", "trailing", d -> d.signature(AgencyFaults::longer)),
        direct("agency-signature-malformed", "cut", d -> d.signature(AgencyFaults::shorter)),
        direct(
            "agency-signature-invalid",
            "of ones",
            d -> d.signature(s -> SoftAuthenticator.der(one, one))),
        direct("agency-signature-invalid", "another's", d -> d.signature(AgencyFaults::byAnother)),
        passkey(
            "agency-signature-invalid", "another's", d -> d.signature(AgencyFaults::byAnother)));
  }

  private static List<AgencyFault> clientData() {
    String right = "{\"type\":\"webauthn.get\",\"challenge\":\"CHALLENGE\",\"origin\":\"o\"";
    return List.of(
        passkey("agency-client-data-type", "create", d -> d.clientDataType("webauthn.create")),
        passkey("agency-client-data-type", "payment", d -> d.clientDataType("payment.get")),
        passkey("agency-client-data-challenge", "another", d -> d.assertedChallenge(OTHER)),
        client("padded", "challenge", right.replace("CHALLENGE", "CHALLENGE=") + "}"),
        client("no json", "malformed", "webauthn.get"),
        client("an array", "malformed", "[]"),
        client("no origin", "malformed", right.replace(",\"origin\":\"o\"", "") + "}"),
        client("empty origin", "malformed", right.replace(":\"o\"", ":\"\"") + "}"),
        client("no type", "malformed", right.replace("\"type\"", "\"tipe\"") + "}"),
        client("no challenge", "malformed", right.replace("\"challenge\"", "\"c\"") + "}"),
        client("two types", "malformed", right + ",\"type\":\"webauthn.get\"}"),
        client("two of an unknown name", "malformed", right + ",\"x\":1,\"x\":1}"),
        client("byte order mark", "malformed", "\uFEFF" + right + "}"),
        client("trailing", "malformed", right + "} {}"),
        client("too deep", "malformed", right + ",\"x\":" + "[".repeat(16) + "]".repeat(16) + "}"),
        client("too long", "malformed", right + ",\"x\":\"" + "x".repeat(8192) + "\"}"),
        origin("nothing of it", "https://example.org"),
        origin("its ending alone", "https://notexample.com"),
        origin("a parent's sibling", "https://login.example.com.evil.test"),
        origin("a parent of it", "https://com"),
        origin("user in front", "https://example.com@evil.test"),
        origin("host in the path", "https://evil.test/example.com"),
        origin("an app", "android:apk-key-hash:x"),
        origin("no scheme", "example.com"),
        origin("no host", "https://"),
        origin("opaque", "null"),
        client("crossOrigin as text", "malformed", right + ",\"crossOrigin\":\"false\"}"),
        client("topOrigin as number", "malformed", right + ",\"topOrigin\":1}"));
  }

  private static List<AgencyFault> authenticatorData() {
    return List.of(
        passkey("agency-user-not-present", "flag", d -> d.flags(0x04)),
        passkey("agency-user-not-verified", "flag", d -> d.flags(0x01)),
        data("36 bytes", d -> d.authenticatorData(new byte[36])),
        data("too long", d -> d.extensions("a161781910a0" + "00".repeat(4100))),
        data("backed up, not eligible", d -> d.flags(0x15)),
        data("new credential", d -> d.flags(0x45)),
        data("extensions without bytes", d -> d.flags(0x85)),
        data("bytes without extensions", d -> d.extensions("a0").flags(0x05)),
        data("extensions are no map", d -> d.extensions("80")),
        data("map cut", d -> d.extensions("a16178")),
        data("value cut", d -> d.extensions("a1617841")),
        data("trailing", d -> d.extensions("a000")),
        data("indefinite map", d -> d.extensions("bf617801ff")),
        data("reserved length", d -> d.extensions("a161781c")),
        data("argument cut", d -> d.extensions("a161781b00")),
        data("length of 2^63 and more", d -> d.extensions("a161785b800000000000000100")),
        data("map of 2^64-1", d -> d.extensions("bbffffffffffffffff617801")),
        data("tag", d -> d.extensions("a16178c001")),
        data("tag as key", d -> d.extensions("a1c0617801")),
        data("number as key", d -> d.extensions("a10102")),
        data("array cut", d -> d.extensions("a161788201")),
        data("too deep", d -> d.extensions("a161788181818101")),
        data("maps too deep", d -> d.extensions("a16178a101a101a101a10101")),
        data("maps as keys, too deep", d -> d.extensions("a16178a1a1a1a10101010101")),
        data("one byte too long", d -> d.extensions("a16178590fd6" + "00".repeat(4054))));
  }

  private static AgencyFault direct(String code, String name, UnaryOperator<AgencyDraft> change) {
    return new AgencyFault(name, code, false, change);
  }

  private static AgencyFault passkey(String code, String name, UnaryOperator<AgencyDraft> change) {
    return new AgencyFault("webauthn, " + name, code, true, change);
  }

  private static AgencyFault signature(String name, byte[] signature) {
    return direct("agency-signature-malformed", name, d -> d.signature(s -> signature));
  }

  private static AgencyFault client(String name, String what, String json) {
    return passkey("agency-client-data-" + what, name, d -> d.clientData(json));
  }

  private static AgencyFault origin(String name, String origin) {
    return passkey(
        "agency-origin-mismatch",
        "origin, " + name,
        d ->
            d.clientData(
                "{\"type\":\"webauthn.get\",\"challenge\":\"CHALLENGE\",\"origin\":\""
                    + origin
                    + "\"}"));
  }

  private static AgencyFault data(String name, UnaryOperator<AgencyDraft> change) {
    return passkey("agency-authenticator-data-malformed", name, change);
  }

  private static byte[] flipped(byte[] bytes, int place) {
    byte[] flipped = bytes.clone();
    flipped[place] ^= 1;
    return flipped;
  }

  private static byte[] zeroed(byte[] spki) {
    byte[] zeroed = spki.clone();
    Arrays.fill(zeroed, 27, 91, (byte) 0);
    return zeroed;
  }

  /** (p, y) for the point (0, y): on the curve modulo p, but not in its shortest form. */
  private static byte[] largeX(byte[] spki) {
    byte[] point =
        HexFormat.of()
            .parseHex(
                "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                    + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
    byte[] large = spki.clone();
    System.arraycopy(point, 0, large, 27, 64);
    return large;
  }

  private static byte[] compressed(byte[] spki) {
    byte[] short33 = Arrays.copyOf(spki, 59);
    short33[1] = 57;
    short33[24] = 34;
    short33[26] = (byte) (2 + (spki[90] & 1));
    return short33;
  }

  private static byte[] longer(byte[] signature) {
    return Arrays.copyOf(signature, signature.length + 1);
  }

  private static byte[] shorter(byte[] signature) {
    return Arrays.copyOf(signature, signature.length - 1);
  }

  private static byte[] byAnother(byte[] signature) {
    return SoftAuthenticator.create().sign(signature);
  }
}
