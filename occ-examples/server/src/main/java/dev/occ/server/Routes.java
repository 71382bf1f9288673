package dev.occ.server;

import dev.occ.server.Route.BodyKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of spec 14, and the lanes that they run on. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final int VERIFY_THREADS = 2;
  private static final int STATUS_THREADS = 4;
  private static final int STATUS_BODY_BYTES = 1;
  private static final String POST = "POST";
  private static final Route.Size NO_BODY = new Route.Size(0, 0);

  // What each body may have (spec 14). Another member is refused unparsed, so a new one gets its
  // name here first.
  private static final Set<String> COMMIT =
      Set.of(
          "digests",
          "chainId",
          "metadata",
          "agency",
          "attribution",
          "policy",
          "principal",
          "anchor");
  private static final Set<String> SLOT = Set.of("chainId");
  private static final Set<String> CHALLENGE = Set.of("intentHashB64");
  private static final Set<String> VERIFY = Set.of("proof", "policy");

  private final Lane keyed;
  private final Lane verify;
  private final Lane status;
  private final Map<String, Route> byPath = new LinkedHashMap<>();

  Routes(Services services, boolean verifyKeyed) {
    ParentLimits limits = services.limits();
    keyed =
        new Lane(
            "keyed", limits.enclaveConnections(), limits.maxRequests(), limits.maxBodiesBytes());
    verify =
        new Lane("verify", VERIFY_THREADS, limits.maxRequests() / 2, limits.maxBodiesBytes() / 2);
    status = new Lane("status", STATUS_THREADS, limits.maxRequests(), STATUS_BODY_BYTES);
    services.metrics().watch("keyed", keyed);
    services.metrics().watch("verify", verify);
    services.metrics().watch("status", status);
    EnclaveGateway enclave = services.enclave();
    get("/health", new HealthCall(enclave));
    get("/key", new KeyCall(enclave));
    Route.Size size = new Route.Size(limits.maxBodyBytes(), keyed.weights().size() / 2);
    make("/commit", BodyKind.REQUIRED, COMMIT, size, new CommitCall(services));
    make("/allocate-slot", BodyKind.OPTIONAL, SLOT, size, new AllocateSlotCall(services));
    make(
        "/challenge",
        BodyKind.OPTIONAL,
        CHALLENGE,
        size,
        new ChallengeCall(enclave, services.challenges()));
    Route.Size proof =
        new Route.Size(
            limits.maxVerifyBytes(),
            Math.min(limits.maxVerifyWeight(), verify.weights().size() / 2));
    add(
        new Route(
            "/verify",
            POST,
            BodyKind.REQUIRED,
            VERIFY,
            verifyKeyed,
            false,
            proof,
            verify,
            new VerifyCall()));
  }

  private void get(String path, Call call) {
    add(new Route(path, "GET", BodyKind.NONE, Set.of(), false, false, NO_BODY, status, call));
  }

  private void make(String path, BodyKind body, Set<String> members, Route.Size size, Call call) {
    add(new Route(path, POST, body, members, true, true, size, keyed, call));
  }

  private void add(Route route) {
    byPath.put(route.path(), route);
  }

  Map<String, Route> byPath() {
    return Map.copyOf(byPath);
  }

  /** Ends all threads. */
  void stop(Duration grace) {
    for (Lane lane : List.of(keyed, verify, status)) {
      try {
        if (!lane.stop(grace)) {
          LOG.warn("a request was still running when the server stopped");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
