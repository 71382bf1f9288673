package dev.occ.programs.eif;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file is no image that this reader vouches for. Programs decide by {@link #reason()}. */
public final class EifException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why an image is refused. New reasons are only ever added at the end. */
  public enum Reason {
    /** The file does not begin with {@code .eif}. */
    BAD_MAGIC,
    /** A version other than 2, 3 and 4. */
    UNSUPPORTED_VERSION,
    /** The file ends inside its header or a section. */
    TRUNCATED,
    /** The header announces more sections than its tables have places. */
    TOO_MANY_SECTIONS,
    /** A section begins before the one before it has ended. */
    SECTION_OVERLAP,
    /**
     * Bytes that belong to no section stand between two of them. AWS's reader of files and the
     * hypervisor would read two images.
     */
    SECTION_GAP,
    /** A section's type is none of the five known. */
    SECTION_TYPE_UNKNOWN,
    /** A section's own header and the table in the file's header give two sizes. */
    SIZE_MISMATCH,
    /** A second kernel, command line, signature or metadata. */
    DUPLICATE_SECTION,
    /** A ramdisk stands before the kernel. */
    SECTION_ORDER,
    /** There is no kernel. */
    KERNEL_MISSING,
    /** There is no kernel command line. */
    CMDLINE_MISSING,
    /** There is no ramdisk. */
    RAMDISK_MISSING,
    /** Version 4 without metadata. */
    METADATA_MISSING,
    /** Bytes follow the last section. */
    TRAILING_BYTES,
    /** The checksum in the header is not that of the file. */
    CRC_MISMATCH,
    /** The metadata is longer than 1 MiB; the image is not refused for it. */
    METADATA_TOO_LARGE,
    /** The metadata is not one strict JSON object; the image is not refused for it. */
    METADATA_NOT_JSON,
    /** The signature section is longer than 32 KiB, AWS's own limit. */
    SIGNATURE_TOO_LARGE,
    /** The signature section is not what AWS's tools write. */
    SIGNATURE_MALFORMED,
    /** The signing certificate is not one X.509 certificate in PEM. */
    CERTIFICATE_MALFORMED,
    /** The signature's algorithm does not exist for images, or not for the certificate's key. */
    SIGNATURE_ALGORITHM,
    /** The signature is over another measurement than this image's. */
    SIGNATURE_OF_OTHER_IMAGE,
    /** The signature was not made by the certificate's key. */
    SIGNATURE_INVALID,
    /** The header or a section has flags that the format does not define. */
    RESERVED_FLAGS;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The reason's stable name for scripts.
     *
     * @return lower-case ASCII words joined by hyphens, as {@code crc-mismatch}
     */
    public String code() {
      return code;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  EifException(Reason reason, String problem) {
    this(reason, problem, null);
  }

  EifException(Reason reason, String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the image is refused.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
