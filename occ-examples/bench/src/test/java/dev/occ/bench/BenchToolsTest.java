package dev.occ.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchToolsTest {
  private static final Path ROOT = Path.of(".");

  @TempDir private Path folder;

  @Test
  void verified_ofRefusedProof_throws() throws Exception {
    try (BenchProofs source = BenchProofs.stub()) {
      Proof stub = source.next();
      ProofVerifier verifier = ProofVerifier.create(BenchProofs.attestedPolicy());
      assertThatIllegalStateException()
          .isThrownBy(() -> Require.verified(verifier.verifyProofOnly(stub)))
          .withMessageContaining("Rejected");
    }
  }

  @Test
  void bulkProofs_always_verifyUnderTheirOwnPolicyAndRoot() throws Exception {
    BulkProofs made = BulkProofs.make(folder, 3);
    VerificationPolicy policy = VerificationPolicy.read(Files.readAllBytes(made.policy()));
    ProofVerifier verifier =
        ProofVerifier.builder(policy)
            .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(Files.readAllBytes(made.root())))
            .build();
    List<String> lines = Files.readAllLines(made.proofs());
    assertThat(lines).hasSize(3).doesNotHaveDuplicates();
    for (String line : lines) {
      ValidProof verified =
          Require.verified(verifier.verifyProofOnly(line.getBytes(StandardCharsets.UTF_8)));
      assertThat(verified.attested()).isPresent();
      assertThat(verified.slotChecked()).isTrue();
    }
  }

  @Test
  void unseenPaths_inTurn_areMoreThanTheJdkRemembers() throws Exception {
    UnseenPaths paths = UnseenPaths.make();
    UnseenPaths.Sample first = paths.next();
    int others = 0;
    while (!Arrays.equals(paths.next().json(), first.json())) {
      others++;
    }
    assertThat(others * first.parts().attestation().size()).isGreaterThan(750);
  }

  @Test
  void ratioTable_quick_hasARowForEachCaseAndProvider() throws Exception {
    Settings quick = Settings.parse(new String[] {"ratios", "--quick"}, ROOT);
    assertThat(new RatioTable(quick).print().toString().lines())
        .hasSize(2 + 3 * Crypto.available().size() + 2)
        .allMatch(row -> row.endsWith(" |"));
  }

  @Test
  void signTwice_post_answersTwoSignatures() throws Exception {
    try (SignTwice server = SignTwice.start()) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.url()))
                      .POST(BodyPublishers.ofString("{\"digests\":[]}"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).matches("[A-Za-z0-9+/]{86}==[A-Za-z0-9+/]{86}== +");
    }
  }

  @Test
  void settings_options_areRead() {
    assertThat(Settings.parse(new String[] {"bulk"}, ROOT))
        .isEqualTo(new Settings(false, 100_000, ROOT));
    assertThat(Settings.parse(new String[] {"bulk", "--quick", "--count", "7"}, ROOT))
        .isEqualTo(new Settings(true, 7, ROOT));
  }

  @Test
  void settings_unusableOptions_areRefused() {
    for (String[] arguments :
        new String[][] {{"bulk", "--fast"}, {"bulk", "--count"}, {"bulk", "--count", "-1"}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Settings.parse(arguments, ROOT));
    }
  }

  @Test
  void table_rows_areMarkdown() {
    Table table = new Table("what", "how many");
    table.row("proofs", Table.number(12_345.6));
    table.row("times", Table.times(1.239));
    table.row("few", Table.number(0.5));
    assertThat(table)
        .hasToString(
            """
            | what | how many |
            | --- | --- |
            | proofs | 12 346 |
            | times | 1.24× |
            | few | 0.50 |
            """);
    assertThatIllegalArgumentException().isThrownBy(() -> table.row("one"));
  }
}
