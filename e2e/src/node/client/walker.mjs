import minecraftData from 'minecraft-data';
import minecraftProtocol from 'minecraft-protocol';
import mineflayer from 'mineflayer';
import { connectionOptions, plainText, Watch } from './connection.mjs';
import { Screen } from './screen.mjs';

const PATIENCE_MILLIS = 20_000;
const PACK_LOADED = 0;
const PACK_ACCEPTED = 3;
const PACK_DOWNLOADED = 4;

/** A player who follows a script; each step waits until what it expects has happened. */
export class Walker {
  #options;
  #protocol;
  #bot;
  #client;
  #watch;
  #screen;
  #lines = [];
  #heard = 0;
  #read = 0;
  #tree = null;
  #completions = null;

  constructor(options) {
    this.#options = options;
    this.#protocol = minecraftData(options.version).version.version;
  }

  /** Connects. */
  async connect() {
    const options = connectionOptions(this.#options.version, this.#options);
    if (this.#options.client === 'mineflayer') {
      this.#bot = mineflayer.createBot({ ...options, viewDistance: 'tiny', logErrors: false });
      this.#bot.on('error', () => {});
      this.#client = this.#bot._client;
    } else {
      this.#client = minecraftProtocol.createClient(options);
      this.#client.on('position', (packet) => {
        if (packet.teleportId !== undefined) {
          this.#client.write('teleport_confirm', { teleportId: packet.teleportId });
        }
      });
    }
    this.#watch = new Watch(this.#client);
    this.#screen = new Screen(this.#client, this.#protocol);
    const hear = (text) => this.#lines.push(plainText(text));
    this.#client.on('systemChat', (packet) => hear(packet.formattedMessage));
    this.#client.on('declare_commands', (packet) => {
      this.#tree = packet;
    });
    this.#client.on('add_resource_pack', ({ uuid }) => {
      for (const result of [PACK_ACCEPTED, PACK_DOWNLOADED, PACK_LOADED]) {
        this.#client.write('resource_pack_receive', { uuid, result });
      }
    });
    this.#client.on('tab_complete', (packet) => {
      this.#completions = packet.matches;
    });
    await this.#watch.until((resolve) => this.#client.once('login', () => resolve()));
  }

  /** Says a line, or a command. */
  async say(line) {
    await this.#watch.seconds(0);
    this.#read = this.#lines.length;
    this.#client.chat(line);
  }

  /** Waits for a line in the chat that has all of these words and came after the last thing that the player said. */
  async hear(...words) {
    return this.#until(`a line with ${words.join(', ')}`, () =>
      this.#lines.slice(this.#read).find((line) => words.every((word) => line.includes(word))), () => this.#lines.slice(-5));
  }

  /** Waits for so many seconds, in which no such line may come. */
  async doesNotHear(words, seconds) {
    await this.#watch.seconds(seconds);
    const found = this.#lines.slice(this.#read).find((line) => line.includes(words));
    if (found) {
      throw new Error(`heard: ${found}`);
    }
  }

  /** Waits until the player is greeted by a server, anew; everything on the screen must be that server's. */
  async arrive(server) {
    await this.#until(`this is ${server}`, () => {
      const at = this.#lines.findIndex((line, index) => index >= this.#heard && line === `this is ${server}`);
      if (at < 0) {
        return false;
      }
      this.#heard = at + 1;
      return true;
    }, () => this.#lines.slice(this.#heard));
    this.#onlyOf(server);
    return { worlds: this.#screen.worlds, startConfigurations: this.#screen.startConfigurations };
  }

  #onlyOf(server) {
    const own = this.#client.username;
    for (const [kind, labels] of Object.entries(this.#screen.labels())) {
      const foreign = labels.filter((label) => label !== server && label !== own);
      if (foreign.length > 0) {
        throw new Error(`on ${server}, but there are ${kind} of ${foreign}`);
      }
      if (labels.length === 0 && !(kind === 'bossBars' && this.#protocol < 107) &&
          !(['header', 'title'].includes(kind) && this.#protocol < 47)) {
        throw new Error(`on ${server}, but without its ${kind}`);
      }
    }
  }

  /** Waits until the screen shows nothing of that server. */
  async nothingOf(server) {
    const left = () => Object.entries(this.#screen.labels()).filter(([, labels]) => labels.includes(server));
    await this.#until(`nothing of ${server}`, () => left().length === 0, left);
  }

  /** The commands that the client knows: these must be there, as words with blanks between. */
  async knows(...commands) {
    await this.#until(`commands ${commands}`, () => commands.every((command) => this.#finds(command)), () => JSON.stringify(this.#tree));
  }

  /** These commands must not be there. */
  async ignores(...commands) {
    const found = commands.filter((command) => this.#finds(command));
    if (found.length > 0) {
      throw new Error(`knows ${found}`);
    }
  }

  #finds(command) {
    let node = this.#tree?.nodes[this.#tree.rootIndex];
    for (const word of command.split(' ')) {
      node = node?.children.map((child) => this.#tree.nodes[child]).find((child) => child.extraNodeData?.name === word);
    }
    return node !== undefined;
  }

  /** Completes what is typed; before 1.13. */
  async complete(text, ...expected) {
    this.#completions = null;
    this.#client.write('tab_complete', { text, assumeCommand: false, lookedAtBlock: undefined });
    await this.#until(`completions of ${text}`, () => this.#completions, () => 'nothing');
    const found = this.#completions.map((match) => (typeof match === 'string' ? match : match.match));
    if (found.sort().join() !== expected.sort().join()) {
      throw new Error(`completed as ${found}`);
    }
  }

  /** Goes to and fro between two servers, and tells how long each way took in milliseconds. */
  async wander(times, ...servers) {
    const millis = [];
    const before = this.#screen.startConfigurations;
    for (let i = 0; i < times; i++) {
      const target = servers[i % servers.length];
      const world = this.#screen.worlds;
      const start = process.hrtime.bigint();
      await this.say(`/server ${target}`);
      await this.#until(`the world of ${target}`, () => this.#screen.worlds > world, () => this.#lines.slice(-3));
      millis.push(Number(process.hrtime.bigint() - start) / 1e6);
      await this.#settled(target);
    }
    return { millis, startConfigurations: this.#screen.startConfigurations - before };
  }

  /** On the server and shown all of it, but for servers that furnish nothing. */
  async #settled(server) {
    if ((this.#options.furnished ?? []).includes(server)) {
      await this.arrive(server);
    } else {
      await this.hear(this.#options.welcome ?? 'Welcome');
      for (const other of this.#options.furnished ?? []) {
        await this.nothingOf(other);
      }
    }
  }

  /** The client's own settings, brand and channels, told once. */
  async introduce(locale, channel) {
    this.#client.write('settings', {
      locale, viewDistance: 4, chatFlags: 0, chatColors: true, skinParts: 127, mainHand: 1,
      enableTextFiltering: false, enableServerListing: true, particleStatus: 'all', difficulty: 1, showCape: true,
    });
    const name = this.#protocol >= 393 ? 'minecraft:register' : 'REGISTER';
    const brand = this.#protocol >= 393 ? 'minecraft:brand' : 'MC|Brand';
    this.#client.write('custom_payload', { channel: brand, data: Buffer.from('\x06walker') });
    this.#client.write('custom_payload', { channel: name, data: Buffer.from(channel) });
    await this.#watch.seconds(0.2);
  }

  /** Waits until the client has loaded exactly the packs with these hashes. */
  async wears(...hashes) {
    const worn = () => [...this.#screen.packs.values()].sort().join();
    await this.#until(`packs ${hashes}`, () => worn() === hashes.sort().join(), worn);
  }

  /** The client must have been asked this often to load a pack. */
  async wasOffered(times) {
    if (this.#screen.offers !== times) {
      throw new Error(`was offered packs ${this.#screen.offers} times`);
    }
  }

  async waits(seconds) {
    await this.#watch.seconds(seconds);
  }

  async quit() {
    await this.#watch.seconds(0);
    await new Promise((resolve) => {
      this.#client.once('end', resolve);
      this.#client.end('quit');
    });
  }

  drop() {
    this.#client?.end('dropped');
  }

  async #until(what, condition, seen) {
    const deadline = Date.now() + PATIENCE_MILLIS;
    for (;;) {
      const found = condition();
      if (found) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`waited for ${what}, saw ${JSON.stringify(seen?.())}`);
      }
      await this.#watch.seconds(0.005);
    }
  }
}
