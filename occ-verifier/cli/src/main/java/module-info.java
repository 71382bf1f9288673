/** The standalone verifier as a program, and the command line toolkit that the programs share. */
module dev.occ.verifier.cli {
  requires transitive dev.occ.verifier;
  requires transitive info.picocli;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.verifier.cli;

  opens dev.occ.cli to
      info.picocli;
  opens dev.occ.cli.options to
      info.picocli;
  opens dev.occ.verifier.cli to
      info.picocli;
  opens dev.occ.verifier.cli.attestation to
      info.picocli;
  opens dev.occ.verifier.cli.chain to
      info.picocli;
  opens dev.occ.verifier.cli.inspect to
      info.picocli;
  opens dev.occ.verifier.cli.policy to
      info.picocli;
  opens dev.occ.verifier.cli.verify to
      info.picocli;
}
