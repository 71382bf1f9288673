package dev.occ.embedding.pkcs11;

import dev.occ.signer.SignerException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a signer holds of a module while it is open: the lease, the session and the key, taken in
 * this order and given back in the other. For use by one thread at a time.
 */
final class OpenToken {
  private final ModuleRegistry.Lease lease;
  private final Token token;
  private final long session;
  private final TokenKey key;

  private OpenToken(ModuleRegistry.Lease lease, Token token, long session, TokenKey key) {
    this.lease = lease;
    this.token = token;
    this.session = session;
    this.key = key;
  }

  /** Opens the token and makes the key. The lease is ended if that fails. */
  static OpenToken open(ModuleRegistry.Lease lease, Pkcs11SignerOptions options)
      throws CryptokiException, SignerException {
    try {
      Token token = Token.find(lease.cryptoki(), options);
      return open(lease, token, options);
    } catch (CryptokiException | SignerException | RuntimeException e) {
      after(e, lease::end);
      throw e;
    }
  }

  private static OpenToken open(
      ModuleRegistry.Lease lease, Token token, Pkcs11SignerOptions options)
      throws CryptokiException, SignerException {
    Cryptoki cryptoki = lease.cryptoki();
    long session = cryptoki.openSession(token.slot());
    try {
      logIn(cryptoki, session, options.pin());
      return new OpenToken(lease, token, session, TokenKey.generate(cryptoki, session));
    } catch (CryptokiException | SignerException | RuntimeException e) {
      after(e, () -> cryptoki.closeSession(session));
      throw e;
    }
  }

  /** The user logs in once for all sessions of a process with a token. */
  private static void logIn(Cryptoki cryptoki, long session, PinSource source)
      throws CryptokiException, SignerException {
    try (Pin pin = source.read()) {
      cryptoki.login(session, pin.bytes());
    } catch (CryptokiException e) {
      if (e.code().orElse(0) != ReturnValues.CKR_USER_ALREADY_LOGGED_IN) {
        throw e;
      }
    }
  }

  Token token() {
    return token;
  }

  TokenKey key() {
    return key;
  }

  /** Gives everything back, each step whatever became of the one before; says what failed. */
  List<CryptokiException> close() {
    List<CryptokiException> failures = new ArrayList<>();
    attempt(failures, key::destroy);
    attempt(failures, () -> lease.cryptoki().closeSession(session));
    attempt(failures, lease::end);
    return failures;
  }

  private interface Step {
    void run() throws CryptokiException;
  }

  private static void attempt(List<CryptokiException> failures, Step step) {
    try {
      step.run();
    } catch (CryptokiException e) {
      failures.add(e);
    }
  }

  private static void after(Exception failure, Step step) {
    try {
      step.run();
    } catch (CryptokiException e) {
      failure.addSuppressed(e);
    }
  }
}
