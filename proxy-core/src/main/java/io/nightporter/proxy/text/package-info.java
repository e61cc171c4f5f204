/** What players are told. */
@NullMarked
package io.nightporter.proxy.text;

import org.jspecify.annotations.NullMarked;
