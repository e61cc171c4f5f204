// Real clients of one version, doing what players do. Settings: {"version": "1.21.4", "scenarios": [{name, client, host,
// port, player, spawn, staySeconds, keepAliveSeconds, ...}]}; spawn is where the player must appear, if that is known. One line {"event": "check", ...} for each thing checked.

import minecraftProtocol from 'minecraft-protocol';
import { destination } from './client/connection.mjs';
import { MineflayerPlayer } from './client/mineflayer-player.mjs';
import { PlainPlayer } from './client/plain-player.mjs';
import { endWithParent, say, settings } from './say.mjs';

const KINDS = { mineflayer: MineflayerPlayer, plain: PlainPlayer };
const PATIENCE_MILLIS = 30_000;

endWithParent();
const { version, scenarios } = settings();
const stays = [];
for (const scenario of scenarios) {
  stays.push(await enter({ staySeconds: 0, keepAliveSeconds: 4, client: 'mineflayer', ...scenario }));
}
await Promise.all(stays.map((stay) => stay()));
process.exit(0);

/** Plays a scenario up to its stay; resolves with the rest, so that the next may begin meanwhile. */
async function enter(scenario) {
  const check = checker(scenario);
  if (scenario.status) {
    await check('status', () => status(scenario));
  }
  const player = new KINDS[scenario.client](version, scenario);
  const arrived =
    (await check('join', () => player.join())) &&
    (await check('position', () => player.standsAt(scenario.spawn))) &&
    (await check('chunk', () => player.seesGrass())) &&
    (await check('chat', () => player.chats(`hello ${scenario.player}`)));
  return async () => {
    if (arrived && scenario.staySeconds > 0) {
      await check('keep-alive', () => player.stays(scenario.staySeconds, scenario.keepAliveSeconds));
      await check('chat after the stay', () => player.chats(`bye ${scenario.player}`));
    }
    if (arrived) {
      await check('quit', () => player.quits());
    }
    player.drop();
  };
}

function checker(scenario) {
  return async (check, act) => {
    const start = Date.now();
    const outcome = { version, scenario: scenario.name, player: scenario.player, check };
    try {
      const detail = await within(PATIENCE_MILLIS + 1000 * scenario.staySeconds, check, act());
      say('check', { ...outcome, ok: true, detail, millis: Date.now() - start });
      return true;
    } catch (error) {
      say('check', { ...outcome, ok: false, detail: String(error?.message ?? error), millis: Date.now() - start });
      return false;
    }
  };
}

async function status(scenario) {
  const answer = await minecraftProtocol.ping({ ...destination(scenario), version, closeTimeout: PATIENCE_MILLIS });
  if (answer.latency === undefined) {
    throw new Error('no pong');
  }
  return { protocol: answer.version?.protocol, description: answer.description };
}

function within(millis, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing for ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
