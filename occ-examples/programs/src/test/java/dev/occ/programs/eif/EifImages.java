package dev.occ.programs.eif;

import java.nio.file.Path;
import java.util.Arrays;

/** Images for the tests of other packages. */
public final class EifImages {
  private EifImages() {}

  /** A right one, unsigned. */
  public static byte[] usual() {
    return EifFile.usual().bytes();
  }

  /** The same, signed with a key made for it. */
  public static byte[] signed(Path folder) throws Exception {
    SignedEif signer = SignedEif.make(folder, "SHA384", "-keyalg", "EC", "-groupname", "secp384r1");
    byte[] pcr0 = EifReaderTest.read(usual()).pcr0().toByteArray();
    return EifFile.usual().add(EifFile.SIGNATURE, signer.sectionFor(SignedEif.ES384, pcr0)).bytes();
  }

  /** One with other metadata. */
  public static byte[] withMetadata(String json) {
    return new EifFile()
        .add(EifFile.KERNEL, EifFile.text("k"))
        .add(EifFile.CMDLINE, EifFile.text("c"))
        .add(EifFile.METADATA, EifFile.text(json))
        .add(EifFile.RAMDISK, EifFile.text("r"))
        .bytes();
  }

  /** One with an application of so many bytes. */
  public static byte[] large(int size) {
    return EifFile.usual().add(EifFile.RAMDISK, new byte[size]).bytes();
  }

  /** The start of one whose last ramdisk has so many bytes, up to them; its checksum is wrong. */
  public static byte[] startOfLarge(long size) {
    byte[] small = EifFile.usual().ownSize(4, size).tableSize(4, size).bytes();
    return Arrays.copyOf(small, small.length - EifFile.text("the application").length);
  }

  /** What the reader measures. */
  public static String pcr0(byte[] image) throws Exception {
    return EifReaderTest.read(image).pcr0().toHex();
  }
}
