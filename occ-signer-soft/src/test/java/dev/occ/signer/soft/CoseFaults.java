package dev.occ.signer.soft;

import static dev.occ.signer.soft.AttestationDocumentBuilder.hex;
import static dev.occ.signer.soft.Fault.broken;
import static dev.occ.signer.soft.Fault.valid;

import dev.occ.signer.soft.Fault.Clause;
import java.util.List;

/** COSE_Sign1 messages whose frame or headers are not what RFC 9052 and spec 12 say. */
final class CoseFaults {
  private CoseFaults() {}

  static List<Fault> all() {
    return List.of(
        broken("message-not-array", Clause.COSE, d -> d.document(bytes -> Cbor.bytes(bytes))),
        broken("message-3-elements", Clause.COSE, d -> d.elements(e -> e.subList(0, 3))),
        broken("message-5-elements", Clause.COSE, d -> d.elements(CoseFaults::oneMore)),
        broken("message-0-elements", Clause.COSE, d -> d.elements(e -> List.of())),
        broken("tag-17", Clause.COSE, d -> d.document(bytes -> Cbor.tag(17, bytes))),
        broken("tag-98", Clause.COSE, d -> d.document(bytes -> Cbor.tag(98, bytes))),
        broken("tag-18-twice", Clause.COSE, d -> d.document(m -> Cbor.tag(18, Cbor.tag(18, m)))),
        valid("tag-18", Clause.COSE, d -> d.document(bytes -> Cbor.tag(18, bytes))),
        broken("alg-es256", Clause.COSE, d -> d.protectedHeader(hex("a10126"))),
        broken("alg-es512", Clause.COSE, d -> d.protectedHeader(hex("a1013823"))),
        broken("alg-as-text", Clause.COSE, d -> d.protectedHeader(hex("a101654553333834"))),
        broken("alg-key-as-text", Clause.COSE, d -> d.protectedHeader(hex("a161313822"))),
        broken("alg-missing", Clause.COSE, d -> d.protectedHeader(hex("a0"))),
        broken("protected-header-empty", Clause.COSE, d -> d.protectedHeader(new byte[0])),
        broken("protected-header-array", Clause.COSE, d -> d.protectedHeader(hex("82013822"))),
        broken(
            "protected-header-critical-unknown",
            Clause.COSE,
            d -> d.protectedHeader(hex("a301382202811863186300"))),
        broken(
            "protected-header-not-bytes",
            Clause.COSE,
            d -> d.elements(e -> with(e, 0, CoseSigner.protectedHeader()))),
        broken(
            "alg-only-unprotected",
            Clause.COSE,
            d -> d.protectedHeader(hex("a0")).unprotectedHeader(hex("a1013822"))),
        broken(
            "alg-only-unprotected-header-empty",
            Clause.COSE,
            d -> d.protectedHeader(new byte[0]).unprotectedHeader(hex("a1013822"))),
        broken("alg-also-unprotected", Clause.COSE, d -> d.unprotectedHeader(hex("a10126"))),
        broken("alg-also-unprotected-same", Clause.COSE, d -> d.unprotectedHeader(hex("a1013822"))),
        broken("unprotected-header-array", Clause.COSE, d -> d.unprotectedHeader(hex("80"))),
        broken("unprotected-header-null", Clause.COSE, d -> d.unprotectedHeader(hex("f6"))),
        broken("payload-detached", Clause.COSE, d -> d.elements(e -> with(e, 2, Cbor.nullItem()))),
        broken(
            "payload-not-bytes",
            Clause.COSE,
            d -> d.elements(e -> with(e, 2, CborItems.content(e.get(2))))),
        broken(
            "payload-array", Clause.COSE, d -> d.payload(m -> Cbor.array(CborItems.children(m)))),
        broken(
            "signature-not-bytes", Clause.COSE, d -> d.elements(e -> with(e, 3, Cbor.nullItem()))));
  }

  private static List<byte[]> oneMore(List<byte[]> elements) {
    elements.add(Cbor.nullItem());
    return elements;
  }

  private static List<byte[]> with(List<byte[]> elements, int index, byte[] item) {
    elements.set(index, item);
    return elements;
  }
}
