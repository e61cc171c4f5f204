package io.nightporter.proxy.session;

/** The numbers of teleports that the proxy makes: far from what servers count to, so that answers can be told apart. */
final class Teleports {

    private static final int FIRST = 0x4E500000;
    private static final int DIFFERENT = 0x10000;

    private int made;

    int next() {
        return FIRST + (made++ % DIFFERENT);
    }

    static boolean isOurs(int id) {
        return id >= FIRST && id < FIRST + DIFFERENT;
    }
}
