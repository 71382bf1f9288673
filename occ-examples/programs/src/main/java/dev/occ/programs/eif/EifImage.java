package dev.occ.programs.eif;

import dev.occ.proof.Bytes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a whole, undamaged image says. The measurements are computed from its bytes; everything else
 * but the sections is the word of whoever built it.
 *
 * @param version the format's version, 2 to 4
 * @param architecture the processor that it is for
 * @param defaultMemory bytes of memory that the header proposes; unsigned, and not used by AWS
 * @param defaultCpus number of processors that the header proposes; unsigned, not used by AWS
 * @param size the file's length in bytes
 * @param crc32 the checksum, which holds
 * @param sections all sections in the order of the file
 * @param commandLine the kernel's command line, its first 16 KiB. No measurement covers where it
 *     ends and where the ramdisks begin
 * @param pcr0 measurement of all code: kernel, command line and every ramdisk; 48 bytes
 * @param pcr1 measurement of kernel, command line and the first ramdisk; 48 bytes
 * @param pcr2 measurement of the further ramdisks, the application; 48 bytes
 * @param signature who signed PCR0; the signature holds
 * @param metadata what the builder noted; no measurement covers it
 */
public record EifImage(
    int version,
    Architecture architecture,
    long defaultMemory,
    long defaultCpus,
    long size,
    int crc32,
    List<Section> sections,
    String commandLine,
    Bytes pcr0,
    Bytes pcr1,
    Bytes pcr2,
    Optional<EifSignature> signature,
    Optional<EifMetadata> metadata) {

  /** The processor that an image is for: bit 0 of the header's flags. */
  public enum Architecture {
    /** AMD64 and Intel 64. */
    X86_64("x86_64"),
    /** 64-bit Arm. */
    AARCH64("aarch64");

    private final String label;

    Architecture(String label) {
      this.label = label;
    }

    /**
     * The name that AWS's tools use.
     *
     * @return {@code x86_64} or {@code aarch64}
     */
    public String label() {
      return label;
    }
  }

  /**
   * A part of the file.
   *
   * @param type what it holds
   * @param offset where its header stands, in bytes from the file's beginning
   * @param size its content in bytes, without the header
   */
  public record Section(SectionType type, long offset, long size) {
    /**
     * Checks that the type is there.
     *
     * @param type what it holds
     * @param offset where its header stands
     * @param size its content in bytes
     */
    public Section {
      Objects.requireNonNull(type, "type");
    }
  }

  /**
   * Makes the list unmodifiable.
   *
   * @param version the format's version
   * @param architecture the processor that it is for
   * @param defaultMemory bytes of memory that the header proposes
   * @param defaultCpus number of processors that the header proposes
   * @param size the file's length in bytes
   * @param crc32 the checksum
   * @param sections all sections
   * @param commandLine the kernel's command line
   * @param pcr0 measurement of all code
   * @param pcr1 measurement of kernel, command line and the first ramdisk
   * @param pcr2 measurement of the further ramdisks
   * @param signature who signed PCR0
   * @param metadata what the builder noted
   */
  public EifImage {
    Objects.requireNonNull(architecture, "architecture");
    sections = List.copyOf(sections);
    Objects.requireNonNull(commandLine, "commandLine");
    Objects.requireNonNull(pcr0, "pcr0");
    Objects.requireNonNull(pcr1, "pcr1");
    Objects.requireNonNull(pcr2, "pcr2");
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(metadata, "metadata");
  }
}
