/**
 * What the fleet is made of: definitions, which somebody wrote, and records, which the orchestrator keeps. Data only;
 * every type is immutable and can go through a store, an API or a wire.
 */
@NullMarked
package io.nightporter.orchestrator.model;

import org.jspecify.annotations.NullMarked;
