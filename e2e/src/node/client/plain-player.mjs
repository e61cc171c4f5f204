import zlib from 'node:zlib';
import minecraftProtocol from 'minecraft-protocol';
import { connectionOptions, plainText, Watch } from './connection.mjs';
import { enough } from './mineflayer-player.mjs';

/** A client that parses every packet but keeps no world: the protocol without the game. */
export class PlainPlayer {
  #version;
  #scenario;
  #client;
  #watch;
  #position;
  #chunks = [];

  constructor(version, scenario) {
    this.#version = version;
    this.#scenario = scenario;
  }

  join() {
    this.#client = minecraftProtocol.createClient(connectionOptions(this.#version, this.#scenario));
    this.#watch = new Watch(this.#client);
    this.#client.on('position', (packet) => {
      this.#position = packet;
      if (packet.teleportId !== undefined) {
        this.#client.write('teleport_confirm', { teleportId: packet.teleportId });
      }
    });
    this.#client.on('map_chunk', (packet) => this.#chunks.push(packet));
    return this.#watch.until((resolve) => this.#client.once('login', () => resolve(this.#client.uuid)));
  }

  /** The connection of node-minecraft-protocol; there once joining has begun. */
  get connection() {
    return this.#client;
  }

  async standsAt(spawn) {
    // Somebody who comes from the waiting room has stood somewhere else before.
    for (let tries = 0; !this.#isAt(spawn) && tries < 110; tries++) {
      await this.#watch.seconds(0.1);
    }
    const { x, y, z } = this.#position ?? {};
    if (!this.#isAt(spawn)) {
      throw new Error(`stands at ${x}, ${y}, ${z}`);
    }
    return `${x}, ${y}, ${z}`;
  }

  #isAt({ x, y, z }) {
    const at = this.#position ?? {};
    const eyes = this.#version.startsWith('1.7') ? 1.62 : 0;
    return at.x === x && Math.abs(at.y - eyes - y) <= 0.01 && at.z === z;
  }

  async seesGrass() {
    for (let tries = 0; this.#chunks.length === 0 && tries < 110; tries++) {
      await this.#watch.seconds(0.1);
    }
    if (this.#chunks.length === 0) {
      throw new Error('no chunk came');
    }
    const { chunkData, compressedChunkData } = this.#chunks[0];
    const bytes = chunkData ?? zlib.inflateSync(compressedChunkData);
    if (bytes.length < 100) {
      throw new Error(`a chunk of ${bytes.length} bytes`);
    }
    return `${this.#chunks.length} chunks, the first of ${bytes.length} bytes`;
  }

  chats(message) {
    return this.#watch.until((resolve) => {
      const hear = (packet) => {
        const line = plainText(packet.formattedMessage ?? packet.message ?? packet.plainMessage);
        if (line.includes(message)) {
          resolve(line);
        }
      };
      this.#client.on('systemChat', hear);
      this.#client.on('playerChat', hear);
      this.#client.chat(message);
    });
  }

  async stays(seconds, interval) {
    const before = this.#watch.keepAlives;
    await this.#watch.seconds(seconds);
    return enough(this.#watch.keepAlives - before, seconds, interval);
  }

  async quits() {
    await this.#watch.seconds(0);
    await new Promise((resolve) => {
      this.#client.once('end', resolve);
      this.#client.end('quit');
    });
  }

  drop() {
    this.#client?.end('dropped');
  }
}
