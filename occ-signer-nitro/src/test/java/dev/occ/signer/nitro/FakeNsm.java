package dev.occ.signer.nitro;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A module in memory that behaves like the one QEMU emulates: 32 PCRs of SHA-384, 256 random bytes
 * a call, documents over the locked PCRs that nobody signed. Answers can be replaced on their way
 * out, for everything that a sound module never does.
 */
final class FakeNsm implements NsmDevice {
  private static final int PCR_LENGTH = 48;

  private final byte[][] pcrs = new byte[Nsm.PCR_COUNT][PCR_LENGTH];
  private final boolean[] locked = new boolean[Nsm.PCR_COUNT];
  private final SecureRandom random = new SecureRandom();
  private final List<String> calls = new ArrayList<>();
  private UnaryOperator<byte[]> answers = answer -> answer;
  private UnaryOperator<Map<Object, Object>> payloads = payload -> payload;
  private UnaryOperator<List<Object>> envelopes = envelope -> envelope;
  private int randomLength = Nsm.MAX_RANDOM_LENGTH;
  private int closeCalls;

  /** A module in which PCR0 was extended and locked, like that of a measured image. */
  static FakeNsm measured() {
    FakeNsm nsm = new FakeNsm();
    nsm.extend(0, new byte[] {1});
    nsm.lock(0);
    return nsm;
  }

  synchronized FakeNsm extend(int index, byte[] data) {
    MessageDigest digest = sha384();
    digest.update(pcrs[index]);
    pcrs[index] = digest.digest(data);
    return this;
  }

  synchronized FakeNsm lock(int index) {
    locked[index] = true;
    return this;
  }

  synchronized byte[] pcr(int index) {
    return pcrs[index].clone();
  }

  /** Replaces answers. */
  synchronized FakeNsm answering(UnaryOperator<byte[]> replacement) {
    answers = replacement;
    return this;
  }

  /** Replaces the payload of attestation documents. */
  synchronized FakeNsm withPayload(UnaryOperator<Map<Object, Object>> replacement) {
    payloads = replacement;
    return this;
  }

  /** Replaces the four items of attestation documents. */
  synchronized FakeNsm withEnvelope(UnaryOperator<List<Object>> replacement) {
    envelopes = replacement;
    return this;
  }

  /** How many random bytes a call gives. */
  synchronized FakeNsm givingRandom(int length) {
    randomLength = length;
    return this;
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized int closeCalls() {
    return closeCalls;
  }

  @Override
  public synchronized byte[] exchange(byte[] request) throws NsmException {
    if (closeCalls > 0) {
      throw new NsmException(NsmException.Reason.CLOSED, "the fake is closed");
    }
    Object decoded = TestCbor.decode(request);
    byte[] answer =
        decoded instanceof String name ? bare(name) : command(TestCbor.singleEntry(decoded));
    return answers.apply(answer);
  }

  private byte[] bare(String name) {
    calls.add(name);
    return switch (name) {
      case "GetRandom" -> result(name, Map.of("random", randomBytes()));
      case "DescribeNSM" -> result(name, description());
      default -> error("InvalidOperation");
    };
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[randomLength];
    random.nextBytes(bytes);
    return bytes;
  }

  private Map<String, Object> description() {
    List<Object> lockedIndexes = new ArrayList<>();
    for (int i = 0; i < locked.length; i++) {
      if (locked[i]) {
        lockedIndexes.add(i);
      }
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("digest", "SHA384");
    members.put("max_pcrs", Nsm.PCR_COUNT);
    members.put("module_id", "i-234-enc5678");
    members.put("locked_pcrs", lockedIndexes);
    members.put("version_major", 1);
    members.put("version_minor", 0);
    members.put("version_patch", 0);
    return members;
  }

  private byte[] command(Map.Entry<?, ?> command) {
    String name = (String) command.getKey();
    Map<?, ?> arguments = (Map<?, ?>) command.getValue();
    calls.add(name);
    return switch (name) {
      case "DescribePCR" -> describePcr(integer(arguments, "index"));
      case "ExtendPCR" -> extendPcr(integer(arguments, "index"), data(arguments));
      case "LockPCR" -> lockPcr(integer(arguments, "index"));
      case "LockPCRs" -> lockPcrs(integer(arguments, "range"));
      case "Attestation" -> result(name, Map.of("document", document(arguments)));
      default -> error("InvalidOperation");
    };
  }

  private static int integer(Map<?, ?> arguments, String name) {
    if (arguments.get(name) instanceof Integer value) {
      return value;
    }
    throw new IllegalArgumentException("no integer " + name + " in the request");
  }

  private static byte[] data(Map<?, ?> arguments) {
    if (arguments.get("data") instanceof byte[] value) {
      return value;
    }
    throw new IllegalArgumentException("no data in the request");
  }

  private byte[] describePcr(int index) {
    if (index >= pcrs.length) {
      return error("InvalidIndex");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("data", pcrs[index]);
    members.put("lock", locked[index]);
    return result("DescribePCR", members);
  }

  private byte[] extendPcr(int index, byte[] data) {
    if (index >= pcrs.length) {
      return error("InvalidIndex");
    }
    if (locked[index]) {
      return error("ReadOnlyIndex");
    }
    extend(index, data);
    return result("ExtendPCR", Map.of("data", pcrs[index]));
  }

  private byte[] lockPcr(int index) {
    if (index >= pcrs.length) {
      return error("InvalidIndex");
    }
    if (locked[index]) {
      return error("ReadOnlyIndex");
    }
    locked[index] = true;
    return TestCbor.encode("LockPCR");
  }

  private byte[] lockPcrs(int range) {
    if (range > pcrs.length) {
      return error("InvalidIndex");
    }
    for (int i = 0; i < range; i++) {
      locked[i] = true;
    }
    return TestCbor.encode("LockPCRs");
  }

  private byte[] document(Map<?, ?> arguments) {
    Map<Object, Object> lockedPcrs = new TreeMap<>();
    for (int i = 0; i < pcrs.length; i++) {
      if (locked[i]) {
        lockedPcrs.put(i, pcrs[i]);
      }
    }
    Map<Object, Object> payload = new LinkedHashMap<>();
    payload.put("module_id", "i-234-enc5678");
    payload.put("digest", "SHA384");
    payload.put("timestamp", 1_700_000_000_000L);
    payload.put("pcrs", lockedPcrs);
    payload.put("certificate", new byte[64]);
    payload.put("cabundle", List.of(new byte[64]));
    for (String name : List.of("public_key", "user_data", "nonce")) {
      payload.put(name, arguments.get(name));
    }
    List<Object> envelope = new ArrayList<>();
    envelope.add(TestCbor.encode(Map.of(1, -1)));
    envelope.add(Map.of());
    envelope.add(TestCbor.encode(payloads.apply(payload)));
    envelope.add(new byte[64]);
    return TestCbor.encode(envelopes.apply(envelope));
  }

  private static byte[] result(String command, Map<String, Object> members) {
    return TestCbor.encode(Map.of(command, members));
  }

  private static byte[] error(String code) {
    return TestCbor.encode(Map.of("Error", code));
  }

  private static MessageDigest sha384() {
    try {
      return MessageDigest.getInstance("SHA-384");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    closeCalls++;
  }
}
