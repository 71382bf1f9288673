package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.NONCE_MISMATCH;
import static dev.occ.verifier.timestamp.TimestampRejection.RESPONSE_MALFORMED;
import static dev.occ.verifier.timestamp.TimestampRejection.RESPONSE_REJECTED;
import static dev.occ.verifier.timestamp.TimestampRejection.TOKEN_TOO_LARGE;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A request to a timestamping authority (RFC 3161 section 2.4.1) and what may answer it. Sending it
 * is the caller's. Immutable.
 */
@CheckReturnValue
public final class TimestampRequest {
  /** The longest response, in bytes: a token, and what the authority says beside it. */
  public static final int MAX_RESPONSE_LENGTH = TimestampVerifier.MAX_TOKEN_LENGTH + 4096;

  private static final BigInteger GRANTED_WITH_MODS = BigInteger.ONE;

  private final Bytes digest;
  private final BigInteger nonce;

  private TimestampRequest(Bytes digest, BigInteger nonce) {
    this.digest = digest;
    this.nonce = nonce;
  }

  /**
   * A request that asks for the authority's certificates too.
   *
   * @param digest SHA-256, SHA-384 or SHA-512, told by its length: 32, 48 or 64 bytes
   * @param nonce unpredictable and never used before; positive
   * @return the request
   * @throws IllegalArgumentException for a digest of another length, or a nonce that is not
   *     positive
   * @throws IllegalStateException if BouncyCastle's {@code bcpkix} is not on the path
   */
  public static TimestampRequest of(Bytes digest, BigInteger nonce) {
    TimestampLibraries.require();
    if (HashAlgorithm.ofLength(digest.size()).isEmpty() || nonce.signum() <= 0) {
      throw new IllegalArgumentException("a request needs 32, 48 or 64 bytes and a positive nonce");
    }
    return new TimestampRequest(digest, nonce);
  }

  /**
   * The request as it is sent, as {@code application/timestamp-query}.
   *
   * @return DER, a fresh array
   */
  public byte[] toBytes() {
    HashAlgorithm hash = HashAlgorithm.ofLength(digest.size()).orElseThrow();
    MessageImprint imprint =
        new MessageImprint(
            new AlgorithmIdentifier(hash.oid(), DERNull.INSTANCE), digest.toByteArray());
    try {
      return new TimeStampReq(imprint, null, new ASN1Integer(nonce), ASN1Boolean.TRUE, null)
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("what was made can be written", e);
    }
  }

  /**
   * The token in an authority's response, of which nothing is verified yet.
   *
   * @param response what came back, as {@code application/timestamp-reply}
   * @return the token's DER form
   * @throws TimestampException if there is none; of the authority's own words the message has the
   *     status only
   */
  public static Bytes token(byte[] response) throws TimestampException {
    if (response.length > MAX_RESPONSE_LENGTH) {
      throw new TimestampException(
          TOKEN_TOO_LARGE, "a response has more than " + MAX_RESPONSE_LENGTH + " bytes");
    }
    ContentInfo token;
    try {
      TimeStampResp resp = TimeStampResp.getInstance(BerGuard.read(response));
      checkStatus(resp.getStatus());
      token = resp.getTimeStampToken();
      if (token != null) {
        return Bytes.of(token.getEncoded(ASN1Encoding.DL));
      }
    } catch (IOException | RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(RESPONSE_MALFORMED, "the response is not a TimeStampResp", e);
    }
    throw new TimestampException(RESPONSE_MALFORMED, "a granting response without a token");
  }

  /**
   * The refusal of an answer that does not even claim to be a response.
   *
   * @param text what it is instead, for people
   * @return the exception, with {@link TimestampRejection#RESPONSE_MALFORMED}
   */
  public static TimestampException notAReply(String text) {
    return new TimestampException(RESPONSE_MALFORMED, text);
  }

  private static void checkStatus(PKIStatusInfo status) throws TimestampException {
    BigInteger value = status.getStatus();
    if (value.signum() < 0 || value.compareTo(GRANTED_WITH_MODS) > 0) {
      String words =
          Optional.ofNullable(status.getStatusString()).map(TimestampRequest::first).orElse("");
      throw new TimestampException(
          RESPONSE_REJECTED,
          "the authority answers with status " + value + (words.isEmpty() ? "" : ": " + words));
    }
  }

  private static String first(PKIFreeText texts) {
    return texts.size() == 0 ? "" : texts.getStringAtUTF8(0).getString();
  }

  /**
   * Verifies that a token answers this request.
   *
   * @param token the token
   * @param verifier says whose word counts
   * @return the stamp
   * @throws TimestampException if it does not verify, or is about another digest or nonce
   */
  public Stamped verify(Bytes token, TimestampVerifier verifier) throws TimestampException {
    Stamped stamped = verifier.verify(token, digest).orElseThrow();
    if (!Objects.equals(stamped.nonce(), Optional.of(nonce))) {
      throw new TimestampException(NONCE_MISMATCH, "the token does not have the request's nonce");
    }
    return stamped;
  }
}
