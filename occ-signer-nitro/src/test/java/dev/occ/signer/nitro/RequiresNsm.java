package dev.occ.signer.nitro;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests that need a real NSM driver and change its PCRs: they run only in the lab's guest
 * (src/it/nsm-guest/run), which says so with {@code -Docc.lab=true}. There a missing device is a
 * failure of the tests, not a reason to skip them.
 */
@Tag("nsm")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNsm.Condition.class)
@interface RequiresNsm {
  /** Decides by the system property, then by the device. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Boolean.getBoolean("occ.lab")) {
        return ConditionEvaluationResult.enabled("in the lab");
      }
      String device = Files.exists(Nsm.DEFAULT_DEVICE) ? "not in the lab" : "no /dev/nsm";
      return ConditionEvaluationResult.disabled("skipped: " + device);
    }
  }
}
