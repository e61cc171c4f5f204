import mineflayer from 'mineflayer';
import { connectionOptions, Watch } from './connection.mjs';

/** A bot with physics and a world: it parses every packet and every chunk. */
export class MineflayerPlayer {
  #version;
  #scenario;
  #bot;
  #watch;

  constructor(version, scenario) {
    this.#version = version;
    this.#scenario = scenario;
  }

  join() {
    this.#bot = mineflayer.createBot({
      ...connectionOptions(this.#version, this.#scenario),
      viewDistance: 'tiny',
      logErrors: false,
    });
    this.#bot.on('error', () => {});
    this.#watch = new Watch(this.#bot._client);
    return this.#watch.until((resolve) => this.#bot.once('spawn', () => resolve(this.#bot.player?.uuid)));
  }

  /** The connection of node-minecraft-protocol; there once joining has begun. */
  get connection() {
    return this.#bot._client;
  }

  async standsAt(spawn) {
    for (let tries = 0; tries < 110; tries++) {
      const at = this.#bot.entity.position;
      if (spawn ? near(at, spawn) : at.y !== 0) {
        return String(at);
      }
      await this.#watch.seconds(0.25);
    }
    throw new Error(`stands at ${this.#bot.entity.position}`);
  }

  async seesGrass() {
    const under = this.#bot.entity.position.offset(0, -0.5, 0);
    for (let tries = 0; tries < 110; tries++) {
      const block = this.#bot.blockAt(under);
      if (block) {
        if (!/^grass(_block)?$/.test(block.name)) {
          throw new Error(`stands on ${block.name}`);
        }
        return block.name;
      }
      await this.#watch.seconds(0.25);
    }
    throw new Error('the chunk under the feet never came');
  }

  chats(message) {
    return this.#watch.until((resolve) => {
      const hear = (line) => {
        if (line.includes(message)) {
          this.#bot.off('messagestr', hear);
          resolve(line);
        }
      };
      this.#bot.on('messagestr', hear);
      this.#bot.chat(message);
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
      this.#bot.once('end', resolve);
      this.#bot.quit();
    });
  }

  drop() {
    this.#bot?.end();
  }
}

function near(at, { x, y, z }) {
  return Math.abs(at.x - x) < 0.01 && Math.abs(at.y - y) < 0.6 && Math.abs(at.z - z) < 0.01;
}

/** Keep-alives came about as often as the server sends them. */
export function enough(count, seconds, interval) {
  const least = Math.floor(seconds / interval) - 1;
  if (count < least) {
    throw new Error(`${count} keep-alives in ${seconds} s, at least ${least} were due`);
  }
  return count;
}
