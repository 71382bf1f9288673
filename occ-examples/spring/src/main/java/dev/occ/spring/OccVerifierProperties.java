package dev.occ.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The verifier of an application. Exactly one of {@code policy}, {@code pcr0} and {@code
 * integrity-only} says what proofs must fulfil; there is no default.
 *
 * @param policy a policy document (spec 11), as {@code classpath:occ-policy.json}
 * @param pcr0 the trusted enclave images: PCR0 of each, 96 lower-case hex digits
 * @param integrityOnly whether to ask only that a proof is intact, which shows nothing about
 *     hardware
 * @param historical whether historical forms (spec 8) are accepted
 * @param allowDebugEnclave whether debug enclaves are accepted, whose memory can be read
 * @param roots roots of trust for attestation formats other than {@code aws-nitro}: a certificate
 *     by format, PEM or DER
 */
@ConfigurationProperties("occ.verifier")
public record OccVerifierProperties(
    @Nullable Resource policy,
    @DefaultValue List<String> pcr0,
    @DefaultValue("false") boolean integrityOnly,
    @DefaultValue("false") boolean historical,
    @DefaultValue("false") boolean allowDebugEnclave,
    @DefaultValue Map<String, Resource> roots) {
  /**
   * Checks that one kind of policy was chosen.
   *
   * @param policy a policy document, or null
   * @param pcr0 PCR0 of the trusted images, or none
   * @param integrityOnly whether to ask only that a proof is intact
   * @param historical whether historical forms are accepted
   * @param allowDebugEnclave whether debug enclaves are accepted
   * @param roots roots of trust by attestation format
   * @throws IllegalArgumentException if none or several were
   */
  public OccVerifierProperties {
    pcr0 = List.copyOf(pcr0);
    roots = Map.copyOf(roots);
    int chosen = (policy == null ? 0 : 1) + (pcr0.isEmpty() ? 0 : 1) + (integrityOnly ? 1 : 0);
    if (chosen != 1) {
      throw new IllegalArgumentException(
          "set exactly one of occ.verifier.policy, occ.verifier.pcr0 and"
              + " occ.verifier.integrity-only; "
              + (chosen == 0 ? "none" : "more than one")
              + " is set");
    }
  }
}
