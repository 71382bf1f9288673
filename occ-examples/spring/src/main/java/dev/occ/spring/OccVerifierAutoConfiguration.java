package dev.occ.spring;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.Resource;

/**
 * A {@link VerificationPolicy} and a {@link ProofVerifier} from {@code occ.verifier.*}. Without any
 * of these properties there is no verifier, because there is no default policy; unusable ones end
 * the start with a sentence. Beans of the application take precedence.
 */
@AutoConfiguration
@Conditional(OnVerifierProperties.class)
@EnableConfigurationProperties(OccVerifierProperties.class)
public class OccVerifierAutoConfiguration {
  private static final int MAX_POLICY = 1024 * 1024;
  private static final int MAX_CERTIFICATE = 64 * 1024;

  /** For Spring. */
  public OccVerifierAutoConfiguration() {}

  /**
   * What proofs must fulfil.
   *
   * @param properties {@code occ.verifier.*}
   * @return the policy
   * @throws IOException if the policy document cannot be read
   */
  @Bean
  @ConditionalOnMissingBean
  public VerificationPolicy occVerificationPolicy(OccVerifierProperties properties)
      throws IOException {
    VerificationPolicy.Builder policy = base(properties).toBuilder();
    if (properties.historical()) {
      policy.historical();
    }
    if (properties.allowDebugEnclave()) {
      policy.allowDebugEnclave();
    }
    return policy.build();
  }

  private static VerificationPolicy base(OccVerifierProperties properties) throws IOException {
    Resource document = properties.policy();
    if (document != null) {
      try {
        return VerificationPolicy.read(bytes(document, MAX_POLICY));
      } catch (JsonException e) {
        throw new IllegalArgumentException("occ.verifier.policy: " + e.getMessage(), e);
      }
    }
    if (properties.integrityOnly()) {
      return VerificationPolicy.integrityOnly();
    }
    try {
      return VerificationPolicy.measuredTee(properties.pcr0());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("occ.verifier.pcr0: " + e.getMessage(), e);
    }
  }

  /**
   * The verifier.
   *
   * @param policy what proofs must fulfil
   * @param properties {@code occ.verifier.*}
   * @return the verifier; safe for use by many threads
   * @throws IOException if a root certificate cannot be read
   */
  @Bean
  @ConditionalOnMissingBean
  public ProofVerifier occProofVerifier(VerificationPolicy policy, OccVerifierProperties properties)
      throws IOException {
    ProofVerifier.Builder verifier = ProofVerifier.builder(policy);
    for (Map.Entry<String, Resource> root : properties.roots().entrySet()) {
      verifier.trustRoot(root.getKey(), certificate(root.getKey(), root.getValue()));
    }
    return verifier.build();
  }

  private static Bytes certificate(String format, Resource resource) throws IOException {
    byte[] encoded = bytes(resource, MAX_CERTIFICATE);
    try {
      return Bytes.of(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded))
              .getEncoded());
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "occ.verifier.roots." + format + " is no certificate: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Resource resource, int max) throws IOException {
    try (InputStream in = resource.getInputStream()) {
      byte[] read = in.readNBytes(max + 1);
      if (read.length > max) {
        throw new IllegalArgumentException(
            resource.getDescription() + " is larger than " + max + " bytes");
      }
      return read;
    }
  }
}
