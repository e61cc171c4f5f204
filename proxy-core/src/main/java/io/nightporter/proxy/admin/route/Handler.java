package io.nightporter.proxy.admin.route;

/** Does what a route is for. Whoever calls may: that was checked before. May block. */
@FunctionalInterface
public interface Handler {
    Reply handle(Call call) throws ApiException;
}
