module app {
  requires dev.occ.verifier;
  requires org.bouncycastle.pkix;
}
