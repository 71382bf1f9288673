module app {
  requires dev.occ.client;
  requires dev.occ.testing;
}
