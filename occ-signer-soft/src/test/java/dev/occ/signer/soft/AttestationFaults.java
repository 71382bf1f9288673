package dev.occ.signer.soft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fault kit: attestation documents that break one rule of spec 12 at a time, to test verifiers
 * with. A verifier pins the authority's root, expects {@link Fault#measurement()} and {@link
 * #userData()}, judges at the document's own time, and must refuse each fault that is not {@link
 * Fault#isValid()}.
 */
public final class AttestationFaults {
  /** PCR0 of documents that nobody changed, 96 lower-case hex digits. */
  public static final String MEASUREMENT = SoftAttestationAuthority.measurementOf("fault kit");

  private AttestationFaults() {}

  /**
   * User data of documents that nobody changed.
   *
   * @return a fresh array of 32 bytes
   */
  public static byte[] userData() {
    return EcKey.digest("SHA-256", "a signed body".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A good document to be changed by hand.
   *
   * @param authority whose root the verifier pins; its time is the document's
   * @return a builder of a good document
   */
  public static AttestationDocumentBuilder document(SoftAttestationAuthority authority) {
    return new AttestationDocumentBuilder(authority);
  }

  /**
   * The whole catalogue.
   *
   * @return broken and valid ones, in the order of the clauses
   */
  public static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.addAll(CborFaults.all());
    all.addAll(CoseFaults.all());
    all.addAll(PayloadFaults.all());
    all.addAll(RegisterFaults.all());
    all.addAll(CertificateFaults.all());
    all.addAll(ChainFaults.all());
    all.addAll(SignatureFaults.all());
    all.addAll(BindingFaults.all());
    return List.copyOf(all);
  }

  /**
   * One of the catalogue.
   *
   * @param name the fault's name
   * @return the fault
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Fault named(String name) {
    return all().stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault is named " + name));
  }
}
