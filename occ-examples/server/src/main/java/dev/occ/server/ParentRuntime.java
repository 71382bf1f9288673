package dev.occ.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that a {@link ParentServer} has running. */
final class ParentRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(ParentServer.class);

  /** Of the time for a stop: what is left when no further digest is begun. */
  private static final int LAST_DIGEST_SHARE = 4;

  /**
   * What is left when digests that still wait for the enclave are given up, so that the proofs made
   * before them can be written.
   */
  private static final int ANSWER_SHARE = 10;

  private static final Duration LAST_GRACE = Duration.ofSeconds(2);

  private final Services services;
  private final Routes routes;
  private final HttpFront front;
  private final ParentTimer timer = new ParentTimer();
  private boolean closed;

  private ParentRuntime(ParentServer.Builder builder) {
    ParentLimits limits = builder.limits();
    ParentMetrics metrics = new ParentMetrics();
    PendingLedger slots = PendingLedger.ofSlots(limits, builder.nanoClock());
    PendingLedger challenges = PendingLedger.ofChallenges(limits, builder.nanoClock());
    ChainLedger chains = new ChainLedger(limits.chainQuota());
    EnclaveState state =
        new EnclaveState(
            () -> {
              slots.clear();
              challenges.clear();
              chains.clear();
            });
    EnclaveGateway enclave =
        new EnclaveGateway(
            builder.enclave(), limits, builder.allowDebug(), builder.baseHeaders(), state);
    metrics.watch(state, slots);
    services =
        new Services(
            enclave,
            slots,
            challenges,
            chains,
            new ByteBudget(limits.maxAnswersBytes()),
            metrics,
            new Stopping(),
            limits,
            builder.nanoClock());
    routes = new Routes(services, builder.isVerifyKeyed());
    ConnectionWatch watch = new ConnectionWatch(limits, builder.nanoClock());
    front =
        new HttpFront(
            builder,
            new EntryHandler(
                HostRule.of(builder),
                new ForwardedFor(builder.trustedProxies()),
                new Handler.Sequence(
                    new PageHandler(PageFiles.load()),
                    new ApiHandler(routes.byPath(), builder.keys(), services, watch)),
                services,
                watch),
            new MetricsHandler(metrics, state),
            watch);
    timer.every(watch.interval(), watch);
    timer.every(limits.probeInterval(), this::probe);
  }

  static ParentRuntime start(ParentServer.Builder builder) throws IOException {
    ParentRuntime runtime = new ParentRuntime(builder);
    try {
      runtime.front.start();
    } catch (IOException e) {
      runtime.close();
      throw e;
    }
    LOG.info("serving on {}, metrics on {}", runtime.address(), runtime.managementAddress());
    if (builder.keys().isOpen()) {
      LOG.warn("OPEN: no API key is required; anyone who can reach the port can commit");
    }
    return runtime;
  }

  /** Keeps metrics and log up to date when nobody asks for anything. */
  private void probe() {
    try {
      Object unused = services.enclave().identity();
    } catch (ApiException e) {
      LOG.debug("the enclave cannot be served: {}", e.code());
    }
  }

  InetSocketAddress address() {
    return front.address();
  }

  InetSocketAddress managementAddress() {
    return front.managementAddress();
  }

  synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    Duration time = services.limits().stopTimeout();
    timer.after(allBut(LAST_DIGEST_SHARE, time), services.stopping()::begin);
    timer.after(allBut(ANSWER_SHARE, time), services.enclave()::close);
    try {
      front.stop();
    } finally {
      services.stopping().begin();
      services.enclave().close(); // in case that it ended early, as without requests
      routes.stop(LAST_GRACE);
      timer.close();
    }
  }

  private static Duration allBut(int share, Duration time) {
    return time.minus(time.dividedBy(share));
  }
}
