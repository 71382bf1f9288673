package dev.occ.server;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Enclaves that answer one request with an error. */
final class FailingEnclave {
  private FailingEnclave() {}

  /** What a client makes of an error answer with some code. */
  static EnclaveException answering(String code) {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EnclaveClient client =
            EnclaveClient.open(EnclaveAddress.parse("tcp:127.0.0.1:" + server.getLocalPort()))) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(server, code));
      EnclaveIdentity identity = client.key();
      answered.join();
      throw new AssertionError("an error was taken for " + identity);
    } catch (EnclaveException e) {
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(ServerSocket server, String code) {
    try (Socket socket = server.accept()) {
      int b = socket.getInputStream().read();
      while (b != '}') {
        b = socket.getInputStream().read();
      }
      String answer = "{\"error\":\"as asked\",\"code\":\"" + code + "\"}";
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
