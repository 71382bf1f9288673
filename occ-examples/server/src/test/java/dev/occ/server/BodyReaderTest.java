package dev.occ.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the soak has met: Jetty's idle timeout at the moments at which something else goes on. */
final class BodyReaderTest {
  private static final ParentLimits LIMITS = ParentLimits.DEFAULT;
  private static final ByteBudget BUDGET = new ByteBudget(1000);

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void idleTimeout_whileTheBodyIsRead_leavesTheBodyToItsReader() throws Exception {
    run(
        (request, callback) -> {
          Connection connection = request.getConnectionMetaData().getConnection();
          LongSupplier clock =
              () -> {
                connection.onIdleExpired(new TimeoutException("while nothing waits"));
                return 0;
              };
          new BodyReader(request, 1000, BUDGET.open(), LIMITS, clock, receiver(callback)).run();
        });
    assertThat(seen).containsExactly("received the body");
  }

  @Test
  void timeout_whileTheDemandIsMade_isReadAfterIt() throws Exception {
    run(
        (request, callback) -> {
          Request late = new LateRequest(request);
          BodyReader reader =
              new BodyReader(late, 1000, BUDGET.open(), LIMITS, () -> 0, receiver(callback));
          reader.run();
          reader.run();
        });
    assertThat(seen)
        .containsExactly("read", "demand", "demanded", "read", "failed request-timeout");
  }

  @Test
  void timeout_whileTheDrainDemands_isReadAfterIt() throws Exception {
    run(
        (request, callback) -> {
          Drain drain =
              new Drain(
                  new LateRequest(request),
                  () -> 0,
                  () -> {
                    seen.add("done");
                    callback.succeeded();
                  });
          drain.run();
          drain.run();
        });
    assertThat(seen).containsExactly("read", "demand", "demanded", "read", "done");
  }

  /** Posts a body to a server that does this with the request. */
  private static void run(BiConsumer<Request, Callback> body) throws Exception {
    Server server = new Server();
    LocalConnector connector = new LocalConnector(server);
    server.addConnector(connector);
    Handler handler =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            body.accept(request, callback);
            return true;
          }
        };
    server.setHandler(new FrontHandler(new ConnectionWatch(LIMITS, System::nanoTime), handler));
    server.start();
    try {
      String answer =
          connector.getResponse("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nthe body");
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    } finally {
      server.stop();
    }
  }

  private BodyReader.Receiver receiver(Callback callback) {
    return new BodyReader.Receiver() {
      @Override
      public void received(byte[] body) {
        end("received " + new String(body, UTF_8));
      }

      @Override
      public void failed(ApiException e) {
        end("failed " + e.code());
      }

      @Override
      public void broken(Throwable failure) {
        end("broken " + failure);
      }

      private void end(String how) {
        seen.add(how);
        callback.succeeded();
      }
    };
  }

  /** Nothing is there; then the time is over before the demand has been made. */
  private final class LateRequest extends Request.Wrapper {
    private boolean demanded;

    LateRequest(Request request) {
      super(request);
    }

    @Override
    public Content.@Nullable Chunk read() {
      seen.add("read");
      return demanded ? Content.Chunk.from(new TimeoutException("late"), false) : null;
    }

    @Override
    public void demand(Runnable task) {
      seen.add("demand");
      demanded = true;
      CompletableFuture.runAsync(task).join();
      seen.add("demanded");
    }
  }
}
