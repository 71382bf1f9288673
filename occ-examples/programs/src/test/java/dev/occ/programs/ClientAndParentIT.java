package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.epoch.Epoch;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.server.ApiKeys;
import dev.occ.server.ParentServer;
import dev.occ.signer.SignerProvider;
import dev.occ.verifier.VerificationPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client and the command against the real parent server and enclave server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ClientAndParentIT {
  private static final String KEY = "key-4711-of-the-test";

  @Test
  void client_everyCall_isServedByTheParent(@TempDir Path folder) throws Exception {
    EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"));
    int enclavePort = listener.channel().socket().getLocalPort();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Epoch epoch = Epoch.open(SignerProvider.named("soft").open(Map.of()));
        EnclaveServer enclave = EnclaveServer.builder(epoch).listener(listener).start();
        ParentServer parent =
            ParentServer.builder(
                    EnclaveAddress.parse("tcp:127.0.0.1:" + enclavePort), ApiKeys.of(List.of(KEY)))
                .listen(any)
                .management(any)
                .start()) {
      assertThat(enclave).isNotNull();
      URI url = URI.create("http://127.0.0.1:" + parent.address().getPort());
      OccClient client = OccClient.builder(url).apiKey(KEY).build();
      assertThat(client.health().ok()).isTrue();
      assertThat(client.key().epochId()).isEqualTo(epoch.id());
      assertThat(client.allocateSlot("c").chainId()).isEqualTo("c");
      Proof proof = commit(client);
      assertThat(client.verify(proof, VerificationPolicy.integrityOnly()).valid()).isTrue();
      OccClientException stranger =
          catchThrowableOfType(
              OccClientException.class, () -> commit(OccClient.builder(url).build()));
      assertThat(stranger.reason()).isEqualTo(OccClientException.Reason.UNAUTHORIZED);

      Path key = Files.writeString(folder.resolve(".key"), KEY);
      Path file = Files.writeString(folder.resolve("file"), "content");
      Run run = Run.occ("commit", folder, "--url", url.toString(), "--api-key-file", key);
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      Path made = folder.resolve("file.occ.json");
      assertThat(Run.occ("verify", made, "--artifact", file).exitCode()).isZero();
    }
  }

  private static Proof commit(OccClient client) throws OccClientException {
    CommitOptions options =
        CommitOptions.builder()
            .chainId("c")
            .attribution(Attribution.of("Ada"))
            .principal(Principal.of("ada"))
            .build();
    List<Bytes> digests =
        IntStream.range(0, 1002)
            .mapToObj(i -> Bytes.sha256(("x" + i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    List<Proof> proofs = client.commit(digests, options);
    assertThat(proofs).extracting(Proof::artifactDigest).isEqualTo(digests);
    return proofs.get(1001);
  }
}
