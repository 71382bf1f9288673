package dev.occ.spring;

import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.ServerHealth;

/**
 * What the OCC server says about itself, for a health indicator of either line of Boot.
 *
 * @param up whether the server and its enclave answer
 * @param detail what is wrong, or empty
 */
record ServerState(boolean up, String detail) {
  static ServerState of(OccClient client) {
    try {
      ServerHealth health = client.health();
      return new ServerState(health.ok(), health.error().orElse(""));
    } catch (OccClientException e) {
      return new ServerState(false, e.reason().name());
    }
  }
}
