package dev.occ.programs.eif;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes an image for x86-64 (version 4): kernel, command line, metadata, ramdisks, and a signature
 * if there is a signer. The same inputs give the same bytes, a signature aside.
 *
 * <p>The sections go into a file beside the output as they are read, with registers and sizes
 * counted on the way; then header and checksum are put in front of them. {@link EifReader} reads
 * the whole file before it takes the output's name, so nothing is ever written that this project
 * would refuse.
 */
@CheckReturnValue
public final class EifWriter {
  /** The longest command line in bytes: Linux on x86-64 takes 2048, its end included. */
  public static final int MAX_COMMAND_LINE = 2047;

  /** The most ramdisks: the header has 32 places, four of which are for the other sections. */
  public static final int MAX_RAMDISKS = EifHeader.MAX_SECTIONS - 4;

  /** The greatest kernel or ramdisk in bytes, this writer's own limit. */
  public static final long MAX_SECTION = 1L << 30;

  private static final int CHUNK = 128 * 1024;
  private static final short VERSION = 4;

  /** An image holds nothing secret, and the tools that start it may run as another user. */
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  /** What the header proposes and AWS does not use. */
  private static final long MEMORY = 256L << 20;

  private static final long CPUS = 2;

  private final Builder inputs;
  private final List<Long> sizes = new ArrayList<>();
  private final Pcr pcr0 = new Pcr();

  private EifWriter(Builder inputs) {
    this.inputs = inputs;
  }

  /**
   * A builder for an image.
   *
   * @param kernel the file of a bzImage
   * @param commandLine printable ASCII, 1 to {@value #MAX_COMMAND_LINE} characters
   * @return a builder without ramdisks, which an image needs
   * @throws IllegalArgumentException if the command line is none
   */
  public static Builder builder(Path kernel, String commandLine) {
    return new Builder(kernel, commandLine);
  }

  private EifImage write(Path output) throws IOException, EifException {
    Path folder = Objects.requireNonNull(output.toAbsolutePath().getParent(), "no file name");
    Path made = Files.createTempFile(folder, ".eif", null);
    try {
      try (OutputStream out = Files.newOutputStream(made)) {
        out.write(new byte[EifHeader.LENGTH]);
        sections(out);
      }
      header(made);
      EifImage image;
      try (InputStream in = Files.newInputStream(made)) {
        image = EifReader.read(in);
      }
      publish(made, output);
      return image;
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /** In one step: nobody ever sees half an image. A temporary file is its owner's alone. */
  private static void publish(Path made, Path output) throws IOException {
    if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(made, READABLE);
    }
    Files.move(made, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void sections(OutputStream out) throws IOException, EifException {
    file(out, SectionType.KERNEL, inputs.kernel);
    byte[] line = inputs.commandLine.getBytes(StandardCharsets.US_ASCII);
    pcr0.update(ByteBuffer.wrap(line));
    bytes(out, SectionType.CMDLINE, line);
    bytes(out, SectionType.METADATA, inputs.metadata());
    for (Path ramdisk : inputs.ramdisks) {
      file(out, SectionType.RAMDISK, ramdisk);
    }
    if (inputs.signer.isPresent()) {
      bytes(out, SectionType.SIGNATURE, inputs.signer.get().section(pcr0.value()).toByteArray());
    }
  }

  private void bytes(OutputStream out, SectionType type, byte[] content) throws IOException {
    out.write(head(type, content.length));
    out.write(content);
    sizes.add((long) content.length);
  }

  /** A file that changes its size meanwhile is no input. */
  private void file(OutputStream out, SectionType type, Path file) throws IOException {
    long size = Files.size(file);
    if (size < 1 || size > MAX_SECTION) {
      throw new IOException(file + " has " + size + " bytes, not 1 to " + MAX_SECTION);
    }
    out.write(head(type, size));
    byte[] buffer = new byte[CHUNK];
    long copied = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        pcr0.update(ByteBuffer.wrap(buffer, 0, read));
        out.write(buffer, 0, read);
        copied += read;
      }
    }
    if (copied != size) {
      throw new IOException(file + " changed while it was read");
    }
    sizes.add(size);
  }

  private static byte[] head(SectionType type, long size) {
    ByteBuffer head = ByteBuffer.allocate(EifHeader.SECTION_HEADER);
    head.putShort((short) type.number()).putShort((short) 0).putLong(size);
    return head.array();
  }

  private void header(Path made) throws IOException {
    byte[] header = EifHeader.write(VERSION, MEMORY, CPUS, sizes);
    CRC32 crc = new CRC32();
    crc.update(header, 0, EifHeader.LENGTH_BEFORE_CRC);
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(made)) {
      in.skipNBytes(EifHeader.LENGTH);
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    ByteBuffer rest = ByteBuffer.wrap(header);
    rest.putInt(EifHeader.LENGTH_BEFORE_CRC, (int) crc.getValue());
    try (FileChannel file = FileChannel.open(made, StandardOpenOption.WRITE)) {
      while (rest.hasRemaining()) {
        int unused = file.write(rest);
      }
    }
  }

  /** Collects inputs. Files are read when the image is written. Not thread-safe. */
  public static final class Builder {
    private final Path kernel;
    private final String commandLine;
    private final List<Path> ramdisks = new ArrayList<>();
    private String name = "image";
    private String version = "0";
    private Optional<EifSigner> signer = Optional.empty();

    private Builder(Path kernel, String commandLine) {
      this.kernel = Objects.requireNonNull(kernel, "kernel");
      if (!commandLine.matches("[ -~]{1," + MAX_COMMAND_LINE + "}")) {
        throw new IllegalArgumentException(
            "a command line is 1 to " + MAX_COMMAND_LINE + " characters of printable ASCII");
      }
      this.commandLine = commandLine;
    }

    /**
     * Adds a ramdisk. The first is the bootstrap part (PCR1), later ones are the application
     * (PCR2).
     *
     * @param file a cpio archive, which may be compressed; 1 byte to 1 GiB
     * @return this
     * @throws IllegalArgumentException if there are {@value #MAX_RAMDISKS} already
     */
    @CanIgnoreReturnValue
    public Builder ramdisk(Path file) {
      if (ramdisks.size() == MAX_RAMDISKS) {
        throw new IllegalArgumentException("an image has at most " + MAX_RAMDISKS + " ramdisks");
      }
      ramdisks.add(Objects.requireNonNull(file, "file"));
      return this;
    }

    /**
     * Names the image in its metadata, which no register measures.
     *
     * @param imageName the name
     * @param imageVersion the version
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder name(String imageName, String imageVersion) {
      this.name = Objects.requireNonNull(imageName, "imageName");
      this.version = Objects.requireNonNull(imageVersion, "imageVersion");
      return this;
    }

    /**
     * Lets the image be signed, which gives PCR8.
     *
     * @param imageSigner signs PCR0
     * @return this
     */
    @CanIgnoreReturnValue
    public Builder signer(EifSigner imageSigner) {
      this.signer = Optional.of(imageSigner);
      return this;
    }

    /**
     * Writes the image.
     *
     * @param output the file, which is replaced if it exists
     * @return what {@link EifReader} reads in it
     * @throws IllegalStateException if there is no ramdisk
     * @throws IOException if an input cannot be read, has a size beyond the limits or changes
     *     meanwhile, or if the output cannot be written
     * @throws EifException if the signer does not sign for its certificate; there is no output then
     */
    public EifImage write(Path output) throws IOException, EifException {
      if (ramdisks.isEmpty()) {
        throw new IllegalStateException("an image needs a ramdisk");
      }
      return new EifWriter(this).write(output);
    }

    /** The members that AWS's tools require, without times, which differ from build to build. */
    private byte[] metadata() {
      return JsonObject.builder()
          .put("ImageName", name)
          .put("ImageVersion", version)
          .put(
              "BuildMetadata",
              JsonObject.builder()
                  .put("BuildTime", "1970-01-01T00:00:00+00:00")
                  .put("BuildTool", "occ")
                  .put("BuildToolVersion", "1")
                  .put("OperatingSystem", "Linux")
                  .put("KernelVersion", "unknown")
                  .build())
          .put("DockerInfo", JsonObject.builder().build())
          .put("CustomMetadata", JsonObject.builder().build())
          .build()
          .toJson()
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
