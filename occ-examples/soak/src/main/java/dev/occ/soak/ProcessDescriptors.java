package dev.occ.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file descriptors of a process, by what they are (proc(5)).
 *
 * @param peers connections at the ports that it serves
 * @param links connected Unix sockets, and connections to the ports that it is a client of
 * @param others all the rest: listeners, files, pipes, and sockets in no connection
 */
record ProcessDescriptors(int peers, int links, int others) {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTEN = "0A";
  private static final String UNIX_CONNECTED = "03";
  private static final int TCP_STATE = 3;
  private static final int TCP_INODE = 9;
  private static final int UNIX_INODE = 6;
  private static final int UNIX_STATE = 5;

  static ProcessDescriptors of(long pid, Set<Integer> servedPorts) throws IOException {
    Set<String> peers = new HashSet<>();
    Set<String> links = new HashSet<>();
    for (String[] row : tcpRows(state -> !state.equals(LISTEN))) {
      (servedPorts.contains(port(row[1])) ? peers : links).add(row[TCP_INODE]);
    }
    for (String[] row :
        rows(
            "/proc/net/unix", r -> r.length > UNIX_INODE && r[UNIX_STATE].equals(UNIX_CONNECTED))) {
      links.add(row[UNIX_INODE]);
    }
    return count(pid, peers, links);
  }

  private static List<String[]> tcpRows(Predicate<String> state) throws IOException {
    List<String[]> all = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      all.addAll(rows(table, r -> r.length > TCP_INODE && state.test(r[TCP_STATE])));
    }
    return all;
  }

  private static List<String[]> rows(String table, Predicate<String[]> wanted) throws IOException {
    return Files.readAllLines(Path.of(table)).stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1))
        .filter(wanted)
        .toList();
  }

  /** The TCP ports that a process listens at. */
  static Set<Integer> listening(long pid) throws IOException {
    List<String> targets = targets(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String[] row : tcpRows(LISTEN::equals)) {
      if (targets.contains("socket:[" + row[TCP_INODE] + "]")) {
        boolean unused = ports.add(port(row[1]));
      }
    }
    return ports;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static ProcessDescriptors count(long pid, Set<String> peers, Set<String> links)
      throws IOException {
    int peerCount = 0;
    int linkCount = 0;
    int others = 0;
    for (String target : targets(pid)) {
      Matcher socket = SOCKET.matcher(target);
      String inode = socket.matches() ? socket.group(1) : "";
      if (peers.contains(inode)) {
        peerCount++;
      } else if (links.contains(inode)) {
        linkCount++;
      } else {
        others++;
      }
    }
    return new ProcessDescriptors(peerCount, linkCount, others);
  }

  /** What the descriptors of a process refer to. */
  static List<String> targets(long pid) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return all.map(ProcessDescriptors::target).filter(target -> !target.isEmpty()).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return ""; // closed while we looked
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
