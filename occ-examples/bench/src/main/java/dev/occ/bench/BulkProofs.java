package dev.occ.bench;

import dev.occ.epoch.EpochException;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Attested proofs in JSON Lines, each really signed, of one authority and one epoch, as an enclave
 * makes them in its three hours; with what it takes to verify them.
 *
 * @param proofs the JSON Lines
 * @param root the authority's root certificate in DER
 * @param policy the policy in JSON
 */
record BulkProofs(Path proofs, Path root, Path policy) {
  /** Makes them; about 7 KB each. */
  static BulkProofs make(Path folder, int count) throws IOException, EpochException {
    BulkProofs made =
        new BulkProofs(
            folder.resolve("proofs.jsonl"),
            folder.resolve("root.der"),
            folder.resolve("policy.json"));
    SoftAttestationAuthority authority = SoftAttestationAuthority.create();
    Files.write(made.root, authority.rootCertificate());
    Files.write(made.policy, BenchProofs.attestedPolicy().toJson().toBytes());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made.proofs), 1 << 20);
        BenchProofs source = BenchProofs.attestedBy(authority)) {
      for (int i = 0; i < count; i++) {
        out.write(source.next().toBytes());
        out.write('\n');
      }
    }
    return made;
  }
}
