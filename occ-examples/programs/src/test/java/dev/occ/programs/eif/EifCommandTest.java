package dev.occ.programs.eif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import dev.occ.programs.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EifCommandTest {
  @TempDir private Path folder;
  private Path image;
  private String pcr0 = "";

  @BeforeEach
  void writeImage() throws Exception {
    image = Files.write(folder.resolve("an image.eif"), EifImages.usual());
    pcr0 = EifImages.pcr0(EifImages.usual());
  }

  @Test
  void eif_image_printsMeasurementsAndTheLineToVerify() {
    Run run = Run.occ("eif", image);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("EIF version 4, x86_64", "kernel", "ramdisk", "\"ImageName\": \"occ\"")
        .contains("PCR0      " + pcr0, "./occ verify PROOF --pcr0 " + pcr0);
  }

  @Test
  void eif_image_showsTheCommandLineAndWhy() throws Exception {
    assertThat(Run.occ("eif", image).out())
        .contains(
            "Kernel command line", "reboot=k panic=30 console=ttyS0", "PCR0 to 2 do not show");
    assertThat(parse(Run.occ("eif", image, "--json").out()).get("commandLine"))
        .contains(new JsonString("reboot=k panic=30 console=ttyS0"));
  }

  @Test
  void eif_unreadableMetadata_hidesNoMeasurement() throws Exception {
    Files.write(image, EifImages.withMetadata("{\"a\":1,\"a\":2}"));
    String measured = EifImages.pcr0(EifImages.withMetadata("{}"));
    Run run = Run.occ("eif", image, "--pcr0", measured);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("PCR0      " + measured, "cannot be read", "(metadata-not-json)");
    JsonObject json = parse(Run.occ("eif", image, "--json").out());
    assertThat(json.has("measurements")).isTrue();
    assertThat(json.has("metadata")).isFalse();
    assertThat(((JsonObject) json.get("metadataProblem").orElseThrow()).get("reason"))
        .contains(new JsonString("metadata-not-json"));
  }

  @Test
  void eif_json_printsOneObjectWithTheMeasurements() throws Exception {
    Run run = Run.occ("eif", image, "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).hasLineCount(1);
    JsonObject json = parse(run.out());
    JsonObject measurements = (JsonObject) json.get("measurements").orElseThrow();
    assertThat(measurements.members().keySet()).containsExactly("PCR0", "PCR1", "PCR2");
    assertThat(measurements.get("PCR0")).contains(new JsonString(pcr0));
    assertThat(json.get("metadata")).isPresent();
    assertThat(json.has("signature")).isFalse();
  }

  @Test
  void eif_signedImage_tellsTheSigner() throws Exception {
    Files.write(image, EifImages.signed(folder));
    Run text = Run.occ("eif", image);
    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains("PCR8", "ES384 over PCR0", "CN=image signer", "not checked");
    JsonObject json = parse(Run.occ("eif", image, "--json").out());
    assertThat(((JsonObject) json.get("measurements").orElseThrow()).has("PCR8")).isTrue();
    assertThat(((JsonObject) json.get("signature").orElseThrow()).get("algorithm"))
        .contains(new JsonString("ES384"));
  }

  @Test
  void eif_expectedPcr0_decidesTheExitCode() {
    assertThat(Run.occ("eif", image, "--pcr0", pcr0).exitCode()).isZero();
    assertThat(Run.occ("eif", image, "--pcr0", pcr0.toUpperCase(Locale.ROOT)).exitCode()).isZero();
    Run other = Run.occ("eif", image, "--pcr0", "ab".repeat(48));
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out()).isEmpty();
    assertThat(other.err()).contains("(pcr0-mismatch)", pcr0);
  }

  @Test
  void eif_pcr0ThatIsNone_isAnErrorOfUse() {
    for (String wrong : new String[] {"ab", "zz".repeat(48), "ab".repeat(47) + "a", "i\u0307"}) {
      Run run = Run.occ("eif", image, "--pcr0", wrong);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("96 hex digits");
    }
  }

  @Test
  void eif_damagedImage_isRefusedWithItsReason() throws Exception {
    byte[] damaged = EifImages.usual();
    damaged[damaged.length - 1] ^= 1;
    Files.write(image, damaged);
    Run text = Run.occ("eif", image);
    assertThat(text.exitCode()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).contains("is refused", "(crc-mismatch)");
    Run json = Run.occ("eif", image, "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(parse(json.out()).get("refused")).contains(new JsonString("crc-mismatch"));
  }

  @Test
  void eif_noSuchFile_isUnusable() {
    Run run = Run.occ("eif", folder.resolve("none.eif"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no such file");
  }

  @Test
  void eif_hostileMetadata_doesNotReachTheTerminal() throws Exception {
    Files.write(image, EifImages.withMetadata("{\"ImageName\":\"\u009b31m\u202e\"}"));
    for (Run run : new Run[] {Run.occ("eif", image), Run.occ("eif", image, "--json")}) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).doesNotContain("\u009b", "\u202e").contains("\\u009b31m\\u202e");
    }
  }

  private static JsonObject parse(String line) throws Exception {
    return (JsonObject) JsonValue.read(line.strip().getBytes(StandardCharsets.UTF_8));
  }
}
