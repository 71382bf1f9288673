package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * One signed statement at a place of a chain, with the copies of it: the same sealed proof again is
 * a duplicate, another sealed proof of the same statement an altered copy.
 */
final class Member {
  /**
   * How many copies and forms of them are remembered; other links are found by {@link LinkJoin}.
   */
  private static final int MAX_VARIANTS = 24;

  private final LinkRecord first;
  private final List<Variant> variants = new ArrayList<>();
  private final List<Source> variantSources = new ArrayList<>();
  private final List<Source> duplicateSources = new ArrayList<>();
  private Bytes last;
  private long variantCount = 1;
  private long duplicates;

  Member(LinkRecord first) {
    this.first = first;
    this.last = first.sealed();
    variants.add(Variant.of(first));
    variantSources.add(first.source());
  }

  /** Adds a copy, or another form of one; copies come first, and by their sealed hashes. */
  void add(LinkRecord copy) {
    if (copy.alternate()) {
      if (!copy.sealed().equals(last)) {
        keepVariant(copy);
      }
      return;
    }
    if (copy.sealed().equals(last)) {
      duplicates++;
      keep(duplicateSources, copy.source());
      return;
    }
    variantCount++;
    keepVariant(copy);
    keep(variantSources, copy.source());
  }

  private void keepVariant(LinkRecord copy) {
    last = copy.sealed();
    if (variants.size() < MAX_VARIANTS) {
      variants.add(Variant.of(copy));
    }
  }

  private static void keep(List<Source> sources, Source source) {
    if (sources.size() < Finding.MAX_SOURCES) {
      sources.add(source);
    }
  }

  LinkRecord record() {
    return first;
  }

  List<Variant> variants() {
    return variants;
  }

  long variantCount() {
    return variantCount;
  }

  List<Source> variantSources() {
    return variantSources;
  }

  long duplicates() {
    return duplicates;
  }

  List<Source> duplicateSources() {
    return duplicateSources;
  }
}
