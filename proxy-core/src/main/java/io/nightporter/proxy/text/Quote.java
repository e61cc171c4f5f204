package io.nightporter.proxy.text;

import io.nightporter.protocol.text.Text;

/** What somebody else said, such as a server with a reason for its goodbye; it is shown as it came. */
public record Quote(Text text) implements Words {}
