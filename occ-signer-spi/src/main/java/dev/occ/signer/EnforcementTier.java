package dev.occ.signer;

import java.util.Optional;

/**
 * How strongly the boundary around the signing key is enforced (spec 3, "Enforcement tiers").
 *
 * <p>The tier is signed but self-declared: only a measurement allow-list together with a verified
 * attestation makes {@link #MEASURED_TEE} mean anything.
 */
public enum EnforcementTier {
  /** The key is in process memory; nothing protects it. */
  STUB("stub"),
  /** The key cannot leave its hardware, but the commit gate runs outside that hardware. */
  HW_KEY("hw-key"),
  /** Key, counter, nonce, gate and signing all run inside the attested boundary. */
  MEASURED_TEE("measured-tee");

  private final String wireName;

  EnforcementTier(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The tier's name in a proof's {@code environment.enforcement} (spec 3).
   *
   * @return lower-case ASCII
   */
  public String wireName() {
    return wireName;
  }

  /**
   * The tier that a proof names.
   *
   * @param wireName the text as it stands in the proof; case matters
   * @return the tier, or empty for a name that the specification does not know
   */
  public static Optional<EnforcementTier> fromWireName(String wireName) {
    for (EnforcementTier tier : values()) {
      if (tier.wireName.equals(wireName)) {
        return Optional.of(tier);
      }
    }
    return Optional.empty();
  }
}
