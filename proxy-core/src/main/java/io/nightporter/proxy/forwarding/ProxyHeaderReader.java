package io.nightporter.proxy.forwarding;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.ReferenceCountUtil;
import io.nightporter.proxy.config.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Looks for a PROXY protocol header, version 1 or 2, at the start of a connection. Belongs at the head of the pipeline
 * when trusted networks are configured; takes itself out as soon as it knows, and every byte that is not the header
 * goes on to the next handler.
 *
 * <ul>
 * <li>A trusted source may send a header or not: health checks and players on the local network send none.
 * <li>From any other source a header is a forgery: the connection is closed.
 * <li>So is one with a malformed or oversized header.
 * </ul>
 *
 * <p>Waits for as long as the bytes could still become a header; the time-out for the handshake is the caller's.
 */
public final class ProxyHeaderReader extends ByteToMessageDecoder {

    /** What the reader found out; called on the event loop, at most one method and at most once. */
    public interface Listener {
        /** The player's real address, before any byte goes on. Not called when the header names none. */
        void clientAddress(InetSocketAddress address);

        /**
         * The connection is about to be closed.
         *
         * @param reason for the metric: {@code proxy_header_untrusted} or {@code proxy_header_malformed}
         * @param message one sentence for the log
         */
        void refused(String reason, String message);
    }

    private static final byte[] TEXT_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_TLV_BYTES = 2048;

    private final List<Cidr> trusted;
    private final Listener listener;
    private boolean refused;

    public ProxyHeaderReader(List<Cidr> trusted, Listener listener) {
        this.trusted = List.copyOf(trusted);
        this.listener = listener;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (beginsWith(in, ProxyHeader.SIGNATURE) || beginsWith(in, TEXT_SIGNATURE)) {
            if (trusts(ctx)) {
                ctx.pipeline().addAfter(ctx.name(), null, new Receiver(listener));
                ctx.pipeline().addAfter(ctx.name(), null, new HAProxyMessageDecoder(MAX_TLV_BYTES));
                ctx.pipeline().remove(this);
            } else {
                refused = true;
                in.skipBytes(in.readableBytes());
                listener.refused(
                    "proxy_header_untrusted",
                    "a PROXY protocol header came from an address that is not in proxyProtocol.trusted"
                );
                var _ = ctx.close();
            }
        } else if (!couldBecome(in, ProxyHeader.SIGNATURE) && !couldBecome(in, TEXT_SIGNATURE)) {
            ctx.pipeline().remove(this);
        }
    }

    private boolean trusts(ChannelHandlerContext ctx) {
        return (
            ctx.channel().remoteAddress() instanceof InetSocketAddress peer &&
            trusted.stream().anyMatch(network -> network.contains(peer.getAddress()))
        );
    }

    private static boolean beginsWith(ByteBuf in, byte[] signature) {
        return in.readableBytes() >= signature.length && couldBecome(in, signature);
    }

    private static boolean couldBecome(ByteBuf in, byte[] signature) {
        int known = Math.min(in.readableBytes(), signature.length);
        for (int i = 0; i < known; i++) {
            if (in.getByte(in.readerIndex() + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /** Takes what Netty's decoder made of the header. The decoder removes itself and then hands on the other bytes. */
    private static final class Receiver extends ChannelInboundHandlerAdapter {

        private final Listener listener;
        private boolean refused;

        Receiver(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof HAProxyMessage header && !refused) {
                    take(header);
                    ctx.pipeline().remove(this);
                }
                // Anything else is what is left of a header that was never finished.
            } catch (IllegalArgumentException _) {
                refuse(ctx);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof CodecException) {
                refuse(ctx);
            } else {
                ctx.fireExceptionCaught(cause);
            }
        }

        /** The header of a load balancer's own connection (LOCAL), or over something else than TCP, names no player. */
        private void take(HAProxyMessage header) {
            HAProxyProxiedProtocol protocol = header.proxiedProtocol();
            if (protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6) {
                InetAddress address = InetAddress.ofLiteral(header.sourceAddress());
                listener.clientAddress(new InetSocketAddress(address, header.sourcePort()));
            }
        }

        private void refuse(ChannelHandlerContext ctx) {
            if (!refused) {
                refused = true;
                listener.refused(
                    "proxy_header_malformed",
                    "the PROXY protocol header of a trusted source is malformed"
                );
                var _ = ctx.close();
            }
        }
    }
}
