package dev.occ.signer.nitro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the NSM's answers: a map from the command's name to a map of results, the bare name where
 * there are none, or {@code {"Error": code}}. Results that this class does not know are passed
 * over, since an NSM may be newer than it; those that it needs must be there, once, as expected.
 */
final class NsmResponses {
  private static final int MAX_TEXT_LENGTH = 256;

  /** The NSM's numbers are 16 bits wide. */
  private static final int MAX_NUMBER = 0xFFFF;

  private static final String ERROR = "Error";

  private NsmResponses() {}

  /** Reads the map of results of one command. */
  private interface Results<T> {
    T read(NsmCborReader reader) throws CborException;
  }

  static byte[] getRandom(byte[] answer) throws NsmException {
    return results(
        answer, "GetRandom", reader -> readBytes(reader, "random", 1, Nsm.MAX_RANDOM_LENGTH));
  }

  static byte[] extendPcr(byte[] answer) throws NsmException {
    return results(
        answer,
        "ExtendPCR",
        reader -> readBytes(reader, "data", NsmPcr.MIN_LENGTH, NsmPcr.MAX_LENGTH));
  }

  static byte[] attestation(byte[] answer) throws NsmException {
    return results(
        answer,
        "Attestation",
        reader -> readBytes(reader, "document", 1, NsmDevice.MAX_RESPONSE_LENGTH));
  }

  static NsmPcr describePcr(byte[] answer, int index) throws NsmException {
    return results(answer, "DescribePCR", reader -> readPcr(reader, index));
  }

  static NsmDescription describeNsm(byte[] answer) throws NsmException {
    return results(answer, "DescribeNSM", NsmResponses::readDescription);
  }

  /** For commands without results. */
  static void acknowledgement(byte[] answer, String command) throws NsmException {
    Optional<String> unused =
        decode(
            answer,
            reader -> {
              Optional<String> text = reader.textOrStartOfMap(MAX_TEXT_LENGTH);
              if (text.isEmpty()) {
                return readError(reader, reader.singleMember());
              }
              return new Answer<>(named(text.get(), command));
            });
  }

  private static <T> T results(byte[] answer, String command, Results<T> results)
      throws NsmException {
    Optional<T> value =
        decode(
            answer,
            reader -> {
              reader.startMap();
              String member = reader.singleMember();
              if (member.equals(ERROR)) {
                return readError(reader, member);
              }
              String unused = named(member, command);
              T result = results.read(reader);
              reader.endMap();
              return new Answer<>(result);
            });
    return value.orElseThrow();
  }

  private static String named(String name, String command) throws CborException {
    if (!name.equals(command)) {
      throw new CborException("the answer is for another command");
    }
    return name;
  }

  private static <T> Answer<T> readError(NsmCborReader reader, String member) throws CborException {
    String unused = named(member, ERROR);
    String code = reader.text(MAX_TEXT_LENGTH);
    reader.endMap();
    return new Answer<>(null, code);
  }

  /** An error answer is thrown only after the whole answer was found well-formed. */
  private static <T> Optional<T> decode(byte[] bytes, NsmCborReader.Decoder<Answer<T>> decoder)
      throws NsmException {
    Answer<T> answer;
    try {
      answer = NsmCborReader.decode(bytes, decoder);
    } catch (CborException e) {
      throw new NsmException(
          NsmException.Reason.MALFORMED_RESPONSE, "the NSM's answer is malformed", e);
    }
    if (answer.errorCode() != null) {
      throw NsmException.ofNsmCode(answer.errorCode());
    }
    return Optional.ofNullable(answer.result());
  }

  private static byte[] readBytes(NsmCborReader reader, String wanted, int min, int max)
      throws CborException {
    Map<String, byte[]> members = new HashMap<>();
    reader.map(
        name -> {
          if (name.equals(wanted)) {
            members.put(name, reader.bytes(min, max));
          } else {
            reader.skip();
          }
        });
    return required(members, wanted);
  }

  private static NsmPcr readPcr(NsmCborReader reader, int index) throws CborException {
    Map<String, byte[]> data = new HashMap<>();
    Map<String, Boolean> lock = new HashMap<>();
    reader.map(
        name -> {
          switch (name) {
            case "data" -> data.put(name, reader.bytes(NsmPcr.MIN_LENGTH, NsmPcr.MAX_LENGTH));
            case "lock" -> lock.put(name, reader.bool());
            default -> reader.skip();
          }
        });
    return new NsmPcr(index, required(lock, "lock"), required(data, "data"));
  }

  private static NsmDescription readDescription(NsmCborReader reader) throws CborException {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    Map<String, List<Integer>> lists = new HashMap<>();
    reader.map(
        name -> {
          switch (name) {
            case "version_major", "version_minor", "version_patch", "max_pcrs" ->
                numbers.put(name, reader.unsigned(MAX_NUMBER));
            case "module_id", "digest" -> texts.put(name, reader.text(MAX_TEXT_LENGTH));
            case "locked_pcrs" -> lists.put(name, readIndexes(reader));
            default -> reader.skip();
          }
        });
    return new NsmDescription(
        required(numbers, "version_major"),
        required(numbers, "version_minor"),
        required(numbers, "version_patch"),
        required(texts, "module_id"),
        required(numbers, "max_pcrs"),
        required(lists, "locked_pcrs"),
        required(texts, "digest"));
  }

  private static List<Integer> readIndexes(NsmCborReader reader) throws CborException {
    List<Integer> indexes = new ArrayList<>();
    reader.startArray();
    Optional<Integer> next = reader.nextUnsigned(MAX_NUMBER);
    while (next.isPresent()) {
      indexes.add(next.get());
      next = reader.nextUnsigned(MAX_NUMBER);
    }
    return indexes;
  }

  private static <V> V required(Map<String, V> members, String name) throws CborException {
    V value = members.get(name);
    if (value == null) {
      throw new CborException("the answer has no " + name);
    }
    return value;
  }

  /** What an answer holds: either a result or the NSM's error code. */
  private record Answer<T>(@Nullable T result, @Nullable String errorCode) {
    Answer(T result) {
      this(result, null);
    }
  }
}
