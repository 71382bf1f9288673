# shellcheck shell=sh
# The bridge program from TCP to vsock, in front of the enclave program: what the client of stage
# enclave does over vsock, it does here over TCP. Wants stage fresh or signer before it, as that one.

# Emulated, three JVMs that start at once take minutes: one after the other, each ready first.
await() { # TEXT LOG
  tries=0
  until grep -q "$1" "$2"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { echo "no '$1' in $2"; return 1; }
    sleep 1
  done
}

$JAVA -jar /enclave/occ.jar enclave --signer nitro --listen vsock:5000 --allow-cid 1 2>/tmp/enclave.log &
enclave=$!
await 'serving on' /tmp/enclave.log
$JAVA -jar /enclave/occ.jar bridge --listen tcp:127.0.0.1:9000 --to vsock:1:5000 2>/tmp/bridge.log &
bridge=$!
await 'from tcp:' /tmp/bridge.log
$JAVA -cp "/enclave/occ.jar:/enclave/test-classes:$CLASSPATH" \
  dev.occ.programs.EnclaveLabClient tcp:127.0.0.1:9000
client=$?
kill "$bridge"
wait "$bridge"
bridged=$?
kill "$enclave"
wait "$enclave"
cat /tmp/enclave.log /tmp/bridge.log
echo "client ended with $client, the bridge after SIGTERM with $bridged"
case $(cat /tmp/bridge.log) in
  *" ERROR "*) echo "the bridge logged an error"; client=1 ;;
esac
[ "$client" -eq 0 ] && [ "$bridged" -eq 143 ]
