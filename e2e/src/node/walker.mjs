// Players of any version who go from server to server. Settings: {"players": [{version, client, host, port, player,
// script: [[step, argument, ...], ...]}]}; the steps are the methods of client/walker.mjs. One line {"event": "step", ...}
// for each step; a player's first failure ends its walk.

import { Walker } from './client/walker.mjs';
import { endWithParent, say, settings } from './say.mjs';

endWithParent();
await Promise.all(settings().players.map(walk));
process.exit(0);

async function walk(options) {
  const walker = new Walker(options);
  for (const [step, ...parameters] of options.script) {
    const told = { player: options.player, version: options.version, step: [step, ...parameters].join(' ') };
    const start = Date.now();
    try {
      const detail = await walker[step](...parameters);
      say('step', { ...told, ok: true, detail, millis: Date.now() - start });
    } catch (error) {
      say('step', { ...told, ok: false, detail: String(error?.message ?? error), millis: Date.now() - start });
      break;
    }
  }
  walker.drop();
  say('end', { player: options.player });
}
