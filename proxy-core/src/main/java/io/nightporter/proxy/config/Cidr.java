package io.nightporter.proxy.config;

import java.net.InetAddress;

/** A network such as {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a network of one. */
public record Cidr(InetAddress network, int prefixLength) {
    /**
     * Reads a network without ever looking up a name.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash), text);
        int bits = network.getAddress().length * 8;
        String digits = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        int prefix = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix of '" + text + "' is not between 0 and " + bits);
        }
        return new Cidr(network, prefix);
    }

    private static InetAddress literal(String address, String text) {
        if (!Addresses.isLiteral(address)) {
            throw new IllegalArgumentException(Place.quote(text) + " is not a network such as 10.0.0.0/8 or fd00::/8");
        }
        return InetAddress.ofLiteral(address);
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int wholeBytes = prefixLength / 8;
        for (int i = 0; i < wholeBytes; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        int mask = 0xFF00 >> rest;
        return rest == 0 || (ours[wholeBytes] & mask & 0xFF) == (theirs[wholeBytes] & mask & 0xFF);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
