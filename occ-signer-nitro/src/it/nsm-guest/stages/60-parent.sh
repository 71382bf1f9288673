# shellcheck shell=sh
# An application's whole path: HTTP to the parent server, vsock to the enclave program, the real driver.
# Wants stage fresh or signer before it, which measure the guest: PCR0 extended and locked.
ifconfig lo 127.0.0.1 up
key=a-key-for-the-lab-0123456789
$JAVA -jar /enclave/occ.jar enclave --signer nitro --listen vsock:5000 --allow-cid 1 2>/tmp/enclave.log &
enclave=$!
API_KEYS=$key ENCLAVE=vsock:1:5000 $JAVA -jar /enclave/occ.jar parent 2>/tmp/parent.log &
parent=$!
$JAVA -cp "/enclave/occ.jar:/enclave/test-classes:$CLASSPATH" \
  dev.occ.programs.ParentLabClient http://127.0.0.1:8080 "$key"
client=$?
kill "$parent"
wait "$parent"
parent_ended=$?
kill "$enclave"
wait "$enclave"
enclave_ended=$?
cat /tmp/enclave.log /tmp/parent.log
echo "client ended with $client, parent and enclave after SIGTERM with $parent_ended and $enclave_ended"
case $(cat /tmp/enclave.log /tmp/parent.log) in
  *" ERROR "*) echo "an error was logged"; client=1 ;;
  *"$key"*) echo "the key was logged"; client=1 ;;
esac
[ "$client" -eq 0 ] && [ "$parent_ended" -eq 143 ] && [ "$enclave_ended" -eq 143 ]
