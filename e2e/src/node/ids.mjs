// How players are identified, without and with a session server.

import crypto from 'node:crypto';

/** The UUID of a player in offline mode: version 3, of the name. */
export function offlineUuid(name) {
  return dashed(versioned(3, 'OfflinePlayer:' + name));
}

/** The profile that our session server has for a name: a version 4 UUID made of its hash, and textures. */
export function profileOf(name) {
  const value = Buffer.from(JSON.stringify({ profileName: name, textures: {} })).toString('base64');
  return {
    id: versioned(4, 'OnlinePlayer:' + name),
    name,
    properties: [{ name: 'textures', value, signature: 'c2lnbmF0dXJl' }],
  };
}

export function dashed(hex) {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function versioned(version, text) {
  const bytes = crypto.createHash('md5').update(text).digest();
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex');
}
