package dev.occ.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.proof.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelyingPartyTest {
  private static void check(String origin, String rpId) throws AgencyException {
    RelyingParty.check(
        new WebAuthnAssertion(
            Bytes.sha256(rpId.getBytes(StandardCharsets.UTF_8)),
            origin,
            Optional.empty(),
            false,
            0,
            false,
            false));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, example.com",
    "https://login.example.com, example.com",
    "https://a.login.example.com:8443, login.example.com",
    "https://a.login.example.com, example.com",
    "http://localhost:8080, localhost",
    "https://intranet, intranet",
    "https://xn--bcher-kva.example, xn--bcher-kva.example",
    "http://127.0.0.1:8080, 127.0.0.1",
    "http://[::1]:8080, [::1]",
  })
  void check_hostOrParentDomain_passes(String origin, String rpId) {
    assertThatCode(() -> check(origin, rpId)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, com",
    "https://example.com, login.example.com",
    "https://example.com, example.com.",
    "https://example.com., com.",
    "https://a..com, .com",
    "http://app.localhost, localhost",
    "http://10.20.30.40, 20.30.40",
    "https://example.com, https://example.com",
    "https://example.com:443, example.com:443",
    "https://example.com/, example.com",
    "https://example.com#@evil.test, evil.test",
    "https://evil.test\\@example.com, example.com",
    "https://user@example.com, example.com",
    "https://EXAMPLE.com, example.com",
    "example.com, example.com",
    "https://example.com:, example.com",
  })
  void check_anythingElse_isRefused(String origin, String rpId) {
    AgencyException refusal =
        catchThrowableOfType(AgencyException.class, () -> check(origin, rpId));
    assertThat(refusal).as("must be refused").isNotNull();
    assertThat(refusal.reason()).isEqualTo(AgencyRejection.ORIGIN_MISMATCH);
  }
}
