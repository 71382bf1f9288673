package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.nitro.NsmException.Reason;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no sound module gives: each is a malformed response, never another exception. */
class NsmResponsesTest {
  private static final byte[] PCR = new byte[48];

  @Test
  void results_unknownMembers_arePassedOver() throws NsmException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("novelty", Map.of("deep", List.of(1, "two", PCR)));
    members.put("random", new byte[] {1});
    members.put("more", true);
    assertThat(NsmResponses.getRandom(TestCbor.encode(Map.of("GetRandom", members))))
        .isEqualTo(new byte[] {1});
  }

  @Test
  void results_indefiniteLengthMap_isTaken() throws NsmException {
    // {_ "GetRandom": {_ "random": h'01'}}
    byte[] answer = hex("bf6947657452616e646f6dbf6672616e646f6d4101ffff");
    assertThat(NsmResponses.getRandom(answer)).isEqualTo(new byte[] {1});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "f6", // null
        "69" + "47657452616e646f6d", // the bare name where results are due
        "a0", // an empty map
        "a1" + "6947657452616e646f6d" + "a0", // no "random"
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "f6", // "random" is null
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "6101", // text
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "40", // no bytes in it
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "4201", // cut short
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "5a7fffffff01", // huge length
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "5b7fffffffffffffff01",
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "410100", // a byte follows
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "4101f6", // a value follows
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "c24101", // tagged: a bignum
        "a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "d8284101", // tagged otherwise
        "c1a1" + "6947657452616e646f6d" + "a1" + "6672616e646f6d" + "4101", // tagged map
        "a1" + "6947657452616e646f6d" + "a2" + "6672616e646f6d4101" + "6672616e646f6d4102", // twice
        "a2" + "6947657452616e646f6da16672616e646f6d4101" + "6145" + "00", // a second command
        "a1" + "6b4465736372696265504352" + "a1" + "6672616e646f6d4101", // another command
        "a1" + "656572726f72" + "6149", // "error" is not "Error"
        "a1" + "654572726f72" + "01", // the error code is a number
        "a1" + "654572726f72" + "60", // the error code is empty
        "a2" + "654572726f72" + "6149" + "6145" + "00", // an error and more
        "a1" + "654572726f72" + "6149" + "00", // an error, then a byte
        "ff", // a break
        "1c", // reserved
      })
  void getRandom_malformed_isRefused(String answer) {
    assertMalformed(() -> NsmResponses.getRandom(hex(answer)));
  }

  @Test
  void getRandom_moreThanAModuleGives_isRefused() {
    Object members = Map.of("random", new byte[Nsm.MAX_RANDOM_LENGTH + 1]);
    assertMalformed(() -> NsmResponses.getRandom(TestCbor.encode(Map.of("GetRandom", members))));
  }

  @Test
  void results_nestedTooDeep_isRefused() {
    Object deep = 1;
    for (int i = 0; i < 16; i++) {
      deep = List.of(deep);
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("deep", deep);
    members.put("random", new byte[] {1});
    assertMalformed(() -> NsmResponses.getRandom(TestCbor.encode(Map.of("GetRandom", members))));
  }

  @Test
  void acknowledgement_otherAnswer_isRefused() {
    for (Object answer : List.of("LockPCRs", "", 1, Map.of("LockPCR", 1), Map.of(), List.of())) {
      assertMalformed(() -> NsmResponses.acknowledgement(TestCbor.encode(answer), "LockPCR"));
    }
    assertMalformed(() -> NsmResponses.acknowledgement(hex("674c6f636b50435200"), "LockPCR"));
  }

  @Test
  void describePcr_incompleteOrWrong_isRefused() {
    assertPcrMalformed("data", PCR, "other", true);
    assertPcrMalformed("lock", true, "other", PCR);
    assertPcrMalformed("data", new byte[31], "lock", true);
    assertPcrMalformed("data", new byte[65], "lock", true);
    assertPcrMalformed("data", "text", "lock", true);
    assertPcrMalformed("data", PCR, "lock", 1);
    assertPcrMalformed("data", PCR, "lock", null);
  }

  private static void assertPcrMalformed(
      String first, @Nullable Object one, String second, @Nullable Object two) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(first, one);
    members.put(second, two);
    byte[] answer = TestCbor.encode(Map.of("DescribePCR", members));
    assertMalformed(() -> NsmResponses.describePcr(answer, 0));
  }

  @Test
  void describeNsm_anyMemberMissingOrWrong_isRefused() throws NsmException {
    Map<String, Object> good = new LinkedHashMap<>();
    good.put("version_major", 1);
    good.put("version_minor", 2);
    good.put("version_patch", 3);
    good.put("module_id", "i-1");
    good.put("max_pcrs", 32);
    good.put("locked_pcrs", List.of(0, 4));
    good.put("digest", "SHA384");
    assertThat(describe(good))
        .isEqualTo(new NsmDescription(1, 2, 3, "i-1", 32, List.of(0, 4), "SHA384"));
    for (String name : new ArrayList<>(good.keySet())) {
      Map<String, Object> bad = new LinkedHashMap<>(good);
      bad.remove(name);
      assertMalformed(() -> describe(bad));
      for (Object wrong : List.of(-1, 65_536, true, "", new byte[1], List.of("x"), Map.of())) {
        bad.put(name, wrong);
        assertMalformed(() -> describe(bad));
      }
    }
  }

  private static NsmDescription describe(Map<String, Object> members) throws NsmException {
    return NsmResponses.describeNsm(TestCbor.encode(Map.of("DescribeNSM", members)));
  }

  @Property(tries = 2000)
  void anyBytes_neverGiveAnotherException(@ForAll @Size(max = 64) byte[] answer) {
    assertOnlyNsmException(() -> NsmResponses.getRandom(answer));
    assertOnlyNsmException(() -> NsmResponses.describeNsm(answer));
    assertOnlyNsmException(() -> NsmResponses.describePcr(answer, 0));
    assertOnlyNsmException(() -> NsmResponses.acknowledgement(answer, "LockPCR"));
  }

  /** Cuts and flips of a good answer reach deeper into the decoder than random bytes do. */
  @Test
  void everyCutAndFlip_ofAGoodAnswer_isRefusedOrRead() {
    byte[] good = TestCbor.encode(Map.of("DescribePCR", Map.of("data", PCR, "lock", true)));
    for (int i = 0; i < good.length; i++) {
      byte[] cut = java.util.Arrays.copyOf(good, i);
      assertMalformed(() -> NsmResponses.describePcr(cut, 0));
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = good.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertOnlyNsmException(() -> NsmResponses.describePcr(flipped, 0));
      }
    }
  }

  private static void assertOnlyNsmException(ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(NsmException.class);
    }
  }

  private static void assertMalformed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NsmException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_RESPONSE));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
