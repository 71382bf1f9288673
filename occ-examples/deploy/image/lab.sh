# shellcheck shell=bash disable=SC2034,SC2154
# Boots images in the project's enclave lab (QEMU's nitro-enclave machine) for `test`, which sets here and work. The lab's own
# runner switches ACPI on, for a kernel that needs it; ours is to run without, as in a real enclave. So the lab is given a folder
# that has all its files but another program in QEMU's place, which changes these options.

lab_runner=${OCC_ENCLAVE_LAB:-$root/../shared/nsm-lab}

# Sets lab_home; 77 if there is no lab.
prepare_lab() {
  local real file rom
  if [ ! -x "$lab_runner/run-eif" ]; then
    printf 'skipped: no enclave lab in %s; OCC_ENCLAVE_LAB names one\n' "$lab_runner"
    exit 77
  fi
  real=$("$lab_runner/setup")
  lab_home=$work/lab
  mkdir "$lab_home"
  for file in "$real"/*; do ln -s "$file" "$lab_home/"; done
  rm "$lab_home/qemu-system-x86_64"
  # The firmware of machines without ACPI, which the lab does not have.
  read -r sum _ path < <(locked test)
  rom=$(fetch "$sum" "$path")
  dpkg-deb --fsys-tarfile "$rom" | tar -xO ./usr/share/qemu/qboot.rom >"$work/qboot.rom"
  cat >"$lab_home/qemu-system-x86_64" <<EOF
#!/usr/bin/env bash
exec "$real/qemu-system-x86_64" "\${@/acpi=on/acpi=off}" -bios "$work/qboot.rom"
EOF
  chmod +x "$lab_home/qemu-system-x86_64"
  lab_root=$real/pki/root.pem
}

# Starts an image in the background; its console is in $work/console, its port 5000 at $work/enclave.sock.
boot() { # IMAGE MIB
  NSM_LAB_HOME=$lab_home "$lab_runner/run-eif" --eif "$1" --mem "$2" --forward "5000=unix:$work/enclave.sock" \
    --console "$work/console" >"$work/events" 2>&1 &
  enclave=$!
  for _ in $(seq 100); do
    qemu=$(sed -n 's/^started [a-z]* //p' "$work/events")
    [ -z "$qemu" ] || return 0
    sleep 0.1
  done
  cat "$work/events" >&2
  fail 'the enclave did not start'
}

shut_down() {
  kill "$enclave" 2>/dev/null || true
  wait "$enclave" 2>/dev/null || true
}
