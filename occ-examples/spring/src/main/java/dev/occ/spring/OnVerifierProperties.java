package dev.occ.spring;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether any {@code occ.verifier} property is set. */
final class OnVerifierProperties extends SpringBootCondition {
  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean set =
        Binder.get(context.getEnvironment())
                .bind("occ.verifier", Bindable.mapOf(String.class, Object.class))
                .map(Map::size)
                .orElse(0)
            > 0;
    ConditionMessage.Builder message = ConditionMessage.forCondition("occ.verifier");
    return set
        ? ConditionOutcome.match(message.because("properties are set"))
        : ConditionOutcome.noMatch(message.because("no property is set"));
  }
}
