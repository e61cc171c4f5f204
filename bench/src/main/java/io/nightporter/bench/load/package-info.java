/** What a proxy costs as a whole process: a fake server makes the load, a fake crowd receives it, the proxy is between. */
@NullMarked
package io.nightporter.bench.load;

import org.jspecify.annotations.NullMarked;
