package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.AttestationFaults;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures documents per second on one thread; not a test. Run with the test class path:
 *
 * <pre>{@code
 * ./mvnw -q -pl occ-verifier -am test-compile dependency:build-classpath -Dmdep.includeScope=test \
 *   -Dmdep.outputFile=target/test-classpath
 * java -cp ... dev.occ.verifier.attestation.AttestationSpeed
 * }</pre>
 */
final class AttestationSpeed {
  private static final int COLD = 400;
  private static final int WARM = 4000;

  private AttestationSpeed() {}

  /** No arguments. */
  public static void main(String[] arguments) throws AttestationException {
    SoftAttestationAuthority authority =
        SoftAttestationAuthority.create(
            Clock.fixed(Instant.parse("2026-03-21T10:00:00Z"), ZoneOffset.UTC));
    AttestationVerifier verifier =
        AttestationVerifier.builder().root(Bytes.of(authority.rootCertificate())).build();
    byte[] one = AttestationFaults.document(authority).build();
    for (int round = 0; round < 3; round++) {
      print("cold, each path new", measure(verifier, fresh(authority)));
      print("warm, path cached", measure(verifier, repeat(one)));
    }
    AttestationVerifier uncached =
        AttestationVerifier.builder()
            .root(Bytes.of(authority.rootCertificate()))
            .cachedPaths(0)
            .build();
    print("no cache here, only the JDK's", measure(uncached, repeat(one)));
    printDecoding(one);
  }

  private static void printDecoding(byte[] document) throws AttestationException {
    long start = System.nanoTime();
    int length = 0;
    for (int i = 0; i < WARM; i++) {
      length += NitroAttestation.decode(document).moduleId().length();
    }
    print("decoding only (" + length / WARM + ")", WARM * 1e9 / (System.nanoTime() - start));
  }

  /** Documents with new keys in every certificate but the root: nobody has seen them before. */
  private static List<byte[]> fresh(SoftAttestationAuthority authority) {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < COLD; i++) {
      documents.add(AttestationFaults.document(authority).build());
    }
    return documents;
  }

  private static List<byte[]> repeat(byte[] document) {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < WARM; i++) {
      documents.add(document);
    }
    return documents;
  }

  private static double measure(AttestationVerifier verifier, List<byte[]> documents)
      throws AttestationException {
    long start = System.nanoTime();
    int chains = 0;
    for (byte[] document : documents) {
      chains += verifier.verify(document).orElseThrow().chain().size();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (chains != 5 * documents.size()) {
      throw new IllegalStateException("a path of another length");
    }
    return documents.size() / seconds;
  }

  private static void print(String what, double perSecond) {
    System.out.printf(Locale.ROOT, "%-32s %8.0f documents/s%n", what, perSecond);
  }
}
