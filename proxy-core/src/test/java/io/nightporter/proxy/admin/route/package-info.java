@org.jspecify.annotations.NullMarked
package io.nightporter.proxy.admin.route;
