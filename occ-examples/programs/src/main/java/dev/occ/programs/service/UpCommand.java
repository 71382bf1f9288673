package dev.occ.programs.service;

import dev.occ.cli.ExitCode;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveListener;
import dev.occ.enclave.EnclaveServer;
import dev.occ.enclave.program.StopSignal;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.kit.SignerOptions;
import dev.occ.server.ApiKeys;
import dev.occ.server.ParentServer;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code occ up}: enclave and parent in one process on this machine, to try things out. */
@Command(
    name = "up",
    description = {
      "Runs an enclave and its HTTP API in one process, on localhost, until Ctrl-C.",
      "For development. The signer is soft unless --signer names another; the proofs of a software"
          + " signer show nothing about hardware."
    },
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final String DEFAULT_SIGNER = "soft";
  private static final int KEY_BYTES = 24;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PORT:-8080}",
      description = "The port; 0 takes a free one. Also PORT (default: 8080).")
  private int port = 8080;

  @Mixin private SignerOptions signer = new SignerOptions();

  public UpCommand() {}

  @Override
  public Integer call() throws IOException, SignerException, EpochException, InterruptedException {
    String key = newKey();
    try (StopSignal signal = new StopSignal(StopSignal.SERVER_SECONDS);
        Epoch epoch = Epoch.open(signer.open(DEFAULT_SIGNER, Map.of()));
        EnclaveListener listener = EnclaveListener.open(EnclaveAddress.parse("tcp:127.0.0.1:0"))) {
      EnclaveServer enclave = EnclaveServer.builder(epoch).listener(listener).start();
      try (ParentServer parent = start(listener, key)) {
        say(Screen.of(spec.commandLine()), parent.address().getPort(), key, epoch.enforcement());
        signal.await();
      } finally {
        enclave.close();
      }
    }
    return ExitCode.OK;
  }

  private ParentServer start(EnclaveListener enclave, String key) throws IOException {
    InetSocketAddress bound = (InetSocketAddress) enclave.channel().getLocalAddress();
    EnclaveAddress address = EnclaveAddress.parse("tcp:127.0.0.1:" + bound.getPort());
    return ParentServer.builder(address, ApiKeys.ofLines(List.of(key + " name=up anchor")))
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .start();
  }

  private static String newKey() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static void say(Screen screen, int port, String key, EnforcementTier tier) {
    String url = "http://localhost:" + port;
    screen.title("OCC is up at " + url);
    screen.text("The API key of this run: " + key);
    screen.caution(
        tier == EnforcementTier.STUB
            ? "a software enclave: its proofs show nothing about hardware"
            : "tier " + tier.wireName() + ": counter and gate run in this process");
    screen.heading("Try it");
    screen.text("curl -s " + url + "/health");
    screen.text("curl -s " + url + "/key");
    screen.text("curl -s " + url + "/commit -H 'Authorization: Bearer " + key + "' \\");
    screen.text("  -H 'Content-Type: application/json' -o proofs.json -d \\");
    screen.text(
        "  '{\"digests\":[{\"digestB64\":\"uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=\","
            + "\"hashAlg\":\"sha256\"}]}'");
    screen.text("./occ verify proofs.json");
    // Browsers keep what follows the # to themselves: the key is in no request and no log.
    screen.heading("Or open " + url + "/#key=" + key + " in a browser");
    screen.text("Ctrl-C stops the service and destroys its key.");
  }
}
