#!/usr/bin/env bash
# From this source tree to a running enclave and parent on this machine: builds the images and the EIF, keeps
# its PCR0, replaces the enclave, starts the parent. Running it again without a change replaces nothing.
# Needs bash, docker, nitro-cli, systemctl, curl, flock. The guide is docs/self-host.md.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
# shellcheck source=enclave.sh
. "$here/enclave.sh"

load_settings "$OCC_CONFIG/enclave.env" PARENT_UNIT HEALTH_WAIT BUILD_IMAGE BASE_IMAGE SOURCE_DATE_EPOCH \
  ANCHOR_KEY BASE_FLOORS
load_settings "$OCC_CONFIG/parent.env" PORT
PORT=${PORT:-8080}
PARENT_UNIT=${PARENT_UNIT:-occ-parent.service}
HEALTH_WAIT=${HEALTH_WAIT:-60}
# nitro-cli refuses (E26) less memory than so many times the image.
memory_per_image=4
# Apart from 1, with which a start says that the enclave does not run.
look_failed=75

usage() {
  cat <<'USAGE'
Usage: deploy.sh [--dry-run] [--restart] [--debug-mode]
  --dry-run     prints the commands of a first deployment, and runs none
  --restart     replaces the enclave even if it is the same: new epoch, new key
  --debug-mode  runs an enclave whose memory can be read and whose PCRs are zero; never in production
Settings, by environment or in enclave.env, PORT in parent.env; the environment wins (defaults in brackets):
  ENCLAVE_CPU [2]  ENCLAVE_MEM [1024], MiB  ENCLAVE_CID [16]  ENCLAVE_NAME [occ]
  OCC_CONFIG [/etc/occ], the folder of these two files
  OCC_STATE [/var/lib/occ], where images and PCR0s are kept
  PORT [8080], where the parent serves  HEALTH_WAIT [60], seconds to wait for it
  BUILD_IMAGE, BASE_IMAGE: other base images, by digest best (docs/self-host.md tells how to find it)
  SOURCE_DATE_EPOCH [from pom.xml], the time in the images
  ANCHOR_KEY, the public anchor key that PCR0 covers (docs/anchors.md)  BASE_FLOORS [false]
USAGE
}

restart=0
debug_mode=0
parse_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --dry-run) dry_run=1 ;;
      --restart) restart=1 ;;
      --debug-mode) debug_mode=1 ;;
      --help) usage && exit 0 ;;
      *) usage >&2 && exit 2 ;;
    esac
    shift
  done
}

step() { printf '\n== %s\n' "$1"; }

# Every failure before the old enclave is terminated leaves it alone, and says so.
give_up() {
  fail "$1
Nothing that runs was changed: enclave and parent are as before. Mend the cause and run this again."
}

# The parent would look for the enclave where it is not.
check_parents_cid() {
  local ENCLAVE
  load_settings "$OCC_CONFIG/parent.env" ENCLAVE
  case ${ENCLAVE:-} in
    "vsock:$ENCLAVE_CID:"*) ;;
    vsock:*) fail "ENCLAVE_CID is $ENCLAVE_CID, but $OCC_CONFIG/parent.env says ENCLAVE=$ENCLAVE; make them agree" 2 ;;
  esac
}

need_tools() {
  local tool
  [ "$dry_run" -eq 0 ] || return 0
  for tool in docker nitro-cli systemctl curl flock; do
    command -v "$tool" >/dev/null || fail "$tool is missing; docs/self-host.md says how to install it" 2
  done
}

# The moment that pom.xml gives to the jars, so that two builds of one tree have one time.
source_date_epoch() {
  local stamp
  stamp=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$root/pom.xml")
  date -u -d "$stamp" +%s
}

build_image() { # NAME
  local command=(docker build --build-arg "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH")
  if [ -n "${BUILD_IMAGE:-}" ]; then command+=(--build-arg "BUILD_IMAGE=$BUILD_IMAGE"); fi
  if [ "$debug_mode" -eq 1 ]; then command+=(--build-arg ALLOW_DEBUG=true); fi
  if [ -n "${ANCHOR_KEY:-}" ]; then command+=(--build-arg "ANCHOR_KEY=$ANCHOR_KEY"); fi
  if [ -n "${BASE_FLOORS:-}" ]; then command+=(--build-arg "BASE_FLOORS=$BASE_FLOORS"); fi
  if [ -n "${BASE_IMAGE:-}" ]; then command+=(--build-arg "BASE_IMAGE=$BASE_IMAGE"); fi
  run "${command[@]}" --file "$here/Dockerfile.$1" --tag "occ-$1:next" "$root" ||
    give_up "docker could not build the $1 image; what it said is above."
}

image_id() { # NAME
  docker image inspect --format '{{.Id}}' "occ-$1:next" || give_up "docker does not know the image occ-$1:next."
}

# The parent runs on this machine and not in a container: Docker's seccomp profile refuses vsock.
take_parent() {
  local container=occ-parent-copy
  if [ "$dry_run" -eq 0 ] && docker container inspect "$container" >/dev/null 2>&1; then
    run docker rm "$container" || give_up "an old container $container is in the way."
  fi
  run docker create --name "$container" occ-parent:next || give_up 'docker could not make a container.'
  run docker cp "$container:/opt/occ" "$next/parent" || give_up "docker could not copy the parent's files."
  run docker rm "$container" || give_up "docker could not remove $container."
}

# nitro-cli prints what it does on standard error and the measurements as JSON on standard output.
build_eif() {
  run nitro-cli build-enclave --docker-uri occ-enclave:next --output-file "$next/enclave.eif" |
    tee "$next/build.out" ||
    give_up 'nitro-cli could not build the enclave image; what it said is above.'
}

# Whose word is PCR0? nitro-cli's and our own reader's; they must agree.
check_pcr0() {
  local record
  record=$(tr -d '[:space:]' <"$next/build.out")
  pcr0=$(json_value PCR0)
  [[ $pcr0 =~ ^[0-9a-f]{96}$ ]] || give_up 'nitro-cli printed no PCR0.'
  run "$next/parent/bin/java" -jar "$next/parent/occ.jar" eif "$next/enclave.eif" --pcr0 "$pcr0" ||
    give_up "PCR0 of the image is not what nitro-cli says ($pcr0), or the image is damaged."
  printf '%s\n' "$pcr0" >"$next/pcr0"
}

check_memory() { # IMAGE
  local bytes least
  bytes=$(wc -c <"$1")
  least=$(((bytes * memory_per_image + 1048575) / 1048576))
  [ "$ENCLAVE_MEM" -ge "$least" ] ||
    give_up "ENCLAVE_MEM is $ENCLAVE_MEM MiB; an image of this size needs $least MiB at least.
Set it higher, and memory_mib in /etc/nitro_enclaves/allocator.yaml too; restart nitro-enclaves-allocator.service."
}

# Builds a release in $next, or takes the deployed one if the images are the same.
build() {
  step 'images'
  build_image enclave
  build_image parent
  if [ "$dry_run" -eq 0 ]; then
    ids=$(image_id enclave)
    ids+=" $(image_id parent)"
  fi
  if [ "$dry_run" -eq 0 ] && [ "$ids" = "$(cat "$OCC_STATE/current/images" 2>/dev/null)" ]; then
    printf 'the same images as deployed: no new release\n'
    release=$(readlink -f "$OCC_STATE/current")
    pcr0=$(cat "$release/pcr0")
    check_memory "$release/enclave.eif"
    return
  fi
  step 'enclave image'
  take_parent
  if [ "$dry_run" -eq 1 ]; then
    run nitro-cli build-enclave --docker-uri occ-enclave:next --output-file "$next/enclave.eif"
    run "$next/parent/bin/java" -jar "$next/parent/occ.jar" eif "$next/enclave.eif" --pcr0 PCR0
    return
  fi
  build_eif
  check_pcr0
  check_memory "$next/enclave.eif"
  printf '%s\n' "$ids" >"$next/images"
  if [ "$debug_mode" -eq 1 ]; then : >"$next/debug"; fi
  release=$OCC_STATE/releases/$(date -u +%Y%m%dT%H%M%SZ)-${pcr0:0:12}
  [ ! -e "$release" ] || release=$release-$$
  mv -- "$next" "$release"
}

# Makes a release the one that enclave.sh and the parent's unit use, in one step. What may fail for want of room is
# done before the old enclave is terminated.
prepare_link() {
  ln -sfT -- "$release" "$OCC_STATE/current.new" || give_up "cannot write $OCC_STATE/current.new."
}

point_to_release() {
  mv -Tf -- "$OCC_STATE/current.new" "$OCC_STATE/current"
}

is_same_enclave() {
  local flags=NONE
  if [ -e "$release/debug" ]; then flags=DEBUG_MODE; fi
  [ "$found_state" = RUNNING ] && [ "$found_pcr0" = "$pcr0" ] && [ "$found_cid" = "$ENCLAVE_CID" ] &&
    [ "$found_cpu" = "$ENCLAVE_CPU" ] && [ "$found_mem" -ge "$ENCLAVE_MEM" ] && [ "$found_flags" = "$flags" ]
}

# Before the enclave runs, so that no proof can have a PCR0 that is not in the list.
note_pcr0() {
  local line="${release##*/} $pcr0"
  grep -qs -F -x -- "$line" "$OCC_STATE/pcr0.log" || printf '%s\n' "$line" >>"$OCC_STATE/pcr0.log" ||
    give_up "cannot write $OCC_STATE/pcr0.log."
}

# There is memory for one enclave only, as a rule: the old one has to go before the new one is tried.
replace_enclave() {
  local old
  step 'enclave'
  if [ "$dry_run" -eq 1 ]; then
    run nitro-cli terminate-enclave --enclave-id OLD
    start_enclave "$OCC_STATE/current"
    return
  fi
  # Not before: during the build, which takes minutes, the unit must be able to start the old enclave again, or to end it.
  take_lock -w "$ENCLAVE_WAIT" ||
    give_up "another program has been starting or stopping the enclave for $ENCLAVE_WAIT s ($OCC_STATE/lock)."
  note_pcr0
  find_enclave || give_up 'nobody can say which enclave runs.'
  prepare_link
  if [ "$restart" -eq 0 ] && is_same_enclave; then
    point_to_release || give_up "cannot change $OCC_STATE/current."
    printf 'this enclave is running already: %s\n' "$found_id"
    exec 9>&-
    return
  fi
  old=$(readlink -f "$OCC_STATE/current" 2>/dev/null) || old=''
  stop_old
  try_start "$release"
  case $started in
    0) ;;
    "$look_failed") fail "the new enclave was started (PCR0 $pcr0), but whether it runs cannot be told.
$next_step" ;;
    *) back_to "$old" ;;
  esac
  point_to_release || fail "the new enclave runs (PCR0 $pcr0), but $OCC_STATE/current cannot be changed.
$next_step"
  exec 9>&- # from here on, `keep` and `stop` find what they should
}

stop_old() {
  stop_enclave && return
  find_enclave || found_state=unknown
  case $found_state in
    RUNNING) give_up 'the old enclave could not be terminated.' ;;
    '') printf 'the old enclave is gone all the same\n' >&2 ;;
    *) fail "the old enclave could not be terminated; its state is $found_state now, and the new one was not started.
$next_step" ;;
  esac
}

# Where nothing more can be done from here: the link still names the release of before, which is what
# occ-enclave.service starts when no enclave runs. A new run finds what is there and goes on from it.
next_step="The parent was not restarted. See what 'nitro-cli describe-enclaves' says, mend the cause and run this again:
it keeps the new enclave if that runs, and starts it if not."

try_start() { # RELEASE; sets started to what start_enclave returns
  started=0
  # nitro-cli's own process lives as long as the enclave: the locks must not.
  start_enclave "$1" 8>&- 9>&- || started=$?
}

# In a message that ends a run: nobody should have to guess whether an enclave is there.
what_runs() {
  if ! find_enclave; then
    printf 'WHETHER AN ENCLAVE IS RUNNING CANNOT BE TOLD.'
  elif [ -z "$found_id" ]; then
    printf 'NO ENCLAVE IS RUNNING.'
  else
    printf 'An enclave is there all the same: %s, %s, PCR0 %s.' "$found_id" "$found_state" "$found_pcr0"
  fi
}

back_to() { # OLD RELEASE, may be empty
  local hint="What nitro-cli said is above. E22 and E27: more CPUs or memory in /etc/nitro_enclaves/allocator.yaml,
then 'systemctl restart nitro-enclaves-allocator.service'. E36 and an end at once: deploy with --debug-mode
and read 'nitro-cli console --enclave-name $ENCLAVE_NAME'."
  if [ -z "$1" ] || [ ! -f "$1/enclave.eif" ]; then
    fail "the new enclave did not start, and there is none from before. $(what_runs)
$hint"
  fi
  printf 'the new enclave did not start; starting the one from before\n' >&2
  # A start that failed late may have left one behind.
  stop_enclave || true
  try_start "$1"
  case $started in
    0) fail "the new enclave did not start. The one from before runs again (PCR0 $(cat "$1/pcr0")), with a new epoch and key.
$hint" ;;
    "$look_failed") fail "the new enclave did not start. The one from before was started again (PCR0 $(cat "$1/pcr0")).
WHETHER IT RUNS CANNOT BE TOLD: see 'nitro-cli describe-enclaves'.
$hint" ;;
    *) fail "the new enclave did not start, nor did the one from before. $(what_runs)
$hint" ;;
  esac
}

start_parent() {
  step 'parent'
  if [ "$dry_run" -eq 0 ] && [ "$parent_before" = "$(readlink -f "$OCC_STATE/current/parent")" ] &&
    systemctl is-active --quiet "$PARENT_UNIT"; then
    printf '%s runs already\n' "$PARENT_UNIT"
  else
    # One that ended again and again, for want of a key say, is refused by its start limit, mended or not.
    run systemctl reset-failed "$PARENT_UNIT" 2>/dev/null || true
    run systemctl restart "$PARENT_UNIT" ||
      fail "$PARENT_UNIT did not start: 'systemctl status $PARENT_UNIT' and /var/log/occ/parent.log say why."
  fi
  await_health
}

await_health() {
  local url=http://127.0.0.1:$PORT/health waited=0
  if [ "$dry_run" -eq 1 ]; then
    run curl --silent --fail --max-time 5 "$url"
    return
  fi
  until curl --silent --fail --max-time 5 "$url" >/dev/null; do
    [ "$waited" -lt "$HEALTH_WAIT" ] ||
      fail "the parent is not healthy after $HEALTH_WAIT s: $url. /var/log/occ/parent.log says why.
The new enclave runs; 'enclave.sh status' shows it."
    sleep 1
    waited=$((waited + 1))
  done
  printf 'healthy: %s\n' "$url"
}

# Images are large: the deployed one and the two before it stay. Every PCR0 stays, in a list.
prune() {
  local kept all=("$OCC_STATE"/releases/*/) i
  kept=$(readlink -f "$OCC_STATE/current")
  for ((i = 0; i < ${#all[@]} - 3; i++)); do
    [ "${all[i]%/}" = "$kept" ] || run rm -rf -- "${all[i]%/}"
  done
}

report() {
  [ "$dry_run" -eq 0 ] || return 0
  step 'done'
  printf 'PCR0 %s\n' "$pcr0"
  printf 'kept in %s\n' "$OCC_STATE/current/pcr0"
  printf 'to accept only proofs of this code: ./occ verify PROOF --pcr0 %s\n' "$pcr0"
  printf 'PCR0 names the code and not its operator: anyone can run the same image. To accept only your own enclave, write\n'
  printf 'a policy with ./occ policy init PROOF and --pin-role (PCR3), --pin-instance (PCR4) or --pin-key.\n'
  if [ "$debug_mode" -eq 1 ]; then
    printf 'DEBUG MODE: PCRs in its attestations are zero, and verifiers refuse its proofs.\n'
    printf 'The parent serves it only with ALLOW_DEBUG_MODE=true in /etc/occ/parent.env.\n'
  fi
}

deploy() {
  umask 022 # the parent's account reads what is kept
  parse_arguments "$@"
  check_settings
  [[ ${ANCHOR_KEY:-} =~ ^([A-Za-z0-9+/]{43}=)?$ ]] ||
    fail "ANCHOR_KEY must be 32 bytes in Base64, as ./occ anchor-key prints them, not '$ANCHOR_KEY'" 2
  [[ ${BASE_FLOORS:-false} =~ ^(true|false)$ ]] || fail "BASE_FLOORS must be true or false, not '$BASE_FLOORS'" 2
  require_number PORT 1 65535
  require_number HEALTH_WAIT 1 3600
  check_parents_cid
  need_tools
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(source_date_epoch)}
  next=$OCC_STATE/releases/.next
  parent_before=''
  if [ "$dry_run" -eq 0 ]; then
    mkdir -p -- "$OCC_STATE/releases" || fail "cannot write $OCC_STATE; run this as root" 2
    exec 8>"$OCC_STATE/deploy.lock" || fail "$OCC_STATE/deploy.lock cannot be written" 2
    flock -w 5 8 || fail "another deployment is under way ($OCC_STATE/deploy.lock)"
    parent_before=$(readlink -f "$OCC_STATE/current/parent") || parent_before=''
    rm -rf -- "$next"
    mkdir -- "$next"
    trap 'rm -rf -- "$next" "$OCC_STATE/current.new"' EXIT
  fi
  build
  replace_enclave
  start_parent
  [ "$dry_run" -eq 1 ] || prune
  report
}

deploy "$@"
