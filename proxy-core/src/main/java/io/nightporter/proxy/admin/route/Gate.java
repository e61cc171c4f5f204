package io.nightporter.proxy.admin.route;

import io.nightporter.proxy.admin.access.Caller;
import java.util.Map;
import java.util.Optional;

/** Who comes in, and how far. May block. */
public interface Gate {
    /** Whose token this is. */
    Optional<Caller> caller(String token);

    /**
     * Whether a rule admits somebody to what stands in the path.
     *
     * @throws ApiException when it does not, with words that tell an owner nothing of other people's servers
     */
    void admit(Rule rule, Caller caller, Map<String, String> path) throws ApiException;
}
