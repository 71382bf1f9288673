package dev.occ.probe;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import dev.occ.signer.nitro.NsmException;
import dev.occ.signer.nitro.Vsock;
import dev.occ.signer.nitro.VsockAddress;
import dev.occ.signer.nitro.VsockException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;

/**
 * A program like those that use the module: it opens the signer by name on {@code /dev/null} and
 * listens on vsock, and prints the reasons why it cannot. Tests start it in processes of their own.
 */
final class Probe {
  private Probe() {}

  public static void main(String[] args) {
    System.out.println("module " + Vsock.class.getModule().getName());
    System.out.println("signer " + openSigner());
    System.out.println("vsock " + listen() + " " + Vsock.isSupported());
  }

  private static String openSigner() {
    try (Signer signer = SignerProvider.named("nitro").open(Map.of("device", "/dev/null"))) {
      return signer.measurement();
    } catch (SignerException e) {
      String cause = e.getCause() instanceof NsmException nsm ? nsm.reason().name() : "-";
      return e.reason() + " " + cause;
    }
  }

  private static String listen() {
    try (ServerSocketChannel channel =
        Vsock.listen(VsockAddress.anyCid(VsockAddress.PORT_ANY), 1)) {
      return Vsock.local(channel).port() > 0 ? "bound" : "not bound";
    } catch (VsockException e) {
      return e.reason().name();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
