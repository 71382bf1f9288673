package dev.occ.embedding.pkcs11;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The PKCS#11 modules of this process. A module is initialized once per process and not once per
 * signer: the first lease initializes it, the last one to end finalizes it, and neither happens if
 * other code of the process had initialized it. A library stays loaded, because libraries that
 * started threads or exit handlers do not survive being unloaded.
 *
 * <p>Safe for use by many threads.
 */
final class ModuleRegistry {
  /** Static, because what it counts is the state of native libraries, which is the process's. */
  private static final ModuleRegistry PROCESS = new ModuleRegistry(JnaCryptoki::load);

  private final Loader loader;

  /** Guarded by this. */
  private final Map<Path, Entry> entries = new HashMap<>();

  ModuleRegistry(Loader loader) {
    this.loader = loader;
  }

  /** Loads a native library. */
  @FunctionalInterface
  interface Loader {
    Cryptoki load(Path module) throws CryptokiException;
  }

  /** The registry over the libraries of this process. */
  static ModuleRegistry ofProcess() {
    return PROCESS;
  }

  /**
   * A module, ready for use until the lease is closed.
   *
   * @throws IOException if there is no such file
   */
  synchronized Lease lease(Path module) throws CryptokiException, IOException {
    Path file = module.toRealPath();
    Entry entry = entries.get(file);
    if (entry == null) {
      entry = new Entry(loader.load(file));
      entries.put(file, entry);
    }
    if (entry.leases == 0) {
      entry.initializedHere = entry.cryptoki.initialize();
    }
    entry.leases++;
    return new Lease(entry);
  }

  private synchronized void end(Entry entry) throws CryptokiException {
    entry.leases--;
    if (entry.leases == 0 && entry.initializedHere) {
      entry.cryptoki.finish();
    }
  }

  private static final class Entry {
    final Cryptoki cryptoki;
    int leases;
    boolean initializedHere;

    Entry(Cryptoki cryptoki) {
      this.cryptoki = cryptoki;
    }
  }

  /** One user of a module. For use by one thread, except for the {@link Cryptoki} itself. */
  final class Lease {
    private final Entry entry;
    private boolean ended;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    Cryptoki cryptoki() {
      return entry.cryptoki;
    }

    /** Ends the lease. Calls after the first do nothing. */
    void end() throws CryptokiException {
      if (!ended) {
        ended = true;
        ModuleRegistry.this.end(entry);
      }
    }
  }
}
