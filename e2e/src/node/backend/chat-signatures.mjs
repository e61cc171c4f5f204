// Signed chat of 1.19.3 and later: whether a message is what its player signed.

import crypto from 'node:crypto';

/** One player's chat session: key, session id, and how many messages were signed so far. */
export class ChatSignatures {
  #key;
  #sessionId;
  #index = 0;

  session({ sessionUUID, publicKey }) {
    this.#sessionId = sessionUUID;
    this.#key = crypto.createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    this.#index = 0;
  }

  /**
   * 'right', 'wrong' or 'not' signed. The signature covers the player's UUID, so it is only right when the proxy has
   * forwarded the one that the player has; acknowledged messages are none here, as the server says nothing signed.
   */
  judge(client, { message, timestamp, salt, signature }) {
    if (!this.#key || !signature?.length) {
      return 'not';
    }
    const text = Buffer.from(message, 'utf8');
    const signable = Buffer.concat([
      int(1),
      uuid(client.uuid),
      uuid(this.#sessionId),
      int(this.#index++),
      long(salt),
      long(BigInt(timestamp) / 1000n),
      int(text.length),
      text,
      int(0),
    ]);
    return crypto.verify('RSA-SHA256', signable, this.#key, signature) ? 'right' : 'wrong';
  }
}

function int(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function long(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)));
  return bytes;
}

function uuid(text) {
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}
