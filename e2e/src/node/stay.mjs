// A player who stays, whatever becomes of the server, and tells what it sees. Settings: {version, client, host, port, player}.
// It says "word N" twice a second while it is in the game, and tries to walk away while it is shown that it waits.

import minecraftProtocol from 'minecraft-protocol';
import mineflayer from 'mineflayer';
import { connectionOptions, plainText } from './client/connection.mjs';
import { endWithParent, say, settings } from './say.mjs';

endWithParent();
const scenario = settings();
const { version } = scenario;
const bot = scenario.client === 'mineflayer'
  ? mineflayer.createBot({ ...connectionOptions(version, scenario), viewDistance: 'tiny', logErrors: false })
  : null;
const client = bot?._client ?? minecraftProtocol.createClient(connectionOptions(version, scenario));
const bars = new Set();
let place = null;
let words = 0;
let waiting = false;

bot?.on('error', () => {});
client.on('error', (error) => say('gone', { how: String(error) }));
client.on('end', (reason) => say('gone', { how: `connection ended: ${reason}` }));
for (const name of ['disconnect', 'kick_disconnect']) {
  client.on(name, (packet) => say('gone', { how: `kicked: ${plainText(packet.reason)}` }));
}

client.on('login', () => {
  bars.clear();
  waiting = false;
  say('world');
});
client.on('start_configuration', () => {
  bars.clear();
  place = null;
});
client.on('position', (packet) => {
  place = { x: packet.x, y: packet.y, z: packet.z };
  if (!bot && packet.teleportId !== undefined) {
    client.write('teleport_confirm', { teleportId: packet.teleportId });
  }
  say('placed', { ...place, chunks: chunks() });
});
client.on('boss_bar', ({ entityUUID, action, title: words }) => {
  if (action === 0) {
    bars.add(entityUUID);
    say('bar', { text: plainText(words), chunks: chunks() });
  } else if (action === 3) {
    say('bar says', { text: plainText(words) });
  } else if (action === 1) {
    bars.delete(entityUUID);
    say('no bar', { bars: bars.size });
  }
});
client.on('set_title_text', (packet) => title(packet.text));
client.on('clear_titles', () => noTitle());
client.on('title', ({ action, text }) => {
  if (action === 0) {
    title(text);
  } else if (text === undefined && action >= 4) {
    noTitle();
  }
});

function title(text) {
  waiting = true;
  say('title', { text: plainText(text), chunks: chunks() });
}

function noTitle() {
  waiting = false;
  say('no title');
}

const hear = (packet) => {
  const line = plainText(packet.formattedMessage ?? packet.message ?? packet.plainMessage);
  const word = /word (\d+)\./.exec(line);
  if (word) {
    say('heard', { word: Number(word[1]) });
  }
};
client.on('systemChat', hear);
client.on('playerChat', hear);

setInterval(() => {
  if (client.state === 'play' && place && client.chat) {
    client.chat(`word ${++words}.`);
    if (waiting) {
      walk();
    }
  }
}, 500);

/** Three blocks, as a client that lags; a bot walks by itself. */
function walk() {
  if (!bot) {
    const flags = { onGround: true, flags: { onGround: true, hasHorizontalCollision: false } };
    client.write('position', { x: place.x, y: place.y, stance: place.y + 1.62, z: place.z, ...flags });
    client.write('position', { x: place.x + 3, y: place.y, stance: place.y + 1.62, z: place.z, ...flags });
  }
}
bot?.once('spawn', () => setInterval(() => bot.setControlState('forward', waiting), 100));

function chunks() {
  return bot?.world ? Object.keys(bot.world.async?.columns ?? bot.world.columns ?? {}).length : undefined;
}
