/** Who may use the admin API, and the record of what they did. */
@NullMarked
package io.nightporter.proxy.admin.access;

import org.jspecify.annotations.NullMarked;
