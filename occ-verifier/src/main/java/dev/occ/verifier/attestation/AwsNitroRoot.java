package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;
import java.util.Base64;

/**
 * The AWS Nitro Enclaves root G1, valid from 2019-10-28 to 2049-10-28, as AWS publishes it
 * (aws-nitro-enclaves.amazonaws.com/AWS_NitroEnclaves_Root-G1.zip) and as genuine documents carry
 * it. The text below is what AWS calls {@code root.pem}; its digest is the one that AWS names for
 * it (spec 12).
 */
final class AwsNitroRoot {
  /** SHA-256 of the certificate's DER. */
  static final String SHA256 = "641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b";

  private static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIICETCCAZagAwIBAgIRAPkxdWgbkK/hHUbMtOTn+FYwCgYIKoZIzj0EAwMwSTEL
      MAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEMMAoGA1UECwwDQVdTMRswGQYD
      VQQDDBJhd3Mubml0cm8tZW5jbGF2ZXMwHhcNMTkxMDI4MTMyODA1WhcNNDkxMDI4
      MTQyODA1WjBJMQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQL
      DANBV1MxGzAZBgNVBAMMEmF3cy5uaXRyby1lbmNsYXZlczB2MBAGByqGSM49AgEG
      BSuBBAAiA2IABPwCVOumCMHzaHDimtqQvkY4MpJzbolL//Zy2YlES1BR5TSksfbb
      48C8WBoyt7F2Bw7eEtaaP+ohG2bnUs990d0JX28TcPQXCEPZ3BABIeTPYwEoCWZE
      h8l5YoQwTcU/9KNCMEAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUkCW1DdkF
      R+eWw5b6cp3PmanfS5YwDgYDVR0PAQH/BAQDAgGGMAoGCCqGSM49BAMDA2kAMGYC
      MQCjfy+Rocm9Xue4YnwWmNJVA44fA0P5W2OpYow9OYCVRaEevL8uO1XYru5xtMPW
      rfMCMQCi85sWBbJwKKXdS6BptQFuZbT73o/gBh1qUxl/nNr12UO8Yfwr6wPLb+6N
      IwLz3/Y=
      -----END CERTIFICATE-----
      """;

  private static final PinnedRoot ROOT = new PinnedRoot(load(PEM), true);

  private AwsNitroRoot() {}

  static PinnedRoot root() {
    return ROOT;
  }

  /** Whoever changes the text above has to change two constants, not one. */
  static PathCertificate load(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----|\n", "");
    Bytes der = Bytes.of(Base64.getDecoder().decode(base64));
    if (!Bytes.sha256(der.toByteArray()).toHex().equals(SHA256)) {
      throw new IllegalStateException(
          "the AWS Nitro root in this program is not the AWS Nitro root");
    }
    return PinnedRoot.read(der);
  }
}
