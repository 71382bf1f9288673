/** What a signer must do: the service provider interface of OCC, without any dependency. */
module dev.occ.signer {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.occ.signer;

  uses dev.occ.signer.SignerProvider;
}
