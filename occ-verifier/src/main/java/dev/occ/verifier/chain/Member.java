package dev.occ.verifier.chain;

import dev.occ.proof.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * One signed statement at a place of a chain, with the copies of it: the same sealed proof again is
 * a duplicate, another sealed proof of the same statement an altered copy.
 */
final class Member {
  /** How many altered copies are remembered as possible predecessors. */
  private static final int MAX_VARIANTS = 8;

  private final LinkRecord first;
  private final List<Bytes> variants = new ArrayList<>();
  private final List<Source> variantSources = new ArrayList<>();
  private final List<Source> duplicateSources = new ArrayList<>();
  private Bytes last;
  private long variantCount = 1;
  private long duplicates;

  Member(LinkRecord first) {
    this.first = first;
    this.last = first.sealed();
    variants.add(first.sealed());
    variantSources.add(first.source());
  }

  /** Adds a copy; copies come in the order of their sealed hashes. */
  void add(LinkRecord copy) {
    if (copy.sealed().equals(last)) {
      duplicates++;
      keep(duplicateSources, copy.source());
      return;
    }
    last = copy.sealed();
    variantCount++;
    if (variants.size() < MAX_VARIANTS) {
      variants.add(last);
    }
    keep(variantSources, copy.source());
  }

  private static void keep(List<Source> sources, Source source) {
    if (sources.size() < Finding.MAX_SOURCES) {
      sources.add(source);
    }
  }

  LinkRecord record() {
    return first;
  }

  List<Bytes> variants() {
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
