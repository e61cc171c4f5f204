// What both kinds of client have in common: who the player is, and what became of the connection.

import crypto from 'node:crypto';
import net from 'node:net';
import minecraftData from 'minecraft-data';
import { profileOf } from '../ids.mjs';

/** Where clients come from: another address than that of the proxy and the servers, so that they can be told apart. */
const CLIENT_ADDRESS = '127.0.0.2';

/** Options that lead to a port of this machine under any host name. */
export function destination({ host, port }) {
  return {
    host,
    port,
    connect: (client) => client.setSocket(net.connect({ host: '127.0.0.1', port, localAddress: CLIENT_ADDRESS })),
  };
}

/** The connection options of a scenario for node-minecraft-protocol. */
export function connectionOptions(version, scenario) {
  const options = {
    ...destination(scenario),
    version,
    username: scenario.player,
    // Strict clients complain about bytes that they did not expect, and give up as early as the game does.
    hideErrors: !scenario.strict,
    checkTimeoutInterval: scenario.strict ? 30_000 : 60_000,
  };
  if (!scenario.sessionServer) {
    return { ...options, auth: 'offline' };
  }
  const profile = profileOf(scenario.player);
  return {
    ...options,
    sessionServer: scenario.sessionServer,
    accessToken: `token-${scenario.player}`,
    haveCredentials: true,
    auth: (client, given) => {
      client.session = { accessToken: given.accessToken, selectedProfile: { id: profile.id, name: profile.name } };
      client.username = profile.name;
      if (minecraftData(version).supportFeature('useChatSessions')) {
        client.profileKeys = profileKeys();
      }
      given.connect(client);
    },
  };
}

/**
 * A key to sign chat with, as clients get one from Mojang for a day; with a signature that is not Mojang's, so only for
 * versions that present the key after the login (1.19.3 and later), to servers that do not check whose it is.
 */
function profileKeys() {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    public: publicKey,
    private: privateKey,
    expiresOn: new Date(Date.now() + 86_400_000),
    signatureV2: crypto.randomBytes(512),
  };
}

/** Watches a node-minecraft-protocol client: an end that nobody asked for fails whatever is being waited for. */
export class Watch {
  #ended = null;
  #waiters = new Set();
  #leaving = false;
  keepAlives = 0;

  constructor(client) {
    client.on('keep_alive', () => this.keepAlives++);
    for (const name of ['disconnect', 'kick_disconnect']) {
      client.on(name, (packet) => this.#end(new Error(`kicked: ${plainText(packet.reason)}`)));
    }
    client.on('error', (error) => this.#end(error));
    client.on('end', (reason) => this.#end(new Error(`connection ended: ${reason}`)));
  }

  #end(error) {
    this.#ended ??= error;
    for (const reject of this.#waiters) {
      reject(this.#ended);
    }
    this.#waiters.clear();
  }

  /** A promise made by the usual executor, rejected when the connection ends first. */
  until(executor) {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiters.add(reject);
      executor((value) => {
        this.#waiters.delete(reject);
        resolve(value);
      }, reject);
    });
  }

  /** Waits, with the connection open all the time. */
  async seconds(seconds) {
    await this.until((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** The readable words of a reason: JSON text, NBT or plain. */
export function plainText(reason) {
  const value = typeof reason === 'string' ? parsed(reason) : simplified(reason);
  if (typeof value === 'string') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(plainText).join('');
  }
  const { text = '', translate, extra = [], with: parts } = value ?? {};
  const translated = translate ? translate + (parts ? `(${parts.map(plainText).join(', ')})` : '') : '';
  return text + translated + extra.map(plainText).join('');
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function simplified(tag) {
  if (tag === null || typeof tag !== 'object' || Array.isArray(tag)) {
    return tag;
  }
  if (tag.type === 'compound') {
    return Object.fromEntries(Object.entries(tag.value).map(([name, value]) => [name, simplified(value)]));
  }
  if (tag.type === 'list') {
    return tag.value.value.map((value) => simplified({ type: tag.value.type, value }));
  }
  return 'type' in tag && 'value' in tag ? tag.value : tag;
}
