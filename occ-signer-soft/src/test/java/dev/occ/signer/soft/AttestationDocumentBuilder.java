package dev.occ.signer.soft;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds one attestation document, good unless it is told otherwise. Whatever is changed, the
 * signature is made afterwards and fits, unless the signature itself is what is changed.
 *
 * <p>A good document has PCR0 {@link AttestationFaults#MEASUREMENT}, user data {@link
 * AttestationFaults#userData()}, the authority's time as timestamp, and null for public key and
 * nonce.
 */
public final class AttestationDocumentBuilder {
  private static final String MODULE_ID = "i-0123456789abcdef0-enc0123456789abcdef";

  private final SoftAttestationAuthority authority;
  private final ChainPlan chain;
  private final SortedMap<Integer, byte[]> pcrs =
      SoftEnclave.registers(AttestationFaults.MEASUREMENT, MODULE_ID);
  private final Map<String, byte @Nullable []> fields = new LinkedHashMap<>();
  private Instant time;
  private UnaryOperator<List<byte[]>> cabundle = UnaryOperator.identity();
  private UnaryOperator<byte[]> leaf = UnaryOperator.identity();
  private UnaryOperator<byte[]> payload = UnaryOperator.identity();
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();
  private UnaryOperator<List<byte[]>> elements = UnaryOperator.identity();
  private UnaryOperator<byte[]> document = UnaryOperator.identity();
  private BinaryOperator<byte[]> signedBytes =
      (header, body) -> CoseSigner.toBeSigned("Signature1", header, body);
  private byte[] protectedHeader = CoseSigner.protectedHeader();
  private byte[] unprotectedHeader = Cbor.map(List.of());
  private @Nullable EcKey signingKey;

  AttestationDocumentBuilder(SoftAttestationAuthority authority) {
    this.authority = authority;
    this.chain = new ChainPlan(authority);
    this.time = authority.now();
    userData(AttestationFaults.userData());
  }

  /** How the certificates depart from good ones. */
  ChainPlan chain() {
    return chain;
  }

  /** The authority whose root is the one to pin. */
  SoftAttestationAuthority authority() {
    return authority;
  }

  /** When the document says it was made, and when the certificates really are. */
  Instant time() {
    return time;
  }

  /**
   * Makes document and certificates as of another time than the authority's.
   *
   * @param time within the root's validity for a good document
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder time(Instant time) {
    this.time = time;
    return this;
  }

  /**
   * Sets or adds one register.
   *
   * @param index the register's number
   * @param value its bytes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder pcr(int index, byte[] value) {
    pcrs.put(index, value.clone());
    return this;
  }

  /**
   * Leaves only the registers that have a number below a limit.
   *
   * @param limit how many to leave
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder pcrsBelow(int limit) {
    pcrs.tailMap(limit).clear();
    return this;
  }

  /**
   * Sets the user data.
   *
   * @param userData any number of bytes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder userData(byte[] userData) {
    return field("user_data", Cbor.bytes(userData));
  }

  /**
   * Sets the nonce.
   *
   * @param nonce any number of bytes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder nonce(byte[] nonce) {
    return field("nonce", Cbor.bytes(nonce));
  }

  /**
   * Sets the public key.
   *
   * @param publicKey any number of bytes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder publicKey(byte[] publicKey) {
    return field("public_key", Cbor.bytes(publicKey));
  }

  /**
   * Sets or adds a field of the payload.
   *
   * @param name the field's name
   * @param item its value, encoded
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder field(String name, byte[] item) {
    fields.put(name, item.clone());
    return this;
  }

  /**
   * Leaves a field of the payload out.
   *
   * @param name the field's name
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder without(String name) {
    fields.put(name, null);
    return this;
  }

  /**
   * Changes the list of CA certificates, which are root first.
   *
   * @param change gets the certificates in DER
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder cabundle(UnaryOperator<List<byte[]>> change) {
    this.cabundle = change;
    return this;
  }

  /**
   * Changes the enclave's certificate after it was signed.
   *
   * @param change gets the certificate in DER
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder leaf(UnaryOperator<byte[]> change) {
    this.leaf = change;
    return this;
  }

  /**
   * Changes the encoded payload before it is signed.
   *
   * @param change gets the encoded map
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder payload(UnaryOperator<byte[]> change) {
    this.payload = change;
    return this;
  }

  /**
   * Replaces the protected header; it is signed as it is given.
   *
   * @param header the content of the byte string, encoded map or not
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder protectedHeader(byte[] header) {
    this.protectedHeader = header.clone();
    return this;
  }

  /**
   * Replaces the unprotected header.
   *
   * @param header the encoded item
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder unprotectedHeader(byte[] header) {
    this.unprotectedHeader = header.clone();
    return this;
  }

  /**
   * Signs something else than the Sig_structure of RFC 9052.
   *
   * @param toSign gets protected header and payload, gives the bytes to sign
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder signedBytes(BinaryOperator<byte[]> toSign) {
    this.signedBytes = toSign;
    return this;
  }

  /** Signs with another key than the one in the enclave's certificate. */
  @CanIgnoreReturnValue
  AttestationDocumentBuilder signingKey(EcKey key) {
    this.signingKey = key;
    return this;
  }

  /**
   * Changes the signature.
   *
   * @param change gets r || s, 96 bytes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder signature(UnaryOperator<byte[]> change) {
    this.signature = change;
    return this;
  }

  /**
   * Changes the elements of the COSE_Sign1 array.
   *
   * @param change gets the encoded elements: protected and unprotected header, payload, signature
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder elements(UnaryOperator<List<byte[]>> change) {
    this.elements = change;
    return this;
  }

  /**
   * Changes the finished document.
   *
   * @param change gets the encoded COSE_Sign1
   * @return this builder
   */
  @CanIgnoreReturnValue
  public AttestationDocumentBuilder document(UnaryOperator<byte[]> change) {
    this.document = change;
    return this;
  }

  /**
   * Makes keys, certificates and the document.
   *
   * @return the document's bytes
   */
  public byte[] build() {
    SoftEnclave.Chain issued = chain.issue(MODULE_ID, time);
    byte[] body = payload.apply(payload(issued).encode());
    EcKey key = signingKey == null ? issued.leaf().key() : signingKey;
    byte[] signed = key.signEs384(signedBytes.apply(protectedHeader, body));
    List<byte[]> message =
        List.of(
            Cbor.bytes(protectedHeader),
            unprotectedHeader,
            Cbor.bytes(body),
            Cbor.bytes(signature.apply(signed)));
    return document.apply(Cbor.array(elements.apply(new ArrayList<>(message))));
  }

  private AttestationPayload payload(SoftEnclave.Chain issued) {
    AttestationPayload content = new AttestationPayload(MODULE_ID, time.toEpochMilli(), pcrs);
    content.certificates(
        leaf.apply(issued.leaf().certificate()), cabundle.apply(issued.cabundle()));
    content.optional("public_key", null);
    content.optional("user_data", null);
    content.optional("nonce", null);
    fields.forEach(
        (name, item) -> {
          if (item == null) {
            content.fields().remove(name);
          } else {
            content.fields().put(name, item);
          }
        });
    return content;
  }

  /** Bytes as hex digits, for the definitions of faults. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
