/** What all connections share: the configuration in force and the services made from it. */
@NullMarked
package io.nightporter.proxy.context;

import org.jspecify.annotations.NullMarked;
