package dev.occ.signer.soft;

import org.bouncycastle.asn1.x500.X500Name;

/** Who signs a certificate: the name to state and the key to use. */
record Issuer(X500Name name, EcKey key) {}
