package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Test
  void module_always_exportsAndRequiresJustThis() throws URISyntaxException {
    ModuleDescriptor module = descriptor();
    assertThat(module.name()).isEqualTo("dev.occ.signer.soft");
    assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactly("dev.occ.signer.soft");
    assertThat(module.opens()).isEmpty();
    assertThat(
            module.requires().stream()
                .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of("java.base", "dev.occ.signer", "org.bouncycastle.provider"));
  }

  @Test
  void module_always_providesTheSameSignersOnModulePathAndClassPath() throws URISyntaxException {
    assertThat(descriptor().provides())
        .singleElement()
        .satisfies(p -> assertThat(p.service()).isEqualTo("dev.occ.signer.SignerProvider"))
        .satisfies(
            p -> assertThat(p.providers()).containsExactly(SoftSignerProvider.class.getName()));
  }

  private static ModuleDescriptor descriptor() throws URISyntaxException {
    Path classes =
        Path.of(SoftSigner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(classes).find("dev.occ.signer.soft").orElseThrow().descriptor();
  }
}
