package dev.occ.embedding.pkcs11;

import dev.occ.signer.SignerException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The token that was chosen, found fit before a PIN is tried on it.
 *
 * @param slot the slot it is in
 * @param info what it says of itself
 */
record Token(long slot, TokenInfo info) {
  /**
   * Finds the token and checks that it can do what the signer needs.
   *
   * @throws SignerException with {@link SignerException.Reason#UNAVAILABLE} if it is not there or
   *     lacks something, {@link SignerException.Reason#INVALID_CONFIGURATION} if the choice is not
   *     clear, {@link SignerException.Reason#UNTRUSTED_ENVIRONMENT} if it is software and that is
   *     not allowed
   */
  static Token find(Cryptoki cryptoki, Pkcs11SignerOptions options)
      throws CryptokiException, SignerException {
    Token token = choose(present(cryptoki), options.token());
    token.requireUsable();
    token.requireMechanism(
        cryptoki,
        Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN,
        "CKM_EC_EDWARDS_KEY_PAIR_GEN",
        Ck.CKF_GENERATE_KEY_PAIR);
    token.requireMechanism(cryptoki, Ck.CKM_EDDSA, "CKM_EDDSA", Ck.CKF_SIGN);
    boolean hardware = (cryptoki.slotFlags(token.slot) & Ck.CKF_HW_SLOT) != 0;
    if (!hardware && !options.allowSoftware()) {
      throw new SignerException(
          SignerException.Reason.UNTRUSTED_ENVIRONMENT,
          "the slot of token '"
              + token.info.label()
              + "' is not hardware (CKF_HW_SLOT), so its proofs must not say hw-key;"
              + " for tests, set allowSoftware=true");
    }
    return token;
  }

  private static List<Token> present(Cryptoki cryptoki) throws CryptokiException {
    List<Token> tokens = new ArrayList<>();
    for (long slot : cryptoki.slotsWithToken()) {
      TokenInfo info = cryptoki.tokenInfo(slot);
      if (info.has(Ck.CKF_TOKEN_INITIALIZED)) {
        tokens.add(new Token(slot, info));
      }
    }
    return tokens;
  }

  private static Token choose(List<Token> present, TokenChoice choice) throws SignerException {
    List<Token> fitting = present.stream().filter(token -> token.fits(choice)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    List<String> labels = present.stream().map(token -> token.info.label()).toList();
    if (fitting.isEmpty()) {
      throw unavailable("the PKCS#11 module has no such token; it has " + labels);
    }
    throw new SignerException(
        SignerException.Reason.INVALID_CONFIGURATION,
        fitting.size() + " tokens could be meant; name the slot or a label out of " + labels);
  }

  private boolean fits(TokenChoice choice) {
    if (choice instanceof TokenChoice.Labelled labelled) {
      return info.label().equals(labelled.label());
    }
    return !(choice instanceof TokenChoice.InSlot inSlot) || inSlot.slot() == slot;
  }

  /** A token's last try is left to a person: a service that restarts would lock the token. */
  private void requireUsable() throws SignerException {
    if (!info.has(Ck.CKF_USER_PIN_INITIALIZED)) {
      throw unavailable("the token has no user PIN yet");
    }
    if (info.has(Ck.CKF_USER_PIN_LOCKED)) {
      throw unavailable("the token's user PIN is locked");
    }
    if (info.has(Ck.CKF_USER_PIN_FINAL_TRY)) {
      throw unavailable("the token has one try left for its PIN; log in with its own tool first");
    }
    if (!info.has(Ck.CKF_RNG)) {
      throw unavailable("the token has no random number generator");
    }
  }

  private void requireMechanism(Cryptoki cryptoki, long mechanism, String name, long use)
      throws CryptokiException, SignerException {
    long flags;
    try {
      flags = cryptoki.mechanismFlags(slot, mechanism);
    } catch (CryptokiException e) {
      if (e.reason() != CryptokiException.Reason.UNKNOWN_MECHANISM) {
        throw e;
      }
      throw new SignerException(
          SignerException.Reason.UNAVAILABLE, "the token has no Ed25519: no " + name, e);
    }
    if ((flags & use) == 0) {
      throw unavailable("the token does not offer " + name + " for this use");
    }
  }

  /** What identifies the token's make, as attributes of a PKCS#11 URI (RFC 7512). */
  String measurement() {
    return "pkcs11:manufacturer="
        + escaped(info.manufacturer())
        + ";model="
        + escaped(info.model())
        + ";x-firmware="
        + escaped(info.firmware());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) Byte.toUnsignedInt(b);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return escaped.toString();
  }

  private static SignerException unavailable(String problem) {
    return new SignerException(SignerException.Reason.UNAVAILABLE, problem);
  }
}
