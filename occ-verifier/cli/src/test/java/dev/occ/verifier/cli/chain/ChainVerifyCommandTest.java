package dev.occ.verifier.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.proof.ProofDraft;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.cli.Run;
import dev.occ.verifier.cli.SoftProofs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChainVerifyCommandTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u202e";

  @TempDir private Path folder;

  @Test
  void chainVerify_soundLines_isSound() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(5));
    Run run = Run.of("chain", "verify", file);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("✓ SOUND (integrity only)  5 proofs on 1 chain of 1 epoch, 0 faults")
        .contains("counters 2 to 10, in one piece", "Not shown");
  }

  @Test
  void chainVerify_missingProof_isNotSound() throws IOException {
    List<Proof> proofs = new ArrayList<>(SoftProofs.proofs(5));
    proofs.remove(2);
    Run run = Run.of("chain", "verify", lines("all.jsonl", proofs));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("✗ NOT SOUND", "✗ gap: 1", "4...8", "all.jsonl:3");
  }

  @Test
  void chainVerify_partial_mayBeginInTheMiddle() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(5).subList(2, 5));
    assertThat(Run.of("chain", "verify", file).code()).isEqualTo(1);
    Run partial = Run.of("chain", "verify", "--partial", file);
    assertThat(partial.code()).isZero();
    assertThat(partial.out()).contains("missing-start: 1, no fault");
  }

  @Test
  void chainVerify_folderOfFiles_isRead() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    List<Proof> proofs = SoftProofs.proofs(3);
    Files.write(inner.resolve("1.occ.json"), proofs.get(0).toPrettyBytes());
    Files.write(folder.resolve("2.json"), proofs.get(1).toBytes());
    lines("3.jsonl", proofs.subList(2, 3));
    assertThat(Run.of("chain", "verify", folder).code()).isZero();
  }

  @Test
  void chainVerify_arrayFile_isRead() throws IOException {
    Path file = folder.resolve("answer.json");
    Files.writeString(file, " [" + join(SoftProofs.proofs(3), " ,\n") + "]\n");
    JsonNode report = Run.of("chain", "verify", "--json", file).json();
    assertThat(report.get("sound").asBoolean()).isTrue();
    assertThat(report.get("proofs").asInt()).isEqualTo(3);
    assertThat(report.get("policy").asString()).isEqualTo("integrity-only");
  }

  @Test
  void chainVerify_brokenArray_isUnusableAndKeepsTheRest() throws IOException {
    Path file = folder.resolve("answer.json");
    Files.writeString(file, "[" + join(SoftProofs.proofs(3), ",") + ",");
    Run run = Run.of("chain", "verify", "--json", file);
    run.assertUnusable("answer.json", "not whole");
    assertThat(run.json().get("proofs").asInt()).isEqualTo(3);
  }

  @Test
  void chainVerify_emptyArray_isUnusable() throws IOException {
    Path file = folder.resolve("answer.json");
    Files.writeString(file, "[ ]");
    Run.of("chain", "verify", "--json", file).assertUnusable("no proof");
  }

  @Test
  void chainVerify_standardInput_isRead() {
    byte[] input = (join(SoftProofs.proofs(3), "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(Run.withInput(input, "chain", "verify", "-").code()).isZero();
  }

  @Test
  void chainVerify_lineThatIsNoProof_isReportedWithItsPlace() throws IOException {
    Path file = folder.resolve("all.jsonl");
    Files.writeString(file, join(SoftProofs.proofs(2), "\n") + "\nnonsense\n");
    Run run = Run.of("chain", "verify", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("invalid-proof: 1", "all.jsonl:3", "malformed", "2 proofs");
  }

  @Test
  void chainVerify_missingFile_isUnusable() throws IOException {
    lines("all.jsonl", SoftProofs.proofs(2));
    Run run = Run.of("chain", "verify", folder.resolve("all.jsonl"), folder.resolve("none.json"));
    run.assertUnusable("none.json", "no such file");
    assertThat(run.out()).contains("2 proofs");
  }

  @Test
  void chainVerify_badArguments_areUnusable() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(1));
    Run.of("chain", "verify", "--jobs", "0", file).assertUnusable("--jobs");
    Run.of("chain", "verify", "--details", "0", file).assertUnusable("--details");
    Run.of("chain", "verify", "--tmp", file, file).assertUnusable("--tmp");
    Run.of("chain", "verify", "-", "-").assertUnusable("once");
    Run.of("chain", "verify", "--html", file, file).assertUnusable("--force");
    Run.of("chain").assertUnusable("command is missing");
  }

  @Test
  void chainVerify_policy_judgesEachProof() throws IOException {
    Path policy = folder.resolve("policy.json");
    Files.writeString(policy, "{\"requireEnforcement\":\"measured-tee\"}");
    Path file = lines("all.jsonl", SoftProofs.proofs(2));
    Run run = Run.of("chain", "verify", "--policy", policy, file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("invalid-proof: 2", "policy-enforcement");
  }

  @Test
  void chainVerify_html_isOnePageThatMayRunItsOwnScriptOnly() throws IOException {
    String page = page(SoftProofs.proofs(3));
    assertThat(page)
        .contains("✓ sound (integrity only)", "default-src 'none'")
        .doesNotContain("src=", "href=", "url(", "@import", "style=\"");
    assertThat(count(page, "<script")).isEqualTo(2);
    String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    assertThat(page).contains("script-src " + source(script), "style-src " + source(style));
  }

  @Test
  void chainVerify_hostileTexts_stayTexts() throws Exception {
    List<Proof> proofs = new ArrayList<>();
    try (SoftSigner signer = SeededSoftSigner.open(3);
        Epoch epoch = Epoch.open(signer)) {
      for (int i = 0; i < 3; i++) {
        proofs.add(
            named(
                signer,
                epoch.commit(
                    CommitRequest.builder(epoch.allocateSlot(HOSTILE).id(), SoftProofs.digest())
                        .attribution(
                            new Attribution(
                                Optional.of("any name"),
                                Optional.of(HOSTILE),
                                Optional.of(HOSTILE)))
                        .build())));
      }
    }
    proofs.remove(1);
    String page = page(proofs);
    assertThat(page)
        .contains("&lt;/script&gt;&lt;img", "anchor-invalid")
        .doesNotContain("<img", "\u202e");
    assertThat(count(page, "</script>")).isEqualTo(2);
  }

  /** As a signer that does not keep to the specification would seal it. */
  private static Proof named(SoftSigner signer, Proof proof) throws Exception {
    JsonObject attribution = JsonView.of(proof.json()).view("attribution").object();
    JsonObject publicKey =
        JsonView.of(proof.json()).view("signer").object().without("signatureB64");
    ProofDraft draft =
        ProofDraft.of(
            proof
                .json()
                .with("attribution", attribution.with("name", new JsonString("Ethereum Anchor")))
                .with("signer", publicKey));
    return draft.seal(Bytes.of(signer.sign(draft.signedBytes())), Optional.empty());
  }

  @Test
  void chainVerify_pageThatCannotBeWritten_comesAfterTheReport() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(3));
    Path tooLong = folder.resolve("n".repeat(300));

    Run run = Run.of("chain", "verify", "--html", tooLong, file);

    run.assertUnusable("cannot write");
    assertThat(run.out()).contains("✓ SOUND", "3 proofs");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void chainVerify_pageInNoFolder_isRefusedBeforeTheWork() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(3));
    Run run = Run.of("chain", "verify", "--html", folder.resolve("none/a.html"), file);
    run.assertUnusable("none/a.html", "no such folder");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void chainVerify_unreadableInput_isPartOfTheVerdict() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(3));
    Path none = folder.resolve("none.json");
    Path html = folder.resolve("out.html");

    Run text = Run.of("chain", "verify", "--html", html, file, none);
    Run two = Run.of("chain", "verify", "--json", file, none, none);

    assertThat(text.code()).isEqualTo(2);
    assertThat(text.out())
        .startsWith("✓ SOUND (integrity only, 1 input not readable)  3 proofs")
        .contains("0 faults, 1 input not readable");
    assertThat(Files.readString(html))
        .contains(
            "verdict bad\">✓ sound (integrity only, 1 input not readable)<",
            "covers the others only",
            "wrong with what could be read");
    assertThat(two.json().get("unreadable").asInt()).isEqualTo(2);
    assertThat(Run.of("chain", "verify", "--json", file).json().get("unreadable").asInt()).isZero();
  }

  @Test
  void chainVerify_leniency_isNamed() throws IOException {
    Path file = lines("all.jsonl", SoftProofs.proofs(3));
    Path html = folder.resolve("out.html");

    Run run = Run.of("chain", "verify", "--historical", "--html", html, file);

    assertThat(run.out()).contains("which proofs needed --historical");
    assertThat(Files.readString(html)).contains("Accepted with --historical");
    assertThat(
            Run.of("chain", "verify", "--json", "--historical", file)
                .json()
                .at("/leniency/0")
                .asString())
        .isEqualTo("--historical");
    assertThat(Run.of("chain", "verify", file).out()).doesNotContain("which proofs needed");
  }

  private String page(List<Proof> proofs) throws IOException {
    Path html = folder.resolve("out.html");
    Run run = Run.of("chain", "verify", "--html", html, lines("all.jsonl", proofs));
    assertThat(run.err()).isEmpty();
    return Files.readString(html);
  }

  private static String source(String content) {
    Bytes hash = Bytes.sha256(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + hash.toBase64() + "'";
  }

  private static long count(String text, String part) {
    Matcher matcher = Pattern.compile(Pattern.quote(part)).matcher(text);
    return matcher.results().count();
  }

  private Path lines(String name, List<Proof> proofs) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Proof proof : proofs) {
      lines.write(proof.toBytes());
      lines.write('\n');
    }
    return Files.write(folder.resolve(name), lines.toByteArray());
  }

  private static String join(List<Proof> proofs, String separator) {
    return String.join(separator, proofs.stream().map(p -> p.json().toJson()).toList());
  }
}
