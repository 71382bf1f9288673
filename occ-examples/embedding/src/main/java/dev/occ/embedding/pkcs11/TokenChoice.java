package dev.occ.embedding.pkcs11;

import java.util.Objects;

/** Which of a module's tokens holds the key. */
sealed interface TokenChoice {
  /** The token with a label. */
  record Labelled(String label) implements TokenChoice {
    public Labelled {
      Objects.requireNonNull(label, "label");
    }
  }

  /** The token in a slot, by the slot's number (CK_SLOT_ID). */
  record InSlot(long slot) implements TokenChoice {}

  /** The one token that there is. */
  record Only() implements TokenChoice {}
}
