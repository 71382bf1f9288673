package dev.occ.client;

import dev.occ.json.JsonArray;
import java.util.Optional;

/**
 * What a server says about a proof ({@code POST /verify}): its word, not a proof. Verify with
 * {@code dev.occ.verifier} what matters.
 *
 * @param valid whether the server found the proof valid
 * @param reason why not, as the server says it
 * @param checks what the server checked, in its own form
 */
public record RemoteVerdict(boolean valid, Optional<String> reason, JsonArray checks) {}
