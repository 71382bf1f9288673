package dev.occ.verifier.chain;

import dev.occ.json.JsonString;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a successor may name of a proof that has members which are neither on the closed list of
 * those that an enclave seals nor known to be added outside (spec 7).
 *
 * <p>The proof without all of them comes first, as the specification has it. Up to {@value
 * #MAX_MEMBERS} such members are tried in every combination; of more only all together.
 *
 * @param hash the sealed proof's hash in this form
 * @param text which members it has and which it has not, for people; holds text from the proof
 */
record SealedForm(Bytes hash, String text) {
  /** Eight forms at most, so that a document costs at most so many hashes. */
  static final int MAX_MEMBERS = 3;

  private static final int MAX_NAME = 64;

  /** The forms of a proof; none for a proof without such members. */
  static List<SealedForm> of(Proof proof) {
    List<String> members = proof.unlistedMembers();
    if (members.isEmpty()) {
      return List.of();
    }
    List<SealedForm> forms = new ArrayList<>();
    if (members.size() > MAX_MEMBERS) {
      forms.add(form(proof, members, Set.of()));
      forms.add(form(proof, members, new LinkedHashSet<>(members)));
      return forms;
    }
    for (int choice = 0; choice < 1 << members.size(); choice++) {
      Set<String> with = new LinkedHashSet<>();
      for (int i = 0; i < members.size(); i++) {
        if ((choice >> i & 1) == 1) {
          with.add(members.get(i));
        }
      }
      forms.add(form(proof, members, with));
    }
    return forms;
  }

  private static SealedForm form(Proof proof, List<String> members, Set<String> with) {
    List<String> without = members.stream().filter(name -> !with.contains(name)).toList();
    List<String> parts = new ArrayList<>();
    if (!with.isEmpty()) {
      parts.add("with " + names(List.copyOf(with)));
    }
    if (!without.isEmpty()) {
      parts.add("without " + names(without));
    }
    return new SealedForm(proof.sealedHashWith(with), String.join(", ", parts));
  }

  private static String names(List<String> names) {
    String shown =
        names.stream()
            .limit(MAX_MEMBERS)
            .map(SealedForm::quoted)
            .collect(Collectors.joining(" and "));
    int more = names.size() - MAX_MEMBERS;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** Quoted, so that no name reads like other words of the sentence; the cut may halve a pair. */
  private static String quoted(String name) {
    String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    return JsonString.escapingLoneSurrogates(cut).toJson();
  }
}
