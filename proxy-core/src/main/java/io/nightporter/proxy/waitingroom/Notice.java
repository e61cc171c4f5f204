package io.nightporter.proxy.waitingroom;

import io.nightporter.proxy.text.WaitingWords;

/**
 * What somebody who waits is shown.
 *
 * @param progress 0 … 1, how much of the wait is over
 */
public record Notice(WaitingWords words, float progress) {}
