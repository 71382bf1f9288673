package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The other end of a server's connection, byte by byte: no pool, no framing, no manners. */
final class PlainPeer implements AutoCloseable {
  private final SocketChannel channel;

  private PlainPeer(SocketChannel channel) {
    this.channel = channel;
  }

  static PlainPeer connect(SocketAddress address) throws IOException {
    return new PlainPeer(SocketChannel.open(address));
  }

  /** Sends a request, and reads all until the server closes. */
  static JsonObject ask(SocketAddress address, String request) throws IOException, JsonException {
    try (PlainPeer peer = connect(address)) {
      return peer.send(request).readToEnd();
    }
  }

  SocketChannel channel() {
    return channel;
  }

  PlainPeer send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  PlainPeer send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  PlainPeer shutdownOutput() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  String readText() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (channel.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toString(UTF_8);
  }

  JsonObject readToEnd() throws IOException, JsonException {
    return object(readText());
  }

  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (channel.read(one.clear()) >= 0) {
      if (one.get(0) == '\n') {
        return line.toString(UTF_8);
      }
      line.write(one.get(0));
    }
    throw new IOException("closed after: " + line.toString(UTF_8));
  }

  static JsonObject object(String json) throws JsonException {
    return (JsonObject) JsonValue.read(json.getBytes(UTF_8));
  }

  static String text(JsonObject object, String name) {
    return object.get(name).map(value -> ((JsonString) value).text()).orElse("(none)");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
