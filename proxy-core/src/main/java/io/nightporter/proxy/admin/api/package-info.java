/** What the admin API is about: servers, nodes, players, operations, events, tokens. */
@NullMarked
package io.nightporter.proxy.admin.api;

import org.jspecify.annotations.NullMarked;
