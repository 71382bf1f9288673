# shellcheck shell=bash disable=SC2154
# Builds kernel and init for `build`, which sets here, work, tools and jobs; once for the same inputs, this file among them.

# The pinned compiler and its helpers find their own libraries; whatever else runs keeps the system's.
toolchain() {
  local name
  mkdir "$work/bin"
  for name in gcc-12 ld as ar nm objcopy objdump strip readelf; do
    {
      printf '#!/bin/sh\nPATH="%s:%s" ' "$tools/usr/bin" '/usr/bin:/bin'
      printf 'LD_LIBRARY_PATH="%s" exec "%s" "$@"\n' "$tools/usr/lib/x86_64-linux-gnu" "$tools/usr/bin/x86_64-linux-gnu-$name"
    } >"$work/bin/${name%-12}"
    chmod +x "$work/bin/${name%-12}"
  done
}

kernel_make() {
  local lib=$tools/usr/lib/x86_64-linux-gnu
  KBUILD_BUILD_TIMESTAMP='1970-01-01 00:00:00 UTC' KBUILD_BUILD_USER=occ KBUILD_BUILD_HOST=occ \
    nice -n 10 make -s -C "$1" CC="$work/bin/gcc" LD="$work/bin/ld" AR="$work/bin/ar" NM="$work/bin/nm" OBJCOPY="$work/bin/objcopy" \
    OBJDUMP="$work/bin/objdump" STRIP="$work/bin/strip" READELF="$work/bin/readelf" \
    LIBELF_FLAGS="-I$tools/usr/include" LIBELF_LIBS="-L$lib -l:libelf.a -l:libz.a" "${@:2}"
}

# Every option that the configuration names is as it says: one that does not exist, or lacks what it needs, is noticed.
check_config() {
  local line
  while read -r line; do
    case $line in
      '' | '#'*) ;;
      *=n) ! grep -q "^${line%=n}=" "$1" || fail "the kernel has ${line%=n}" ;;
      *) grep -qxF "$line" "$1" || fail "the kernel lacks $line" ;;
    esac
  done <"$here/kernel.config"
}

# Prints the folder of bzImage, init and gen_init_cpio, which is made once for these inputs.
kernel() {
  local folder linux package
  folder=$cache/kernel-$({ locked source tool; cat "$here/kernel.config" "$here/init.c" "$here/kernel.sh"; } | sha256sum | cut -c 1-16)
  if [ ! -d "$folder" ]; then
    say 'building the kernel; some minutes'
    toolchain
    package=$(fetch "$(locked source | cut -d ' ' -f 1)" "$(locked source | cut -d ' ' -f 3)")
    dpkg-deb --fsys-tarfile "$package" | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' | tar -xJ -C "$work"
    linux=$(echo "$work"/linux-source-*)
    KCONFIG_ALLCONFIG=$here/kernel.config kernel_make "$linux" allnoconfig >"$work/log" 2>&1 || { tail "$work/log"; fail 'no kernel configuration'; }
    check_config "$linux/.config"
    kernel_make "$linux" -j "$jobs" bzImage headers >>"$work/log" 2>&1 || { tail -20 "$work/log"; fail 'the kernel was not built'; }
    rm -rf "$folder.$$"
    mkdir -p "$folder.$$"
    cp "$linux/arch/x86/boot/bzImage" "$linux/.config" "$folder.$$/"
    gcc -O1 -o "$folder.$$/gen_init_cpio" "$linux/usr/gen_init_cpio.c" # the host's: it runs here
    "$work/bin/gcc" -Os -Wall -Wextra -Werror -static -nostdlib -nostdinc -isystem "$("$work/bin/gcc" -print-file-name=include)" \
      -include "$linux/tools/include/nolibc/nolibc.h" -I "$linux/usr/include" -ffile-prefix-map="$linux=linux" \
      -ffile-prefix-map="$here=image" -Wl,--build-id=none -s -o "$folder.$$/init" "$here/init.c"
    mv -T "$folder.$$" "$folder" 2>/dev/null || rm -rf "$folder.$$"
  fi
  printf '%s\n' "$folder"
}
