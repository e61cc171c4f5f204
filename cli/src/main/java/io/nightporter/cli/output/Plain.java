package io.nightporter.cli.output;

/** Text of others as one harmless line: what players and servers write must not steer a terminal. */
public final class Plain {

    private Plain() {}

    /** Without control characters; what separates lines or columns becomes a space. */
    public static String text(String any) {
        StringBuilder plain = null;
        for (int i = 0; i < any.length(); i++) {
            char c = any.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                if (plain == null) {
                    plain = new StringBuilder(any.substring(0, i));
                }
                if (c == '\n' || c == '\t') {
                    plain.append(' ');
                }
            } else if (plain != null) {
                plain.append(c);
            }
        }
        return plain == null ? any : plain.toString();
    }
}
