// Real clients that come while their server is away, wait in the waiting room, and play when the server is there.
// Settings: {"clients": [{version, client, host, port, player}], "staySeconds": how long they wait at least}. Prints {"event": "waiting", ...} for each that is in
// the waiting room and {"event": "check", ...} for each thing checked; the times in them are milliseconds.

import { MineflayerPlayer } from './client/mineflayer-player.mjs';
import { PlainPlayer } from './client/plain-player.mjs';
import { plainText } from './client/connection.mjs';
import { endWithParent, say, settings } from './say.mjs';
import { warmUp } from './warm-up.mjs';

const KINDS = { mineflayer: MineflayerPlayer, plain: PlainPlayer };
/** The stand-in server's number of places; the waiting room has another one. */
const PLACES = 20;
const SPAWN = { x: 8.5, y: 64, z: 8.5 };
const PATIENCE_MILLIS = 30_000;
/** Clients before 1.9 leave after 20 seconds without a keep-alive, later ones after 30. */
const LONGEST_SILENCE_MILLIS = 15_000;

endWithParent();
/** What the libraries say of packets that they could not read to their end. */
const complaints = [];
console.log = (...words) => complaints.push(words.join(' ').slice(0, 300));

const stays = [];
const { clients, staySeconds } = settings();
await scout(clients[0]);
for (const client of clients) {
  warmUp([client.version], false);
  stays.push(await enter({ strict: true, ...client }));
}
await Promise.all(stays.map((stay) => stay()));
process.exit(0);

/** A connection that is not measured: the first one in a process takes its time. */
async function scout(scenario) {
  warmUp([scenario.version], false);
  const player = new PlainPlayer(scenario.version, { ...scenario, player: `${scenario.player}_s` });
  await player.join();
  player.drop();
}

async function enter(scenario) {
  const check = checker(scenario);
  const player = new KINDS[scenario.client](scenario.version, scenario);
  const spawned = player.join();
  spawned.catch(() => {});
  const seen = watch(player.connection);
  const entered = await check('waiting room', () => within(PATIENCE_MILLIS, seen.waitingRoom));
  say('waiting', { version: scenario.version });
  return async () => {
    if (!entered) {
      return;
    }
    const played =
      (await check('server', () => seen.server)) &&
      (await check('what was shown', () => shown(scenario.version, seen))) &&
      (await check('spawn', () => within(PATIENCE_MILLIS, spawned))) &&
      (await check('position', () => player.standsAt(SPAWN))) &&
      (await check('chunk', () => player.seesGrass())) &&
      (await check('chat', () => within(PATIENCE_MILLIS, player.chats(`hello ${scenario.player}`))));
    if (played) {
      await check('quit', () => player.quits());
    }
    player.drop();
  };
}

/** Follows a connection through the waiting room. */
function watch(connection) {
  const seen = { titles: [], bars: 0, lines: [], keepAlives: 0, longestPause: 0, longestSilence: 0 };
  let lastKeepAlive;
  let began = performance.now();
  let last;
  connection.once('connect', () => (began = performance.now()));
  connection.on('title', ({ action, text }) => action === 0 && seen.titles.push(plainText(text)));
  connection.on('set_title_text', ({ text }) => seen.titles.push(plainText(text)));
  connection.on('boss_bar', ({ action }) => (seen.bars += action === 0 ? 1 : 0));
  connection.on('chat', ({ message }) => seen.lines.push(plainText(message)));
  connection.on('keep_alive', () => {
    const now = performance.now();
    seen.keepAlives++;
    seen.longestPause = Math.max(seen.longestPause, now - (lastKeepAlive ?? now));
    lastKeepAlive = now;
  });
  connection.on('packet', () => {
    const now = performance.now();
    seen.longestSilence = Math.max(seen.longestSilence, now - (last ?? now));
    last = now;
  });
  const ended = new Promise((_, reject) => {
    connection.on('error', reject);
    connection.on('end', (reason) => reject(new Error(`connection ended: ${reason}`)));
    for (const name of ['disconnect', 'kick_disconnect']) {
      connection.on(name, ({ reason }) => reject(new Error(`kicked: ${plainText(reason)}`)));
    }
  });
  ended.catch(() => {});
  const login = (fits) => new Promise((resolve) => {
    connection.on('login', (packet) => fits(packet) && resolve(packet));
  });
  seen.waitingRoom = Promise.race([ended, login(({ maxPlayers }) => maxPlayers !== PLACES)]).then(() =>
    Math.round(performance.now() - began));
  seen.server = Promise.race([ended, login(({ maxPlayers }) => maxPlayers === PLACES)]).then(() => {
    seen.complaints = [...complaints];
    return Date.now();
  });
  return seen;
}

function shown(version, seen) {
  if (seen.complaints.length > 0) {
    throw new Error(seen.complaints[0]);
  }
  const lines = version === '1.7' ? seen.lines : seen.titles;
  if (!lines.some((line) => line.includes('later'))) {
    throw new Error(`nothing of "later" in ${JSON.stringify(lines)}`);
  }
  if (!['1.7', '1.8.8'].includes(version) && seen.bars !== 1) {
    throw new Error(`${seen.bars} boss bars`);
  }
  const longestSilence = Math.round(seen.longestSilence);
  const longestPause = Math.round(seen.longestPause);
  const told = `${seen.keepAlives} keep-alives, ${longestPause} ms apart at most, silence for ${longestSilence} ms at most`;
  const enough = staySeconds * 1000 / LONGEST_SILENCE_MILLIS;
  if (seen.keepAlives < enough || longestPause > LONGEST_SILENCE_MILLIS || longestSilence > LONGEST_SILENCE_MILLIS) {
    throw new Error(told);
  }
  return told;
}

function checker({ version, player }) {
  return async (check, act) => {
    try {
      say('check', { version, player, check, ok: true, detail: await act() });
      return true;
    } catch (error) {
      say('check', { version, player, check, ok: false, detail: String(error?.message ?? error) });
      return false;
    }
  };
}

function within(millis, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing for ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
