// The login phase as a server plays it: handshake, player-info forwarding, encryption, compression, success.

import crypto from 'node:crypto';
import minecraftProtocol from 'minecraft-protocol';
import { dashed, offlineUuid } from '../ids.mjs';
import { readAddressForwarding, askModernForwarding } from './forwarding.mjs';

const KEYS = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });

/** Resolves with the player {name, uuid, address, properties}; rejects with the sentence that the player shall read. */
export async function login(client, options, tell) {
  client.state = minecraftProtocol.states.LOGIN;
  const start = await packet(client, 'login_start');
  client.username = start.username;
  tell('loginStart', { player: start.username, uuid: start.playerUUID, signed: Boolean(start.signature) });
  if (options.refusal) {
    throw new Error(options.refusal);
  }
  let player = {
    name: start.username,
    uuid: offlineUuid(start.username),
    address: client.remote.address,
    properties: [],
  };
  if (options.forwarding === 'modern') {
    player = await askModernForwarding(client, options, () => packet(client, 'login_plugin_response'));
  } else if (options.forwarding !== 'none') {
    player = { ...player, ...readAddressForwarding(client.handshake.serverHost, options) };
  }
  if (options.forwarding !== 'none') {
    tell('forwarded', { mode: options.forwarding, ...player });
  }
  if (options.online) {
    player = await authenticate(client, player, options);
  }
  if (options.compression >= 0 && client.protocolVersion >= 47) {
    client.write('compress', { threshold: options.compression });
    client.compressionThreshold = options.compression;
  }
  client.write('success', {
    uuid: player.uuid,
    username: player.name,
    properties: player.properties.map(({ name, value, signature }) => ({ name, value, signature: signature || undefined })),
    strictErrorHandling: false,
  });
  return player;
}

async function authenticate(client, player, options) {
  const publicKey = KEYS.publicKey.export({ type: 'spki', format: 'der' });
  const verifyToken = crypto.randomBytes(4);
  client.write('encryption_begin', { serverId: '', publicKey, verifyToken, shouldAuthenticate: true });
  const answer = await packet(client, 'encryption_begin');
  const secret = decrypt(answer.sharedSecret);
  client.setEncryption(secret);
  const token = answer.verifyToken ?? answer.crypto?.verifyToken;
  if (token && !decrypt(token).equals(verifyToken)) {
    throw new Error('the verify token came back changed');
  }
  const hash = minecraftHash(crypto.createHash('sha1').update(secret).update(publicKey).digest());
  const url = `${options.sessionServer}/session/minecraft/hasJoined?username=${player.name}&serverId=${hash}`;
  const response = await fetch(url);
  if (response.status !== 200) {
    throw new Error('the session server does not know this login');
  }
  const profile = await response.json();
  return { ...player, name: profile.name, uuid: dashed(profile.id), properties: profile.properties };
}

function decrypt(bytes) {
  // Raw RSA and the padding taken off by hand: OpenSSL 3 answers wrong PKCS#1 padding with random bytes.
  const block = crypto.privateDecrypt({ key: KEYS.privateKey, padding: crypto.constants.RSA_NO_PADDING }, bytes);
  return block.subarray(block.indexOf(0, 2) + 1);
}

/** The digest as Java prints it: a signed number in base 16. */
function minecraftHash(digest) {
  const value = BigInt.asIntN(digest.length * 8, BigInt('0x' + digest.toString('hex')));
  return value.toString(16);
}

function packet(client, name) {
  return new Promise((resolve, reject) => {
    client.once(name, resolve);
    client.once('end', () => reject(new Error(`the connection ended before ${name}`)));
  });
}
