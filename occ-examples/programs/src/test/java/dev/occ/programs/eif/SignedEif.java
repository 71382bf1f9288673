package dev.occ.programs.eif;

import static dev.occ.programs.eif.EifFile.concat;
import static dev.occ.programs.eif.EifFile.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Signs images as AWS's tools do, with CBOR composed by hand.
 *
 * @param key the signing key
 * @param certificate for it, self-signed
 * @param hash of the signature
 */
record SignedEif(PrivateKey key, X509Certificate certificate, String hash) {
  static final byte[] ES256 = {(byte) 0xA1, 0x01, 0x26};
  static final byte[] ES384 = {(byte) 0xA1, 0x01, 0x38, 0x22};
  static final byte[] ES512 = {(byte) 0xA1, 0x01, 0x38, 0x23};

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Makes a key and its certificate with the JDK's keytool. */
  static SignedEif make(Path folder, String hash, String... keyOptions) throws Exception {
    Path store = Files.createTempFile(folder, "key", ".p12");
    Files.delete(store);
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-genkeypair", "-alias", "k", "-dname", "CN=image signer,O=test"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of("-keystore", store.toString(), "-validity", "3650"));
    command.addAll(List.of(keyOptions));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    return new SignedEif(
        (PrivateKey) keys.getKey("k", PASSWORD), (X509Certificate) keys.getCertificate("k"), hash);
  }

  byte[] pem() throws Exception {
    return text(
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, text("\n")).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  /** The section for an image with that PCR0. */
  byte[] sectionFor(byte[] header, byte[] pcr0) throws Exception {
    return section(pem(), sign1(header, payload(0, pcr0)));
  }

  byte[] sign1(byte[] header, byte[] payload) throws Exception {
    byte[] toBeSigned =
        concat(
            new byte[] {(byte) 0x84, 0x6A},
            text("Signature1"),
            bytes(header),
            bytes(new byte[0]),
            bytes(payload));
    Signature signer = Signature.getInstance(hash + "withECDSAinP1363Format");
    signer.initSign(key);
    signer.update(toBeSigned);
    return sign1(header, payload, signer.sign());
  }

  static byte[] sign1(byte[] header, byte[] payload, byte[] signature) {
    return concat(
        new byte[] {(byte) 0x84},
        bytes(header),
        new byte[] {(byte) 0xA0},
        bytes(payload),
        bytes(signature));
  }

  static byte[] section(byte[] pem, byte[] sign1) {
    return concat(new byte[] {(byte) 0x81}, pair(pem, sign1));
  }

  static byte[] pair(byte[] pem, byte[] sign1) {
    return concat(
        new byte[] {(byte) 0xA2, 0x73},
        text("signing_certificate"),
        numbers(pem),
        new byte[] {0x69},
        text("signature"),
        numbers(sign1));
  }

  static byte[] payload(int register, byte[] value) {
    return concat(
        new byte[] {(byte) 0xA2, 0x6E},
        text("register_index"),
        new byte[] {(byte) register, 0x6E},
        text("register_value"),
        numbers(value));
  }

  static byte[] numbers(byte[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head(0x80, values.length));
    for (byte value : values) {
      out.writeBytes(head(0x00, value & 0xFF));
    }
    return out.toByteArray();
  }

  static byte[] bytes(byte[] value) {
    return concat(head(0x40, value.length), value);
  }

  private static byte[] head(int major, int argument) {
    if (argument < 24) {
      return new byte[] {(byte) (major | argument)};
    }
    if (argument < 0x100) {
      return new byte[] {(byte) (major | 24), (byte) argument};
    }
    return new byte[] {(byte) (major | 25), (byte) (argument >>> 8), (byte) argument};
  }
}
