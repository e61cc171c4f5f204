package io.nightporter.proxy.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.nightporter.proxy.config.ProxySettings.TransportChoice;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What moves the bytes.
 *
 * @param name as in the configuration
 * @param sharesPorts whether several listeners of this process can have the same port
 */
public record Transport(
    String name,
    Supplier<IoHandlerFactory> handler,
    Class<? extends ServerChannel> listener,
    Class<? extends Channel> connection,
    Class<? extends DatagramChannel> datagrams,
    boolean sharesPorts
) {
    private static final Transport EPOLL = new Transport(
        "epoll",
        EpollIoHandler::newFactory,
        EpollServerSocketChannel.class,
        EpollSocketChannel.class,
        EpollDatagramChannel.class,
        true
    );
    private static final Transport NIO = new Transport(
        "nio",
        NioIoHandler::newFactory,
        NioServerSocketChannel.class,
        NioSocketChannel.class,
        NioDatagramChannel.class,
        false
    );

    /**
     * @throws UnsupportedTransportException when the one that was asked for does not work on this machine
     */
    public static Transport of(TransportChoice choice) {
        return switch (choice) {
            case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
            case NIO -> NIO;
            case EPOLL -> {
                require("epoll", Epoll.unavailabilityCause());
                yield EPOLL;
            }
            case IO_URING -> {
                require("io_uring", IoUring.unavailabilityCause());
                yield new Transport(
                    "io_uring",
                    IoUringIoHandler::newFactory,
                    IoUringServerSocketChannel.class,
                    IoUringSocketChannel.class,
                    IoUringDatagramChannel.class,
                    true
                );
            }
        };
    }

    /** One event loop per core. */
    public MultiThreadIoEventLoopGroup eventLoops() {
        return new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("loop"),
            handler.get()
        );
    }

    /**
     * Brings a new socket to its event loop at a moment at which it cannot be taken for another one. epoll tells of
     * many sockets at once, by their numbers. If one of these is closed before its turn comes, a new socket may have its
     * number by then, and Netty would tell the new one what happened to the old: that its peer has closed, say, after
     * which a connection that was once paused can never be read again. Tasks have their turn when all of that is done.
     */
    public static void later(EventLoop loop, Runnable task) {
        loop.execute(task);
    }

    private static void require(String name, @Nullable Throwable obstacle) {
        if (obstacle != null) {
            throw new UnsupportedTransportException(
                "proxy.transport " + name + " does not work on this machine (" + obstacle.getMessage() + "); use auto"
            );
        }
    }

    /** The message is for the operator. */
    public static final class UnsupportedTransportException extends RuntimeException {

        UnsupportedTransportException(String message) {
            super(message);
        }
    }
}
