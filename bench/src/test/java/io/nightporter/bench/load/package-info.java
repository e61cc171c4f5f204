@NullMarked
package io.nightporter.bench.load;

import org.jspecify.annotations.NullMarked;
