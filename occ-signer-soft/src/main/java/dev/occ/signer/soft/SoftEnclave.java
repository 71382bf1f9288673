package dev.occ.signer.soft;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.occ.signer.SignerException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hypervisor's side of one signer: the registers of its image, a module id, and the key and
 * certificate that its documents are signed with. Safe for use by many threads at once.
 */
final class SoftEnclave {
  private static final int PCR_COUNT = 16;
  private static final int PCR_LENGTH = 48;

  private final SoftAttestationAuthority authority;
  private final String moduleId;
  private final SortedMap<Integer, byte[]> pcrs;

  @GuardedBy("this")
  private @Nullable Chain chain;

  /** An enclave whose PCR0 is the measurement given, 96 hex digits. */
  SoftEnclave(SoftAttestationAuthority authority, String measurement) {
    this.authority = authority;
    this.moduleId = authority.newModuleId();
    this.pcrs = registers(measurement, moduleId);
  }

  /** A document that binds user data, with a certificate that is valid at its timestamp. */
  byte[] attest(byte[] userData) throws SignerException {
    Instant now = authority.now();
    Chain current = chainAt(now);
    AttestationPayload payload = new AttestationPayload(moduleId, now.toEpochMilli(), pcrs);
    payload.certificates(current.leaf.certificate(), current.cabundle());
    payload.optional("public_key", null);
    payload.optional("user_data", userData);
    payload.optional("nonce", null);
    return CoseSigner.sign(payload.encode(), current.leaf.key());
  }

  private synchronized Chain chainAt(Instant now) throws SignerException {
    if (chain == null || !chain.validAt(now)) {
      chain = authority.certify(moduleId, now);
    }
    return chain;
  }

  /** The 16 registers that Nitro fills or leaves at zero, made up from what is known here. */
  static SortedMap<Integer, byte[]> registers(String measurement, String moduleId) {
    SortedMap<Integer, byte[]> pcrs = new TreeMap<>();
    for (int index = 0; index < PCR_COUNT; index++) {
      pcrs.put(index, new byte[PCR_LENGTH]);
    }
    pcrs.put(0, HexFormat.of().parseHex(measurement));
    pcrs.put(1, made("kernel of " + measurement));
    pcrs.put(2, made("application of " + measurement));
    pcrs.put(3, made("role of the soft instance"));
    pcrs.put(4, made("instance of " + moduleId));
    return pcrs;
  }

  private static byte[] made(String text) {
    return EcKey.digest("SHA-384", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The certificates from the root to the enclave's own. */
  record Chain(List<CertifiedKey> authorities, CertifiedKey leaf) {
    boolean validAt(Instant time) {
      return leaf.validAt(time) && authorities.stream().allMatch(ca -> ca.validAt(time));
    }

    /** The CA certificates, root first. */
    List<byte[]> cabundle() {
      List<byte[]> bundle = new ArrayList<>();
      authorities.forEach(ca -> bundle.add(ca.certificate()));
      return bundle;
    }
  }
}
