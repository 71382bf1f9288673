package dev.occ.programs.service;

import dev.occ.cli.ExitCode;
import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.program.EnclaveService;
import dev.occ.enclave.program.EnclaveSettings;
import dev.occ.epoch.EpochException;
import dev.occ.programs.kit.Addresses;
import dev.occ.programs.kit.EpochSettings;
import dev.occ.programs.kit.PeerOptions;
import dev.occ.programs.kit.SignerOptions;
import dev.occ.signer.SignerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code occ enclave}: one epoch over one signer, behind the enclave protocol (spec 13), until the
 * process is told to end. A Nitro enclave runs the same by {@link
 * dev.occ.enclave.program.EnclaveMain}.
 */
@Command(
    name = "enclave",
    description = {
      "Opens an epoch and serves it until SIGTERM. Every start is a new epoch.",
      "Addresses are vsock:PORT, unix:/path and tcp:HOST:PORT.",
      "The default signer is the one that OCC_SIGNER names, or nitro."
    },
    mixinStandardHelpOptions = true)
public final class EnclaveCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  private CommandSpec spec;

  @Mixin private SignerOptions signer = new SignerOptions();

  @Option(
      names = "--allow-debug",
      defaultValue = "${env:OCC_ALLOW_DEBUG:-false}",
      description = "Run in a debug enclave, whose memory can be read. Also OCC_ALLOW_DEBUG=true.")
  private boolean allowDebug;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "${env:OCC_LISTEN:-vsock:5000}",
      description =
          "Listen on this address. May be repeated. Also OCC_LISTEN (default: vsock:5000).")
  private List<String> listen = List.of();

  @Mixin private PeerOptions peers = new PeerOptions();
  @Mixin private EpochSettings settings = new EpochSettings();

  public EnclaveCommand() {}

  @Override
  public Integer call() throws IOException, SignerException, EpochException, InterruptedException {
    EnclaveService.serve(
        EnclaveSettings.builder()
            .signer(signer.name(defaultSigner()), signer.options())
            .allowDebug(allowDebug)
            .listen(addresses())
            .peers(peers.peers())
            .epoch(settings.options(spec))
            .build());
    return ExitCode.OK;
  }

  private static String defaultSigner() {
    return System.getenv().getOrDefault("OCC_SIGNER", EnclaveSettings.DEFAULT_SIGNER);
  }

  private List<EnclaveAddress> addresses() {
    List<EnclaveAddress> addresses = new ArrayList<>();
    for (String text : listen) {
      addresses.add(Addresses.parse(spec, "--listen", text));
    }
    return addresses;
  }
}
