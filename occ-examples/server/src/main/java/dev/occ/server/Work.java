package dev.occ.server;

import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.json.JsonView;
import dev.occ.json.JsonWeight;
import dev.occ.server.ConnectionWatch.Phase;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way: a place on its lane, the body, the work on one of the lane's threads. */
final class Work implements BodyReader.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private final Exchange exchange;
  private final Route route;
  private final Caller caller;
  private final Services services;
  private final ByteBudget.Account body;
  private final ByteBudget.Account parsed;
  private final ByteBudget.Account answer;
  private final Deadline deadline;

  Work(Exchange exchange, Route route, Caller caller, Services services) {
    this.exchange = exchange;
    this.route = route;
    this.caller = caller;
    this.services = services;
    this.body = route.lane().bodies().open();
    this.parsed = route.lane().weights().open();
    this.answer = services.answers().open();
    this.deadline = Deadline.in(services.limits().workTimeout(), services.nanoClock());
  }

  void start() {
    if (!route.lane().tryEnter()) {
      failed(
          new ApiException(ApiError.BUSY, "the server is at capacity")
              .retryAfter(Duration.ofSeconds(1)));
      return;
    }
    Request.addCompletionListener(exchange.request(), unused -> leave());
    try {
      if (route.body() == Route.BodyKind.NONE || exchange.hasNoBody()) {
        dispatch(new byte[0]);
      } else {
        requireReadable();
        exchange.enter(Phase.BODY);
        new BodyReader(exchange.request(), body, services.limits(), services.nanoClock(), this)
            .run();
      }
    } catch (ApiException e) {
      failed(e);
    }
  }

  private void leave() {
    body.close();
    parsed.close();
    answer.close();
    route.lane().leave();
  }

  private void requireReadable() throws ApiException {
    MediaTypes.requireJson(exchange.request().getHeaders());
    if (exchange.request().getLength() > services.limits().maxBodyBytes()) {
      throw BodyReader.tooLarge(services.limits());
    }
  }

  @Override
  public void received(byte[] content) {
    exchange.bodyRead();
    dispatch(content);
  }

  @Override
  public void failed(ApiException e) {
    services.metrics().failed(route.path(), caller, e.code());
    exchange.refuse(e);
  }

  @Override
  public void broken(Throwable failure) {
    services.metrics().failed(route.path(), caller, ClientGoneException.CODE);
    exchange.abort(failure);
  }

  private void dispatch(byte[] content) {
    exchange.enter(Phase.WORK);
    try {
      route.lane().execute(() -> perform(content));
    } catch (RejectedExecutionException e) {
      failed(
          new ApiException(ApiError.STOPPING, "the server is stopping", e)
              .retryAfter(Duration.ofSeconds(5)));
    }
  }

  private void perform(byte[] content) {
    Answer result;
    try {
      requireWanted();
      requireRoom(content.length == 0 ? 0 : JsonWeight.of(content));
      result =
          route
              .call()
              .answer(
                  parse(route, content, services.limits()),
                  new Asker(caller, answer, deadline, exchange.client()::isGone));
    } catch (JsonException e) {
      failed(ApiException.malformed(e));
      return;
    } catch (ApiException e) {
      failed(e);
      return;
    } catch (ClientGoneException e) {
      LOG.debug("request {} is cancelled: {}", RequestIds.of(exchange.request()), e.getMessage());
      broken(e);
      return;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("request {} failed with an internal error", RequestIds.of(exchange.request()), e);
      failed(new ApiException(ApiError.INTERNAL, "internal error; see the server's log", e));
      return;
    }
    exchange.send(result);
  }

  /** Does not begin what waited for a thread until its time was over, or its client gone. */
  private void requireWanted() throws ApiException, ClientGoneException {
    if (exchange.client().isGone()) {
      throw new ClientGoneException("the client disconnected before its request started");
    }
    try {
      deadline.require();
    } catch (ApiException e) {
      throw e.retryAfter(Duration.ofSeconds(1));
    }
  }

  /** Takes what the body will weigh once it is parsed, which may be forty times its bytes. */
  private void requireRoom(long weight) throws ApiException {
    if (weight > route.lane().weights().size() / 2) {
      throw new ApiException(
          ApiError.REQUEST_TOO_LARGE,
          "the body has too many values: it would take " + weight + " bytes of memory");
    }
    if (!parsed.tryTake((int) weight)) {
      throw new ApiException(ApiError.BUSY, "the server is at capacity")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  /** The body as the calls take it. */
  static JsonView parse(Route route, byte[] content, ParentLimits limits) throws JsonException {
    boolean absent = content.length == 0 && route.body() != Route.BodyKind.REQUIRED;
    JsonLimits json = JsonLimits.DEFAULT.withMaxBytes(limits.maxBodyBytes());
    return JsonView.of(absent ? JsonObject.empty() : JsonValue.read(content, json));
  }
}
