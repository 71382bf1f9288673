package dev.occ.signer;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Opens signers of one kind by name, so that a program can be told which one to use by
 * configuration. Implementations are found with {@link ServiceLoader} and have a public constructor
 * without parameters.
 */
@CheckReturnValue
public interface SignerProvider {
  /**
   * The name to ask for.
   *
   * @return non-empty lower-case ASCII, {@code soft} or {@code nitro} for the ones of this project
   */
  String name();

  /**
   * Opens a signer, which makes a fresh key.
   *
   * @param options the provider's own options; an unknown name or unusable value is refused
   * @return a signer that the caller must close
   * @throws SignerException with {@link SignerException.Reason#INVALID_CONFIGURATION} for bad
   *     options, or another reason when the key cannot be made
   */
  Signer open(Map<String, String> options) throws SignerException;

  /**
   * The installed provider with a given name, found with the calling thread's context class loader.
   *
   * @param name the provider's {@link #name()}
   * @return the provider
   * @throws SignerException with {@link SignerException.Reason#UNKNOWN_PROVIDER} if none or more
   *     than one has that name
   */
  static SignerProvider named(String name) throws SignerException {
    Objects.requireNonNull(name, "name");
    List<SignerProvider> found = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (SignerProvider provider : ServiceLoader.load(SignerProvider.class)) {
      known.add(provider.name());
      if (provider.name().equals(name)) {
        found.add(provider);
      }
    }
    if (found.size() != 1) {
      throw new SignerException(
          SignerException.Reason.UNKNOWN_PROVIDER,
          found.size() + " signer providers are named '" + name + "'; installed: " + known);
    }
    return found.get(0);
  }
}
