package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.CRITICAL_EXTENSION;
import static dev.occ.verifier.timestamp.TimestampRejection.GEN_TIME_INVALID;
import static dev.occ.verifier.timestamp.TimestampRejection.IMPRINT_ALGORITHM;
import static dev.occ.verifier.timestamp.TimestampRejection.TST_INFO_MALFORMED;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * What the authority signs (RFC 3161 section 2.4.2), decoded; whether it signed it is not said.
 *
 * @param hash what the imprint is made with
 * @param imprint the digest, of that length
 * @param time when
 * @param accuracy how far the clock may be off
 * @param policy an object identifier
 * @param serialNumber the token's number
 * @param nonce the request's number
 * @param tsa the authority's name for itself
 */
record TstInfo(
    HashAlgorithm hash,
    Bytes imprint,
    Instant time,
    @Nullable Duration accuracy,
    String policy,
    BigInteger serialNumber,
    @Nullable BigInteger nonce,
    @Nullable GeneralName tsa) {
  /** UTC, with seconds; a fraction does not end in 0. */
  private static final Pattern GEN_TIME =
      Pattern.compile(
          "([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})"
              + "(?:\\.([0-9]{0,8}[1-9]))?Z");

  static TstInfo read(byte[] der) throws TimestampException {
    try {
      TSTInfo info = TSTInfo.getInstance(DerGuard.read(der));
      return of(info);
    } catch (RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(TST_INFO_MALFORMED, "the content is not a TSTInfo", e);
    }
  }

  private static TstInfo of(TSTInfo info) throws TimestampException {
    if (!info.getVersion().hasValue(1)) {
      throw new TimestampException(TST_INFO_MALFORMED, "the TSTInfo is not of version 1");
    }
    Extensions extensions = info.getExtensions();
    if (extensions != null && extensions.getCriticalExtensionOIDs().length > 0) {
      throw new TimestampException(CRITICAL_EXTENSION, "the TSTInfo has a critical extension");
    }
    return new TstInfo(
        hash(info.getMessageImprint()),
        Bytes.of(info.getMessageImprint().getHashedMessage()),
        time(info.getGenTime().getTimeString()),
        info.getAccuracy() == null ? null : duration(info.getAccuracy()),
        info.getPolicy().getId(),
        info.getSerialNumber().getValue(),
        info.getNonce() == null ? null : info.getNonce().getValue(),
        info.getTsa());
  }

  private static HashAlgorithm hash(MessageImprint imprint) throws TimestampException {
    AlgorithmIdentifier algorithm = imprint.getHashAlgorithm();
    String name = AlgorithmNames.of(algorithm.getAlgorithm());
    HashAlgorithm hash = HashAlgorithm.of(algorithm.getAlgorithm()).orElse(null);
    if (hash == null) {
      throw new TimestampException(
          IMPRINT_ALGORITHM, "the imprint is made with " + name + ", which is not accepted");
    }
    if (!SignatureCheck.hasNoParameters(algorithm)
        || imprint.getHashedMessage().length != hash.length()) {
      throw new TimestampException(
          IMPRINT_ALGORITHM, "the imprint is not a digest of " + name + ", or that has parameters");
    }
    return hash;
  }

  private static Instant time(String text) throws TimestampException {
    Matcher parts = GEN_TIME.matcher(text);
    if (!parts.matches()) {
      throw new TimestampException(GEN_TIME_INVALID, "the time is not YYYYMMDDhhmmss[.s]Z");
    }
    String fraction = Objects.requireNonNullElse(parts.group(7), "0");
    int nanos = Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
    try {
      return LocalDateTime.of(
              number(parts, 1),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              number(parts, 6),
              nanos)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new TimestampException(GEN_TIME_INVALID, "there is no such time", e);
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** The parser holds milliseconds and microseconds to 1 to 999. */
  private static Duration duration(Accuracy accuracy) {
    return Duration.ofSeconds(value(accuracy.getSeconds()))
        .plusMillis(value(accuracy.getMillis()))
        .plusNanos(1000L * value(accuracy.getMicros()));
  }

  private static int value(@Nullable ASN1Integer number) {
    if (number == null) {
      return 0;
    }
    int value = number.intValueExact();
    if (value < 0) {
      throw new IllegalArgumentException("a negative accuracy");
    }
    return value;
  }
}
