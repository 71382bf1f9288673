package dev.occ.programs.eif;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Keys that sign images: one in a file, and one that only a command reaches. */
final class SigningKeys {
  private static final int MAX_FILE = 16 * 1024;
  private static final int MAX_SIGNATURE = 1024;
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

  private SigningKeys() {}

  /**
   * The key of a file: PKCS #8, or what {@code openssl ecparam -genkey} writes (SEC 1).
   *
   * @throws IOException if the file cannot be read, or holds no P-384 key in PEM
   */
  static EifSigner.Key ofFile(Path file) throws IOException {
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(MAX_FILE);
    }
    PrivateKey key = key(file, new String(text, StandardCharsets.ISO_8859_1));
    return data -> {
      Signature signer = Signature.getInstance("SHA384withECDSA");
      signer.initSign(key);
      signer.update(data);
      return signer.sign();
    };
  }

  private static PrivateKey key(Path file, String text) throws IOException {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw notKey(file);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 = pem.group(1) == null ? der : pkcs8(der);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException | IllegalArgumentException e) { // which may quote the key
      throw notKey(file);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no EC keys", e);
    }
  }

  private static IOException notKey(Path file) {
    return new IOException(file + " holds no EC private key in PEM");
  }

  /** The key's own structure says its curve, which the signature's check compares with P-384. */
  private static byte[] pkcs8(byte[] sec1) throws IOException {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1);
    return new DERSequence(
            new ASN1Encodable[] {new ASN1Integer(0), algorithm, new DEROctetString(sec1)})
        .getEncoded();
  }

  /**
   * The key that a shell command reaches, as one of a hardware module: what to sign is on its
   * standard input, it prints the signature in DER and ends with 0 within two minutes.
   */
  static EifSigner.Key ofCommand(String command) {
    return ofCommand(command, COMMAND_LIMIT);
  }

  /** The output goes through a file: a pipe would be read for as long as anybody holds it open. */
  static EifSigner.Key ofCommand(String command, Duration limit) {
    return data -> {
      Path output = Files.createTempFile("occ-signature", null);
      try {
        run(command, data, output, limit);
        try (InputStream in = Files.newInputStream(output)) {
          return in.readNBytes(MAX_SIGNATURE + 1);
        }
      } finally {
        Files.delete(output);
      }
    };
  }

  private static void run(String command, byte[] data, Path output, Duration limit)
      throws IOException, SignatureException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    try {
      give(process, data);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SignatureException(
            "the command that signs did not end within " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new SignatureException("the command that signs failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the command signs", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      Process unused = process.destroyForcibly();
    }
  }

  /** A command that ends without reading has failed, or knows better; its exit code says so. */
  private static void give(Process process, byte[] data) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(data);
    } catch (IOException closed) {
      return;
    }
  }
}
