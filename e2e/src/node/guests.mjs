// Many players who want nothing but to be heard. Settings: {"guests": [{version, host, port, player}], "atATime": how many
// are there together}. Each says "here I am, PLAYER" whenever it is in the game, until that comes back. Prints one line
// for each: {"event": "heard", ...} with what it saw of the world and the waiting room, or {"event": "gone", how, ...}.

import minecraftProtocol from 'minecraft-protocol';
import { connectionOptions, plainText } from './client/connection.mjs';
import { endWithParent, say, settings } from './say.mjs';
import { warmUp } from './warm-up.mjs';

const BETWEEN_WORDS_MILLIS = 400;
const PATIENCE_MILLIS = 60_000;
/** To make a client takes this program's whole attention for 30 ms, and the others have to be answered meanwhile. */
const BETWEEN_GUESTS_MILLIS = 60;
/** Where the scripted server puts everybody; the waiting room is above the clouds. */
const SERVER_X = 8.5;
const CLOUDS = 300;

endWithParent();
const { guests, atATime } = settings();
warmUp([...new Set(guests.map((guest) => guest.version))], false);
const rest = guests.values();
let door = Promise.resolve();
await Promise.all(Array.from({ length: atATime }, async () => {
  for (const guest of rest) {
    door = door.then(() => new Promise((resolve) => setTimeout(resolve, BETWEEN_GUESTS_MILLIS)));
    await door;
    await visit(guest);
  }
}));
process.exit(0);

function visit(guest) {
  const { version, player } = guest;
  const seen = { servers: 0, voids: 0, worlds: 0 };
  const client = minecraftProtocol.createClient(connectionOptions(version, { ...guest, strict: true }));
  return new Promise((resolve) => {
    let over = false;
    const end = (event, fields) => {
      if (!over) {
        over = true;
        clearInterval(talk);
        clearTimeout(patience);
        say(event, { version, player, ...seen, ...fields });
        client.end('done');
        resolve();
      }
    };
    const talk = setInterval(() => {
      if (client.state === 'play' && client.chat && seen.servers + seen.voids > 0) {
        client.chat(`here I am, ${player}`);
      }
    }, BETWEEN_WORDS_MILLIS);
    const patience = setTimeout(() => end('gone', { how: 'nobody listens' }), PATIENCE_MILLIS);
    client.on('login', () => seen.worlds++);
    client.on('position', (packet) => {
      seen.servers += packet.x === SERVER_X && packet.y < CLOUDS ? 1 : 0;
      seen.voids += packet.y > CLOUDS ? 1 : 0;
      if (packet.teleportId !== undefined) {
        client.write('teleport_confirm', { teleportId: packet.teleportId });
      }
    });
    client.on('systemChat', ({ formattedMessage }) => {
      if (plainText(formattedMessage).includes(`echo: here I am, ${player}`)) {
        end('heard');
      }
    });
    for (const name of ['disconnect', 'kick_disconnect']) {
      client.on(name, ({ reason }) => end('gone', { how: `kicked: ${plainText(reason)}` }));
    }
    client.on('error', (error) => end('gone', { how: String(error) }));
    client.on('end', (reason) => end('gone', { how: `connection ended: ${reason}` }));
  });
}
