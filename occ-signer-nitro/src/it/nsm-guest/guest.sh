#!/bin/sh
# In the guest: run the named stages in order and report. Its status is 0 only if all passed.
JAVA="/jre/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Dfile.encoding=UTF-8"
JAVA="$JAVA -Duser.language=tr -Duser.country=TR -Docc.lab=true"
CLASSPATH=$(cat /app/classpath)
export CLASSPATH

# shellcheck disable=SC2317 # the stages call it
junit() {
  select=""
  for class in "$@"; do select="$select --select-class=dev.occ.signer.nitro.$class"; done
  # shellcheck disable=SC2086 # options, one word each
  $JAVA org.junit.platform.console.ConsoleLauncher execute --disable-banner \
    --disable-ansi-colors --details=tree --fail-if-no-tests $select
}

seconds() {
  read -r up _ </proc/uptime
  echo "${up%.*}"
}

failed=0
for stage in "$@"; do
  echo "=== $stage"
  start=$(seconds)
  # A shell of its own, so that no stage can end or change the others.
  # shellcheck source=/dev/null
  if (. "/app/stages/$stage.sh"); then verdict=passed; else verdict=FAILED failed=1; fi
  echo "=== $stage $verdict in $(($(seconds) - start)) s of emulated time"
done
exit $failed
