module app {
  requires dev.occ.verifier;
}
