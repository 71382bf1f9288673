package dev.occ.verifier.cli.verify;

import dev.occ.agency.AuthorizedActor;
import dev.occ.cli.Page;
import dev.occ.cli.Paint;
import dev.occ.cli.input.ProofInput;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.verifier.AnchorReading;
import dev.occ.verifier.AttestedFacts;
import dev.occ.verifier.Caveat;
import dev.occ.verifier.Check;
import dev.occ.verifier.EthereumAnchor;
import dev.occ.verifier.FloorFacts;
import dev.occ.verifier.HistoricalForm;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationResult;
import dev.occ.verifier.attestation.CertificateFacts;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.security.cert.X509Certificate;
import java.util.List;

/** One result for people, with everything that was shown and what was not. */
final class DetailRenderer implements Renderer {
  private final boolean colours;

  DetailRenderer(boolean colours) {
    this.colours = colours;
  }

  @Override
  public String render(ProofInput input, VerificationResult result) {
    Page page = new Page(colours);
    headline(page, input, result);
    for (Check check : result.checks()) {
      check(page, check);
    }
    if (result instanceof ValidProof verified) {
      claims(page, verified);
      verified.actor().ifPresent(actor -> actor(page, actor));
      verified.attested().ifPresent(facts -> attestation(page, facts));
      blocks(page, verified);
      timestamps(page, verified);
      notShown(page, verified);
    }
    return page.toString();
  }

  @Override
  public String renderFault(ProofInput input, ValidProof result, String reason, String text) {
    Page page = new Page(colours);
    page.headline(Paint.RED, "✗ NOT VALID", input.name());
    page.field("reason", reason);
    page.field("because", text);
    page.section("Checks of the proof alone");
    result.checks().forEach(check -> check(page, check));
    return page.toString();
  }

  @Override
  public String renderUnreadable(String name, String why) {
    return "";
  }

  private void headline(Page page, ProofInput input, VerificationResult result) {
    if (result instanceof Rejected rejected) {
      page.headline(Paint.RED, "✗ NOT VALID", input.name());
      page.field(
          "reason",
          rejected.reason().code()
              + rejected
                  .detail()
                  .filter(detail -> !detail.equals(rejected.reason().code()))
                  .map(detail -> ", " + detail)
                  .orElse(""));
      page.field("because", rejected.text());
      rejected.pointer().filter(p -> !p.isEmpty()).ifPresent(p -> page.field("at", p));
    } else {
      String verdict = isIntegrityOnly(result) ? "✓ VALID (integrity only)" : "✓ VALID";
      page.headline(Paint.GREEN, verdict, input.name());
    }
    page.section("Checks");
  }

  private static boolean isIntegrityOnly(VerificationResult result) {
    return result.caveats().stream().anyMatch(c -> c.kind() == Caveat.Kind.INTEGRITY_ONLY);
  }

  private static void check(Page page, Check check) {
    switch (check.outcome()) {
      case PASSED -> page.item(Paint.GREEN, "✓", check.step().code(), "passed", check.text());
      case FAILED -> page.item(Paint.RED, "✗", check.step().code(), "FAILED", check.text());
      case NOT_CHECKED ->
          page.item(Paint.YELLOW, "–", check.step().code(), "not checked", check.text());
      case ABSENT -> page.item(Paint.DIM, "–", check.step().code(), "absent", check.text());
    }
  }

  private static void claims(Page page, ValidProof verified) {
    page.section("Signed claims");
    page.field("artifact", "SHA-256 " + verified.artifactDigest());
    page.field("in hex", verified.artifactDigest().toHex());
    page.field("proof hash", verified.proofHash().toBase64());
    page.field("public key", verified.publicKey().toBase64());
    page.field("tier", verified.enforcement().wireName());
    page.field("measurement", verified.measurement());
    verified.epochId().ifPresent(id -> page.field("epoch", id));
    page.field("chain", verified.chain());
    verified.counter().ifPresent(counter -> page.field("counter", counter(verified, counter)));
    page.field(
        "previous", verified.previous().map(Bytes::toBase64).orElse("none: first on its chain"));
    verified.policy().ifPresent(policy -> page.field("policy", policy.toJson().toJson()));
    verified
        .principal()
        .ifPresent(principal -> page.field("principal", principal.toJson().toJson()));
    verified
        .attribution()
        .ifPresent(attribution -> page.field("attribution", attribution.toJson().toJson()));
  }

  private static String counter(ValidProof verified, Counter counter) {
    return counter + verified.slotCounter().map(slot -> ", slot " + slot).orElse("");
  }

  private static void actor(Page page, AuthorizedActor actor) {
    page.section("Authorized by");
    page.field("key id", actor.keyId());
    page.field("provider", actor.provider());
    page.field("method", actor.method().code());
    page.field("signed for", coverage(actor));
    page.field("time", actor.timestamp() + ", by the actor's clock");
    actor
        .webAuthn()
        .ifPresent(
            assertion -> {
              page.field("origin", assertion.origin());
              page.field("rp id hash", assertion.rpIdHash().toHex());
            });
    actor
        .batch()
        .ifPresent(batch -> page.field("batch", "index " + batch.index() + " of " + batch.size()));
  }

  private static String coverage(AuthorizedActor actor) {
    return switch (actor.coverage()) {
      case EVERYTHING -> "what the proof says: epoch, chain, digest and names (intent)";
      case DIGEST -> "the digest only";
      case CHALLENGE -> "the enclave's challenge only";
    };
  }

  private static void attestation(Page page, AttestedFacts facts) {
    page.section("Attested by " + (facts.isAwsRoot() ? "AWS" : "the authority given with --root"));
    page.field("time", facts.time().toString());
    page.field("module", facts.moduleId());
    facts.instanceId().ifPresent(id -> page.field("instance", id));
    facts
        .pcrs()
        .forEach(
            (index, value) -> {
              if (index == 0 || !value.isAllZero()) {
                page.field("PCR" + index, value.toHex());
              }
            });
    page.section(
        facts.isAwsRoot()
            ? "Certificate chain, from the pinned AWS Nitro root"
            : "Certificate chain, from the root given with --root");
    for (X509Certificate certificate : facts.chain()) {
      CertificateFacts certificateFacts = new CertificateFacts(certificate);
      page.line(certificateFacts.subject());
      page.line("  valid " + certificateFacts.validity());
    }
  }

  private static void blocks(Page page, ValidProof verified) {
    if (verified.anchor() instanceof EthereumAnchor anchor) {
      page.section(anchor.authenticated() ? "Anchor, authenticated" : "Anchor, not authenticated");
      page.field("block", anchor.blockNumber().toString());
      page.field("hash", anchor.block().hashText());
      page.field("shows", anchor.shows());
    } else if (verified.anchor() instanceof AnchorReading.Malformed malformed) {
      page.section("Anchor, malformed");
      page.field("reason", malformed.reason().code());
    }
    verified.floor().ifPresent(floor -> floor(page, floor));
  }

  private static void floor(Page page, FloorFacts floor) {
    page.section("Floor, fixed by the signer with the slot");
    page.field("chain", floor.chain());
    page.field("block", Long.toString(floor.blockNumber()));
    page.field("hash", floor.blockHash());
    floor.anchorCounter().ifPresent(counter -> page.field("anchored at", "counter " + counter));
    floor.time().ifPresent(time -> page.field("time", time.toString()));
    page.field("shows", floor.shows());
  }

  private static void timestamps(Page page, ValidProof verified) {
    if (verified.timestamps().isEmpty()) {
      return;
    }
    page.section("Timestamps, under the roots given with --tsa-root");
    verified
        .timestamps()
        .forEach(
            (member, result) -> {
              if (result instanceof Stamped stamped) {
                page.field(
                    member.code(),
                    stamped.time() + stamped.accuracy().map(a -> " ± " + a).orElse(""));
                page.field("by", stamped.authority());
                page.field("shows", member.shows());
              } else if (result instanceof TimestampResult.Rejected rejected) {
                page.field(
                    member.code(),
                    "not valid: " + rejected.reason().code() + ", " + rejected.text());
              }
            });
  }

  private static void notShown(Page page, ValidProof verified) {
    page.section("Not shown, or only with leniency");
    for (Caveat caveat : verified.caveats()) {
      page.line("– " + caveat.text());
    }
    List<String> unsigned = verified.unsignedMembers();
    if (!unsigned.isEmpty()) {
      page.line("– members outside the signature: " + String.join(", ", unsigned));
    }
    for (HistoricalForm form : HistoricalForm.values()) {
      if (!form.needsHistoricalMode() && verified.historicalForms().contains(form)) {
        page.line("– older or newer form, also accepted in strict mode: " + form.code());
      }
    }
  }
}
