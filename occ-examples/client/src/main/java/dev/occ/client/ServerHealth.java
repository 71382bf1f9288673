package dev.occ.client;

import java.util.Optional;

/**
 * What a server says about itself ({@code GET /health}).
 *
 * @param ok whether its enclave answers
 * @param error why not, as the server says it
 */
public record ServerHealth(boolean ok, Optional<String> error) {}
