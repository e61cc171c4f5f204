/**
 * The records of the fleet, in SQLite or PostgreSQL. Both have the same tables, from the same migrations, and are spoken to
 * in the SQL that both understand.
 */
@NullMarked
package io.nightporter.orchestrator.store;

import org.jspecify.annotations.NullMarked;
