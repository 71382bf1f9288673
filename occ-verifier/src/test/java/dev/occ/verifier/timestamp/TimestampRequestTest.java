package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.junit.jupiter.api.Test;

class TimestampRequestTest {
  private static final TimestampRequest REQUEST =
      TimestampRequest.of(TestToken.DIGEST, BigInteger.TEN);

  private static byte[] response(int status, String words, byte[] token) throws Exception {
    ASN1EncodableVector info = new ASN1EncodableVector();
    info.add(new ASN1Integer(status));
    if (!words.isEmpty()) {
      info.add(new DERSequence(new DERUTF8String(words)));
    }
    ASN1EncodableVector response = new ASN1EncodableVector();
    response.add(new DERSequence(info));
    if (token.length > 0) {
      response.add(ASN1Primitive.fromByteArray(token));
    }
    return new DERSequence(response).getEncoded("DL");
  }

  private static void assertReason(byte[] response, TimestampRejection reason) {
    assertThatThrownBy(() -> TimestampRequest.token(response))
        .isInstanceOfSatisfying(
            TimestampException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void toBytes_always_asksForCertificatesWithANonce() {
    TimeStampReq request = TimeStampReq.getInstance(REQUEST.toBytes());
    assertThat(request.getMessageImprint().getHashedMessage())
        .isEqualTo(TestToken.DIGEST.toByteArray());
    assertThat(request.getNonce().getValue()).isEqualTo(10);
    assertThat(request.getCertReq().isTrue()).isTrue();
    assertThat(request.getReqPolicy()).isNull();
  }

  @Test
  void token_granted_isTheTokenThatAnswers() throws Exception {
    Bytes token = new TestToken().build();
    for (int status : new int[] {0, 1}) {
      Bytes read = TimestampRequest.token(response(status, "", token.toByteArray()));
      assertThat(read).isEqualTo(token);
      assertThat(REQUEST.verify(read, TestToken.verifier()).time()).isEqualTo(TestToken.TIME);
    }
  }

  @Test
  void token_rejected_saysStatusAndWords() throws Exception {
    byte[] rejection = response(2, "no such policy", new byte[0]);
    assertReason(rejection, TimestampRejection.RESPONSE_REJECTED);
    assertThatThrownBy(() -> TimestampRequest.token(rejection))
        .hasMessageContaining("2: no such policy");
    assertReason(response(-1, "", new byte[0]), TimestampRejection.RESPONSE_REJECTED);
  }

  @Test
  void token_malformed_refused() throws Exception {
    assertReason(response(0, "", new byte[0]), TimestampRejection.RESPONSE_MALFORMED);
    assertReason(new byte[] {5, 0}, TimestampRejection.RESPONSE_MALFORMED);
    assertReason(new byte[] {0x30, 0}, TimestampRejection.RESPONSE_MALFORMED);
    assertReason(new byte[0], TimestampRejection.DER_MALFORMED);
    assertReason(
        new byte[TimestampRequest.MAX_RESPONSE_LENGTH + 1], TimestampRejection.TOKEN_TOO_LARGE);
    assertReason(
        new byte[TimestampRequest.MAX_RESPONSE_LENGTH], TimestampRejection.DER_TRAILING_BYTES);
  }

  @Test
  void notAReply_anyProblem_isAMalformedResponse() {
    TimestampException e = TimestampRequest.notAReply("a web page");
    assertThat(e.reason()).isEqualTo(TimestampRejection.RESPONSE_MALFORMED);
    assertThat(e).hasMessage("a web page");
  }

  @Test
  void verify_anotherNonce_refused() {
    TimestampRequest other = TimestampRequest.of(TestToken.DIGEST, BigInteger.ONE);
    assertThatThrownBy(() -> other.verify(new TestToken().build(), TestToken.verifier()))
        .isInstanceOfSatisfying(
            TimestampException.class,
            e -> assertThat(e.reason()).isEqualTo(TimestampRejection.NONCE_MISMATCH));
  }

  @Test
  void verify_anyIssuer_intactButBroken_stillRefused() throws TimestampException {
    TimestampVerifier any = TimestampVerifier.builder().anyIssuer().build();
    assertThat(REQUEST.verify(new TestToken().build(), any).chain()).hasSizeGreaterThan(1);
    byte[] broken = new TestToken().build().toByteArray();
    broken[broken.length - 1] ^= 1;
    assertThatThrownBy(() -> REQUEST.verify(Bytes.of(broken), any))
        .isInstanceOfSatisfying(
            TimestampException.class,
            e -> assertThat(e.reason()).isEqualTo(TimestampRejection.SIGNATURE_INVALID));
  }

  @Test
  void of_badDigestOrNonce_refused() {
    assertThatThrownBy(() -> TimestampRequest.of(Bytes.of(new byte[31]), BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TimestampRequest.of(TestToken.DIGEST, BigInteger.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
