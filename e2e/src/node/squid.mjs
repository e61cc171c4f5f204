// flying-squid, a game server in JavaScript with a world of its own. Settings: {"protocol": 767, "port": 25570}.

import flyingSquid from 'flying-squid';
import minecraftData from 'minecraft-data';
import { endWithParent, say, settings } from './say.mjs';

endWithParent();
const { protocol, port } = settings();
const version = flyingSquid.testedVersions.find((name) => minecraftData(name).version.version === protocol);
const server = flyingSquid.createMCServer({
  version,
  port,
  motd: 'flying-squid',
  'max-players': 10,
  'online-mode': false,
  logging: false,
  gameMode: 1,
  difficulty: 0,
  generation: { name: 'superflat', options: {} },
  kickTimeout: 30_000,
  plugins: {},
  modpe: false,
  'view-distance': 2,
  'player-list-text': { header: '', footer: '' },
  'everybody-op': true,
  'max-entities': 10,
});
server.on('error', (error) => say('fault', { message: String(error) }));
server.on('listening', (listening) => say('ready', { port: listening, version }));
