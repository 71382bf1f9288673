package dev.occ.embedding.pkcs11;

import dev.occ.signer.SignerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where the PIN comes from; it is read only when the token asks for it. */
@FunctionalInterface
interface PinSource {
  /**
   * Reads the PIN.
   *
   * @return the PIN, which the caller wipes
   * @throws SignerException with {@link SignerException.Reason#INVALID_CONFIGURATION} if there is
   *     none, or none of a possible length
   */
  Pin read() throws SignerException;

  /** A file's content, without one line end at its end. */
  static PinSource ofFile(Path file) {
    return () -> {
      byte[] content = new byte[0];
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(Pin.MAX_LENGTH + 3);
        return checked(Arrays.copyOf(content, lengthWithoutLineEnd(content)), "the PIN file");
      } catch (IOException e) {
        throw new SignerException(
            SignerException.Reason.INVALID_CONFIGURATION, "cannot read the PIN file " + file, e);
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    };
  }

  /** A text that the process was given, which the JVM keeps: nothing can wipe that copy. */
  static PinSource ofText(String text) {
    return () -> checked(text.getBytes(StandardCharsets.UTF_8), "the PIN");
  }

  private static int lengthWithoutLineEnd(byte[] content) {
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
      if (length > 0 && content[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }

  private static Pin checked(byte[] bytes, String name) throws SignerException {
    if (bytes.length == 0 || bytes.length > Pin.MAX_LENGTH) {
      Arrays.fill(bytes, (byte) 0);
      throw new SignerException(
          SignerException.Reason.INVALID_CONFIGURATION,
          name + " must have 1 to " + Pin.MAX_LENGTH + " bytes");
    }
    return new Pin(bytes);
  }
}
