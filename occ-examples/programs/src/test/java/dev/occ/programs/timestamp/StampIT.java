package dev.occ.programs.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.occ.cli.options.TsaRoots;
import dev.occ.client.http.PostException;
import dev.occ.programs.HttpStub;
import dev.occ.programs.OpenSslTsa;
import dev.occ.programs.Run;
import dev.occ.programs.SuppressForbidden;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampException;
import dev.occ.verifier.timestamp.TimestampRejection;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timestamps from a real authority ({@code openssl ts} as a process), and from bad ones. */
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
class StampIT {
  private static final String REPLY = "application/timestamp-reply";
  private static final Bytes DIGEST = Bytes.sha256(new byte[] {4, 5, 6});

  @TempDir static Path authority;
  private static OpenSslTsa tsa;

  @TempDir private Path folder;
  private Path proof;

  @BeforeAll
  static void openAuthority() throws Exception {
    tsa = new OpenSslTsa(authority);
  }

  @BeforeEach
  void commit() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "a");
    assertThat(Run.occ("commit", file).exitCode()).isZero();
    proof = folder.resolve("a.txt.occ.json");
  }

  private static HttpStub honest() {
    return new HttpStub((exchange, query) -> HttpStub.reply(exchange, REPLY, tsa.answer(query)));
  }

  private static TimestampClient client(HttpStub server) {
    TimestampVerifier verifier = TsaRoots.verifier(List.of(tsa.root().toString()));
    return new TimestampClient(server.url(), verifier, Duration.ofSeconds(20));
  }

  private String stamp(HttpStub server) {
    return server.url().toString();
  }

  // -- the command --------------------------------------------------------------------------

  @Test
  void stamp_realAuthority_proofVerifiesWithTheStamp() throws Exception {
    Proof before = Proof.read(Files.readAllBytes(proof));
    try (HttpStub server = honest()) {
      for (String of : List.of("proof", "artifact")) {
        Run run =
            Run.occ("stamp", proof, "--tsa", stamp(server), "--of", of, "--tsa-root", tsa.root());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("openssl-ts");
      }
    }
    Proof after = Proof.read(Files.readAllBytes(proof));
    assertThat(after.sealedHash()).isEqualTo(before.sealedHash());
    assertThat(after.json().without("timestamps")).isEqualTo(before.json());
    assertThat(folder).isDirectoryNotContaining("glob:**/.occ-*");
    assertThat(TsaRoots.verifier(List.of(tsa.root().toString())).verify(after))
        .containsOnlyKeys(StampedMember.values())
        .allSatisfy((member, result) -> assertMadeJustNow(result));
  }

  private static void assertMadeJustNow(TimestampResult result) {
    assertThat(((Stamped) result).time())
        .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
  }

  @Test
  void commit_withAuthority_proofsAreStamped() throws Exception {
    Path file = Files.writeString(folder.resolve("b.txt"), "b");
    try (HttpStub server = honest()) {
      Run run = Run.occ("commit", file, "--tsa", stamp(server), "--tsa-root", tsa.root());
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    Proof stamped = Proof.read(Files.readAllBytes(folder.resolve("b.txt.occ.json")));
    assertThat(TsaRoots.verifier(List.of(tsa.root().toString())).verify(stamped))
        .containsOnlyKeys(StampedMember.PROOF)
        .allSatisfy((member, result) -> assertMadeJustNow(result));
  }

  @Test
  void commit_authorityAway_proofIsKeptAndSaidToBeUnstamped() throws Exception {
    Path file = Files.writeString(folder.resolve("b.txt"), "b");
    Run run = Run.occ("commit", file, "--tsa", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no timestamp was added");
    Proof kept = Proof.read(Files.readAllBytes(folder.resolve("b.txt.occ.json")));
    assertThat(kept.json().has("timestamps")).isFalse();
  }

  @Test
  void stamp_twice_secondAsksNobody() {
    try (HttpStub server = honest()) {
      assertThat(Run.occ("stamp", proof, "--tsa", stamp(server)).exitCode()).isZero();
    }
    Run again = Run.occ("stamp", proof, "--tsa", "http://127.0.0.1:1");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("already has a timestamp", "no root was pinned");
  }

  @Test
  void stamp_otherRootPinned_refusedAndFileUntouched() throws Exception {
    byte[] before = Files.readAllBytes(proof);
    try (HttpStub server = honest()) {
      Run run =
          Run.occ(
              "stamp", proof, "--tsa", stamp(server), "--tsa-root", "sha256:" + "00".repeat(32));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("root-not-pinned");
    }
    assertThat(Files.readAllBytes(proof)).isEqualTo(before);
  }

  @Test
  void stamp_proofThatIsNotValid_refusedWithoutAsking() throws Exception {
    String text = Files.readString(proof);
    Files.writeString(proof, text.replaceFirst("\"counter\": \"2\"", "\"counter\": \"3\""));
    Run run = Run.occ("stamp", proof, "--tsa", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("not valid");
  }

  @Test
  void stamp_badStampInPlace_notReplaced() throws Exception {
    Proof good = Proof.read(Files.readAllBytes(proof));
    Files.write(
        proof,
        good.json()
            .with(
                "timestamps",
                dev.occ.json.JsonValue.read("{\"proof\":{}}".getBytes(StandardCharsets.UTF_8)))
            .toBytes());
    Run run = Run.occ("stamp", proof, "--tsa", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("not replaced");
  }

  @Test
  void stamp_nobodyThere_exits2() {
    Run run = Run.occ("stamp", proof, "--tsa", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nobody answers");
    assertThat(Run.occ("stamp", proof, "--tsa", "ftp://x").exitCode()).isEqualTo(2);
    assertThat(Run.occ("stamp", proof, "--tsa", "http://x", "--of", "both").exitCode())
        .isEqualTo(2);
    assertThat(Run.occ("stamp", proof, "--tsa", "http://x", "--tsa-timeout", "0").exitCode())
        .isEqualTo(2);
    assertThat(Run.occ("stamp", proof, "--tsa", "http://x", "--tsa-root", "/none").exitCode())
        .isEqualTo(2);
  }

  // -- the client ---------------------------------------------------------------------------

  @Test
  void stamp_essVersionOne_acceptedToo() throws Exception {
    tsa.configure("sha1");
    try (HttpStub server = honest()) {
      assertThat(client(server).stamp(DIGEST).stamped().authority()).isEqualTo("openssl-ts");
    } finally {
      tsa.configure("sha256");
    }
  }

  @Test
  void stamp_answerToAnotherNonce_refused() {
    assertRefused(
        query -> changed(query, imprint(query), new ASN1Integer(BigInteger.TEN), null),
        TimestampRejection.NONCE_MISMATCH);
  }

  @Test
  void stamp_answerWithoutNonce_refused() {
    assertRefused(
        query -> changed(query, imprint(query), null, null), TimestampRejection.NONCE_MISMATCH);
  }

  @Test
  void stamp_answerAboutAnotherDigest_refused() {
    assertRefused(
        query -> {
          MessageImprint own = imprint(query);
          MessageImprint other = new MessageImprint(own.getHashAlgorithm(), new byte[32]);
          return changed(query, other, TimeStampReq.getInstance(query).getNonce(), null);
        },
        TimestampRejection.IMPRINT_MISMATCH);
  }

  @Test
  void stamp_authorityRejects_saysSo() {
    assertRefused(
        query -> changed(query, imprint(query), null, new ASN1ObjectIdentifier("1.9.9.9")),
        TimestampRejection.RESPONSE_REJECTED);
  }

  @Test
  void stamp_bytesAfterTheResponse_refused() {
    try (HttpStub server =
        new HttpStub(
            (exchange, query) -> {
              byte[] good = tsa.answer(query);
              HttpStub.reply(exchange, REPLY, Arrays.copyOf(good, good.length + 1));
            })) {
      assertRefused(server, TimestampRejection.DER_TRAILING_BYTES);
    }
  }

  @Test
  void stamp_aPageInsteadOfAReply_refused() {
    try (HttpStub server =
        new HttpStub(
            (e, query) ->
                HttpStub.reply(e, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)))) {
      assertRefused(server, TimestampRejection.RESPONSE_MALFORMED);
    }
  }

  @Test
  void stamp_status500_fails() {
    try (HttpStub server = new HttpStub((e, query) -> e.sendResponseHeaders(500, -1))) {
      assertFails(server, PostException.Reason.STATUS);
    }
  }

  @Test
  void stamp_answerWithoutEnd_endsAtTheLimit() {
    try (HttpStub server =
        new HttpStub(
            (e, query) -> {
              e.sendResponseHeaders(200, 0);
              while (true) {
                e.getResponseBody().write(new byte[8192]);
              }
            })) {
      assertFails(server, PostException.Reason.TOO_LARGE);
    }
  }

  @Test
  void stamp_answerThatNeverComes_endsAtTheTimeout() {
    try (HttpStub server = new HttpStub((e, query) -> drip(e))) {
      TimestampClient client =
          new TimestampClient(
              server.url(),
              TimestampVerifier.builder().anyIssuer().build(),
              Duration.ofMillis(500));
      assertThatThrownBy(() -> unused(client.stamp(DIGEST)))
          .isInstanceOfSatisfying(
              PostException.class,
              e -> assertThat(e.reason()).isEqualTo(PostException.Reason.TIMEOUT));
    }
  }

  /** Headers at once, and then a byte now and then: no pause is ever long. */
  private static void drip(HttpExchange exchange) throws Exception {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write(0);
      exchange.getResponseBody().flush();
      Thread.sleep(50);
    }
  }

  private static void assertRefused(UnaryOperator<byte[]> change, TimestampRejection reason) {
    try (HttpStub server =
        new HttpStub(
            (exchange, query) ->
                HttpStub.reply(exchange, REPLY, tsa.answer(change.apply(query))))) {
      assertRefused(server, reason);
    }
  }

  private static void assertRefused(HttpStub server, TimestampRejection reason) {
    assertThatThrownBy(() -> unused(client(server).stamp(DIGEST)))
        .isInstanceOfSatisfying(
            TimestampException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertFails(HttpStub server, PostException.Reason reason) {
    assertThatThrownBy(() -> unused(client(server).stamp(DIGEST)))
        .isInstanceOfSatisfying(PostException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void unused(Object result) {
    assertThat(result).isNull();
  }

  private static MessageImprint imprint(byte[] query) {
    return TimeStampReq.getInstance(query).getMessageImprint();
  }

  private static byte[] changed(
      byte[] query,
      MessageImprint imprint,
      @Nullable ASN1Integer nonce,
      @Nullable ASN1ObjectIdentifier policy) {
    try {
      TimeStampReq request = TimeStampReq.getInstance(query);
      return new TimeStampReq(imprint, policy, nonce, request.getCertReq(), null).getEncoded();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
