package dev.occ.programs.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.cli.Progress;
import dev.occ.client.CommitOptions;
import dev.occ.client.HonestServer;
import dev.occ.client.OccClient;
import dev.occ.client.ScriptedServer;
import dev.occ.client.ScriptedServer.End;
import dev.occ.client.ScriptedServer.Reply;
import dev.occ.enclave.program.StopRequest;
import dev.occ.programs.HttpStub;
import dev.occ.programs.SuppressForbidden;
import dev.occ.programs.commit.CommitRun.SourceFailedException;
import dev.occ.programs.kit.ProofFiles;
import dev.occ.programs.kit.Screen;
import dev.occ.programs.timestamp.Stamper;
import dev.occ.programs.timestamp.TimestampClient;
import dev.occ.proof.Commit;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What a run does when it is told to end, or when others are slow. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@SuppressForbidden("the JDK's HTTP server is good enough for tests")
final class CommitRunTest {
  private static final int FILES = 7;

  @TempDir private Path folder;
  private final ProofVerifier verifier = ProofVerifier.create(VerificationPolicy.integrityOnly());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Screen screen = new Screen(new PrintWriter(out), Ansi.OFF);
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final Stop stop = new Stop();
  private final HonestServer honest;

  /** Pauses take no time here. */
  private final class Stop implements StopRequest {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private boolean inPause;

    @Override
    public boolean isStopped() {
      return stopped.get();
    }

    @Override
    public boolean pause(Duration pause) {
      pauses.add(pause);
      boolean unused = stopped.compareAndSet(false, inPause);
      return !stopped.get();
    }
  }

  CommitRunTest() throws Exception {
    honest = new HonestServer();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("file-" + i), "content " + i);
    }
  }

  @AfterEach
  void close() {
    honest.close();
  }

  @Test
  void commit_withAuthority_writesTheWholeBatchBeforeItAsks() throws Exception {
    AtomicInteger writtenAtFirst = new AtomicInteger(-1);
    try (HttpStub authority =
            new HttpStub(
                (exchange, query) -> {
                  boolean unused = writtenAtFirst.compareAndSet(-1, proofs().size());
                  HttpStub.reply(exchange, "text/plain", "no".getBytes(StandardCharsets.UTF_8));
                });
        ScriptedServer server = server()) {
      run(server, stamper(authority));
    }
    assertThat(writtenAtFirst).hasValue(FILES);
    assertThat(notStamped()).isEqualTo(FILES);
  }

  @Test
  void commit_toldToEndBetweenStamps_asksNoMoreAndSaysSo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (HttpStub authority =
            new HttpStub(
                (exchange, query) -> {
                  asked.incrementAndGet();
                  stop.stopped.set(true);
                  HttpStub.reply(exchange, "text/plain", "no".getBytes(StandardCharsets.UTF_8));
                });
        ScriptedServer server = server()) {
      run(server, stamper(authority));
    }
    assertThat(asked).hasValue(1);
    assertThat(proofs()).hasSize(FILES);
    assertThat(notStamped()).isEqualTo(FILES);
    assertThat(err.toString()).contains("the program is stopping");
  }

  @Test
  void commit_toldToEndDuringAStamp_waitsForTheAuthorityNoLonger() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Stamper[] stamper = new Stamper[1];
    try (HttpStub authority =
            new HttpStub(
                (exchange, query) -> {
                  asked.incrementAndGet();
                  stop.stopped.set(true);
                  stamper[0].giveUp();
                  over.await(); // no answer, ever
                });
        ScriptedServer server = server()) {
      stamper[0] = stamper(authority);
      run(server, stamper[0]);
      over.countDown();
    }
    assertThat(asked).hasValue(1);
    assertThat(proofs()).hasSize(FILES);
    assertThat(notStamped()).isEqualTo(FILES);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void commit_serverAsksToWait_repeatsNoSooner() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            request ->
                calls.incrementAndGet() == 1
                    ? Reply.json(503, "{\"error\":\"x\",\"code\":\"enclave-unavailable\"}")
                        .with("Retry-After", "7")
                    : HonestServer.ok(honest.commit(request)))) {
      run(server);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    assertThat(proofs()).hasSize(FILES);
    assertThat(out.toString()).contains("committing 7 again in 7 s");
  }

  /**
   * What proxies answer while the server behind them restarts or is slow, and what it does itself.
   */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void commit_serverFails_isCommittedAgainSayingSo(int status) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            request ->
                calls.incrementAndGet() == 1
                    ? Reply.json(status, "{\"error\":\"x\",\"code\":\"internal\"}")
                    : HonestServer.ok(honest.commit(request)))) {
      run(server);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(out.toString()).contains("committing 7 again in 1 s");
    assertThat(proofs()).hasSize(FILES);
  }

  @Test
  void commit_answerCut_isCommittedAgainSayingSo() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            request -> {
              Reply whole = HonestServer.ok(honest.commit(request));
              return calls.incrementAndGet() == 1 ? whole.ending(End.CUT) : whole;
            })) {
      run(server);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(out.toString()).contains("committing 7 again in 1 s");
    assertThat(proofs()).hasSize(FILES);
  }

  @Test
  void commit_answersCutForEver_endsAfterGrowingPauses() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> HonestServer.ok(honest.commit(request)).ending(End.CUT))) {
      assertThatThrownBy(() -> run(server)).isInstanceOf(SourceFailedException.class);
      assertThat(server.requests()).hasSize(3);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(proofs()).isEmpty();
  }

  @Test
  void commit_serverAsksToWaitForLong_isNotRepeated() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.json(503, "{}").with("Retry-After", "3600"))) {
      assertThatThrownBy(() -> run(server)).isInstanceOf(SourceFailedException.class);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void commit_toldToEndInAPause_sendsNoMore() throws Exception {
    stop.inPause = true;
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.json(503, "{}"))) {
      assertThatThrownBy(() -> run(server)).isInstanceOf(SourceFailedException.class);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(pauses).hasSize(1);
  }

  @Test
  void commit_toldToEndInAPauseOfTheClient_writesWhatCameAndSendsNoMore() throws Exception {
    stop.inPause = true;
    try (ScriptedServer server =
        ScriptedServer.start(
            request -> HonestServer.brokenOff(honest.commit(request).subList(0, 2)))) {
      assertThatThrownBy(() -> run(server)).isInstanceOf(SourceFailedException.class);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(pauses).hasSize(1);
    assertThat(proofs()).hasSize(2);
    assertThat(out.toString()).doesNotContain("again");
  }

  @Test
  void commit_toldToEndWhileAServerIsBusy_sendsNoMore() throws Exception {
    stop.inPause = true;
    try (ScriptedServer server =
        ScriptedServer.start(
            request -> Reply.json(503, "{\"code\":\"busy\"}").with("Retry-After", "60"))) {
      assertThatThrownBy(() -> run(server)).isInstanceOf(SourceFailedException.class);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(60));
  }

  private ScriptedServer server() throws IOException {
    return ScriptedServer.start(request -> HonestServer.ok(honest.commit(request)));
  }

  private Stamper stamper(HttpStub authority) {
    TimestampVerifier intact = TimestampVerifier.builder().anyIssuer().build();
    TimestampClient client = new TimestampClient(authority.url(), intact, Duration.ofHours(1));
    return new Stamper(client, intact, StampedMember.PROOF, true, screen, new PrintWriter(err));
  }

  private void run(ScriptedServer server, Stamper... stamper) throws IOException {
    OccClient.Builder client = OccClient.builder(server.url());
    ServerSource source = new ServerSource(client, CommitOptions.NONE, 100, true, screen);
    new CommitRun(
            source,
            new ProvenCheck(verifier, source, Commit.DEFAULT_CHAIN, Optional.empty()),
            new CommitReport(screen, new PrintWriter(err)),
            new Progress(System.err, false, OptionalLong.empty(), () -> 0),
            false,
            stop)
        .stampedBy(Stream.of(stamper).findFirst())
        .commit(ArtifactFiles.of(List.of(folder), Optional.empty(), false));
  }

  private long notStamped() {
    return err.toString().lines().filter(line -> line.contains("no timestamp was added")).count();
  }

  private List<Path> proofs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ProofFiles.SUFFIX)).toList();
    }
  }
}
