package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.proof.Proof;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

/** The page of {@code occ up} in a real browser, from a user's hand to the server and back. */
class PageIT {
  private static final String CONTENT = "hello world";
  private static final String DIGEST = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";

  private static final String HEX =
      "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

  @TempDir private static Path downloads;
  @TempDir private static Path folder;
  private static Browser browser;
  private static UpProcess up;
  private static Path file;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.open(downloads);
    up = UpProcess.start();
    file = Files.writeString(folder.resolve("hello.txt"), CONTENT);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      if (browser != null) {
        browser.close();
      }
    } finally {
      if (up != null) {
        up.close();
      }
    }
  }

  @BeforeEach
  void load() {
    browser.resize(1280, 900);
    browser.driver().get("about:blank"); // or a change of the fragment alone would load nothing
    browser.driver().get(up.url() + "#key=" + up.apiKey());
    browser.await("#service b");
  }

  @AfterEach
  void nothingUnexpected_wasLoadedOrLogged() {
    assertThat(browser.console().stream().filter(line -> !EXPECTED.matcher(line).find()))
        .as("the browser's console: scripts that failed, or what the policy refused")
        .isEmpty();
    assertThat((List<?>) browser.script(ALL_REQUESTS))
        .as("requests of the page")
        .isNotEmpty()
        .allSatisfy(name -> assertThat((String) name).startsWith(up.url()));
  }

  /**
   * The refused key's answer, and Chromium's advice to accept RSA too, which proofs cannot hold.
   */
  private static final Pattern EXPECTED = Pattern.compile(" 401 |\\(401|pubKeyCredParams");

  private static final String ALL_REQUESTS =
      "return performance.getEntriesByType('resource').map(entry => entry.name)";

  @Test
  void prove_aFile_isExplainedAndDownloadable() throws Exception {
    assertThat((String) browser.script("return location.hash")).as("the key's place").isEmpty();
    prove(file);
    assertThat(browser.await("#prove-results .verdict-text").getText())
        .isEqualTo("Valid, and about exactly this file.");
    assertThat(browser.find("#prove-results .story").getText())
        .contains("A numbered slot", DIGEST, HEX, "By a software signer", "soft:dev")
        .doesNotContain("Attested", "was signed first");
    browser.find("#prove-results .checks summary").click();
    browser.keepScreenshot("proved");

    browser.find("#prove-results .actions a").click();
    Path proof = browser.awaitDownload(downloads, "hello.txt.occ.json");
    assertThat(verify(proof, VerificationPolicy.integrityOnly())).isInstanceOf(ValidProof.class);
    Files.delete(proof);
  }

  @Test
  void prove_severalFiles_areDownloadableAsOneArchive() throws Exception {
    browser.script(DROP, browser.find("#prove-drop"), List.of("one", "two", "one"));
    browser.await("#prove-list li:nth-child(3)");
    browser.await("#prove-go:enabled").click();
    browser.await("#prove-results .proof:nth-of-type(3)");
    browser.find("#prove-results .all a").click();
    Path archive = browser.awaitDownload(downloads, "proofs.zip");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("one.occ.json", "two.occ.json", "one (2).occ.json");
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] proof = zip.getInputStream(entry).readAllBytes(); // checks the CRC
        assertThat(ProofVerifier.create(VerificationPolicy.integrityOnly()).verifyProofOnly(proof))
            .isInstanceOf(ValidProof.class);
      }
    }
    Files.delete(archive);
  }

  @Test
  void prove_severalDroppedFiles_areProvenInOrder() {
    browser.script(DROP, browser.find("#prove-drop"), List.of("one", "two", "three"));
    browser.await("#prove-list li:nth-child(3)");
    assertThat(browser.find("#prove-go").getText()).isEqualTo("Make 3 proofs");
    browser.find("#prove-go").click();
    browser.await("#prove-results .proof:nth-of-type(3)");
    assertThat(texts("#prove-results h2")).containsExactly("one", "two", "three");
    assertThat(texts("#prove-results .verdict-text"))
        .containsOnly("Valid, and about exactly this file.");
  }

  private static final String DROP =
      """
      const files = new DataTransfer();
      for (const name of arguments[1]) files.items.add(new File([name], name));
      arguments[0].dispatchEvent(
        new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
      """;

  @Test
  void prove_withAWrongKey_saysSo() {
    WebElement key = browser.find("#api-key");
    key.clear();
    key.sendKeys("wrong");
    prove(file);
    assertThat(browser.await("#prove-message").getText()).contains("API key");
    assertThat(texts("#prove-results .proof")).isEmpty();
  }

  @Test
  void prove_withThePasskey_putsItsOwnerIntoTheProof() throws Exception {
    VirtualAuthenticator authenticator =
        browser
            .driver()
            .addVirtualAuthenticator(
                new VirtualAuthenticatorOptions()
                    .setProtocol(Protocol.CTAP2)
                    .setTransport(Transport.INTERNAL)
                    .setHasResidentKey(true)
                    .setHasUserVerification(true)
                    .setIsUserVerified(true));
    try {
      browser.find("#passkey-use").click();
      prove(file);
      assertThat(browser.await("#prove-results .verdict-text").getText()).startsWith("Valid");
      assertThat(browser.find("#prove-results .story").getText()).contains("Authorized", "passkey");
      browser.find("#prove-results .actions a").click();
      Path proof = browser.awaitDownload(downloads, "hello.txt.occ.json");
      VerificationPolicy actorRequired =
          VerificationPolicy.builder()
              .requireSlot()
              .requireActorIntent()
              .allowedOrigins(List.of((String) browser.script("return location.origin")))
              .build();
      assertThat(verify(proof, actorRequired)).isInstanceOf(ValidProof.class);
      Files.delete(proof);
      browser.keepScreenshot("passkey");
    } finally {
      browser.driver().removeVirtualAuthenticator(authenticator);
      browser.script("localStorage.clear()");
    }
  }

  /** A parent that asks for a challenge over something else than the page wants. */
  @Test
  void prove_challengeForSomethingElse_doesNotReachThePasskey() {
    VirtualAuthenticator authenticator =
        browser
            .driver()
            .addVirtualAuthenticator(
                new VirtualAuthenticatorOptions()
                    .setProtocol(Protocol.CTAP2)
                    .setTransport(Transport.INTERNAL)
                    .setHasResidentKey(true)
                    .setHasUserVerification(true)
                    .setIsUserVerified(true));
    try {
      browser.script(
          "const real = fetch; window.fetch = (path, options) => real(path, path === 'challenge' ?"
              + " { ...options, body: JSON.stringify({ intentHashB64: btoa('x'.repeat(32)) }) } :"
              + " options);window.asked = 0; const get ="
              + " navigator.credentials.get.bind(navigator.credentials);navigator.credentials.get ="
              + " (o) => { window.asked += 1; return get(o); };");
      browser.find("#passkey-use").click();
      prove(file);
      assertThat(browser.await("#prove-message.bad").getText())
          .contains("not for what you want to authorize");
      assertThat(browser.script("return window.asked")).isEqualTo(0L);
      assertThat(browser.driver().findElements(By.cssSelector("#prove-results .card"))).isEmpty();
    } finally {
      browser.driver().removeVirtualAuthenticator(authenticator);
      browser.script("localStorage.clear()");
    }
  }

  @Test
  void check_aFileAndItsProof_tellsWhetherTheyBelongTogether() throws IOException {
    Path proof = proofOf(file);
    Path other = Files.writeString(folder.resolve("other.txt"), "hello, world");
    browser.find("#tab-check").click();
    check(file, proof);
    assertThat(browser.await("#check-results .good .verdict-text").getText())
        .isEqualTo("Valid, and about exactly this file.");
    check(other, proof);
    assertThat(browser.await("#check-results .bad .verdict-text").getText())
        .isEqualTo("A valid proof, but of another file.");
    check(proof);
    browser.keepScreenshot("checked");
  }

  @Test
  void check_aChangedProof_isRefusedWithTheReason() throws IOException {
    Path proof = proofOf(file);
    Path changed = folder.resolve("changed.occ.json");
    String text = Files.readString(proof);
    Files.writeString(
        changed, text.replaceFirst("\"counter\": \"(\\d+)\"", "\"counter\": \"1$1\""));
    browser.find("#tab-check").click();
    check(file, changed);
    assertThat(browser.await("#check-results .bad .verdict-text").getText())
        .isEqualTo("Not valid: signature-invalid");
  }

  @Test
  void check_aProofThatClaimsAnEnclave_hasNoStepThatLooksGood() throws Exception {
    JsonObject proof = Proof.read(Files.readAllBytes(proofOf(file))).json();
    String padded = "ab".repeat(48) + " ".repeat(3000) + "Attested\u3000\u202e";
    JsonObject environment =
        JsonObject.builder()
            .put("enforcement", new JsonString("measured-tee"))
            .put("measurement", new JsonString(padded))
            .build();
    Path path = folder.resolve("claims.occ.json");
    Files.write(path, CanonicalJson.encode(proof.with("environment", environment)));
    browser.find("#tab-check").click();
    check(path);
    browser.await("#check-results .bad .story");
    assertThat(texts("#check-results .story .filled, #check-results .story .good")).isEmpty();
    assertThat(texts("#check-results .verdict-limits").get(0)).contains("what the proof says");
    assertThat(browser.find("#check-results .story").getText())
        .contains("the proof says: measured enclave", "ab".repeat(48) + "\\u{20}×304")
        .doesNotContain("Attested", "Compare it", "\u202e");
    assertThat(browser.find("#check-results .raw pre").getAttribute("textContent"))
        .contains("\\u0020", "\\u3000\\u202e")
        .doesNotContain("ab  ");
  }

  @Test
  void check_numberThatNoDoubleHolds_isShownInCanonicalForm() throws IOException {
    Path path = folder.resolve("number.occ.json");
    String text = Files.readString(proofOf(file)).strip();
    Files.writeString(
        path, text.substring(0, text.length() - 1) + ", \"metadata\": {\"n\": 9007199254740993}}");
    browser.find("#tab-check").click();
    check(path);
    browser.await("#check-results .good");
    assertThat(browser.find("#check-results .raw pre").getAttribute("textContent"))
        .contains("9007199254740992")
        .doesNotContain("9007199254740993");
  }

  @Test
  void header_enclaveThatGoesAndComesBack_followsIt() {
    assertThat(browser.find("#service").getText()).contains("Enclave up", "software signer");
    browser.script(
        "window.real = window.fetch;"
            + " window.fetch = async () => Response.json({ error: 'gone' }, { status: 503 })");
    browser.script(SEEN_AGAIN);
    assertThat(browser.await("#service.away").getText()).contains("The enclave is not available");
    browser.script("window.fetch = window.real");
    browser.script(SEEN_AGAIN);
    assertThat(browser.await("#service:not(.away) b").getText()).isEqualTo("software signer");
  }

  private static final String SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))";

  @Test
  void check_aMeasurementThatASoftwareSignerCannotHave_isRefused() throws IOException {
    Path proof = proofOf(file);
    browser.find("#tab-check").click();
    browser.find("#pcr0").sendKeys("0f".repeat(48));
    check(file, proof);
    assertThat(browser.await("#check-results .bad .verdict-text").getText())
        .startsWith("Not valid");
  }

  @Test
  void check_aHostileProof_isShownAsTextOnly() throws Exception {
    String hostile = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    JsonObject proof = Proof.read(Files.readAllBytes(proofOf(file))).json();
    JsonObject environment = JsonView.of(proof).view("environment").object();
    Path path = folder.resolve("hostile.occ.json");
    Files.write(
        path,
        CanonicalJson.encode(
            proof.with("environment", environment.with("measurement", new JsonString(hostile)))));
    browser.find("#tab-check").click();
    check(path);
    assertThat(browser.await("#check-results .story").getText()).contains(hostile);
    assertThat(browser.driver().getTitle()).isEqualTo("OCC: prove a file");
  }

  @Test
  void page_byKeyboardAlone_provesAndChangesTabs() {
    browser.find("#prove-file").sendKeys(file.toString());
    browser.await("#prove-list li");
    browser.find("#api-key").sendKeys(Keys.ENTER);
    browser.await("#prove-results .good");
    browser.find("#tab-prove").sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
        .isEqualTo("tab-check");
    assertThat(browser.find("#check").isDisplayed()).isTrue();
    assertThat(browser.find("#prove").isDisplayed()).isFalse();
  }

  @Test
  void page_onANarrowScreen_needsNoSidewaysScrolling() throws IOException {
    browser.resize(500, 800); // Chromium's narrowest window; the frame below is narrower
    browser.script("document.documentElement.style.maxWidth = '360px'");
    prove(file);
    browser.await("#prove-results .good");
    Number width = (Number) browser.script("return document.body.scrollWidth");
    assertThat(width.intValue()).isLessThanOrEqualTo(360);
    browser.keepScreenshot("narrow");
  }

  @Test
  void page_whoseServiceIsAway_saysSo() {
    browser.script("window.fetch = () => Promise.reject(new TypeError('away'))");
    prove(file);
    assertThat(browser.await("#prove-message").getText()).contains("does not answer");
  }

  @Test
  void prove_moreThanAHundredFiles_goInRequestsOfAHundred() {
    browser.script(FAIL_COMMITS_FROM, 3);
    prove101();
    browser.await("#prove-results .proof:nth-of-type(101)");
    assertThat((List<?>) browser.script("return window.sent")).hasToString("[100, 1]");
    assertThat(texts("#prove-results h2")).isEqualTo(names101());
    assertThat(browser.find("#prove-message").isDisplayed()).isFalse();
  }

  @Test
  void prove_answerThatDoesNotCome_showsWhatWasMadeAndThatTheRestIsUnknown() {
    browser.script(FAIL_COMMITS_FROM, 2);
    prove101();
    assertThat(browser.await("#prove-message").getText())
        .contains("did not answer within 60 s", "not known", "safe", "other proofs");
    assertThat(texts("#prove-results h2")).isEqualTo(names101().subList(0, 100));
  }

  private static final String FAIL_COMMITS_FROM =
      """
      const real = window.fetch;
      window.sent = [];
      window.fetch = (path, request) => {
        // A hundred proofs are verified one by one, which is not what is asked here.
        if (path === 'verify') return Promise.resolve(Response.json({ valid: true, checks: [] }));
        if (path !== 'commit') return real(path, request);
        window.sent.push(JSON.parse(request.body).digests.length);
        return window.sent.length < arguments[0]
          ? real(path, request) : Promise.reject(new DOMException('late', 'TimeoutError'));
      };
      """;

  private static void prove101() {
    browser.script(DROP, browser.find("#prove-drop"), names101());
    browser.await("#prove-list li:nth-child(101)");
    browser.await("#prove-go:enabled").click();
  }

  private static List<String> names101() {
    return IntStream.range(0, 101).mapToObj(i -> "file " + i).toList();
  }

  // ---- steps

  private static void prove(Path... files) {
    choose("#prove-file", files);
    browser.await("#prove-list li");
    browser.await("#prove-go:enabled").click();
  }

  private static void check(Path... files) {
    choose("#check-file", files);
    browser.await("#check-go:enabled").click();
  }

  private static void choose(String input, Path... files) {
    WebElement field = browser.find(input);
    field.clear();
    field.sendKeys(String.join("\n", List.of(files).stream().map(Path::toString).toList()));
  }

  private static List<String> texts(String selector) {
    return browser.driver().findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .toList();
  }

  private static Path proofOf(Path file) throws IOException {
    Path out = Files.createTempDirectory(folder, "proof");
    Run run = Run.occ("commit", file, "--out", out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return out.resolve(file.getFileName() + ".occ.json");
  }

  private static Object verify(Path proof, VerificationPolicy policy)
      throws IOException, JsonException {
    byte[] document = Files.readAllBytes(proof);
    assertThat(Proof.read(document).artifactDigest().toBase64()).isEqualTo(DIGEST);
    return ProofVerifier.create(policy)
        .verify(document, ArtifactDigest.ofContent(CONTENT.getBytes(StandardCharsets.UTF_8)));
  }
}
