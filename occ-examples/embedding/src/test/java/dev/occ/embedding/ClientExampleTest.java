package dev.occ.embedding;

import static dev.occ.client.HonestServer.ok;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.client.HonestServer;
import dev.occ.client.OccClientException;
import dev.occ.client.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientExampleTest {
  @Test
  void commit_serverWithoutHardware_isRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    try (HonestServer honest = new HonestServer();
        ScriptedServer server = ScriptedServer.start(request -> ok(honest.commit(request)))) {
      Map<String, String> environment = Map.of("TEE_URL", server.url().toString());
      assertThatThrownBy(
              () -> ClientExample.commit(environment, "0".repeat(95) + "1", List.of(file)))
          .isInstanceOf(OccClientException.class);
    }
  }
}
