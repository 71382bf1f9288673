package dev.occ.proof;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import dev.occ.signer.EnforcementTier;
import java.util.Optional;

/**
 * Where a proof says it was made (spec 3). Tier and measurement are signed but self-declared; only
 * the attestation, checked against a list of allowed measurements, shows that they are true.
 *
 * @param enforcement the tier
 * @param measurement what identifies the code, not empty; for Nitro PCR0 as 96 lower-case hex
 *     digits
 * @param attestation the vendor-signed document, if there is one
 */
public record Environment(
    EnforcementTier enforcement, String measurement, Optional<Attestation> attestation) {

  /**
   * A vendor-signed attestation report.
   *
   * @param format names the report's format, {@code aws-nitro} for Nitro; not empty
   * @param report the report's bytes, not empty
   */
  public record Attestation(String format, Bytes report) {
    static Attestation read(JsonView view) throws JsonException {
      return new Attestation(
          view.text("format", TextDecoder::nonEmpty), view.text("reportB64", Texts::nonEmptyBytes));
    }
  }

  static Environment read(JsonView view) throws JsonException {
    Optional<JsonView> attestation = view.optionalView("attestation");
    return new Environment(
        view.text("enforcement", Environment::tier),
        view.text("measurement", TextDecoder::nonEmpty),
        attestation.isEmpty()
            ? Optional.empty()
            : Optional.of(Attestation.read(attestation.get())));
  }

  /**
   * Decodes a tier's name, for {@link JsonView}: every reader of tiers refuses in the same way.
   *
   * @param text {@code stub}, {@code hw-key} or {@code measured-tee}
   * @return the tier
   * @throws JsonException with {@link JsonException.Reason#UNKNOWN_ENFORCEMENT} for other text
   */
  public static EnforcementTier tier(String text) throws JsonException {
    return EnforcementTier.fromWireName(text)
        .orElseThrow(
            () ->
                new JsonException(
                    JsonException.Reason.UNKNOWN_ENFORCEMENT, "", "is not an enforcement tier"));
  }
}
