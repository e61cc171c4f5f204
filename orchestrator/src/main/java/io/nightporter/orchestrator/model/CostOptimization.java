package io.nightporter.orchestrator.model;

/** Whether a server may be moved to a cheaper node. */
public enum CostOptimization {
    OFF,
    /** Its admins are asked. */
    SUGGEST,
    /** It is announced, and done. */
    AUTO,
}
