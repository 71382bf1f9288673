package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

final class HttpFrontTest {
  /**
   * Found by the soak: with a pool, garbage on one connection came up in the body of another's
   * request, because Jetty had released a buffer twice.
   */
  @Test
  void buffers_thatWereReleased_areNeverGivenToAnotherConnection() {
    ParentLimits limits = ParentLimits.DEFAULT;
    ByteBufferPool buffers =
        HttpFront.connector(
                new Server(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                limits,
                new ConnectionWatch(limits, System::nanoTime))
            .getByteBufferPool();
    RetainableByteBuffer first = buffers.acquire(16 * 1024, false);
    ByteBuffer bytes = first.getByteBuffer();
    assertThat(first.release()).isTrue();
    assertThat(buffers.acquire(16 * 1024, false).getByteBuffer()).isNotSameAs(bytes);
  }
}
