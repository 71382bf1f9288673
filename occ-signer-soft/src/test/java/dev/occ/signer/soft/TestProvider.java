package dev.occ.signer.soft;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The JDK's signature checks behind an answer of the test's choice; counts what it is asked. */
public final class TestProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** What the verifier asks for, and the agency of proofs. */
  private static final List<String> SIGNATURES =
      List.of("Ed25519", "SHA384withECDSAinP1363Format", "SHA256withECDSA");

  private transient volatile Answer answer;
  private final transient AtomicInteger asked = new AtomicInteger();

  /** What is said when the truth is known. */
  public interface Answer {
    /** What is said. */
    boolean to(String algorithm, boolean truth) throws SignatureException;
  }

  /** A provider that says what is true. */
  public TestProvider() {
    this((algorithm, truth) -> truth);
  }

  /** A provider that says what it wants. */
  public TestProvider(Answer answer) {
    super("Test", "1", "for tests");
    this.answer = answer;
    for (String algorithm : SIGNATURES) {
      putService(new Made("Signature", algorithm));
    }
    putService(new Made("KeyFactory", "Ed25519"));
    putService(new Made("KeyFactory", "EC"));
  }

  /** Changes its mind. */
  public void says(Answer other) {
    answer = other;
  }

  /** Has no key factory for P-384 any more. */
  public void losesEcKeys() {
    removeService(getService("KeyFactory", "EC"));
  }

  /** How many signatures it has judged. */
  public int asked() {
    return asked.get();
  }

  private static Provider jdk() {
    return Objects.requireNonNull(Security.getProvider("SunEC"));
  }

  private final class Made extends Provider.Service {
    Made(String type, String algorithm) {
      super(TestProvider.this, type, algorithm, "none", null, null);
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      return getType().equals("Signature")
          ? new Check(getAlgorithm())
          : jdk().getService(getType(), getAlgorithm()).newInstance(parameter);
    }
  }

  private final class Check extends SignatureSpi {
    private final String algorithm;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final AtomicReference<PublicKey> key = new AtomicReference<>();

    Check(String algorithm) {
      this.algorithm = algorithm;
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) {
      key.set(publicKey);
    }

    @Override
    protected void engineUpdate(byte b) {
      message.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
      message.write(bytes, offset, length);
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      asked.incrementAndGet();
      return answer.to(algorithm, truth(signature));
    }

    private boolean truth(byte[] signature) {
      try {
        Signature verifier = Signature.getInstance(algorithm, jdk());
        verifier.initVerify(Objects.requireNonNull(key.get()));
        verifier.update(message.toByteArray());
        return verifier.verify(signature);
      } catch (GeneralSecurityException e) {
        return false; // the JDK's way to refuse some of them
      }
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
      throw new InvalidKeyException("signs nothing");
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      throw new SignatureException("signs nothing");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String parameter, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String parameter) {
      throw new UnsupportedOperationException();
    }
  }
}
