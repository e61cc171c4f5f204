// What a server understands of the player-info forwarding of a proxy in front of it.

import crypto from 'node:crypto';
import { dashed } from '../ids.mjs';

const CHANNEL = 'velocity:player_info';

/**
 * Legacy (BungeeCord) and BungeeGuard forwarding: host NUL client address NUL uuid [NUL properties], in the handshake's
 * address.
 */
export function readAddressForwarding(serverHost, { forwarding, secret }) {
  const parts = serverHost.split('\0');
  if (parts.length < 3 || parts.length > 4) {
    throw new Error(`If you wish to use IP forwarding, please enable it in your proxy (${parts.length} parts)`);
  }
  const [host, address, uuid, json] = parts;
  let properties = json ? JSON.parse(json) : [];
  if (forwarding === 'bungeeguard') {
    const tokens = properties.filter((property) => property.name === 'bungeeguard-token');
    if (tokens.length !== 1 || tokens[0].value !== secret) {
      throw new Error('Unable to authenticate - BungeeGuard token missing or wrong');
    }
    properties = properties.filter((property) => property.name !== 'bungeeguard-token');
  }
  return { host, address, uuid: dashed(uuid), properties };
}

/**
 * Modern (Velocity) forwarding: asked for by a login plugin message, signed with HMAC-SHA256. Servers before 1.19 ask
 * with an empty body, later ones with the highest version that they understand.
 */
export async function askModernForwarding(client, { secret }, nextResponse) {
  const messageId = 1 + crypto.randomInt(1000);
  const highest = client.protocolVersion >= 759 ? 4 : 1;
  client.write('login_plugin_request', {
    messageId,
    channel: CHANNEL,
    data: highest === 1 ? Buffer.alloc(0) : Buffer.from([highest]),
  });
  const response = await nextResponse();
  if (response.messageId !== messageId || !response.data) {
    throw new Error('This server requires you to connect with Velocity.');
  }
  const signature = response.data.subarray(0, 32);
  const body = response.data.subarray(32);
  const expected = crypto.createHmac('sha256', secret).update(body).digest();
  if (signature.length !== 32 || !crypto.timingSafeEqual(signature, expected)) {
    throw new Error('Unable to verify player details');
  }
  return readPlayerInfo(body, highest);
}

function readPlayerInfo(body, highest) {
  const reader = new Reader(body);
  const version = reader.varint();
  if (version < 1 || version > highest) {
    throw new Error(`forwarding version ${version}, but at most ${highest} was asked for`);
  }
  const player = {
    version,
    address: reader.string(),
    uuid: dashed(reader.bytes(16).toString('hex')),
    name: reader.string(),
    properties: [],
  };
  for (let left = reader.varint(); left > 0; left--) {
    player.properties.push({
      name: reader.string(),
      value: reader.string(),
      signature: reader.bytes(1)[0] ? reader.string() : undefined,
    });
  }
  if (version === 2 || version === 3) {
    player.key = {
      expires: reader.bytes(8).readBigInt64BE(),
      publicKeyBytes: reader.bytes(reader.varint()).length,
      signatureBytes: reader.bytes(reader.varint()).length,
    };
    if (version === 3 && reader.bytes(1)[0]) {
      player.key.signer = dashed(reader.bytes(16).toString('hex'));
    }
  }
  if (reader.left() !== 0) {
    throw new Error(`${reader.left()} bytes after the player info`);
  }
  return player;
}

class Reader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  bytes(count) {
    if (count < 0 || count > this.left()) {
      throw new Error('the player info is cut short');
    }
    return this.#bytes.subarray(this.#at, (this.#at += count));
  }

  varint() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes(1)[0];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new Error('a varint of the player info is too long');
  }

  string() {
    return this.bytes(this.varint()).toString('utf8');
  }

  left() {
    return this.#bytes.length - this.#at;
  }
}
