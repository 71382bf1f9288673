package dev.occ.epoch;

import dev.occ.signer.EnforcementTier;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SeededSoftSigner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real soft signer whose every call passes through a script, which may answer something else,
 * fail, or wait. It makes attestations: a mark and the user data.
 */
final class ScriptedSigner implements Signer {
  enum Operation {
    PUBLIC_KEY,
    RANDOM,
    SIGN,
    ATTEST
  }

  /** Decides what a call gives, from what an honest signer gave. */
  interface Script {
    byte[] answer(int call, Operation operation, byte[] honest) throws SignerException;
  }

  static final Script HONEST = (call, operation, honest) -> honest;

  private final Signer delegate = SeededSoftSigner.open(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger closings = new AtomicInteger();
  private final List<byte[]> randoms = new CopyOnWriteArrayList<>();
  private volatile Script script;

  ScriptedSigner(Script script) {
    this.script = script;
  }

  static ScriptedSigner honest() {
    return new ScriptedSigner(HONEST);
  }

  void script(Script next) {
    script = next;
  }

  int calls() {
    return calls.get();
  }

  int closings() {
    return closings.get();
  }

  /** What {@link #random} gave, in order. */
  List<byte[]> randoms() {
    return randoms;
  }

  @Override
  public EnforcementTier enforcement() {
    return EnforcementTier.HW_KEY;
  }

  @Override
  public String measurement() {
    return "scripted \u20ac";
  }

  @Override
  public byte[] publicKey() {
    try {
      return answer(Operation.PUBLIC_KEY, delegate.publicKey());
    } catch (SignerException e) {
      throw new IllegalStateException("this method has no checked failure", e);
    }
  }

  @Override
  public byte[] sign(byte[] message) throws SignerException {
    return answer(Operation.SIGN, delegate.sign(message));
  }

  @Override
  public byte[] random(int length) throws SignerException {
    byte[] random = delegate.random(length);
    randoms.add(random);
    return answer(Operation.RANDOM, random);
  }

  @Override
  public Optional<String> attestationFormat() {
    return Optional.of("scripted");
  }

  @Override
  public byte[] attest(byte[] userData) throws SignerException {
    byte[] report = new byte[userData.length + 1];
    report[0] = 'R';
    System.arraycopy(userData, 0, report, 1, userData.length);
    return answer(Operation.ATTEST, report);
  }

  private byte[] answer(Operation operation, byte[] honest) throws SignerException {
    return script.answer(calls.getAndIncrement(), operation, honest);
  }

  @Override
  public void close() {
    closings.incrementAndGet();
    delegate.close();
  }
}
