package dev.occ.agency;

import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The client data of an assertion (W3C Web Authentication Level 3, section 5.8.1), as the browser
 * wrote it. Members that are not known here are allowed, as that section asks for; what would let
 * two readers see two documents, as a name that occurs twice, is not.
 *
 * @param origin where the browser was
 * @param topOrigin the page around it, if the browser says so
 * @param crossOrigin whether the browser says that this page is of another origin
 * @param hash SHA-256 of the document, which the actor's signature covers
 */
record ClientData(String origin, Optional<String> topOrigin, boolean crossOrigin, Bytes hash) {
  /** Browsers write some 100 to 400 bytes. */
  private static final JsonLimits LIMITS = new JsonLimits(8 * 1024, 16);

  private static final String TYPE = "webauthn.get";

  static ClientData read(String json, Bytes challenge) throws AgencyException {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    try {
      JsonView view = JsonView.of(JsonValue.read(utf8, LIMITS));
      if (!view.text("type").equals(TYPE)) {
        throw new AgencyException(
            AgencyRejection.CLIENT_DATA_TYPE, "the client data is not of type " + TYPE);
      }
      if (!view.text("challenge").equals(inUrlAlphabet(challenge))) {
        throw new AgencyException(
            AgencyRejection.CLIENT_DATA_CHALLENGE, "the client data answers another challenge");
      }
      return new ClientData(
          view.text("origin", TextDecoder::nonEmpty),
          view.optionalText("topOrigin"),
          view.optionalBoolean("crossOrigin").orElse(false),
          Bytes.sha256(utf8));
    } catch (JsonException e) {
      throw new AgencyException(
          AgencyRejection.CLIENT_DATA_MALFORMED,
          "the client data is not usable: " + e.getMessage(),
          e);
    }
  }

  /** RFC 4648 section 5 without padding: the comparison leaves one text for each challenge. */
  private static String inUrlAlphabet(Bytes challenge) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(challenge.toByteArray());
  }
}
