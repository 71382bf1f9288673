package dev.occ.programs.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.anchor.AnchorKey;
import dev.occ.cli.ExitCode;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.programs.Run;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SoftSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class EpochSettingsTest {
  private static final String KEY = "L/zyqG3111Y0hEyKF6NIKI4amSvSBBQxGMjdjLa2520=";

  private static EpochOptions options(String... arguments) {
    return CommandLine.populateCommand(new EpochSettings(), arguments)
        .options(CommandSpec.create());
  }

  @Test
  void options_given_areThoseOfTheEpoch() throws EpochException, SignerException {
    EpochOptions options = options("--anchor-key", KEY, "--base-floors");
    try (Epoch epoch = Epoch.open(SoftSigner.open(), options)) {
      assertThat(epoch.anchorKey()).map(AnchorKey::toString).contains(KEY);
      assertThat(epoch.takesBaseFloors()).isTrue();
    }
  }

  /** As an image has it that was built without a key. */
  @Test
  void options_emptyKey_isNone() throws EpochException, SignerException {
    try (Epoch epoch = Epoch.open(SoftSigner.open(), options("--anchor-key", ""))) {
      assertThat(epoch.anchorKey()).isEmpty();
      assertThat(epoch.takesBaseFloors()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "enclave,x",
    "up,x",
    "enclave,AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "enclave,L/zyqG3111Y0hEyKF6NIKI4amSvSBBQxGMjdjLa252"
  })
  void command_unusableKey_isRefused(String command, String key) {
    Run run = Run.occ(command, "--signer", "soft", "--anchor-key", key);
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNUSABLE);
    assertThat(run.err()).contains("--anchor-key (OCC_ANCHOR_KEY): ");
  }
}
