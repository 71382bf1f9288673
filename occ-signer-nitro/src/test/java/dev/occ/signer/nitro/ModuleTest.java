package dev.occ.signer.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModuleTest {
  private static final Path CLASSES =
      Path.of(
          java.net.URI.create(
              Nsm.class.getProtectionDomain().getCodeSource().getLocation().toString()));

  @Test
  void descriptor_exportsOnlyThisPackage_andProvidesTheSigner() throws Exception {
    ModuleDescriptor descriptor;
    try (InputStream in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      descriptor = ModuleDescriptor.read(in);
    }
    assertThat(descriptor.name()).isEqualTo("dev.occ.signer.nitro");
    assertThat(descriptor.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactly("dev.occ.signer.nitro");
    assertThat(descriptor.provides().stream().flatMap(p -> p.providers().stream()))
        .containsExactly("dev.occ.signer.nitro.NitroSignerProvider");
    assertThat(descriptor.requires().stream().map(ModuleDescriptor.Requires::name))
        .contains("dev.occ.signer")
        .doesNotContain("dev.occ.core", "dev.occ.verifier");
  }

  @Test
  void exportedTypes_areTheIntendedOnes() throws Exception {
    assertThat(publicTypes().stream().map(Class::getSimpleName).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                "NitroSigner",
                "NitroSignerOptions",
                "NitroSignerProvider",
                "Nsm",
                "NsmAttestationRequest",
                "NsmDescription",
                "NsmException",
                "NsmPcr",
                "Reason",
                "Vsock",
                "VsockAddress",
                "VsockException"));
  }

  @Test
  void exportedSignatures_nameNoLibrary() throws Exception {
    for (Class<?> type : publicTypes()) {
      for (Executable executable : executables(type)) {
        if (Modifier.isPublic(executable.getModifiers())) {
          assertThat(executable.toGenericString().toLowerCase(Locale.ROOT))
              .doesNotContain("jna", "newsclub", "jackson", "bouncycastle", "slf4j");
        }
      }
    }
  }

  private static List<Executable> executables(Class<?> type) {
    List<Executable> executables = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      executables.add(method);
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      executables.add(constructor);
    }
    return executables;
  }

  private static List<Class<?>> publicTypes() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    for (String name : classNames()) {
      Class<?> type = Class.forName(name, false, ModuleTest.class.getClassLoader());
      if (Modifier.isPublic(type.getModifiers())) {
        types.add(type);
      }
    }
    return types;
  }

  /** JNA is behind one class, and only the vsock classes know junixsocket. */
  @Test
  void libraries_areKnownOnlyWhereTheyBelong() throws Exception {
    for (String name : classNames()) {
      Path file = CLASSES.resolve(name.replace('.', '/') + ".class");
      String constants = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      String simple = name.substring(name.lastIndexOf('.') + 1);
      assertThat(constants.contains("com/sun/jna")).as(name).isEqualTo(knowsJna(simple));
      if (constants.contains("org/newsclub")) {
        assertThat(simple).startsWith("Vsock");
      }
    }
  }

  private static boolean knowsJna(String simpleName) {
    return simpleName.equals("JnaNsmDevice")
        || simpleName.equals("JnaNsmDevice$LibC")
        || simpleName.equals("JnaNsmDevice$LibCHolder");
  }

  private static List<String> classNames() throws Exception {
    Path folder = CLASSES.resolve("dev/occ/signer/nitro");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> "dev.occ.signer.nitro." + name.substring(0, name.length() - 6))
          .toList();
    }
  }
}
