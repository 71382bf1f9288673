package dev.occ.epoch;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.proof.SlotAllocation;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The slot table is linearizable: whatever threads do at once gives what the same calls give in
 * some order, one after the other. Lincheck makes the schedules and compares.
 */
@Tag("lincheck")
@Param(name = "slot", gen = IntGen.class, conf = "1:6")
public class SlotTableLincheckTest {
  private static final int MAX = 3;

  private final SlotTable table =
      new SlotTable(EpochOptions.builder().maxPendingSlots(MAX).nanoClock(new FakeClock()).build());

  /** Made before Lincheck looks on; a thread takes its own, as nonces differ. */
  private static final Slot[] SLOTS =
      IntStream.range(0, 64).mapToObj(SlotTableLincheckTest::slot).toArray(Slot[]::new);

  private final int[] reserved = new int[8];
  private final int[] made = new int[8];

  @Operation
  public String reserve(@Param(gen = ThreadIdGen.class) int thread) {
    try {
      table.reserve();
      reserved[thread]++;
      return "reserved";
    } catch (EpochException e) {
      return e.reason().code();
    }
  }

  /** The signer failed: the place is given back. */
  @Operation
  public void release(@Param(gen = ThreadIdGen.class) int thread) {
    if (reserved[thread] > 0) {
      reserved[thread]--;
      table.release();
    }
  }

  /** The signer has signed: the slot takes its place. */
  @Operation
  public String add(@Param(gen = ThreadIdGen.class) int thread) throws EpochException {
    if (reserved[thread] == 0) {
      return "no place";
    }
    int number = thread + 2 * made[thread]++;
    reserved[thread]--;
    table.add(SLOTS[number]);
    return "slot " + number;
  }

  /** Consumes a slot: of all that try, one gets it. */
  @Operation
  public String take(@Param(name = "slot") int number) {
    try {
      return "took " + table.take(SLOTS[number].id()).allocation().counter();
    } catch (EpochException e) {
      return e.reason().code();
    }
  }

  /** A slot whose nonce is its number; nothing is signed, which the table does not look at. */
  private static Slot slot(int number) {
    byte[] nonce = new byte[32];
    nonce[0] = (byte) number;
    try {
      return new Slot(
          SlotAllocation.read(
              JsonObject.builder()
                  .put("version", "occ/slot/1")
                  .put("nonceB64", Bytes.of(nonce).toBase64())
                  .put("counter", Integer.toString(number))
                  .put("epochId", "epoch")
                  .put("publicKeyB64", Bytes.of(new byte[32]).toBase64())
                  .put("signatureB64", Bytes.of(new byte[64]).toBase64())
                  .build()));
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void table_underEverySchedule_isLinearizable() {
    new ModelCheckingOptions().iterations(5).invocationsPerIteration(60).check(getClass());
  }

  @Test
  void table_underStress_isLinearizable() {
    new StressOptions().iterations(10).invocationsPerIteration(500).check(getClass());
  }
}
