/** The software signer, for development, tests and CI, with an attestation authority of its own. */
module dev.occ.signer.soft {
  requires transitive dev.occ.signer;
  requires org.bouncycastle.provider;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.signer.soft;

  provides dev.occ.signer.SignerProvider with
      dev.occ.signer.soft.SoftSignerProvider;
}
