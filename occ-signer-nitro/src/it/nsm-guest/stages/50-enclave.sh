# shellcheck shell=sh
# The whole path: the enclave program on the real driver, and a client over vsock. Wants stage fresh
# or signer before it, which measure the guest: PCR0 extended and locked.
$JAVA -jar /enclave/occ.jar enclave --signer nitro --listen vsock:5000 --allow-cid 1 2>/tmp/enclave.log &
enclave=$!
$JAVA -cp "/enclave/occ.jar:/enclave/test-classes:$CLASSPATH" \
  dev.occ.programs.EnclaveLabClient vsock:1:5000
client=$?
kill "$enclave"
wait "$enclave"
ended=$?
cat /tmp/enclave.log
echo "client ended with $client, the enclave after SIGTERM with $ended"
case $(cat /tmp/enclave.log) in
  *" ERROR "*) echo "the enclave logged an error"; client=1 ;;
esac
[ "$client" -eq 0 ] && [ "$ended" -eq 143 ]
