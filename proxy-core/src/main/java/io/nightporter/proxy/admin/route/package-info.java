/** The admin API's routes: declared once, and served, checked and documented from that declaration. */
@NullMarked
package io.nightporter.proxy.admin.route;

import org.jspecify.annotations.NullMarked;
